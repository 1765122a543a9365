/**
 * The first read in Chromium: the package as shipped, its WASM, OPFS, its `fetch`, against the simulated Lever without a
 * limit. The package asks Lever five times a second at most, and has no switch for tests; so the debugger lets the worker's
 * clock run ahead whenever it would wait for its next turn. No request comes sooner by the worker's own clock than it
 * would otherwise, and no step of the work is left out.
 *
 * All the while somebody is looked up every now and then, as by a recruiter who does not wait for the end: that tells how
 * long an answer takes then, and how many rows are there at which moment.
 */
import type { Page } from "@playwright/test";
import type { Profile } from "../../../extension/shared/protocol";
import { openExtensionPage } from "../../e2e/support/extension-parts";
import type { Sandbox } from "../../e2e/support/sandbox";
import { letAskInside } from "../ask-inside";
import { askFrom, type Browser } from "../browser";
import { CoreWorker } from "../core-worker";
import { WorkerThread } from "../processor-time";
import type { PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";
import { profileOf } from "./verdict";

/** Growth is told, and its ends compared, by so many rows. */
const STRETCH = 100_000;
/** Waits from this length on (ms) are time limits, pauses between rounds, and how long pages may wait to be stored, not turns. */
const LONG_WAIT = 201;
/** Somebody is looked up every so many milliseconds. */
const LOOK_EVERY = 200;
/** Processor time is read every so many milliseconds. */
const READ_CLOCKS_EVERY = 100;
/** Progress is told every so many milliseconds. */
const TELL_EVERY = 10_000;

export interface FirstRead {
  rows: number;
  contacts: number;
}

/** One look-up during the read. */
interface Look {
  /** When it was answered, in milliseconds since 1970. */
  at: number;
  /** From when it was to be made; a timer that comes late because the core works is part of it. */
  took: number;
  rows: number;
  complete: boolean;
}

interface Watched {
  looks: Look[];
  /** When each page of the walk was asked for, in milliseconds since 1970. */
  pages: number[];
  /** The end of each window that was asked for. */
  windows: string[];
}

declare global {
  var fulcrumWatched: Watched | undefined;
}

export async function measureFirstRead(
  table: Table,
  browser: Browser,
  sandbox: Sandbox,
  people: readonly PagePerson[],
): Promise<FirstRead> {
  const page = await openExtensionPage(browser.context, "manifest.json");
  await askFrom(page, { command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  await worker.run(letAskInside);
  // Before the clock runs ahead: these looks keep real time.
  await worker.run(lookEverySoOften, people.map(profileOf), LOOK_EVERY);
  await worker.run(letClockRunAhead, LONG_WAIT);
  const thread = await WorkerThread.busiest(browser.context);
  const clocks = new Clocks(thread);

  const check = await askFrom(page, { command: "connect", environment: { name: "production" }, key: sandbox.key });
  if (check.reply !== "check" || !check.check.accepted) {
    throw new Error(`the sandbox's key was not accepted: ${JSON.stringify(check)}`);
  }
  const users = await askFrom(page, { command: "users", text: "" });
  const [me] = users.reply === "users" ? users.users : [];
  if (me === undefined) {
    throw new Error("Lever has no users");
  }
  await askFrom(page, { command: "choose_user", user: me.id });
  const read = await whole(page);
  clocks.stop();
  const watched = await worker.run(() => {
    const seen = globalThis.fulcrumWatched;
    globalThis.fulcrumWatched = undefined;
    return seen ?? { looks: [], pages: [], windows: [] };
  });
  report(table, read.rows, watched, clocks);
  table.add("mirror_on_disk", (await mirrorBytes(page)) / read.contacts);
  await worker.leave();
  await page.close();
  return read;
}

/** Waits for the end of the read. */
async function whole(page: Page): Promise<FirstRead> {
  let told = Date.now();
  for (;;) {
    const reply = await askFrom(page, { command: "status" });
    if (reply.reply !== "status" || reply.status.connection.state !== "connected") {
      throw new Error(`the first read stopped: ${JSON.stringify(reply)}`);
    }
    const { mirror } = reply.status;
    if (mirror.complete && mirror.phase.phase === "idle") {
      return { rows: mirror.opportunities, contacts: mirror.contacts };
    }
    if (Date.now() - told > TELL_EVERY) {
      told = Date.now();
      say(`  ${mirror.opportunities} opportunities read`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** The thread's processor time over the read, so that it can be told for any moment. */
class Clocks {
  readonly #read: { at: number; seconds: number }[] = [];
  readonly #timer: NodeJS.Timeout | null;

  constructor(thread: WorkerThread | null) {
    const read = () => this.#read.push({ at: Date.now(), seconds: thread?.seconds() ?? Number.NaN });
    if (thread !== null) {
      read();
    }
    this.#timer = thread === null ? null : setInterval(read, READ_CLOCKS_EVERY);
  }

  stop(): void {
    if (this.#timer !== null) {
      clearInterval(this.#timer);
    }
  }

  /** Not a number where the machine does not tell. */
  secondsBetween(start: number, end: number): number {
    return this.#secondsUntil(end) - this.#secondsUntil(start);
  }

  #secondsUntil(moment: number): number {
    return between(this.#read, moment, "at", "seconds");
  }
}

/** Runs in the worker; travels there as text, so it may use nothing from outside. */
function lookEverySoOften(profiles: readonly Profile[], every: number): void {
  const watched: Watched = { looks: [], pages: [], windows: [] };
  globalThis.fulcrumWatched = watched;
  const later = globalThis.setTimeout.bind(globalThis);
  const now = () => performance.timeOrigin + performance.now();
  let number = 0;
  const look = async (due: number): Promise<void> => {
    const profile = profiles[number % profiles.length];
    number += 1;
    const reply = Object(await globalThis.fulcrumAsk?.({ command: "look_up", profile }));
    const at = now();
    // Until there is a key there are no answers.
    if (reply.reply === "answer") {
      const { opportunities, complete } = reply.answer.status.mirror;
      watched.looks.push({ at, took: at - due, rows: opportunities, complete });
    }
    next();
  };
  const next = (): void => {
    if (globalThis.fulcrumWatched === watched) {
      const due = now() + every;
      later(() => void look(due), every);
    }
  };
  next();
}

/** Runs in the worker; travels there as text, so it may use nothing from outside. */
function letClockRunAhead(longWait: number): void {
  const clock = Date.now.bind(Date);
  const later = globalThis.setTimeout.bind(globalThis);
  const request = globalThis.fetch.bind(globalThis);
  let ahead = 0;
  Date.now = () => clock() + ahead;
  const turnAtOnce = (work: () => void, wait = 0, ...rest: unknown[]): number => {
    // The worker's own timers wait fractions of a millisecond too; the core's turns are whole ones.
    const isTurn = wait > 0 && wait < longWait && Number.isInteger(wait);
    if (isTurn) {
      ahead += wait;
    }
    return Number(later(work, isTurn ? 0 : wait, ...rest));
  };
  Reflect.set(globalThis, "setTimeout", turnAtOnce);
  globalThis.fetch = (asked, init) => {
    // Changes are asked for without an end. Not parsed: this is the core's own thread, whose time is taken.
    const [, window] =
      /\/opportunities\?.*\bcreated_at_end=(\d+)/.exec(asked instanceof Request ? asked.url : String(asked)) ?? [];
    if (window !== undefined) {
      globalThis.fulcrumWatched?.pages.push(performance.timeOrigin + performance.now());
      globalThis.fulcrumWatched?.windows.push(window);
    }
    return request(asked, init);
  };
}

function report(table: Table, rows: number, { looks, pages, windows }: Watched, clocks: Clocks): void {
  const start = pages[0];
  const end = looks.find(({ complete }) => complete)?.at;
  if (start === undefined || end === undefined) {
    throw new Error(`the first read was not seen: ${pages.length} pages, ${looks.length} looks`);
  }
  const seconds = (end - start) / 1e3;
  const worked = clocks.secondsBetween(start, end);
  say(
    `  ${rows} rows on ${pages.length} pages of ${new Set(windows).size} windows in ${seconds.toFixed(1)} s, of which the core's thread worked ${worked.toFixed(1)} s`,
  );
  if (Number.isNaN(worked)) {
    say("  left out: rows_into_mirror_browser (this machine does not tell a thread's processor time)");
  } else {
    table.add("rows_into_mirror_browser", rows / worked);
  }
  table.add("rows_into_mirror_browser_whole", rows / seconds);

  const during = looks.filter(({ at }) => at >= start && at <= end);
  const took = during.map((look) => look.took);
  say(`  looks during the read: ${spread(took)}`);
  table.add("verdict_while_reading_p95", percentile(took, 95));

  const growth = [{ at: start, rows: 0 }, ...during];
  const reached = (count: number) => between(growth, count, "rows", "at");
  const stretch = (from: number, to: number) => (reached(to) - reached(from)) / 1e3;
  for (let from = 0; from < rows; from += STRETCH) {
    const to = Math.min(rows, from + STRETCH);
    const processor = clocks.secondsBetween(reached(from), reached(to));
    say(
      `  rows ${from} to ${to}: ${stretch(from, to).toFixed(1)} s, of which the thread worked ${processor.toFixed(1)} s`,
    );
  }
  if (rows >= 2 * STRETCH) {
    table.add("rows_into_mirror_last_to_first", stretch(0, STRETCH) / stretch(rows - STRETCH, rows));
  } else {
    say(`  left out: rows_into_mirror_last_to_first (it needs ${2 * STRETCH} rows)`);
  }
}

/** What one column says where the other has this value; in between, as the line goes. Both rise. */
function between<Column extends string>(
  points: readonly Record<Column, number>[],
  value: number,
  of: Column,
  wanted: Column,
): number {
  const after = points.findIndex((point) => point[of] >= value);
  const [low, high] = after === -1 ? [points.at(-1), points.at(-1)] : [points[Math.max(0, after - 1)], points[after]];
  if (low === undefined || high === undefined) {
    return Number.NaN;
  }
  const width = high[of] - low[of];
  return width > 0 ? low[wanted] + ((value - low[of]) / width) * (high[wanted] - low[wanted]) : high[wanted];
}

/** The mirror's file, and its journal, as the origin-private file system has them. */
async function mirrorBytes(page: Page): Promise<number> {
  const bytes = await page.evaluate(async () => {
    const folders = [await navigator.storage.getDirectory()];
    let sum = 0;
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
      for await (const entry of folder.values()) {
        if (entry instanceof FileSystemDirectoryHandle) {
          folders.push(entry);
        } else {
          // The pool's files bear the name of what they hold at their start.
          const file = await (entry as FileSystemFileHandle).getFile();
          sum += (await file.slice(0, 512).text()).includes("mirror.db") ? file.size : 0;
        }
      }
    }
    return sum;
  });
  if (bytes === 0) {
    throw new Error("the mirror's file was not found");
  }
  return bytes;
}
