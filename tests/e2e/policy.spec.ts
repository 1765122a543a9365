/**
 * What the organisation has fixed, in a browser that really reads policies: it holds before the recruiter does anything, cannot be
 * changed, and changes when the administrator changes it. And jobs that cannot be chosen, with the reason (requirements 2.3, 2.4,
 * 2.5, §8).
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { askCore, closedRootCount, connect, EXTENSION, expect, launch, shootVariants, statusOf, test } from "./harness";
import { registerClosedRootEngine } from "./support/closed-root";
import { type ManagedMachine, managedMachine } from "./support/managed-browser";
import { servePages } from "./support/saved-pages";
import { expectBadge, INES, openCard, openOptions, TOMASZ } from "./support/steps";

test.describe("in a browser that an administrator looks after", () => {
  let folder: string;
  let machine: ManagedMachine;

  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "fulcrum-managed-"));
    machine = await managedMachine(folder, EXTENSION);
  });

  test.afterEach(() => rm(folder, { recursive: true, force: true }));

  async function start(leverPort: number): Promise<BrowserContext> {
    await registerClosedRootEngine();
    const context = await launch(join(folder, "profile"), leverPort, machine.executable);
    await servePages(context, [INES, TOMASZ]);
    return context;
  }

  async function open(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "domcontentloaded" });
    return page;
  }

  test("what is fixed holds from the first moment, is shown so, and follows the administrator", async ({
    sandbox,
  }, info) => {
    test.slow();
    await machine.fix({
      environment: "production",
      "display.linkedin": "quiet",
      "export.only_prospects": true,
      "export.history_note": true,
      "export.tags": [{ tag: "Sourced by {me}", on: true }],
      "export.followers": [],
      "export.undo_ms": 0,
      "reading.every_minutes": 5,
    });
    const context = await start(sandbox.tlsPort);

    await test.step("another Lever is not even offered, and not connected to", async () => {
      const options = await openOptions(context);
      const environment = options.getByRole("radiogroup", { name: "Which Lever" });
      await expect(environment.getByRole("radio", { name: "Sandbox" })).toBeDisabled();
      await expect(environment.getByRole("radio", { name: "Production" })).toBeChecked();
      await shootVariants(options, info, "1 which Lever is set");
      await options.close();
      const refused = await askCore(context, { command: "connect", environment: { name: "sandbox" }, key: "any" });
      expect(refused).toMatchObject({ reply: "failed", failure: { code: "set_by_organisation" } });
    });

    await connect(context, sandbox);

    await test.step("nothing is drawn where only the toolbar is allowed", async () => {
      const page = await open(context, INES.address);
      const github = await open(context, TOMASZ.address);
      await expectBadge(github, "Not in Lever · Add");
      expect(await closedRootCount(page)).toBe(0);
      await github.close();
      await page.close();
    });

    const options = await openOptions(context);
    await test.step("the settings page shows what is fixed, off, with the reason", async () => {
      const rules = options.getByRole("region", { name: "What is sent" });
      const onlyProspects = rules.getByRole("checkbox", { name: "Only without a job" });
      await expect(onlyProspects).toBeChecked();
      await expect(onlyProspects).toBeDisabled();
      await expect(onlyProspects).toHaveAccessibleDescription(/Set by your organisation/);
      await expect(rules.getByRole("textbox", { name: "Tag 1" })).toHaveValue("Sourced by {me}");
      await expect(rules.getByRole("textbox", { name: "Tag 1" })).toBeDisabled();
      await expect(rules.getByRole("checkbox", { name: "Phone", exact: true })).toBeEnabled();
      await expect(options.getByRole("radio", { name: "5 minutes", exact: true })).toBeChecked();
      await expect(options.getByRole("radio", { name: "5 minutes", exact: true })).toBeDisabled();
      await expect(
        options.getByRole("group", { name: "Fulcrum on LinkedIn" }).getByRole("radio", { name: "Toolbar" }),
      ).toBeDisabled();
      await shootVariants(options, info, "2 settings that are fixed");
      await onlyProspects.scrollIntoViewIfNeeded();
      await shootVariants(options, info, "3 limits that are fixed");
    });

    await test.step("whoever asks the core past the page changes nothing", async () => {
      await askCore(context, { command: "set_export_rules", rules: { only_prospects: false, history_note: false } });
      const reply = await askCore(context, { command: "export_rules" });
      expect(reply).toMatchObject({ rules: { only_prospects: true, history_note: true } });
      const pretended = askCore(context, { command: "set_policy", managed: "{}" });
      await expect(pretended).rejects.toThrow();
    });

    await test.step("a change of the administrator's is followed without a restart", async () => {
      await machine.fix({ "export.only_prospects": true });
      const history = options.getByRole("checkbox", { name: "Work history and education, as a note" });
      await expect(history).toBeEnabled({ timeout: 60_000 });
      await expect(options.getByRole("checkbox", { name: "Only without a job" })).toBeDisabled();
      const page = await open(context, INES.address);
      await expectBadge(page, INES.badge);
      await page.close();
    });

    await test.step("a slip of the administrator's is named, and takes nothing with it", async () => {
      await machine.fix({
        "export.only_prospects": true,
        // Fulcrum cannot follow the one; the browser itself drops the other, which has another type.
        "export.tags": [{ tag: "From {sight}", on: true }],
        "export.undo_ms": "soon",
      });
      await expect(options.getByText(/entries that Fulcrum does not understand: export\.tags\./)).toBeVisible({
        timeout: 60_000,
      });
      await expect(options.getByRole("checkbox", { name: "Only without a job" })).toBeDisabled();
      const reply = await askCore(context, { command: "policy" });
      expect(reply).toMatchObject({
        fixed: [{ entry: "export.only_prospects", value: "true" }],
        wrong: ["export.tags"],
      });
      await options.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
      await shootVariants(options, info, "4 a slip");
    });
    await context.close();

    await test.step("and holds after a restart", async () => {
      const again = await start(sandbox.tlsPort);
      const reply = await askCore(again, { command: "export_rules" });
      expect(reply).toMatchObject({ rules: { only_prospects: true } });
      const page = await open(again, TOMASZ.address);
      await expectBadge(page, "Not in Lever · Add");
      const card = await openCard(page);
      await expect(card.getByRole("radio", { name: "On a job" })).toHaveCount(0);
      await again.close();
    });
  });
});

test.describe("in any browser", () => {
  test.use({ sites: { pages: [TOMASZ] } });

  test("every job is found, with the reason where it cannot be chosen", async ({
    context,
    sandbox,
    openProfile,
  }, info) => {
    await connect(context, sandbox);
    const users = await askCore(context, { command: "users", text: "Sun-Hee" });
    const [park] = users.reply === "users" ? users.users : [];
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "Not in Lever · Add");
    const card = await openCard(page);
    await card.getByRole("radio", { name: "On a job" }).check();
    const job = card.getByRole("combobox", { name: "Job" });

    await test.step("a draft and a closed one", async () => {
      await job.fill("Office Manager");
      const closed = card.getByRole("option", { name: /Office Manager.*Closed/ }).first();
      await expect(closed).toHaveAttribute("aria-disabled", "true");
      await closed.click({ force: true });
      await job.press("Enter");
      await expect(job).toHaveValue("Office Manager");
      await expect(card.getByText("Choose a job to see what Lever will do.")).toBeVisible();
      await shootVariants(page, info, "1 a closed job");
      await job.fill("Recruiting Coordinator");
      await expect(card.getByRole("option", { name: /Recruiting Coordinator.*Draft/ })).toBeVisible();
    });

    await test.step("whoever sees only their own jobs in Lever is told so", async () => {
      expect(park).toBeDefined();
      await askCore(context, { command: "choose_user", user: park?.id ?? "" });
      await job.fill("Platform Engineer");
      const barred = card.getByRole("option", { name: /Platform Engineer.*You do not follow this job in Lever/ });
      await expect(barred.first()).toBeVisible();
      await shootVariants(page, info, "2 a job of others");
    });
    expect(await sandbox.log()).toEqual([]);
  });

  test("the other of Lever's APIs is chosen in the settings, and used", async ({
    context,
    sandbox,
    openProfile,
  }, info) => {
    await connect(context, sandbox);
    const options = await openOptions(context);
    await options.getByRole("button", { name: "Lever’s API: Opportunities" }).click();
    await options.getByRole("combobox", { name: "Lever’s API" }).selectOption({ label: "Candidates (legacy)" });
    await expect.poll(async () => (await statusOf(context)).api).toBe("candidates");
    await shootVariants(options, info, "the legacy API");
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "Not in Lever · Add");
    const card = await openCard(page);
    await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
    await card.getByRole("combobox", { name: "Source" }).press("Enter");
    await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
    expect((await sandbox.log()).map(({ path }) => path)).toEqual(["/v1/candidates"]);
  });

  test("a key of old connects, reads and adds by the names it knows", async ({ context, sandbox, openProfile }) => {
    await sandbox.restrictKey([
      "GET /users",
      "GET /stages",
      "GET /archive_reasons",
      "GET /postings",
      "GET /contacts/:id",
      "GET /candidates",
      "GET /candidates/:id",
      "GET /candidates/:id/notes",
      "POST /candidates",
      "POST /candidates/:id/notes",
      "POST /candidates/:id/addPostings",
      "POST /candidates/:id/addTags",
      "POST /candidates/:id/addSources",
    ]);
    await connect(context, sandbox);
    expect((await statusOf(context)).api).toBe("candidates");
    const page = await openProfile(TOMASZ.address);
    await expectBadge(page, "Not in Lever · Add");
    const card = await openCard(page);
    await card.getByRole("combobox", { name: "Tags" }).fill("rust-guild,");
    await expect(card.locator(".form > .notice").first()).toContainText("New person, one opportunity");
    await card.getByRole("button", { name: "Add to Lever" }).click();
    await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
    const log = await sandbox.log();
    expect(log.map(({ path }) => path.replace(/[0-9a-f-]{36}/, ":id"))).toEqual([
      "/v1/candidates",
      "/v1/candidates/:id/addTags",
    ]);
    expect(log[1]?.body).toEqual({ tags: ["rust-guild"] });
  });
});
