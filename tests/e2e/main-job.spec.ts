/**
 * The main job from the first minute on: connect Lever, open the profile of somebody who is there, open the profile of
 * somebody who is not, and put them there. The write log is the judge of what was sent.
 */
import type { Page } from "@playwright/test";
import { askCore, connect, expect, type Sandbox, serviceWorker, shoot, shootVariants, test } from "./harness";
import {
  badgeOf,
  cardOf,
  expectBadge,
  expectTomaszCreated,
  INES,
  jobsIn,
  openCard,
  openOptions,
  sayWhoIAm,
  submitKey,
  TOMASZ,
} from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

/** On the job, with what the recruiter added in the form. */
async function expectTomaszInLever(sandbox: Sandbox, job: string): Promise<void> {
  const [created, noted, ...rest] = await sandbox.log();
  expect(rest).toEqual([]);
  await expectTomaszCreated(sandbox, created, job, { tags: ["rust-guild"] });
  expect(noted).toMatchObject({
    method: "POST",
    path: `/v1/opportunities/${created?.opportunity}/notes`,
    query: { perform_as: await sandbox.idOf("users", "Jonas Lindqvist") },
    body: { value: "Met at the build tools meetup." },
    opportunity: created?.opportunity,
  });
}

test("a recruiter connects, finds Ines in Lever, and adds Tomasz on a job", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await test.step("connects with a key and says who they are, in other letter case", async () => {
    const options = await openOptions(context);
    await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
    await shootVariants(options, info, "1 options not connected");
    await submitKey(options, sandbox.key);
    await expect(options.getByText("Lever takes the key. Nothing is missing.")).toBeVisible();
    await expect(options.getByText("Connected: Production")).toBeVisible();
    await sayWhoIAm(options, "JONAS.LINDQVIST@", "Jonas Lindqvist");
    await expect(options.getByText(/^[\d,]+ opportunities of [\d,]+ people read\./)).toBeVisible();
    await expect(options.getByText("Up to date")).toBeVisible();
    await shootVariants(options, info, "2 options connected");
    await options.close();
  });

  await test.step("sees at once that Ines is in Lever", async () => {
    const page = await openProfile(INES.address);
    await expectBadge(page, INES.badge);
    await shoot(page, info, "3 badge");
    const card = await openCard(page);
    await expect(card.getByRole("heading", { name: "Ines Kowalczyk" })).toBeVisible();
    await expect(card.getByText("Active", { exact: true })).toBeVisible();
    await expect(card.locator(".stage").getByText("Onsite interview")).toBeVisible();
    await expect(card.locator(".head .line").last()).toHaveText(
      /^Data Platform Lead · Maya Okafor, .+ ago|^Data Platform Lead · Maya Okafor, /,
    );
    await expect(card.getByText("Same LinkedIn profile")).toBeVisible();
    await expect(card.getByText("ines.k@example.org")).toBeVisible();
    await expect(card.getByText("+48 555 010 203")).toBeVisible();
    await expect(card.getByRole("link", { name: "Data Platform Lead" })).toBeVisible();
    await expect(card.getByRole("link", { name: "Backend Engineer" })).toBeVisible();
    await expect(card.locator(".foot")).toContainText(/Read from Lever .*(ago|now)/);
    await expect(card.getByRole("link", { name: "Open in Lever" })).toHaveAttribute(
      "href",
      /^https:\/\/hire\.lever\.co\/candidates\/[0-9a-f-]{36}$/,
    );
    await shootVariants(page, info, "4 card");
    expect(await sandbox.log()).toEqual([]);
    await page.close();
  });

  await test.step("sees that Tomasz is not, and adds him on a job", async () => {
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "Not in Lever · Add");
    await shoot(page, info, "5 not in Lever");
    const card = await openCard(page);
    await card.getByText("On a job").click();
    await card.getByRole("combobox", { name: "Job" }).fill("plat");
    await expect(jobsIn(card)).toHaveText([
      "Platform EngineerInfrastructure · Berlin",
      "Data Platform LeadData · Remote",
    ]);
    await shootVariants(page, info, "6 job search");
    await jobsIn(card).filter({ hasText: "Platform Engineer" }).click();
    await card.getByRole("combobox", { name: "Tags" }).fill("rust-guild");
    await card.getByRole("combobox", { name: "Tags" }).press("Enter");
    await card.getByLabel("Note").fill("Met at the build tools meetup.");
    await card.getByRole("combobox", { name: "Source" }).fill("GitHub");
    await expect(card.locator(".form > .notice").first()).toContainText(
      "New person, one opportunity on Platform Engineer, in New lead.",
    );
    await shootVariants(page, info, "7 dialog filled in");
    expect(await sandbox.log()).toEqual([]);
    await card.getByRole("combobox", { name: "Source" }).press("Enter");
    await expect(card.getByText("Added to Lever on Platform Engineer, in New lead.")).toBeVisible();
    const link = card.getByRole("link", { name: "Open in Lever" });
    await shootVariants(page, info, "8 added");
    await expectTomaszInLever(sandbox, "Platform Engineer");
    const [created] = await sandbox.log();
    await expect(link).toHaveAttribute("href", `https://hire.lever.co/candidates/${created?.opportunity}`);
    await expectBadge(page, /^(Added to Lever · New lead|In Lever · Prospect, New lead · Jonas L\.)$/);
    await card.getByRole("button", { name: "Close", exact: true }).last().click();
    await shoot(page, info, "9 badge has turned");
  });

  await test.step("and Tomasz is known from then on, on his other pages too", async () => {
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "In Lever · Prospect, New lead · Jonas L.");
    await shoot(page, info, "10 known from then on");
  });
});

/** The browser's own shortcut cannot be pressed in a browser without a window: its event is raised where it arrives. */
async function pressShortcut(context: Parameters<typeof serviceWorker>[0], page: Page): Promise<void> {
  await page.bringToFront();
  const worker = await serviceWorker(context);
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const event = chrome.commands.onCommand as unknown as { dispatch(command: string, tab: unknown): void };
    event.dispatch("open-card", tab);
  });
}

test("the same with the keyboard alone", async ({ context, sandbox, openProfile }, info) => {
  const options = await openOptions(context);
  await expect(options.getByLabel("API key")).toBeVisible();
  await tabTo(options, options.getByLabel("API key"));
  await options.keyboard.type(sandbox.key);
  await options.keyboard.press("Enter");
  await expect(options.getByText("Connected: Production")).toBeVisible();
  await tabTo(options, options.getByRole("combobox", { name: "Name or email" }));
  await options.keyboard.type("jonas LIND");
  await expect(options.getByRole("listbox").getByRole("option")).toHaveCount(1);
  await options.keyboard.press("Enter");
  await expect(options.getByRole("button", { name: "Change", exact: true })).toBeVisible();
  await expect(options.getByText("Up to date")).toBeVisible();
  await options.close();

  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  await pressShortcut(context, page);
  const card = await cardOf(page);
  await expect(card.getByRole("radio", { name: "Prospect" })).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(card.getByRole("combobox", { name: "Job" })).toBeFocused();
  await page.keyboard.type("plat");
  await expect(jobsIn(card)).toHaveCount(2);
  await page.keyboard.press("ArrowDown");
  await expect(card.getByRole("listbox", { name: "Job" }).getByRole("option", { selected: true })).toContainText(
    "Data Platform Lead",
  );
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(card.getByRole("combobox", { name: "Tags" })).toBeFocused();
  await page.keyboard.type("rust-guild,");
  await page.keyboard.press("Tab");
  await expect(card.getByRole("combobox", { name: "Source" })).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("GitHub");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(card.getByLabel("Note")).toBeFocused();
  await page.keyboard.type("Met at the build tools meetup.");
  await shoot(page, info, "filled in by keyboard");
  await page.keyboard.press("Control+Enter");
  await expect(card.getByRole("link", { name: "Open in Lever" })).toBeFocused();
  await expectTomaszInLever(sandbox, "Data Platform Lead");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
  await expect(await badgeOf(page)).toContainText(/Added to Lever|In Lever/);
  await shoot(page, info, "added by keyboard");
});

/** Tab until the field has the focus; nothing else moves it. */
async function tabTo(page: Page, field: ReturnType<Page["getByLabel"]>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) {
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error("the field is not reached with Tab");
}

test("added by mistake: taken back before anything is sent, and added after all", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  // Longer than the story takes to press the button.
  expect((await askCore(context, { command: "set_export_rules", rules: { undo_ms: 30_000 } })).reply).toBe(
    "export_rules",
  );
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await card.getByRole("combobox", { name: "Tags" }).fill("rust-guild,");
  await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByRole("button", { name: "Undo" })).toBeVisible();
  await shootVariants(page, info, "1 can be taken back");
  await card.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("Taken back. Nothing was sent.")).toBeVisible();
  await expect(card.getByRole("button", { name: "Add to Lever" })).toBeEnabled();
  await shoot(page, info, "2 taken back");
  await expectBadge(page, "Not in Lever · Add");
  expect(await sandbox.log()).toEqual([]);

  await askCore(context, { command: "set_export_rules", rules: { undo_ms: 0 } });
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  const [created, ...rest] = await sandbox.log();
  expect(rest).toEqual([]);
  expect(created?.body).toMatchObject({ tags: ["rust-guild"] });
});
