/**
 * Processor time of the core's own thread, as Linux counts it: what the core's work costs whatever else the machine does
 * meanwhile. The browser has no word for it; `/proc` has one line a thread.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";

/** A thread's name is cut to fifteen letters: "DedicatedWorker thread". */
const WORKER_THREAD = "DedicatedWorker";
/** `/proc` counts in hundredths of a second. */
const TICKS_A_SECOND = 100;

export class WorkerThread {
  private constructor(private readonly folder: string) {}

  /** The dedicated worker of this browser that has worked most; null where the machine does not tell. */
  static async busiest(context: BrowserContext): Promise<WorkerThread | null> {
    const threads = (await rendererProcesses(context))
      .flatMap((process) => entries(`/proc/${process}/task`).map((thread) => `/proc/${process}/task/${thread}`))
      .filter((folder) => lineOf(`${folder}/comm`).startsWith(WORKER_THREAD))
      .map((folder) => new WorkerThread(folder));
    const [busiest] = threads.toSorted((one, other) => other.seconds() - one.seconds());
    return busiest ?? null;
  }

  /** So far. */
  seconds(): number {
    // The name stands in brackets and may hold anything; the fields after it are numbers.
    const line = lineOf(`${this.folder}/stat`);
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const [inProgram, inSystem] = [Number(fields[11]), Number(fields[12])];
    return (inProgram + inSystem) / TICKS_A_SECOND;
  }
}

async function rendererProcesses(context: BrowserContext): Promise<number[]> {
  const browser = context.browser();
  if (browser === null) {
    throw new Error("the context has no browser");
  }
  const session = await browser.newBrowserCDPSession();
  try {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  } finally {
    await session.detach();
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function lineOf(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
