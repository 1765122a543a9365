/**
 * Writes whose outcome is not known: Lever has no idempotency key, so a write sent twice is a second record. Whatever
 * breaks, there is one record in the end, and the recruiter sees it.
 */
import type { BrowserContext } from "@playwright/test";
import {
  askCore,
  breakCoreWorker,
  closeOffscreenDocument,
  connect,
  expect,
  killServiceWorker,
  type Sandbox,
  shoot,
  test,
} from "./harness";
import { badgeLine, expectBadge, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [TOMASZ] } });

const ADDED = /^(Added to Lever · New lead|In Lever · Prospect, New lead)/;

async function creates(sandbox: Sandbox): Promise<number> {
  return (await sandbox.log()).filter(({ method, path }) => method === "POST" && path === "/v1/opportunities").length;
}

/** The states of the journal's steps, the latest first. */
async function journal(context: BrowserContext): Promise<string[]> {
  const reply = await askCore(context, { command: "journal", limit: 20 });
  return reply.reply === "journal" ? reply.entries.map(({ step }) => `${step.step} ${step.state}`) : [reply.reply];
}

test("a reply lost after the record was stored: it is found, not sent again", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await sandbox.armFault({ kind: "lost-reply", method: "POST", path: "/opportunities" });
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  await expectBadge(page, ADDED);
  expect(await sandbox.stats()).toMatchObject({ faults: { "lost-reply": 1 } });
  expect(await creates(sandbox)).toBe(1);
  const [created] = await sandbox.log();
  await expect(card.getByRole("link", { name: "Open in Lever" })).toHaveAttribute(
    "href",
    `https://hire.lever.co/candidates/${created?.opportunity}`,
  );
  await shoot(page, info, "found again");
  const options = await openOptions(context);
  await expect(options.getByRole("row", { name: /github\.com\/tabara-demo/ })).toContainText("Found in Lever");
  await options.getByRole("region", { name: "Exports", exact: true }).last().scrollIntoViewIfNeeded();
  await shoot(options, info, "journal");
});

test("a note whose reply was lost is written once", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await card.getByLabel("Note").fill("Knows build systems.");
  await sandbox.armFault({ kind: "lost-reply", method: "POST", path: "/opportunities/:id/notes" });
  await card.getByLabel("Note").press("Control+Enter");
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  const log = await sandbox.log();
  expect(log.map(({ path }) => path.replace(/[0-9a-f-]{36}/, ":id"))).toEqual([
    "/v1/opportunities",
    "/v1/opportunities/:id/notes",
  ]);
});

test("Lever fails at the create and stores nothing: it is sent again only after a look", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await sandbox.armFault({ kind: "503", method: "POST", path: "/opportunities" });
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect.poll(() => journal(context)).toEqual(["create_opportunity unknown"]);
  await shoot(page, info, "outcome being looked up");
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible({ timeout: 30_000 });
  expect(await creates(sandbox)).toBe(1);
});

const KILLS = {
  "the core worker breaks": breakCoreWorker,
  "the offscreen document is closed": closeOffscreenDocument,
  "the service worker is stopped": killServiceWorker,
};

for (const [what, kill] of Object.entries(KILLS)) {
  test(`${what} in the middle of an export: one record`, async ({ context, sandbox, openProfile }, info) => {
    await connect(context, sandbox);
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "Not in Lever · Add");
    const card = await openCard(page);
    await sandbox.armFault({ kind: "slow", method: "POST", path: "/opportunities", ms: 2_500 });
    await card.getByRole("button", { name: "Add to Lever" }).click();
    await expect.poll(() => journal(context)).toEqual(["create_opportunity sending"]);
    await kill(context);
    await expect
      .poll(() => journal(context), { timeout: 45_000 })
      .toEqual([expect.stringMatching(/^create_opportunity (confirmed|reconciled)$/)]);
    await page.bringToFront();
    await expect.poll(() => badgeLine(page), { timeout: 30_000 }).toMatch(ADDED);
    await shoot(page, info, "afterwards");
    expect(await creates(sandbox)).toBe(1);
  });
}
