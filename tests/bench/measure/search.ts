/**
 * Finding people of the past again, as recruiters search: a word or two of what they remember, and a few filters. Asked inside
 * the core's worker. The first search after a start reads what all later ones filter by into memory; it is only told.
 */
import type { Command, SearchQuery, StatusWord } from "../../../extension/shared/protocol";
import type { Sandbox } from "../../e2e/support/sandbox";
import { askInside } from "../ask-inside";
import type { Browser } from "../browser";
import { CoreWorker } from "../core-worker";
import type { PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

const DAY = 86_400_000;
/** Rows of a page of results. */
const LIMIT = 50;
/** The slowest searches that are told. */
const SLOWEST = 5;
const STATUSES: readonly StatusWord[] = ["prospect", "active", "rejected", "hired"];

/** What there is to search by. */
interface Account {
  stages: string[];
  reasons: string[];
  owners: string[];
  postings: string[];
  tags: string[];
  sources: string[];
  titles: string[];
}

interface Search {
  query: SearchQuery;
  /** For people. */
  told: string;
}

export async function measureSearch(
  table: Table,
  browser: Browser,
  sandbox: Sandbox,
  people: readonly PagePerson[],
  count: number,
): Promise<void> {
  const account = await accountOf(sandbox);
  const chance = new Chance(1);
  const searches = Array.from({ length: count }, (_, number) => searchOf(number, people, account, chance));
  await browser.ask({ command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  try {
    const [first] = await askInside(worker, [command(emptyQuery())]);
    say(`  the first search: ${first?.milliseconds.toFixed(0)} ms`);
    const timed = await askInside(
      worker,
      searches.map(({ query }) => command(query)),
    );
    const times = timed.map(({ milliseconds }) => milliseconds);
    const found = timed.filter(({ reply }) => reply.reply === "found" && reply.found.people.length > 0).length;
    say(`  ${spread(times)}; ${found} found somebody`);
    for (const [at, milliseconds] of [...times.entries()]
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, SLOWEST)) {
      say(`    ${milliseconds.toFixed(0)} ms: ${searches[at]?.told}`);
    }
    table.add("search_p95", percentile(times, 95));
  } finally {
    await worker.leave();
  }
}

/** How long somebody waits who searches right after a start of the browser. */
export async function sayFirstSearch(browser: Browser): Promise<void> {
  await browser.ask({ command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  const [first] = await askInside(worker, [command(emptyQuery())]);
  await worker.leave();
  say(`  the first search after a start: ${first?.milliseconds.toFixed(0)} ms`);
}

function command(query: SearchQuery): Command {
  return { command: "search", query };
}

function emptyQuery(): SearchQuery {
  return {
    text: "",
    statuses: [],
    stages: [],
    archive_reasons: [],
    owners: [],
    postings: [],
    tags: [],
    sources: [],
    origins: [],
    active: { since: null, until: null },
    created: { since: null, until: null },
    archived: { since: null, until: null },
    order: "activity",
    limit: LIMIT,
  };
}

async function accountOf(sandbox: Sandbox): Promise<Account> {
  const rows = async (list: string) => {
    const { data } = (await sandbox.lever(`/${list}?limit=100`)) as { data: { id: string; text: string }[] };
    return data;
  };
  const ids = async (list: string) => (await rows(list)).map(({ id }) => id);
  const texts = async (list: string) => (await rows(list)).map(({ text }) => text);
  return {
    stages: await ids("stages"),
    reasons: await ids("archive_reasons"),
    owners: await ids("users"),
    postings: await ids("postings"),
    tags: await texts("tags"),
    sources: await texts("sources"),
    titles: await texts("postings"),
  };
}

function searchOf(number: number, people: readonly PagePerson[], account: Account, chance: Chance): Search {
  const query = emptyQuery();
  query.order = number % 2 === 0 ? "activity" : "fit";
  query.text = textOf(number >> 1, chance.one(people), account, chance);
  const filters = chance.some(FILTERS, chance.below(4));
  for (const [, set] of filters) {
    set(query, account, chance);
  }
  const told = [query.text === "" ? "no text" : `"${query.text}"`, ...filters.map(([name]) => name), query.order];
  return { query, told: told.join(", ") };
}

/** What is typed, one way after the other. */
function textOf(number: number, person: PagePerson | undefined, account: Account, chance: Chance): string {
  const names = wordsOf(person?.name);
  const employer = wordsOf(person?.company);
  const [given = "", family = ""] = [names[0], names.at(-1)];
  const ways = [
    () => family,
    () => `${given} ${family}`,
    () => given,
    () => person?.company ?? "",
    () => employer[0] ?? "",
    () => family.slice(0, 3),
    () => `${given.slice(0, 3)} ${family.slice(0, 3)}`,
    () => `${given} ${employer[0] ?? ""}`,
    () => wordsOf(chance.one(account.titles)).slice(-2).join(" "),
    // Nearly every second job has this word in its title.
    () => "engineer",
    () => wordsOf(chance.one(account.tags))[0] ?? "",
    () => `${wordsOf(chance.one(account.tags))[0] ?? ""} ${wordsOf(person?.location)[0] ?? ""}`,
    () => wordsOf(person?.location)[0] ?? "",
    // The filters alone.
    () => "",
  ];
  return ways[number % ways.length]?.() ?? "";
}

type Filter = [name: string, set: (query: SearchQuery, account: Account, chance: Chance) => void];

const FILTERS: readonly Filter[] = [
  [
    "stage",
    (query, { stages }, chance) => {
      query.stages = chance.some(stages, 1 + chance.below(3));
    },
  ],
  [
    "status",
    (query, _, chance) => {
      query.statuses = chance.some(STATUSES, 1 + chance.below(2));
    },
  ],
  [
    "archive reason",
    (query, { reasons }, chance) => {
      query.archive_reasons = chance.some(reasons, 1 + chance.below(2));
    },
  ],
  [
    "tag",
    (query, { tags }, chance) => {
      query.tags = chance.some(tags, 1);
    },
  ],
  [
    "source",
    (query, { sources }, chance) => {
      query.sources = chance.some(sources, 1);
    },
  ],
  [
    "owner",
    (query, { owners }, chance) => {
      query.owners = chance.some(owners, 1);
    },
  ],
  [
    "job",
    (query, { postings }, chance) => {
      query.postings = chance.some(postings, 1 + chance.below(2));
    },
  ],
  [
    "last active",
    (query, _, chance) => {
      query.active = { since: Date.now() - (30 + chance.below(900)) * DAY, until: null };
    },
  ],
  [
    "made",
    (query, _, chance) => {
      const since = Date.now() - (60 + chance.below(900)) * DAY;
      query.created = { since, until: since + (30 + chance.below(300)) * DAY };
    },
  ],
  [
    "archived",
    (query, _, chance) => {
      query.archived = { since: Date.now() - (30 + chance.below(900)) * DAY, until: null };
    },
  ],
];

function wordsOf(text: string | undefined): string[] {
  return (text ?? "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The same draws each time (mulberry32). */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit) | 0;
  }

  one<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** Different ones. */
  some<Item>(items: readonly Item[], count: number): Item[] {
    const left = [...items];
    const taken: Item[] = [];
    while (taken.length < count && left.length > 0) {
      taken.push(...left.splice(this.below(left.length), 1));
    }
    return taken;
  }
}
