/** How Lever is read: chosen once, kept through a restart of the browser, and begun again when the recruiter wants it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { askCore, connect, expect, launch, shoot, shootVariants, statusOf, test } from "./harness";
import { expectBadge, INES, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

const DAY = "2021-03-01";

async function choose(options: Page, group: string, choice: string): Promise<void> {
  const radio = options.getByRole("radiogroup", { name: group }).getByRole("radio", { name: choice, exact: true });
  await radio.press("Space");
  await expect(radio).toBeChecked();
}

test("what was chosen is saved at once, and still so after the browser was closed", async ({ sandbox }, info) => {
  const profile = await mkdtemp(join(tmpdir(), "fulcrum-profile-"));
  const before = await launch(profile, sandbox.tlsPort);
  await connect(before, sandbox);
  const options = await openOptions(before);
  await expect(options.getByText("Up to date")).toBeVisible();
  await options.getByRole("heading", { name: "How Lever is read" }).scrollIntoViewIfNeeded();
  await shootVariants(options, info, "1 how lever is read");

  await choose(options, "Read changes every", "15 minutes");
  await expect(options.getByRole("status").getByText("Saved.")).toBeVisible();
  await choose(options, "In the background as well, at most so many requests an hour", "None");
  await options.getByLabel("Read opportunities from").fill(DAY);
  await options.getByLabel("Read opportunities from").press("Enter");
  await expect(options.getByRole("status").getByText("Lever is being read anew")).toBeVisible();
  await expect(
    options.getByText(/^\d+ opportunities of \d+ people read\. Opportunities from before 1 March 2021 are left out\./),
  ).toBeVisible();
  await expect(options.getByRole("progressbar")).toHaveCount(0);
  await options.getByLabel("Resumes, notes and files").uncheck();
  await expect(options.getByRole("radio", { name: "1,200" })).toBeDisabled();
  const chosen = await askCore(before, { command: "reading_settings" });
  expect(chosen).toMatchObject({
    settings: { every_minutes: 15, details: false, background_details_an_hour: 0, unknown_people: true },
  });
  await before.close();

  const after = await launch(profile, sandbox.tlsPort);
  expect(await askCore(after, { command: "reading_settings" })).toEqual(chosen);
  const again = await openOptions(after);
  await expect(again.getByLabel("Read opportunities from")).toHaveValue(DAY);
  await expect(again.getByRole("radio", { name: "15 minutes" })).toBeChecked();
  await expect(again.getByLabel("Resumes, notes and files")).not.toBeChecked();
  await shoot(again, info, "2 after the restart");
  await after.close();
  await rm(profile, { recursive: true, force: true });
});

test("a day that is none, or lies ahead, changes nothing and says so", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const field = options.getByLabel("Read opportunities from");
  await field.fill("2999-01-01");
  await field.press("Enter");
  await expect(options.getByText("Choose a day from 2000 to today.")).toBeVisible();
  expect(await askCore(context, { command: "reading_settings" })).toMatchObject({ settings: { earliest: null } });
});

test("started over: everything is read again, and who is known stays known meanwhile", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const { mirror } = await statusOf(context);
  const options = await openOptions(context);
  await options.getByRole("button", { name: "Start over" }).click();
  await expect(options.getByText("Lever is being read again from the beginning.")).toBeVisible();
  await shoot(options, info, "started over");
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
  await expect.poll(async () => (await statusOf(context)).mirror.complete, { timeout: 60_000 }).toBe(true);
  const after = (await statusOf(context)).mirror;
  expect([after.contacts, after.opportunities]).toEqual([mirror.contacts, mirror.opportunities]);
  expect(await sandbox.log()).toEqual([]);
});

test("people nobody looked up are left out: nobody is said not to be in Lever", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  await options.getByLabel("Take in people Fulcrum has not met").uncheck();
  await expect(options.getByText("Only people you look up are added:")).toBeVisible();
  await expect(options.getByRole("progressbar")).toHaveCount(0);
  await shoot(options, info, "only people looked up");
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, /^Not found so far/);
});

test("storage: what is taken, what is left, and the browser's promise in plain words", async ({
  context,
  sandbox,
}, info) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  const storage = options.getByRole("region", { name: "Storage" });
  await expect(storage.getByText(/^[\d.]+ (kB|MB) for \d+ people, \d+ opportunities$/)).toBeVisible();
  await expect(storage.getByText(/ of [\d.]+ GB that the browser gives$/)).toBeVisible();
  await expect(storage.getByText(/^(Yes|Not promised): /)).toBeVisible();
  const ask = storage.getByRole("button", { name: "Ask the browser to keep it" });
  if (await ask.isVisible()) {
    await ask.click();
    await expect(storage.getByText(/^The browser has (not )?promised/).first()).toBeVisible();
  }
  await storage.scrollIntoViewIfNeeded();
  await shoot(options, info, "storage");
});
