/**
 * What a page pays for us, from the browser's own trace of whole page loads. The page has no script, so every task of its
 * thread that runs script of the extension is there because of us. Of a task in which the browser also parses or commits
 * the page, which it would do without us, only the script counts; every other such task counts whole, layout and all.
 * Time is the thread's own, so that other programs on the machine are not counted as ours.
 */
import { overlay } from "../../e2e/support/closed-root";
import type { Browser } from "../browser";
import type { PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

const CATEGORIES = [
  "toplevel",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
  "loading",
  "v8.execute",
  "v8",
];

/** The browser's own names of what runs script. */
const SCRIPT = new Set([
  "EvaluateScript",
  "FunctionCall",
  "RunMicrotasks",
  "v8.compile",
  "v8.run",
  "V8.GC_MC",
  "MinorGC",
  "MajorGC",
]);
/** What the browser does for the page itself. */
const PAGE_WORK = new Set(["ParseHTML", "CommitLoad"]);

/** One event of a trace; times in microseconds, by the clock and by the thread's own. */
interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tts?: number;
  tdur?: number;
  args: { data?: { url?: string; frame?: string } };
}

interface Cost {
  /** Milliseconds. */
  beforePaint: number;
  longestTask: number;
}

export async function measurePageCost(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  const chromium = browser.context.browser();
  if (chromium === null) {
    throw new Error("the context has no browser");
  }
  const costs: Cost[] = [];
  for (const person of people) {
    // Leaving the blank tab for the site gives the page a process of its own before the trace begins.
    const blank = await browser.context.newPage();
    await chromium.startTracing(blank, { categories: CATEGORIES });
    const page = await browser.open(person);
    // Until the badge has its answer: drawing that is a task of ours as well.
    const root = await overlay(page);
    await root.locator('.badge-place:not([data-waiting]) .badge:not([data-kind="looking"])').waitFor();
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    const trace = JSON.parse((await chromium.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
    costs.push(costOf(trace.traceEvents));
    await page.close();
    await blank.close();
  }
  const beforePaint = costs.map((cost) => cost.beforePaint);
  const longestTask = costs.map((cost) => cost.longestTask);
  say(`  script before first paint: ${spread(beforePaint)}`);
  say(`  longest task of ours: ${spread(longestTask)}`);
  table.add("page_script_before_paint_p95", percentile(beforePaint, 95));
  table.add("page_longest_task_p95", percentile(longestTask, 95));
}

function costOf(events: readonly TraceEvent[]): Cost {
  const isOurs = ({ args }: TraceEvent) => args.data?.url?.startsWith("chrome-extension://") === true;
  const content = events.find((event) => isOurs(event) && event.args.data?.url?.endsWith("/content.js") === true);
  if (content === undefined) {
    throw new Error("the trace does not show the content script");
  }
  const thread = events.filter((event) => event.pid === content.pid && event.tid === content.tid);
  const paint = thread.find(({ name, ts }) => name === "firstPaint" && ts >= content.ts);
  if (paint === undefined) {
    throw new Error("the trace does not show the first paint");
  }
  const whole = thread.filter(({ ph, dur }) => ph === "X" && dur !== undefined);
  const tasks = whole.filter(({ name }) => name === "RunTask");
  if (tasks.every(({ tdur }) => tdur === undefined)) {
    throw new Error("the trace does not tell the threads' own time");
  }
  let beforePaint = 0;
  let longestTask = 0;
  for (const task of tasks) {
    const inside = whole.filter((event) => event !== task && isInside(event, task));
    if (!inside.some(isOurs)) {
      continue;
    }
    const script = covered(inside.filter(({ name, args }) => SCRIPT.has(name) && args.data?.url !== ""));
    beforePaint += task.ts < paint.ts ? script : 0;
    const alone = !inside.some(({ name }) => PAGE_WORK.has(name));
    longestTask = Math.max(longestTask, alone ? (task.tdur ?? 0) : script);
  }
  return { beforePaint: beforePaint / 1e3, longestTask: longestTask / 1e3 };
}

function isInside(event: TraceEvent, task: TraceEvent): boolean {
  return event.ts >= task.ts && event.ts + (event.dur ?? 0) <= task.ts + (task.dur ?? 0);
}

/** Microseconds of the thread's time that at least one of the events covers. */
function covered(events: readonly TraceEvent[]): number {
  let sum = 0;
  let until = 0;
  for (const { tts = 0, tdur = 0 } of events.toSorted((one, other) => (one.tts ?? 0) - (other.tts ?? 0))) {
    sum += Math.max(0, tts + tdur - Math.max(tts, until));
    until = Math.max(until, tts + tdur);
  }
  return sum;
}
