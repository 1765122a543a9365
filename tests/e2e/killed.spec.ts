/** The first read, killed again and again without a warning at moments drawn by chance: in the end everything is there, once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";
import type { Profile } from "../../extension/shared/protocol";
import { connect, expect, killBrowser, killCore, launch, type Sandbox, statusOf, test } from "./harness";
import { askCore } from "./support/core";
import { draws } from "./support/draws";

const CONTACTS = Number(process.env.FULCRUM_CONTACTS ?? 3_000);
const ROUNDS = Number(process.env.FULCRUM_ROUNDS ?? 6);
/** People whose rows are held against Lever's at the end. */
const SAMPLE = 50;
/** Rows of one of Lever's pages. */
const PAGE_ROWS = 100;

// People have come until now: the read has as many windows as in an account in use.
test.use({ sandboxOptions: { contacts: CONTACTS, rate: 10, latencyMs: 20, until: Date.now() } });
// At five pages a second, and a start of the browser for every second death.
test.setTimeout(90_000 + CONTACTS * 10 + ROUNDS * 15_000);

test("core worker and browser are killed again and again during the first read, and everything is there", async ({
  sandbox,
}) => {
  const chance = draws(5);
  const profile = await mkdtemp(join(tmpdir(), "fulcrum-profile-"));
  let context = await launch(profile, sandbox.tlsPort);
  await connect(context, sandbox, "not");
  const { me } = await statusOf(context);
  const pages = Math.ceil((await countsOf(sandbox)).opportunities / PAGE_ROWS);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = await pagesAskedFor(sandbox);
    // On the average the last death comes shortly before the end; later than that nothing is read any more.
    const life = Math.min(1 + Math.floor(chance() * ((2 * pages) / (ROUNDS + 1))), Math.max(1, pages - before));
    await expect
      .poll(async () => (await pagesAskedFor(sandbox)) - before, { timeout: 60_000, intervals: [20] })
      .toBeGreaterThanOrEqual(life);
    if (chance() < 0.5) {
      await killCore(context);
    } else {
      await killBrowser(context);
      context = await launch(profile, sandbox.tlsPort);
    }
    // Whoever is asked is started again.
    expect((await statusOf(context)).connection.state).not.toBe("not_connected");
  }
  await expect
    .poll(async () => (await statusOf(context)).mirror.complete, { timeout: 120_000 + CONTACTS * 5 })
    .toBe(true);

  const status = await statusOf(context);
  const counts = await countsOf(sandbox);
  expect(status.mirror.opportunities).toBe(counts.opportunities);
  expect(status.mirror.contacts).toBe(counts.contacts);
  expect(status.me).toEqual(me);
  await expectSampleEquals(context, sandbox);
  await context.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
});

interface Row {
  id: string;
  contact: string;
  name: string;
  emails: string[];
  stage: string;
  tags: string[];
  archived: { archivedAt: number } | null;
}

async function expectSampleEquals(context: BrowserContext, sandbox: Sandbox): Promise<void> {
  const rows = (await everyRow(sandbox)).filter(({ emails }) => emails.length > 0);
  const sample = rows.filter((_, at) => at % Math.ceil(rows.length / SAMPLE) === 0);
  expect(sample.length).toBeGreaterThan(SAMPLE / 2);
  for (const row of sample) {
    const key = `email:${row.emails[0]?.toLowerCase()}`;
    const reply = await askCore(context, { command: "look_up", profile: profileOf(key, row) });
    if (reply.reply !== "answer") {
      throw new Error(`asked for an answer, got ${reply.reply}`);
    }
    const { people, verdict } = reply.answer;
    expect(verdict.complete).toBe(true);
    expect(verdict.candidates.flatMap(({ opportunities }) => opportunities)).toContain(row.id);
    const person = people.find(({ contact }) => contact === row.contact);
    // Of several records of one person the strongest is shown.
    if (person === undefined) {
      expect(verdict.candidates.flatMap(({ same_as }) => same_as)).toContain(row.contact);
      continue;
    }
    expect(person.name).toBe(row.name);
    expect(person.emails).toEqual(row.emails);
    const opportunity = person.opportunities.find(({ id }) => id === row.id);
    expect(opportunity?.stage.id).toBe(row.stage);
    expect(opportunity?.tags).toEqual(row.tags);
    expect(opportunity?.archived_at).toBe(row.archived?.archivedAt ?? null);
  }
}

function profileOf(key: string, { name, emails }: Row): Profile {
  return {
    site: "web",
    kind: "profile",
    key,
    url: "https://example.org/somebody",
    proof: "address",
    dialect: null,
    ids: [key],
    name,
    headline: null,
    location: null,
    current: [],
    history: [],
    education: [],
    links: [],
    emails,
    phones: [],
    avatar: null,
    lang: "en",
    complete: true,
  };
}

async function everyRow(sandbox: Sandbox): Promise<Row[]> {
  const rows: Row[] = [];
  let offset = "";
  for (;;) {
    const page = (await sandbox.lever(`/opportunities?limit=100${offset}`)) as { data?: Row[]; next?: string };
    // Lever's limit holds for the story too.
    if (page.data === undefined) {
      continue;
    }
    rows.push(...page.data);
    if (page.next === undefined) {
      return rows;
    }
    offset = `&offset=${encodeURIComponent(page.next)}`;
  }
}

async function countsOf(sandbox: Sandbox): Promise<{ contacts: number; opportunities: number }> {
  return (await sandbox.stats()) as { contacts: number; opportunities: number };
}

async function pagesAskedFor(sandbox: Sandbox): Promise<number> {
  const { requests } = (await sandbox.stats()) as { requests: Record<string, number> };
  return requests["GET /opportunities"] ?? 0;
}
