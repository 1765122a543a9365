/** The core's way to the worker that makes resumes: one after the other, with an end to every wait. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ResumeContent } from "../shared/protocol";
import { type MakerReply, type MakerWorker, ResumeMaker } from "./resume-maker";

const CONTENT = { name: "Ada Example" } as ResumeContent;

/** A worker that does what it is told. */
class Worker implements MakerWorker {
  asked: unknown[] = [];
  ended = false;
  readonly #target = new EventTarget();

  addEventListener(...parameters: Parameters<EventTarget["addEventListener"]>): void {
    this.#target.addEventListener(...parameters);
  }

  postMessage(message: unknown): void {
    this.asked.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  answers(data: MakerReply): void {
    this.#target.dispatchEvent(new MessageEvent("message", { data }));
  }

  breaks(): void {
    this.#target.dispatchEvent(new Event("error"));
  }
}

function workshop(): { workers: Worker[]; maker: ResumeMaker } {
  const workers: Worker[] = [];
  const maker = new ResumeMaker(() => {
    const worker = new Worker();
    workers.push(worker);
    return worker;
  });
  return { workers, maker };
}

const bytes = (byte: number): MakerReply => ({ bytes: new Uint8Array([byte]) });
const started = (workers: Worker[], number: number) => vi.waitFor(() => expect(workers[0]?.asked).toHaveLength(number));

describe("making resumes", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test("one is made after the other, by one worker", async () => {
    const { workers, maker } = workshop();
    const made = [maker.make(CONTENT), maker.make(CONTENT)];
    await started(workers, 1);
    workers[0]?.answers(bytes(1));
    expect(await made[0]).toEqual(new Uint8Array([1]));
    await started(workers, 2);
    workers[0]?.answers(bytes(2));
    expect(await made[1]).toEqual(new Uint8Array([2]));
    expect(workers).toHaveLength(1);
  });

  test.each<[string, (worker: Worker) => void]>([
    ["cannot make one", (worker) => worker.answers({ failed: "RangeError" })],
    ["breaks", (worker) => worker.breaks()],
  ])("a worker that %s is replaced, and the next resume is made", async (_, goesWrong) => {
    const { workers, maker } = workshop();
    const [lost, next] = [maker.make(CONTENT), maker.make(CONTENT)];
    const refused = expect(lost).rejects.toThrow();
    await started(workers, 1);
    goesWrong(workers[0] as Worker);
    await refused;
    await vi.waitFor(() => expect(workers).toHaveLength(2));
    expect(workers[0]?.ended).toBe(true);
    workers[1]?.answers(bytes(3));
    expect(await next).toEqual(new Uint8Array([3]));
  });

  test("a page that takes too long costs its own resume only; an idle worker is let go", async () => {
    vi.useFakeTimers();
    const { workers, maker } = workshop();
    const lost = expect(maker.make(CONTENT)).rejects.toThrow("too slow");
    await vi.advanceTimersByTimeAsync(10_000);
    await lost;
    expect(workers[0]?.ended).toBe(true);
    const next = maker.make(CONTENT);
    await vi.advanceTimersByTimeAsync(0);
    workers[1]?.answers(bytes(4));
    expect(await next).toEqual(new Uint8Array([4]));
    expect(workers[1]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(30_000);
    expect(workers[1]?.ended).toBe(true);
  });
});
