/**
 * Sites change pages in place, the address first and the content later. Nobody is ever shown for somebody else, nothing
 * is sent for a page that has gone, and where there is nobody to show, the page stays as it is.
 */
import type { Page } from "@playwright/test";
import { closedRootCount, connect, expect, shoot, tabViewOf, test } from "./harness";
import type { SavedPage } from "./support/saved-pages";
import { badgeOf, expectBadge, INES, INES_HTML, LEILA, openCard, TOMASZ } from "./support/steps";

const SILENT: Record<string, SavedPage> = {
  "an organisation's page": {
    address: "https://www.linkedin.com/company/tidal-works-demo/",
    file: "linkedin/company.html",
  },
  "the recruiter's own profile": { address: INES.address, file: "linkedin/sdui-own-profile.html" },
  "a login wall at its own address": {
    address: "https://www.linkedin.com/authwall",
    file: "linkedin/wall-address.html",
  },
  "a login wall in place of the profile": { address: INES.address, file: "linkedin/wall-in-place.html" },
  "an organisation on GitHub": { address: "https://github.com/quarry-demo", file: "github/organisation.html" },
};

test.use({ sites: { pages: [INES, TOMASZ] } });

test("the page changes under an open form: it says so, and nothing is sent", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await card.getByLabel("Note").fill("For Tomasz alone.");
  await expect(card.getByText("New person, one opportunity without a job, in New lead.")).toBeVisible();
  await page.evaluate(() => history.pushState({}, "", "/wei-chen-demo"));
  await expect(card.getByText("This page has changed since you opened the form. Nothing was sent.")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await shoot(page, info, "page changed");
  await card.getByRole("button", { name: "Close" }).last().click();
  await expect(card).toBeHidden();
  expect(await sandbox.log()).toEqual([]);
});

test("Enter in the very moment the page changes sends nothing", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  const send = card.getByRole("button", { name: "Add to Lever" });
  await expect(send).toHaveAttribute("aria-disabled", "false");
  await page.evaluate(() =>
    window.addEventListener("pointerdown", () => history.replaceState({}, "", "/wei-chen-demo"), { capture: true }),
  );
  await send.click({ force: true });
  await expect(card.getByText("This page has changed since you opened the form. Nothing was sent.")).toBeVisible();
  expect(await sandbox.log()).toEqual([]);
});

/** Notes what badge and card say at every change of theirs, from now on. The page itself could not do that. */
async function recordWords(page: Page): Promise<void> {
  await (await badgeOf(page)).evaluate((pill) => {
    const root = pill.getRootNode();
    const said: string[] = [];
    Object.assign(globalThis, { said });
    const note = () => said.push([...root.childNodes].map((child) => child.textContent).join(" "));
    new MutationObserver(note).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  });
}

function wordsSaid(page: Page): Promise<string[]> {
  return page.evaluate(() => (globalThis as unknown as { said: string[] }).said);
}

test("from A to B while A's content stays for two seconds: never A's answer for B", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  await openCard(page);
  await recordWords(page);
  await page.evaluate((html) => {
    (globalThis as unknown as { said: string[] }).said.length = 0;
    history.pushState({}, "", "/in/leila-haddad-demo/");
    // What such sites do: the content comes when it has been fetched.
    setTimeout(() => {
      const next = new DOMParser().parseFromString(html, "text/html");
      document.title = next.title;
      document.body.replaceWith(next.body);
    }, 2_000);
  }, LEILA.html);
  await shoot(page, info, "address of B content of A");
  await expectBadge(page, "In Lever · Prospect, Responded · Maya O.");
  const said = await wordsSaid(page);
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((words) => /Ines|Onsite interview|ines\.k@/.test(words))).toEqual([]);
  const card = await openCard(page);
  await expect(card.getByRole("heading", { name: "Leila Haddad" })).toBeVisible();
  await shoot(page, info, "content of B");

  // And back again, with the browser's own button.
  await page.goBack();
  await page.evaluate((html) => {
    document.body.replaceWith(new DOMParser().parseFromString(html, "text/html").body);
  }, INES_HTML);
  await expectBadge(page, INES.badge);
});

for (const [what, saved] of Object.entries(SILENT)) {
  test.describe(what, () => {
    test.use({ sites: { pages: [saved] } });

    test("silence: nothing in the page, nobody in the popup", async ({ context, sandbox, openProfile }) => {
      await connect(context, sandbox);
      const page = await openProfile(saved.address);
      const reading = async () => (await tabViewOf(context, page.url()))?.reading;
      await expect.poll(reading, { timeout: 20_000 }).toBe("nobody");
      expect(await closedRootCount(page)).toBe(0);
      expect(await page.evaluate(() => document.documentElement.outerHTML.includes("x-layer"))).toBe(false);
      expect(await tabViewOf(context, page.url())).toMatchObject({ profile: null, answer: null });
    });
  });
}
