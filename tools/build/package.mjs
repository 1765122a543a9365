/**
 * Packs `dist/chromium` and `dist/firefox` as the stores take them. Names sorted, times fixed, no extra fields: the same
 * folder gives the same bytes on every machine, so anybody can check a published package against this source.
 */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import yazl from "yazl";

const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
/** The first moment a zip can name. `forceDosTimestamp` writes it without a time zone. */
const TIME = new Date(1980, 0, 1, 0, 0, 0);

const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));

for (const browser of ["chromium", "firefox"]) {
  const folder = join(DIST, browser);
  const zip = new yazl.ZipFile();
  for (const file of await filesUnder(folder)) {
    const name = relative(folder, file).split(sep).join("/");
    zip.addBuffer(await readFile(file), name, { mtime: TIME, mode: 0o100644, forceDosTimestamp: true });
  }
  zip.end();
  const path = join(DIST, `fulcrum-${version}-${browser}.zip`);
  await pipeline(zip.outputStream, createWriteStream(path));
  const hash = createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
  console.log(`${relative(process.cwd(), path)}  sha256 ${hash}`);
}

async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return files.sort((one, other) => (one < other ? -1 : 1));
}
