/**
 * Opens a scene of `extension/preview` in an ordinary page: bundled in memory, served at an address of our own, under
 * the same rule for styles that the extension's pages have.
 */
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { build } from "esbuild";

const ADDRESS = "https://preview.example/";
const ENTRY = fileURLToPath(new URL("../../extension/preview/main.tsx", import.meta.url));

let bundle: Promise<string> | undefined;

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: "iife",
    target: "chrome120",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "text" },
  });
  return outputFiles[0]?.text ?? "";
}

/** Opens the scene; `head` is a script of the page that runs after ours, as a site's would. */
export async function openScene(page: Page, scene: string, siteScript = ""): Promise<void> {
  bundle ??= bundled();
  const script = await bundle;
  await page.route(`${ADDRESS}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/preview.js") {
      await route.fulfill({ contentType: "text/javascript", body: script });
    } else if (pathname === "/site.js") {
      await route.fulfill({ contentType: "text/javascript", body: siteScript });
    } else {
      await route.fulfill({
        contentType: "text/html",
        headers: { "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'" },
        body: `<!doctype html><html lang="en"><title>Preview</title><meta name="viewport" content="width=device-width"><body><script src="preview.js"></script><script src="site.js"></script></body></html>`,
      });
    }
  });
  await page.goto(`${ADDRESS}#${scene}`);
}
