/**
 * The core's way to the worker that makes resumes: one resume after the other, each with an end to the waiting. A worker that
 * has had nothing to do for a while is let go, and one that is too slow or broken is replaced at the next call.
 */
import type { ResumeContent } from "../shared/protocol";

export type MakerReply = { bytes: Uint8Array<ArrayBuffer> } | { failed: string };

/** The part of a Worker that is needed here. */
export type MakerWorker = Pick<Worker, "addEventListener" | "postMessage" | "terminate">;

/** A page of forty employers takes a tenth of it on a slow machine. */
const MOST_MILLISECONDS = 10_000;
/** Fonts stay read for so long. */
const IDLE_MILLISECONDS = 30_000;

export class ResumeMaker {
  readonly #start: () => MakerWorker;
  #worker: MakerWorker | null = null;
  #line: Promise<unknown> = Promise.resolve();
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(start: () => MakerWorker) {
    this.#start = start;
  }

  /** The PDF. Rejects where none can be made. */
  make(content: ResumeContent): Promise<Uint8Array> {
    const made = this.#line.then(() => this.#make(content));
    // Who comes next does not mind how it went.
    this.#line = made.catch(() => undefined);
    return made;
  }

  async #make(content: ResumeContent): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    const ending = new AbortController();
    const { signal } = ending;
    const reply = await new Promise<MakerReply>((resolve) => {
      const limit = setTimeout(() => resolve({ failed: "too slow" }), MOST_MILLISECONDS);
      signal.addEventListener("abort", () => clearTimeout(limit));
      worker.addEventListener("message", ({ data }: MessageEvent<MakerReply>) => resolve(data), { signal });
      worker.addEventListener("error", () => resolve({ failed: "broken" }), { signal });
      worker.postMessage(content);
    });
    ending.abort();
    if ("failed" in reply) {
      this.#letGo();
      throw new Error(reply.failed);
    }
    this.#idle = setTimeout(() => this.#letGo(), IDLE_MILLISECONDS);
    return reply.bytes;
  }

  #letGo(): void {
    clearTimeout(this.#idle);
    this.#worker?.terminate();
    this.#worker = null;
  }
}
