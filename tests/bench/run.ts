/**
 * The measurements in their order, against the simulated Lever with as many people as asked for. Everything that needs the
 * browser happens in one profile, which is filled once and opened again where Lever has to answer more slowly. A part that
 * breaks does not stop the others; its lines are missing and the exit status tells.
 */
import { cpus, totalmem } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Sandbox } from "../e2e/support/sandbox";
import { withFolder, withSandbox } from "./borrowed";
import { Browser } from "./browser";
import { CoreWorker } from "./core-worker";
import { measureColdBadge, measureWarmBadge } from "./measure/badge";
import { measureChange } from "./measure/change";
import { measureExport } from "./measure/export";
import { measureFirstRead } from "./measure/first-read";
import { measureMany } from "./measure/many";
import { measureNativeRead, measureReadAtLimit } from "./measure/native-read";
import { measurePageCost } from "./measure/page-cost";
import { measureSearch, sayFirstSearch } from "./measure/search";
import { measureSizes } from "./measure/sizes";
import { measureVerdict } from "./measure/verdict";
import { knownPeople, newPerson } from "./people";
import type { PagePerson } from "./profile-page";
import { say, Table } from "./table";

const TABLE = resolve(import.meta.dirname, "../../target/bench/table.txt");
const USAGE = "usage: ./build.sh bench [--contacts N] [--full] [--only PART,PART…]";
const PARTS = [
  "sizes",
  "native",
  "limit",
  "search",
  "verdict",
  "warm",
  "cold",
  "page",
  "change",
  "export",
  "many",
] as const;
/** These need the mirror in the browser, which is measured as well while it is filled. */
const IN_BROWSER = [
  "search",
  "verdict",
  "warm",
  "cold",
  "page",
  "change",
  "export",
  "many",
] as const satisfies readonly Part[];

/** Fewer people than this give too few to look up. */
const FEWEST_CONTACTS = 500;
/** Samples. */
const VERDICTS = 400;
const SEARCHES = 200;
const WARM = 100;
const COLD = 20;
const LOADS = 20;
const CHANGES = 3;
/** Some people have a second record, and their badge tells no stage: so many are looked at to find enough of the others. */
const CHANGES_TRIED = 12;
const EXPORTS = 25;
/** People exported in one go (requirements 2.6, 2.18). */
const MANY = 500;
/** People have come until now, as in an account in use: how the read goes is not to depend on the day of the month. */
const TODAY = Date.now();
/** Milliseconds that Lever takes to answer where its own pace matters. */
const LEVER_TAKES = 100;

type Part = (typeof PARTS)[number];

interface Wishes {
  contacts: number;
  parts: ReadonlySet<Part>;
}

/** Returns the exit status. */
export async function run(words: readonly string[]): Promise<number> {
  const wishes = wishesOf(words);
  if (wishes === null) {
    say(USAGE);
    return 2;
  }
  const table = new Table();
  const runs = new Run(table, wishes);
  await runs.all();
  table.write(TABLE, runs.machine());
  say(`Written to ${TABLE}`);
  return runs.broken ? 1 : 0;
}

function wishesOf(words: readonly string[]): Wishes | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { contacts: { type: "string", default: "100000" }, full: { type: "boolean" }, only: { type: "string" } },
    });
    const contacts = Number(values.contacts);
    const named = values.only?.split(",") ?? PARTS.filter((part) => part !== "limit" || values.full === true);
    const parts = PARTS.filter((part) => named.includes(part));
    return Number.isInteger(contacts) && contacts >= FEWEST_CONTACTS && parts.length === named.length
      ? { contacts, parts: new Set(parts) }
      : null;
  } catch {
    return null;
  }
}

class Run {
  broken = false;
  #browser = "not started";

  constructor(
    private readonly table: Table,
    private readonly wishes: Wishes,
  ) {}

  machine(): string {
    const memory = (totalmem() / 2 ** 30).toFixed(0);
    return `${this.wishes.contacts} contacts; ${cpus().length} cores, ${memory} GiB memory, Chromium ${this.#browser}`;
  }

  async all(): Promise<void> {
    try {
      await this.#everything();
    } catch (error) {
      this.#broke(error);
    }
  }

  async #everything(): Promise<void> {
    await this.#part("sizes", async () => measureSizes(this.table));
    const { contacts, parts } = this.wishes;
    await withSandbox({ contacts, rate: 0, until: TODAY }, async (sandbox) => {
      const rows = await rowsOf(sandbox);
      await this.#part("native", () => measureNativeRead(this.table, sandbox, rows));
      if (IN_BROWSER.some((part) => parts.has(part))) {
        await withFolder((profile) => this.#inBrowser(profile, sandbox));
      }
    });
    await this.#part("limit", () =>
      withSandbox({ contacts, rate: 10, latencyMs: LEVER_TAKES, until: TODAY }, async (limited) =>
        measureReadAtLimit(this.table, limited, await rowsOf(limited)),
      ),
    );
    if (!parts.has("limit")) {
      say("left out: first_load_at_limit (ask for it with --full)");
    }
  }

  async #inBrowser(profile: string, sandbox: Sandbox): Promise<void> {
    let browser = await Browser.start(profile, sandbox);
    this.#browser = browser.version;
    let memory = 0;
    const known = await knownPeople(sandbox, VERDICTS / 2 + CHANGES_TRIED);
    try {
      say("the first read in Chromium");
      const { contacts } = await measureFirstRead(this.table, browser, sandbox, mixed(known, "reading", VERDICTS));
      memory = await memoryOf(browser);
      say(`  ${contacts} contacts in the mirror, ${(memory / 1e6).toFixed(0)} MB in the worker`);
      await this.#part("search", () => measureSearch(this.table, browser, sandbox, known, SEARCHES));
      memory = Math.max(memory, await memoryOf(browser));
    } finally {
      await browser.stop();
    }

    // Opened again: the worker has its clock back, and all caches are as after a browser start.
    browser = await Browser.start(profile, sandbox);
    try {
      await this.#part("search", () => sayFirstSearch(browser));
      const changing = known.splice(0, CHANGES_TRIED);
      await this.#part("verdict", () => measureVerdict(this.table, browser, mixed(known, "verdict", VERDICTS)));
      await this.#part("warm", () => measureWarmBadge(this.table, browser, mixed(known, "warm", WARM + 1)));
      await this.#part("page", () => measurePageCost(this.table, browser, mixed(known, "page", LOADS)));
      await this.#part("cold", () => measureColdBadge(this.table, browser, mixed(known, "cold", COLD + 1)));
      await this.#part("change", () => measureChange(this.table, browser, sandbox, changing, CHANGES));
      memory = Math.max(memory, await memoryOf(browser));
    } finally {
      await browser.stop();
    }
    await this.#part("export", () => this.#exports(profile));
    await this.#part("many", () => this.#many(profile));
    this.table.add("core_worker_memory", memory / 1e6);
  }

  /** The same Lever, answering more slowly. */
  async #exports(profile: string): Promise<void> {
    const options = { contacts: this.wishes.contacts, rate: 0, latencyMs: LEVER_TAKES, until: TODAY };
    await withSandbox(options, async (sandbox) => {
      const browser = await Browser.start(profile, sandbox);
      try {
        const people = Array.from({ length: EXPORTS }, (_, number) => newPerson("export", number));
        await measureExport(this.table, browser, people);
      } finally {
        await browser.stop();
      }
    });
  }

  /** The same Lever at its own rate. Reading is paused: its share of the rate would count for the export's. */
  async #many(profile: string): Promise<void> {
    const options = { contacts: this.wishes.contacts, rate: 10, latencyMs: LEVER_TAKES, until: TODAY };
    await withSandbox(options, async (sandbox) => {
      const browser = await Browser.start(profile, sandbox);
      try {
        await browser.ask({ command: "pause_sync" });
        const people = Array.from({ length: MANY }, (_, number) => newPerson("many", number));
        await measureMany(this.table, browser, sandbox, people);
      } finally {
        await browser.stop();
      }
    });
  }

  async #part(part: Part, work: () => Promise<void>): Promise<void> {
    if (!this.wishes.parts.has(part)) {
      return;
    }
    say(part);
    try {
      await work();
    } catch (error) {
      this.#broke(error);
    }
  }

  #broke(error: unknown): void {
    this.broken = true;
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    // The browser's own log may follow, line by line.
    say(`  could not be measured: ${told.split("\n").slice(0, 8).join("\n    ")}`);
  }
}

/** People Lever knows and people it does not, in turn. */
function mixed(known: readonly PagePerson[], series: string, count: number): PagePerson[] {
  return Array.from({ length: count }, (_, at) => {
    const person = at % 2 === 0 ? known[(at / 2) % known.length] : undefined;
    return person ?? newPerson(series, at);
  });
}

async function rowsOf(sandbox: Sandbox): Promise<number> {
  return Number((await sandbox.stats()).opportunities);
}

async function memoryOf(browser: Browser): Promise<number> {
  await browser.ask({ command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  try {
    return await worker.memory();
  } finally {
    await worker.leave();
  }
}
