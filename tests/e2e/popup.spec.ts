/** The toolbar button: how things stand, this site's display, the card, and any other page, read when the recruiter asks. */
import { resolve } from "node:path";
import { closedRootCount, connect, expect, shoot, tabViewOf, test } from "./harness";
import { Popup } from "./support/popup";
import { expectBadge, INES, TOMASZ } from "./support/steps";

/** Ines's own page, where no script of ours runs by itself. */
const OWN_PAGE = { address: "https://ines.example/", file: "web/ines-example.html" };
const PICTURES = resolve(import.meta.dirname, "../../target/screenshots/popup");

test.use({ sites: { pages: [INES, TOMASZ, OWN_PAGE] } });

test("before a connection the popup says so and leads to the settings", async ({ context, openProfile }) => {
  const page = await openProfile(INES.address);
  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("Not connected");
  await popup.shoot(`${PICTURES}/not-connected-light.png`, "light");
  const options = context.waitForEvent("page");
  await popup.click("Settings");
  await expect((await options).getByRole("heading", { name: "Connect Lever" })).toBeVisible();
});

test("state, card, and from the page to the toolbar and back", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("Connected: Production");
  await expect.poll(() => popup.text()).toContain("ines.k@example.org");
  expect(await popup.text()).toContain("Fulcrum on LinkedIn");
  await popup.shoot(`${PICTURES}/known-light.png`, "light");
  await popup.shoot(`${PICTURES}/known-dark.png`, "dark");

  await popup.click("In the toolbar");
  await expect.poll(() => popup.text()).toContain("Nothing on the page is changed.");
  await expect.poll(() => closedRootCount(page)).toBe(0);
  expect(await popup.text()).toContain("Onsite interview");

  await popup.click("Off");
  await expect.poll(() => popup.text()).toContain("Pages of this site are not read.");
  expect(await popup.text()).not.toContain("Onsite interview");
  await popup.shoot(`${PICTURES}/off-light.png`, "light");

  await popup.click("On the page");
  await expect.poll(() => closedRootCount(page)).toBe(1);
  await expectBadge(page, INES.badge);
});

test("a personal page is read when the recruiter asks for it, and not before", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(OWN_PAGE.address);
  const popup = await Popup.open(context, page);
  await expect.poll(() => popup.text()).toContain("This page was not read.");
  expect(await closedRootCount(page)).toBe(0);
  await popup.shoot(`${PICTURES}/unread-light.png`, "light");
  await popup.click("Read this page");
  await expect.poll(() => popup.text()).toContain("Same LinkedIn profile");
  expect(await popup.text()).toContain("ines.k@example.org");
  await popup.close();
  await expectBadge(page, INES.badge);
  await shoot(page, info, "badge on a personal page");
  const view = await tabViewOf(context, page.url());
  expect(view).toMatchObject({ profile: { site: "web", key: "web:ines.example", proof: "json-ld-url" } });
});

test("somebody new is added from the popup, once", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const popup = await Popup.open(context, page);
  // Nothing moves any more once what comes late is above the card.
  await expect.poll(() => popup.text()).toMatch(/Read from Lever[\s\S]*stand on the page[\s\S]*Add to project/);
  await popup.click("Add to Lever");
  await expect.poll(() => popup.text()).toContain("New person, one opportunity without a job, in New lead.");
  await popup.shoot(`${PICTURES}/form-light.png`, "light");
  await popup.click("Add to Lever⏎");
  await expect.poll(() => popup.text()).toContain("Added to Lever as a prospect, in New lead.");
  await popup.close();
  expect(await sandbox.log()).toHaveLength(1);
  await page.bringToFront();
  await expectBadge(page, /^Added to Lever|^In Lever/);
});
