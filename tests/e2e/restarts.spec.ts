/** Parts that die or vanish at any moment: the recruiter may wait a little, and nothing that matters is lost. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import {
  askCore,
  breakCoreWorker,
  closeOffscreenDocument,
  connect,
  expect,
  killServiceWorker,
  launch,
  openExtensionPage,
  shoot,
  statusOf,
  test,
} from "./harness";
import { expectBadge, INES, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

test.describe("during the first read", () => {
  test.use({ sandboxOptions: { contacts: 1_500 } });

  const share = async (context: BrowserContext) => (await statusOf(context)).mirror.read;

  test("the core worker breaks: the read goes on where it was", async ({ context, sandbox }, info) => {
    await connect(context, sandbox, "not");
    const options = await openOptions(context);
    await expect.poll(() => share(context)).toBeGreaterThan(0.2);
    await expect(options.getByText("First read").first()).toBeVisible();
    await expect(options.getByText(/a second, about .* left\./)).toBeVisible();
    await shoot(options, info, "reading");
    await breakCoreWorker(context);
    await expect.poll(async () => (await statusOf(context)).mirror.complete, { timeout: 60_000 }).toBe(true);
    await expectWholeMirror(context, sandbox);
  });

  test("the browser is closed: the next start goes on where it was", async ({ sandbox }) => {
    const profile = await mkdtemp(join(tmpdir(), "fulcrum-profile-"));
    const before = await launch(profile, sandbox.tlsPort);
    await connect(before, sandbox, "not");
    await expect.poll(() => share(before)).toBeGreaterThan(0.2);
    const { me } = await statusOf(before);
    await before.close();
    const after = await launch(profile, sandbox.tlsPort);
    expect(await share(after)).toBeGreaterThan(0.2);
    await expect.poll(async () => (await statusOf(after)).mirror.complete, { timeout: 60_000 }).toBe(true);
    expect((await statusOf(after)).me).toEqual(me);
    await expectWholeMirror(after, sandbox);
    await after.close();
    await rm(profile, { recursive: true, force: true });
  });

  test("while it lasts, a stranger is not found so far, and somebody read is found", async ({
    context,
    sandbox,
    openProfile,
  }, info) => {
    await connect(context, sandbox, "not");
    await expect.poll(() => share(context)).toBeGreaterThan(0.05);
    await askCore(context, { command: "pause_sync" });
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, /^Not found so far · \d+ % read$/);
    await openCard(page);
    await shoot(page, info, "not found so far");
    await askCore(context, { command: "resume_sync" });
    await page.bringToFront();
    await expectBadge(page, "Not in Lever · Add");
  });
});

/** Everybody is there, and no page of opportunities was read twice for it. */
async function expectWholeMirror(context: BrowserContext, sandbox: { stats(): Promise<Record<string, unknown>> }) {
  const { mirror } = await statusOf(context);
  const stats = (await sandbox.stats()) as { opportunities: number; requests: Record<string, number> };
  expect(mirror.opportunities).toBe(stats.opportunities);
  const pages = Math.ceil(stats.opportunities / 100);
  // Probes of the key, the page that was under way, and two rounds of changes come on top.
  expect(stats.requests["GET /opportunities"]).toBeLessThan(pages + 14);
}

const PARTS = {
  "the core worker breaks": breakCoreWorker,
  "the offscreen document is closed": closeOffscreenDocument,
  "the service worker is stopped": killServiceWorker,
};

for (const [what, kill] of Object.entries(PARTS)) {
  test(`${what}: the open card and the next page work on`, async ({ context, sandbox, openProfile }) => {
    await connect(context, sandbox);
    const page = await openProfile(INES.address);
    await expectBadge(page, INES.badge);
    const card = await openCard(page);
    await kill(context);
    await page.bringToFront();
    await card.getByRole("button", { name: "Check now" }).click();
    await expect(card.locator(".foot")).toContainText(/Read from Lever .*(now|ago)/);
    await expect(card.getByRole("button", { name: "Check now" })).toBeVisible();
    await expect(card.locator(".notice")).toHaveCount(0);
    await expectBadge(page, INES.badge);
    const other = await openProfile(TOMASZ.address);
    await expectBadge(other, "Not in Lever · Add");
  });
}

test("the mirror's file is gone: it is read again, and the journal is still there", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  await page.close();

  const blank = await openExtensionPage(context, "manifest.json");
  await closeOffscreenDocument(context);
  // The files have names of their own; which database one holds stands at its beginning.
  await expect(async () => {
    const removed = await blank.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      let count = 0;
      const visit = async (folder: FileSystemDirectoryHandle) => {
        for await (const entry of folder.values()) {
          if (entry.kind === "directory") {
            await visit(entry as FileSystemDirectoryHandle);
          } else {
            const start = await (await (entry as FileSystemFileHandle).getFile()).slice(0, 512).text();
            if (start.includes("mirror.db")) {
              await folder.removeEntry(entry.name);
              count += 1;
            }
          }
        }
      };
      await visit(root);
      return count;
    });
    expect(removed).toBeGreaterThan(0);
  }).toPass();
  await blank.close();

  await expect.poll(async () => (await statusOf(context)).mirror.complete, { timeout: 30_000 }).toBe(true);
  const { mirror, connection } = await statusOf(context);
  expect(connection.state).toBe("connected");
  expect(mirror.opportunities).toBe((await sandbox.stats()).opportunities);
  const options = await openOptions(context);
  await expect(options.getByRole("row", { name: /github\.com\/tabara-demo/ })).toContainText("In Lever");
  await shoot(options, info, "after the rebuild");
  const again = await openProfile(INES.address);
  await expectBadge(again, INES.badge);
  expect(await sandbox.log()).toHaveLength(1);
});
