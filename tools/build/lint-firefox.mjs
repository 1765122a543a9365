// @ts-check
/**
 * Firefox's own linter on the built package: no error, and no warning but the one that any bundle with Preact has. Preact
 * holds the code that sets `innerHTML` when asked to; that nobody asks is checked here, in our sources, since the linter
 * sees the bundle only.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const TOLERATED = "UNSAFE_VAR_ASSIGNMENT";
const SETS_HTML = /innerHTML\s*=|outerHTML\s*=|dangerouslySetInnerHTML|insertAdjacentHTML/;

const linter = spawnSync(
  join(REPOSITORY, "node_modules/.bin/addons-linter"),
  ["--output", "json", join(REPOSITORY, "dist/firefox")],
  { encoding: "utf8", maxBuffer: 1 << 26 },
);
/** @type {{ errors: Finding[], warnings: Finding[] }} */
const found = JSON.parse(linter.stdout);
/** @typedef {{ code: string, message: string, file?: string, line?: number }} Finding */
const refused = [...found.errors, ...found.warnings.filter(({ code }) => code !== TOLERATED)].map(
  ({ code, message, file, line }) => `${code} ${file ?? ""}:${line ?? ""} ${message}`,
);
const ours = readdirSync(join(REPOSITORY, "extension"), { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !file.startsWith("generated"))
  .filter((file) => SETS_HTML.test(readFileSync(join(REPOSITORY, "extension", file), "utf8")))
  .map((file) => `extension/${file} sets HTML from text`);

for (const line of [...refused, ...ours]) {
  console.error(line);
}
console.log(
  `${found.errors.length} errors, ${found.warnings.length} warnings, ${refused.length + ours.length} refused`,
);
process.exitCode = refused.length + ours.length === 0 ? 0 : 1;
