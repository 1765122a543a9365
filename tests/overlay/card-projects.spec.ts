/**
 * The card's projects in the closed root, on a page with shortcuts: what is typed there is the recruiter's alone, and where the page
 * was there first nothing is typed there at all (design §4.4).
 */
import { expect, type Page, test } from "@playwright/test";
import type {} from "../../extension/preview/main";
import { openScene } from "./preview-page";

const SITE = `
  globalThis.heard = [];
  for (const type of ["keydown", "keypress", "keyup", "beforeinput", "input", "change", "copy", "select"]) {
    addEventListener(type, (event) => heard.push(type + " " + (event.key ?? event.data ?? "")), { capture: true });
  }
`;

const press = (page: Page, selector: string) =>
  page.evaluate((wanted) => {
    globalThis.preview?.overlay.openCard();
    return new Promise<void>((done) =>
      requestAnimationFrame(() => {
        globalThis.preview?.overlay.host.root.querySelector<HTMLElement>(wanted)?.click();
        done();
      }),
    );
  }, selector);

const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
const asked = (page: Page, name: string) =>
  page.evaluate((wanted) => globalThis.preview?.core.asked.filter(({ command }) => command === wanted).length, name);
const fieldIsThere = (page: Page) =>
  page.evaluate(() => globalThis.preview?.overlay.host.root.querySelector(".project-row input") !== null);

test("a new project is named and filled by keyboard, and the page hears none of it", async ({ page }) => {
  await openScene(page, "overlay-known", SITE);
  await press(page, ".projects > button");
  // The last project is proposed and selected once it is known.
  await expect
    .poll(() => page.evaluate(() => globalThis.preview?.overlay.host.root.activeElement?.localName))
    .toBe("input");
  await page.keyboard.type("Reading group");
  await page.keyboard.press("Enter");
  await expect.poll(() => asked(page, "add_to_project")).toBe(1);
  expect(await asked(page, "name_project")).toBe(1);
  await expect.poll(() => fieldIsThere(page)).toBe(false);
  expect(await heard(page)).toEqual([]);
});

test("where the page's listeners were there first, the side panel is the place to type", async ({ page }) => {
  await openScene(page, "overlay-known", SITE);
  await page.evaluate(() => {
    const { overlay } = globalThis.preview ?? {};
    if (overlay !== undefined) {
      overlay.doors.addElsewhere = () => {
        document.body.dataset.elsewhere = "yes";
      };
    }
  });
  await press(page, ".projects > button");
  await expect.poll(() => page.evaluate(() => document.body.dataset.elsewhere)).toBe("yes");
  expect(await fieldIsThere(page)).toBe(false);
});
