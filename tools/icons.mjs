/**
 * Draws `extension/icons/fulcrum.svg` at the sizes the browsers ask for. Run by hand after the drawing changes:
 * `node tools/icons.mjs`. The pictures are committed, so that a build needs no browser.
 */
import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "@playwright/test";

const SIZES = [16, 32, 48, 128];
const folder = new URL("../extension/icons/", import.meta.url);

const drawing = await readFile(new URL("fulcrum.svg", folder), "utf8");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});
for (const size of SIZES) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>html,body{margin:0;background:transparent}svg{display:block;width:${size}px}</style>${drawing}`,
  );
  await writeFile(new URL(`${size}.png`, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
