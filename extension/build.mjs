/**
 * Bundles the extension for Chromium and Firefox into `dist/`. Every output is a plain file of the package: the content
 * script one IIFE without a loader, pages and worker one ES module each. The same input gives the same bytes.
 * It makes no zip (tools/build/package.mjs) and no WASM (tools/build/wasm.sh).
 */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const SOURCE = dirname(fileURLToPath(import.meta.url));
const DIST = resolve(SOURCE, "../dist");

/** Pages of the extension: each folder has `NAME.html` and `main.tsx`. */
const PAGES = ["popup", "options", "sidepanel", "search", "projects", "file"];

/** The typeface of the resumes that are made: two weights of Inter, as whole files. */
const INTER = resolve(SOURCE, "../node_modules/@expo-google-fonts/inter");
const FONTS = { regular: "400Regular/Inter_400Regular.ttf", semibold: "600SemiBold/Inter_600SemiBold.ttf" };

const BROWSERS = {
  // The oldest versions that the manifests let in.
  chromium: { target: "chrome120", offscreen: true },
  firefox: { target: "firefox142", offscreen: false },
};

for (const [browser, { target, offscreen }] of Object.entries(BROWSERS)) {
  const out = join(DIST, browser);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });

  const common = {
    absWorkingDir: SOURCE,
    bundle: true,
    target,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: { "platform/core-host": join(SOURCE, "platform", browser, "core-host.ts") },
    plugins: [cssText()],
    // Only white space and dead branches go: reviewers of the stores read these files. Names stay.
    minifySyntax: true,
    treeShaking: true,
  };

  // White space goes as well from what every page load pays for.
  await esbuild.build({
    ...common,
    entryPoints: { content: "content/main.ts", overlay: "content/overlay/main.ts" },
    outdir: out,
    format: "iife",
    minify: true,
  });
  await esbuild.build({
    ...common,
    entryPoints: { "service-worker": "service-worker/main.ts" },
    outdir: out,
    format: "iife",
  });
  const pages = Object.fromEntries(PAGES.map((page) => [page, `${page}/main.tsx`]));
  const hosts = offscreen ? { offscreen: "offscreen/main.ts" } : {};
  await esbuild.build({
    ...common,
    entryPoints: { ...pages, ...hosts, "core.worker": "worker/core.worker.ts" },
    outdir: out,
    format: "esm",
  });

  // Loaded when a resume is dropped, and by nothing else. Two thirds of it are pdf.js, whose names stay, without its white space.
  await esbuild.build({
    ...common,
    entryPoints: { "resume.worker": "resume/resume.worker.ts" },
    outdir: out,
    format: "esm",
    minifyWhitespace: true,
    banner: {
      js: "/* Holds pdf.js, copyright Mozilla Foundation (Apache License 2.0), and core-js, copyright Denis Pushkarev (MIT License). */",
    },
    plugins: [...common.plugins, pdfWithoutCode()],
  });

  // Started by the core when a resume is to be made, and by nothing else. Nearly all of it is pdfkit and its fontkit.
  await esbuild.build({
    ...common,
    entryPoints: { "resume-maker.worker": "made-resume/resume-maker.worker.ts" },
    outdir: out,
    format: "esm",
    conditions: ["browser"],
    minifyWhitespace: true,
    banner: {
      js: "/* Holds pdfkit and fontkit, copyright Devon Govett and their contributors, and what they build on (fflate, restructure, brotli.js, noble-hashes and others), all under the MIT License. */",
    },
  });
  for (const [weight, file] of Object.entries(FONTS)) {
    await cp(join(INTER, file), join(out, "fonts", `inter-${weight}.ttf`));
  }
  await cp(join(INTER, "LICENSE_FONT"), join(out, "fonts/OFL.txt"));

  for (const page of offscreen ? [...PAGES, "offscreen"] : PAGES) {
    await cp(join(SOURCE, page, `${page}.html`), join(out, `${page}.html`));
  }
  await cp(join(SOURCE, "generated/fulcrum_bg.wasm"), join(out, "fulcrum_bg.wasm"));
  await cp(join(SOURCE, "generated/tables.bin"), join(out, "tables.bin"));
  await cp(join(SOURCE, "icons"), join(out, "icons"), { recursive: true, filter: (path) => !path.endsWith(".svg") });
  // Only Chromium's manifest names it: Firefox has no key for it, and takes a policy as it is.
  await cp(join(SOURCE, "managed-schema.json"), join(out, "managed-schema.json"));
  await cp(join(SOURCE, "_locales"), join(out, "_locales"), { recursive: true });
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(await manifest(browser), null, 2)}\n`);
}

/** The common manifest with what differs. */
async function manifest(browser) {
  const base = await readJson(join(SOURCE, "manifest/base.json"));
  const own = await readJson(join(SOURCE, `manifest/${browser}.json`));
  const { version } = await readJson(join(SOURCE, "../package.json"));
  const { manifest_version, name, ...rest } = base;
  return { manifest_version, name, version, ...rest, ...own };
}

async function readJson(path) {
  return JSON.parse(await readFile(path, "utf8"));
}

/** `import styles from "./card.css"` gives the style sheet as text, for a shadow root or a page to adopt. */
function cssText() {
  return {
    name: "css-text",
    setup(build) {
      build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        const { code } = await esbuild.transform(source, { loader: "css", minify: true });
        return { contents: code, loader: "text" };
      });
    },
  };
}

/**
 * pdf.js without the places where it would make code of text or load some. The policy of the extension's pages forbids both and
 * nothing asks for them; reviewers need not take that on trust. A version in which they look otherwise does not build.
 */
function pdfWithoutCode() {
  const common = [
    [/return Function\('return require\("' \+ name \+ '"\)'\)\(\);/, "return undefined;"],
    [/ \|\| Function\('return this'\)\(\);/, ";"],
    [/new Function\(""\);\s*return true;/, "return false;"],
  ];
  const own = {
    "pdf.mjs": [
      [/await import\(\s*(?:\/\*.*?\*\/\s*)*this\.workerSrc\)/, "{}"],
      [/await import\("\$\{url\}"\);/, ""],
    ],
    "pdf.worker.mjs": [
      [/await import\(\s*(?:\/\*.*?\*\/\s*)*path\)/, "{}"],
      // It would take our worker's messages for its own: here it works within that worker, called by its other half.
      [/this\.initializeFromPort\(self\);/, ""],
      // An invented folder of an invented user, which looks like one of the machine's.
      [/HOME: "\/home\/web_user"/, 'HOME: "/"'],
      [/return new Function\("src", "srcOffset", "dest", "destOffset", compiled\);/, ""],
    ],
  };
  return {
    name: "pdf-without-code",
    setup(build) {
      build.onLoad({ filter: /pdfjs-dist[\\/]legacy[\\/]build[\\/]pdf(?:\.worker)?\.mjs$/ }, async ({ path }) => {
        let contents = await readFile(path, "utf8");
        for (const [code, without] of [...common, ...own[basename(path)]]) {
          if (!code.test(contents)) {
            throw new Error(`${basename(path)} no longer holds ${code}: look how it makes code now`);
          }
          contents = contents.replace(code, without);
        }
        return { contents, loader: "js" };
      });
    },
  };
}
