/** Pictures for people: of each story, in light and dark, at twice the size, and in a narrow window. */
import { mkdir, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Page, TestInfo } from "@playwright/test";

const FOLDER = resolve(import.meta.dirname, "../../../target/screenshots");

/** Takes `target/screenshots/<story>/<name>.png`. */
export async function shoot(page: Page, info: TestInfo, name: string): Promise<void> {
  await page.screenshot({ path: await fileFor(info, name), caret: "initial" });
}

async function fileFor(info: TestInfo, name: string): Promise<string> {
  const folder = resolve(FOLDER, slug(info.titlePath.slice(1).join(" ")));
  await mkdir(folder, { recursive: true });
  return resolve(folder, `${slug(name)}.png`);
}

/** The four looks that somebody has to have seen. The page is as before afterwards. */
export async function shootVariants(page: Page, info: TestInfo, name: string): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1280, height: 900 };
  // Without motion no picture is taken half way from one look to the next.
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await shoot(page, info, `${name} light`);
  await page.emulateMedia({ colorScheme: "dark" });
  await shoot(page, info, `${name} dark`);
  await page.emulateMedia({ colorScheme: "light" });
  await shootZoomed(page, usual, await fileFor(info, `${name} 200 percent`));
  await page.setViewportSize({ width: 420, height: usual.height });
  await shoot(page, info, `${name} narrow`);
  await page.setViewportSize(usual);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Browser zoom of 200 %: half as many CSS pixels, each twice as large. */
async function shootZoomed(page: Page, usual: { width: number; height: number }, file: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setDeviceMetricsOverride", {
    width: Math.round(usual.width / 2),
    height: Math.round(usual.height / 2),
    deviceScaleFactor: 2,
    mobile: false,
  });
  // Drawn once more after the change of size, so that what follows the window has followed it.
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  // Playwright's own picture would first set its own size again.
  const { data } = await session.send("Page.captureScreenshot", { format: "png" });
  await writeFile(file, Buffer.from(data, "base64"));
  await session.send("Emulation.clearDeviceMetricsOverride");
  await session.detach();
  await page.setViewportSize(usual);
}

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
