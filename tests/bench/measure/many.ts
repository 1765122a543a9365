/**
 * Five hundred people in one go, at Lever's real rate, Lever answering in its own time: from the command to the last person's outcome,
 * against what the limit itself takes for as many requests as it was (ten a second after a burst of twenty).
 */
import type { ChosenLine, ManyChoices, PlannedLine, Profile } from "../../../extension/shared/protocol";
import type { Sandbox } from "../../e2e/support/sandbox";
import type { Browser } from "../browser";
import { addressOf, type PagePerson } from "../profile-page";
import { say, type Table } from "../table";

/** Requests a second, and at once, that Lever grants a key (lever-api §2.5). */
const RATE = 10;
const BURST = 20;
const PORTION = 100;
/** Milliseconds between two looks at how far it is. */
const LOOK_EVERY = 250;
const LONGEST = 15 * 60_000;
const CHOICES: ManyChoices = { each: { undo_ms: 0, source: "Bench" }, include_exported: false };

export async function measureMany(
  table: Table,
  browser: Browser,
  sandbox: Sandbox,
  people: readonly PagePerson[],
): Promise<void> {
  const project = await projectOf(browser, people.map(profileOf));
  const { lines, at } = await planned(browser, project, people);
  const before = await requestsOf(sandbox);
  const start = performance.now();
  const begun = await browser.ask({ command: "export_many", project, lines, choices: CHOICES, at });
  if (begun.reply !== "batches") {
    throw new Error(`nothing was begun: ${JSON.stringify(begun)}`);
  }
  const exported = await untilFinished(browser);
  const seconds = (performance.now() - start) / 1_000;
  const requests = (await requestsOf(sandbox)) - before;
  if (exported !== people.length) {
    throw new Error(`only ${exported} of ${people.length} were exported`);
  }
  const limit = Math.max(0, requests - BURST) / RATE;
  say(
    `  ${people.length} people in ${seconds.toFixed(1)} s, ${requests} requests, for which the limit takes ${limit.toFixed(1)} s`,
  );
  table.add("many_at_limit", seconds / limit);
}

function profileOf(person: PagePerson): Profile {
  return {
    site: "github",
    kind: "profile",
    key: `gh:login:${person.login}`,
    url: addressOf(person),
    name: person.name,
    location: person.location,
    current: [{ title: null, company: person.company, company_url: null }],
    emails: person.email === null ? [] : [person.email],
    complete: true,
  } as Profile;
}

async function projectOf(browser: Browser, profiles: readonly Profile[]): Promise<number> {
  const named = await browser.ask({ command: "name_project", project: null, name: "Bench" });
  const project = named.reply === "projects" ? named.projects.find(({ name }) => name === "Bench")?.project : undefined;
  if (project === undefined) {
    throw new Error(`no project: ${JSON.stringify(named)}`);
  }
  for (let from = 0; from < profiles.length; from += PORTION) {
    const portion = profiles.slice(from, from + PORTION);
    await browser.ask({ command: "add_to_project", project, profiles: portion });
  }
  return project;
}

async function planned(
  browser: Browser,
  project: number,
  people: readonly PagePerson[],
): Promise<{ lines: ChosenLine[]; at: number }> {
  const keys = people.map((person) => profileOf(person).key ?? "");
  const lines: PlannedLine[] = [];
  let at: number | null = null;
  for (let from = 0; from < keys.length; from += PORTION) {
    const portion = keys.slice(from, from + PORTION);
    const reply = await browser.ask({ command: "plan_many", project, keys: portion, choices: CHOICES, at });
    if (reply.reply !== "planned_many") {
      throw new Error(`no plan: ${JSON.stringify(reply)}`);
    }
    lines.push(...reply.lines);
    at ??= reply.at;
  }
  return { lines: lines.map(({ key, fingerprint }) => ({ key, fingerprint })), at: at ?? 0 };
}

/** How many are new in Lever in the end. */
async function untilFinished(browser: Browser): Promise<number> {
  const latest = performance.now() + LONGEST;
  for (;;) {
    const reply = await browser.ask({ command: "batches" });
    const [batch] = reply.reply === "batches" ? reply.batches : [];
    if (batch?.state === "finished") {
      return batch.counts.exported;
    }
    if (batch === undefined || batch.state === "paused" || performance.now() > latest) {
      throw new Error(`it stands still: ${JSON.stringify(batch)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

async function requestsOf(sandbox: Sandbox): Promise<number> {
  return Number((await sandbox.stats()).requests_total);
}
