/**
 * The first read in Chromium: the package as shipped, its WASM, OPFS, its `fetch`, against the simulated Lever without a
 * limit. The package asks Lever five times a second at most, and has no switch for tests; so the debugger lets the worker's
 * clock run ahead whenever it would wait for its next turn. No request comes sooner by the worker's own clock than it
 * would otherwise, and no step of the work is left out.
 */
import { openExtensionPage } from "../../e2e/support/extension-parts";
import type { Sandbox } from "../../e2e/support/sandbox";
import { askFrom, type Browser } from "../browser";
import { CoreWorker } from "../core-worker";
import { say, type Table } from "../table";

/** Rows a page of Lever's list holds. */
const PAGE_ROWS = 100;
/** Rows at each end that are compared. */
const END_ROWS = 100_000;
/** Waits from this length on (ms) are time limits and pauses between rounds, not turns. */
const LONG_WAIT = 5_000;

export interface FirstRead {
  rows: number;
  contacts: number;
}

export async function measureFirstRead(table: Table, browser: Browser, sandbox: Sandbox): Promise<FirstRead> {
  const page = await openExtensionPage(browser.context, "manifest.json");
  await askFrom(page, { command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  await worker.run(letClockRunAhead, LONG_WAIT);

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

  let told = Date.now();
  for (;;) {
    const reply = await askFrom(page, { command: "status" });
    if (reply.reply !== "status" || reply.status.connection.state !== "connected") {
      throw new Error(`the first read stopped: ${JSON.stringify(reply)}`);
    }
    const { mirror } = reply.status;
    if (mirror.complete && mirror.phase.phase === "idle") {
      const read = { rows: mirror.opportunities, contacts: mirror.contacts };
      report(table, read.rows, await worker.run(() => globalThis.fulcrumReadPages ?? []));
      table.add("mirror_on_disk", (await mirrorBytes(page)) / read.contacts);
      await worker.leave();
      await page.close();
      return read;
    }
    if (Date.now() - told > 10_000) {
      told = Date.now();
      say(`  ${mirror.opportunities} opportunities read`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

interface ReadPage {
  /** Moments of the worker's `performance.now()`, in milliseconds: asked for, reply in hand, stored. */
  asked: number;
  arrived: number;
  stored: number;
}

declare global {
  var fulcrumReadPages: ReadPage[] | undefined;
}

/** Runs in the worker; travels there as text, so it may use nothing from outside. */
function letClockRunAhead(longWait: number): void {
  const pages: ReadPage[] = [];
  globalThis.fulcrumReadPages = pages;
  const clock = Date.now.bind(Date);
  const later = globalThis.setTimeout.bind(globalThis);
  const request = globalThis.fetch.bind(globalThis);
  let ahead = 0;
  Date.now = () => clock() + ahead;

  const stored = (): void => {
    const last = pages.at(-1);
    if (last !== undefined && last.arrived > 0 && last.stored === 0) {
      last.stored = performance.now();
    }
  };
  const turnAtOnce = (work: () => void, wait = 0, ...rest: unknown[]): number => {
    // The worker's own timers wait fractions of a millisecond too; the core's turns are whole ones.
    const isTurn = wait > 0 && wait < longWait && Number.isInteger(wait);
    if (isTurn) {
      stored();
      ahead += wait;
    }
    return Number(later(work, isTurn ? 0 : wait, ...rest));
  };
  Reflect.set(globalThis, "setTimeout", turnAtOnce);
  globalThis.fetch = async (asked, init) => {
    stored();
    const { pathname, searchParams } = new URL(asked instanceof Request ? asked.url : String(asked));
    const isFirstRead =
      pathname.endsWith("/opportunities") &&
      searchParams.get("limit") === "100" &&
      ![...searchParams.keys()].some((name) => /_start$|contact_id|email/.test(name));
    if (!isFirstRead) {
      return await request(asked, init);
    }
    const page: ReadPage = { asked: performance.now(), arrived: 0, stored: 0 };
    pages.push(page);
    const reply = await request(asked, init);
    const arrayBuffer = reply.arrayBuffer.bind(reply);
    reply.arrayBuffer = async () => {
      const body = await arrayBuffer();
      page.arrived = performance.now();
      return body;
    };
    return reply;
  };
}

function report(table: Table, rows: number, pages: readonly ReadPage[]): void {
  const [first, last] = [pages[0], pages.at(-1)];
  if (first === undefined || last === undefined || pages.some(({ stored }) => stored === 0)) {
    throw new Error(`the first read was not seen: ${pages.length} pages`);
  }
  const working = storing(pages);
  const whole = last.stored - first.asked;
  say(`  ${rows} rows in ${(whole / 1e3).toFixed(1)} s, of which ${(working / 1e3).toFixed(1)} s in the core`);
  table.add("rows_into_mirror_browser", (rows / working) * 1e3);
  table.add("rows_into_mirror_browser_whole", (rows / whole) * 1e3);
  const end = END_ROWS / PAGE_ROWS;
  if (pages.length >= 2 * end) {
    table.add("rows_into_mirror_last_to_first", storing(pages.slice(0, end)) / storing(pages.slice(-end)));
  } else {
    say(`  left out: rows_into_mirror_last_to_first (it needs ${2 * END_ROWS} rows)`);
  }
}

function storing(pages: readonly ReadPage[]): number {
  return pages.reduce((sum, page) => sum + page.stored - page.arrived, 0);
}

/** The mirror's file, and its journal, as the origin-private file system has them. */
async function mirrorBytes(page: import("@playwright/test").Page): Promise<number> {
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
