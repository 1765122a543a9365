/** People of the past found again: on the search page, and what is known of them in the card. */
import type { BrowserContext, Page } from "@playwright/test";
import { askCore, connect, expect, openExtensionPage, shoot, shootVariants, test } from "./harness";
import { Popup } from "./support/popup";
import { expectBadge, INES, INES_HTML, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

const EXPANDED = "Great talk, but she wants to stay until spring.";

async function openSearch(context: BrowserContext): Promise<Page> {
  const page = await openExtensionPage(context, "search.html");
  await expect(page.getByRole("searchbox")).toBeFocused();
  return page;
}

/** Lever itself is not there; the tab that opens is all that counts. */
async function openedBy(page: Page, act: () => Promise<void>): Promise<string> {
  const opening = page.context().waitForEvent("page");
  await act();
  const opened = await opening;
  await expect.poll(() => opened.url()).toContain("lever");
  const address = opened.url();
  await opened.close();
  return address;
}

test("somebody is found by name, narrowed, walked to with the arrow keys and opened in Lever", async ({
  context,
  sandbox,
}, info) => {
  await context.route("https://hire.lever.co/**", (route) => route.fulfill({ body: "Lever" }));
  await connect(context, sandbox);
  const search = await openSearch(context);
  const status = search.getByRole("status");
  await expect(status).toHaveText(/^[\d,]+ people, 50 shown$/);
  await shootVariants(search, info, "1 everybody");

  await search.keyboard.type("kowalczyk");
  const results = search.getByRole("region", { name: "People found" }).getByRole("link");
  await expect(results.filter({ hasText: "Ines Kowalczyk" })).toBeVisible();
  const first = search.getByRole("listitem").filter({ hasText: "Ines Kowalczyk" });
  await expect(first).toContainText("Onsite interview");
  await expect(first).toContainText("Data Platform Lead · Maya Okafor · 1 other opportunity");
  await shootVariants(search, info, "2 found by name");

  await search.keyboard.press("ArrowDown");
  await expect(results.first()).toBeFocused();
  await search.keyboard.press("ArrowUp");
  await expect(search.getByRole("searchbox")).toBeFocused();
  await search.keyboard.press("ArrowDown");
  const href = await results.first().getAttribute("href");
  expect(await openedBy(search, () => search.keyboard.press("Enter"))).toBe(href);
  expect(href).toMatch(/^https:\/\/hire\.lever\.co\/candidates\//);

  await search.getByLabel("Rejected").check();
  await expect(first).toContainText("Timing, at Phone screen");
  await search.getByRole("combobox", { name: "Archive reason" }).fill("underq");
  await search.getByRole("option", { name: "Underqualified" }).click();
  await expect(search.getByText("Nobody fits.")).toBeVisible();
  await shoot(search, info, "3 nobody");
  await search.getByRole("button", { name: "Clear filters" }).click();
  await expect(first).toContainText("Onsite interview");
});

test("every filter narrows by the names in Lever, those of closed jobs and past colleagues too", async ({
  context,
  sandbox,
}) => {
  await connect(context, sandbox);
  const search = await openSearch(context);
  const status = search.getByRole("status");
  await expect(status).toHaveText(/ shown$/);
  const choices = {
    Job: "Data Platform Lead",
    Stage: "Onsite interview",
    Owner: "Maya Okafor",
    Tag: "silver medalist",
    Source: "Newsletter",
    Origin: "Sourced",
  };
  for (const [filter, value] of Object.entries(choices)) {
    const field = search.getByRole("combobox", { name: filter, exact: true });
    await field.fill(value);
    await field.press("Enter");
    await expect(search.getByRole("button", { name: `Remove ${value}` })).toBeVisible();
  }
  await expect(status).toHaveText("1 person");
  await expect(search.getByRole("link", { name: "Ines Kowalczyk" })).toBeVisible();
  for (const [filter, value] of [
    ["Owner", "Helena Brandt"],
    ["Job", "Office Manager"],
  ] as const) {
    await search.getByRole("combobox", { name: filter, exact: true }).fill(value);
    await expect(search.getByRole("option", { name: value }).first()).toBeVisible();
    await search.keyboard.press("Escape");
  }
  // Backspace in the empty field takes the last value back.
  const origin = search.getByRole("combobox", { name: "Origin" });
  await origin.focus();
  await origin.press("Backspace");
  await expect(search.getByRole("button", { name: "Remove Sourced" })).toHaveCount(0);
});

test("while Lever is being read, the search says how much it can find", async ({ context, sandbox }, info) => {
  await connect(context, sandbox);
  // Read anew, and Lever gives out no page: the read cannot be over before it is paused.
  await sandbox.armFault({ kind: "503", method: "GET", path: "/opportunities", times: 10_000 });
  await askCore(context, { command: "start_over" });
  const reply = await askCore(context, { command: "pause_sync" });
  expect(reply.reply === "status" && reply.status.mirror.complete).toBe(false);
  const search = await openSearch(context);
  await expect(search.getByText(/\d+ % of Lever read\. Whoever is in the rest may be missing here\./)).toBeVisible();
  await shoot(search, info, "partly read");
});

test("before a connection the search leads to the settings", async ({ context }) => {
  const search = await openExtensionPage(context, "search.html");
  const opening = context.waitForEvent("page");
  await search.getByRole("button", { name: "Open settings" }).click();
  await expect((await opening).getByRole("heading", { name: "Connect Lever" })).toBeVisible();
});

test("popup, side panel and settings lead to the search", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const panel = await openExtensionPage(context, "sidepanel.html");
  for (const page of [options, panel]) {
    const opening = context.waitForEvent("page");
    await page.getByRole("link", { name: "Search people" }).click();
    await expect((await opening).getByRole("searchbox")).toBeVisible();
  }
  const popup = await Popup.open(context, await openProfile(INES.address));
  // Nothing moves any more once the card is there.
  await expect.poll(() => popup.text()).toContain("Resume, notes and files read");
  const opening = context.waitForEvent("page");
  // The popup goes with the click, so that the click itself may stay unanswered.
  void popup.click("Search people").catch(() => undefined);
  await expect((await opening).getByRole("searchbox")).toBeVisible();
});

test("the card shows resumes, notes, stages passed and when it was read", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await expect(card.getByText("Phone screen went well: strong on streaming.")).toBeVisible();
  await expect(card.getByText("resume.pdf").first()).toBeVisible();
  await expect(card.getByText("Resume, notes and files read")).toBeVisible();
  await expect(card.getByText(EXPANDED)).toHaveCount(0);
  await shootVariants(page, info, "1 card");

  await card.getByRole("button", { name: "Show 1 earlier note" }).click();
  await expect(card.getByText(EXPANDED)).toBeVisible();
  const stages = card.getByRole("button", { name: "4 stages passed" }).first();
  await expect(stages).toHaveAttribute("aria-expanded", "false");
  await stages.click();
  await expect(card.getByText("Responded")).toBeVisible();
  await shoot(page, info, "2 opened");

  // Opened again, nothing is asked of Lever a second time.
  const asked = async () => (await sandbox.stats()) as { requests: Record<string, number> };
  const before = (await asked()).requests["GET /opportunities/:id/notes"];
  await card.getByRole("button", { name: "Close" }).click();
  await expect((await openCard(page)).getByText("resume.pdf").first()).toBeVisible();
  expect((await asked()).requests["GET /opportunities/:id/notes"]).toBe(before);
  expect(await sandbox.log()).toEqual([]);
});

test("a key that may not read resumes says which box is missing, and the rest is shown", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await sandbox.restrictKey([
    "GET /users",
    "GET /stages",
    "GET /archive_reasons",
    "GET /postings",
    "GET /opportunities",
    "GET /opportunities/:id",
    "GET /contacts/:id",
    "GET /opportunities/:id/notes",
    "GET /opportunities/:id/files",
  ]);
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  const card = await openCard(page);
  await expect(card.getByText("The key lacks “Find all opportunity resumes”")).toBeVisible();
  await expect(card.getByText("Phone screen went well: strong on streaming.")).toBeVisible();
  await shoot(page, info, "resumes not allowed");
});

test.describe("somebody whose name two people have", () => {
  const ALEX = {
    address: "https://www.linkedin.com/in/alex-martin-elsewhere/",
    html: INES_HTML.replaceAll("ines-kowalczyk-demo", "alex-martin-elsewhere")
      .replaceAll("Ines Kowalczyk", "Alex Martin")
      .replaceAll("ACoAACEUoSUBieAR3w2tkmUvwyYypNMAwB1yIZ4", "ACoAACEUoSYBymMn7IDj528VQUbHeYArDvJneMc"),
  };
  test.use({ sites: { pages: [ALEX] } });

  test("is read only when the recruiter looks closer", async ({ context, sandbox, openProfile }, info) => {
    await connect(context, sandbox);
    await askCore(context, { command: "pause_sync" });
    const asked = async () => {
      const { requests } = (await sandbox.stats()) as { requests: Record<string, number> };
      return requests["GET /opportunities/:id/resumes"] ?? 0;
    };
    const before = await asked();
    const page = await openProfile(ALEX.address);
    await expectBadge(page, /possible match|Several fit/);
    const card = await openCard(page);
    const closer = card.getByRole("button", { name: "Resume, notes and files" }).first();
    await expect(closer).toBeVisible();
    expect(await asked()).toBe(before);
    await closer.click();
    await expect.poll(asked).toBeGreaterThan(before);
    await expect(card.getByText(/Resume, notes and files read|None in Lever\./).first()).toBeVisible();
    await shoot(page, info, "looked closer");
  });
});
