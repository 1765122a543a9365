/**
 * Many people from two browsers of one account at once, under every fault of the simulated Lever, while cores and browsers are killed
 * without a warning at moments drawn by chance (requirements 2.20): in the end each is in Lever exactly once with the note, and the
 * journals say what Lever says. `FULCRUM_PEOPLE=1000` is the size of the requirement; every build has a smaller one.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import type { BatchSummary, Profile } from "../../extension/shared/protocol";
import { connect, expect, killBrowser, killCore, launch, type Sandbox, test } from "./harness";
import { askCore } from "./support/core";
import { draws } from "./support/draws";

const PEOPLE = Number(process.env.FULCRUM_PEOPLE ?? 60);
const BROWSERS = 2;
const FAULTS =
  "lost-reply:0.05,cut-before:0.05,500:0.05,502:0.02,429:0.03,truncated:0.03,cut-during:0.03,cut-after:0.02";
const DEATHS = 6;

test.setTimeout(240_000 + PEOPLE * 2_000);

/** Somebody with a name, a town and an email of their own. */
function oneOfACrowd(number: number): Profile {
  const syllables = ["ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "zo"];
  const word = (seed: number, length: number): string => {
    const text = Array.from({ length }, (_, place) => syllables[Math.floor(seed / 14 ** place) % 14]).join("");
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  };
  const login = `crowd-${number}-demo`;
  return {
    site: "github",
    key: `gh:login:${login}`,
    url: `https://github.com/${login}`,
    name: `${word(number * 7_919 + 101, 3)} ${word(number * 104_729 + 7, 4)}`,
    location: word(number * 1_299_709 + 3, 3),
    emails: [`crowd.${number}@example.net`],
    complete: true,
  } as Profile;
}

/** A browser of the account, which is another process after each death of it. */
interface Seat {
  folder: string;
  context: BrowserContext;
  people: Profile[];
}

test("two browsers at once, killed again and again, and each person is in Lever exactly once", async ({ sandbox }) => {
  const chance = draws(7);
  const seats: Seat[] = [];
  for (let seat = 0; seat < BROWSERS; seat += 1) {
    const folder = await mkdtemp(join(tmpdir(), "fulcrum-profile-"));
    const context = await launch(folder, sandbox.tlsPort);
    await connect(context, sandbox);
    const people = Array.from({ length: PEOPLE / BROWSERS }, (_, number) => oneOfACrowd(number * BROWSERS + seat + 1));
    seats.push({ folder, context, people });
  }
  for (const { context, people } of seats) {
    await begin(context, people);
  }
  await sandbox.faults(FAULTS);
  for (let death = 0; death < DEATHS; death += 1) {
    const before = (await sandbox.log()).length;
    const life = 1 + Math.floor((chance() * 2 * PEOPLE) / DEATHS);
    await expect
      .poll(async () => (await sandbox.log()).length >= Math.min(before + life, PEOPLE), {
        timeout: 60_000 + life * 1_000,
        intervals: [20],
      })
      .toBe(true);
    const seat = seats[Math.floor(chance() * BROWSERS)];
    if (seat === undefined) {
      throw new Error("no such browser");
    }
    if (chance() < 0.5) {
      await killCore(seat.context);
    } else {
      await killBrowser(seat.context);
      seat.context = await launch(seat.folder, sandbox.tlsPort);
    }
    // Whoever is asked is started again.
    await askCore(seat.context, { command: "status" });
  }
  await sandbox.faults("");
  for (const { context, people } of seats) {
    await expect.poll(() => whole(context, people.length), { timeout: 120_000 + PEOPLE * 1_000 }).toBe("everybody");
  }
  await expectEachOnce(sandbox, seats);
  for (const { context, folder } of seats) {
    await context.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

async function begin(context: BrowserContext, people: Profile[]): Promise<void> {
  const named = await askCore(context, { command: "name_project", project: null, name: "Everybody" });
  const [project] = named.reply === "projects" ? named.projects : [];
  if (project === undefined) {
    throw new Error(`no project: ${named.reply}`);
  }
  await askCore(context, { command: "add_to_project", project: project.project, profiles: people });
  const choices = { each: { undo_ms: 0, note: "From the spring list" }, include_exported: false };
  const lines: { key: string; fingerprint: string }[] = [];
  let at: number | null = null;
  for (let from = 0; from < people.length; from += 250) {
    const keys = people.slice(from, from + 250).map(({ key }) => key ?? "");
    const plan = await askCore(context, { command: "plan_many", project: project.project, keys, choices, at });
    if (plan.reply !== "planned_many") {
      throw new Error(`no plan: ${plan.reply}`);
    }
    at ??= plan.at;
    lines.push(...plan.lines.map(({ key, fingerprint }) => ({ key, fingerprint })));
  }
  await askCore(context, { command: "export_many", project: project.project, lines, choices, at: at ?? 0 });
}

/** "everybody" once each is in Lever with all of it; otherwise how it stands. What has failed is tried again, as a recruiter would. */
async function whole(context: BrowserContext, count: number): Promise<string> {
  const reply = await askCore(context, { command: "batches" });
  const batch: BatchSummary | undefined = reply.reply === "batches" ? reply.batches[0] : undefined;
  if (batch === undefined || batch.state !== "finished" || batch.counts.unknown > 0) {
    await askCore(context, { command: "sync_now" });
    return JSON.stringify(batch?.counts ?? reply);
  }
  if (batch.counts.failed > 0) {
    await askCore(context, { command: "control_batch", batch: batch.batch, control: "retry_failed" });
    return `${batch.counts.failed} tried again`;
  }
  const lines = await askCore(context, { command: "batch_lines", batch: batch.batch, after: 0, limit: 500 });
  const inPart = lines.reply === "batch_lines" ? lines.lines.filter(({ failure }) => failure !== null) : [];
  for (const { export: number } of inPart) {
    await askCore(context, { command: "try_again", export: number ?? 0 });
  }
  return inPart.length === 0 && batch.counts.exported + batch.counts.joined === count
    ? "everybody"
    : `${inPart.length} in part, ${JSON.stringify(batch.counts)}`;
}

async function expectEachOnce(sandbox: Sandbox, seats: readonly Seat[]): Promise<void> {
  const log = await sandbox.log();
  const creates = log.filter(({ method, path }) => method === "POST" && path === "/v1/opportunities");
  const names = creates.map(({ body }) => (body as { name: string }).name).toSorted();
  expect(names).toEqual(seats.flatMap(({ people }) => people.map(({ name }) => name ?? "")).toSorted());
  const noted = log.filter(({ path }) => path.endsWith("/notes")).map(({ opportunity }) => opportunity);
  const made = creates.map(({ opportunity }) => opportunity).toSorted();
  expect(noted.toSorted()).toEqual(made);
  const journal: (string | null)[] = [];
  for (const { context } of seats) {
    const reply = await askCore(context, { command: "journal", text: "", limit: 10_000 });
    const entries = reply.reply === "journal" ? reply.entries : [];
    const done = entries.filter(
      ({ step }) => step.step === "create_opportunity" && ["confirmed", "reconciled"].includes(step.state),
    );
    journal.push(...done.map(({ step }) => step.opportunity));
  }
  expect(journal.toSorted()).toEqual(made);
}
