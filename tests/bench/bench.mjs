// @ts-check
/**
 * `./build.sh bench [--contacts N] [--full] [--only PART,PART]`: prints the table of budgets, one `name value unit budget
 * ok|over` a line; the rest goes to standard error. The measurements are TypeScript and share the stories' support files,
 * so they are bundled for Node first. Exit status: 0 when everything was measured, over budget or not; 1 when something
 * broke; 2 for a wrong call.
 */
import { readFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const HERE = import.meta.dirname;
const REPOSITORY = resolve(HERE, "../..");
const BUNDLE = join(REPOSITORY, "target/bench/bench.mjs");

process.chdir(REPOSITORY);
process.env.SANDBOX_BIN ??= join(REPOSITORY, "target/release/sandbox");
process.env.FULCRUM_BIN ??= join(REPOSITORY, "target/release/fulcrum");

await build({
  entryPoints: [join(HERE, "run.ts")],
  outfile: BUNDLE,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  logLevel: "warning",
  plugins: [ownFolder()],
});

const { run } = await import(pathToFileURL(BUNDLE).href);
process.exitCode = await run(process.argv.slice(2));

/** The bundle lies elsewhere than its sources, and these look for the repository from where they lie. */
function ownFolder() {
  return {
    name: "own-folder",
    /** @param {import("esbuild").PluginBuild} build */
    setup(build) {
      build.onLoad({ filter: /[/\\]tests[/\\].*\.ts$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const contents = source.replaceAll("import.meta.dirname", JSON.stringify(dirname(path)));
        return { contents, loader: "ts" };
      });
    },
  };
}
