/** Pages, card and form as assistive technology meets them: axe finds nothing serious, light, dark, narrow, forced. */
import { expect, type Page, test } from "@playwright/test";
import axe from "axe-core";
import { openScene } from "./preview-page";

const SCENES = [
  "badges",
  "cards",
  "reasons",
  "details",
  "looking",
  "forms",
  "updates",
  "card-projects",
  "options",
  "options-reading",
  "options-renewed",
  "options-new",
  "options-refused",
  "options-managed",
  "search",
  "search-resume",
  "duplicates",
  "search-reading",
  "search-failed",
  "search-new",
  "side-panel",
  "import-csv",
  "import-csv-nobody",
  "side-panel-list",
  "side-panel-list-unread",
  "side-panel-resume",
  "side-panel-scanned",
  "popup",
  "popup-unread",
];

interface Finding {
  rule: string;
  where: string;
}

/** Until the scene stands: the page itself holds two scripts. */
async function drawn(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.body.childElementCount)).toBeGreaterThan(2);
}

async function seriousFindings(page: Page): Promise<Finding[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      // The preview shows several cards in a page without landmarks; the scenes are not pages.
      rules: { region: { enabled: false } },
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => ({ rule: id, where: node.html.slice(0, 160) })));
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const scene of SCENES) {
    test(`${scene}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await openScene(page, scene);
      await drawn(page);
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}

const NARROW = [
  "badges",
  "cards",
  "reasons",
  "details",
  "forms",
  "updates",
  "card-projects",
  "options",
  "options-reading",
  "options-renewed",
  "options-managed",
  "options-new",
  "search",
  "search-resume",
  "duplicates",
  "search-reading",
  "side-panel",
  "import-csv",
  "import-csv-nobody",
  "side-panel-list",
  "side-panel-list-unread",
  "side-panel-resume",
  "side-panel-scanned",
];

for (const scene of NARROW) {
  test(`${scene} fits a window of 320 pixels, which is also 640 at 200 %`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await openScene(page, scene);
    await drawn(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });
}
