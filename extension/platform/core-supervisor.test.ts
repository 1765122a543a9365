import { describe, expect, it, vi } from "vitest";
import type { Command, Reply } from "../shared/protocol";
import { isCall } from "../shared/rpc";
import { CoreSupervisor, type CoreWorker } from "./core-supervisor";

/** A core worker whose answers, breakdowns and silences are the test's. */
class FakeWorker extends EventTarget {
  terminated = false;

  constructor(private readonly answer: (command: Command) => Reply | "silence" | "break") {
    super();
  }

  postMessage(message: unknown): void {
    if (!isCall(message, "core-worker")) {
      return;
    }
    if (message.name === "ping") {
      this.reply(message.id, null);
      return;
    }
    const answer = this.answer(message.params as Command);
    if (answer === "break") {
      queueMicrotask(() => this.dispatchEvent(new Event("error")));
    } else if (answer !== "silence") {
      this.reply(message.id, answer);
    }
  }

  tell(data: unknown): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  terminate(): void {
    this.terminated = true;
  }

  private reply(id: string, result: unknown): void {
    queueMicrotask(() => this.tell({ rpc: "response", id, ok: true, result }));
  }
}

const JOBS: Reply = { reply: "postings", postings: [] };
const ASK_JOBS: Command = { command: "postings", text: "", limit: 1 };
const EXPORT = { command: "export" } as Command;

function supervise(...answers: ((command: Command) => Reply | "silence" | "break")[]) {
  const workers: FakeWorker[] = [];
  const onChanged = vi.fn();
  const supervisor = new CoreSupervisor({
    startWorker() {
      const worker = new FakeWorker(answers[workers.length] ?? (() => JOBS));
      workers.push(worker);
      return worker as CoreWorker;
    },
    onChanged,
  });
  return { supervisor, workers, onChanged };
}

describe("the core's supervisor", () => {
  it("starts one worker for calls that arrive together", async () => {
    const { supervisor, workers } = supervise();
    await Promise.all([supervisor.dispatch(ASK_JOBS), supervisor.dispatch(ASK_JOBS), supervisor.wake()]);
    expect(workers).toHaveLength(1);
  });

  it("replaces a worker that breaks and asks a read once more", async () => {
    const { supervisor, workers } = supervise(() => "break");
    expect(await supervisor.dispatch(ASK_JOBS)).toEqual(JOBS);
    expect(workers.map((worker) => worker.terminated)).toEqual([true, false]);
  });

  it("gives up on a read that breaks the worker twice", async () => {
    const { supervisor } = supervise(
      () => "break",
      () => "break",
    );
    expect(await supervisor.dispatch(ASK_JOBS)).toMatchObject({ reply: "failed", failure: { code: "core_restarted" } });
  });

  it("never asks for an export a second time", async () => {
    const asked: string[] = [];
    const { supervisor } = supervise(
      (command) => {
        asked.push(command.command);
        return "break";
      },
      (command) => {
        asked.push(command.command);
        return JOBS;
      },
    );
    expect(await supervisor.dispatch(EXPORT)).toMatchObject({ reply: "failed", failure: { code: "core_restarted" } });
    await supervisor.wake();
    expect(asked).toEqual(["export"]);
  });

  it("replaces a worker that reports a trap", async () => {
    const { supervisor, workers } = supervise();
    await supervisor.wake();
    workers[0]?.tell({ event: "broken", message: "unreachable" });
    await supervisor.wake();
    expect(workers).toHaveLength(2);
  });

  it("passes on that something changed", async () => {
    const { supervisor, workers, onChanged } = supervise();
    await supervisor.wake();
    workers[0]?.tell({ event: "changed" });
    expect(onChanged).toHaveBeenCalledOnce();
  });

  it("replaces a worker whose pulse stops", async () => {
    vi.useFakeTimers();
    try {
      const { supervisor, workers } = supervise();
      await supervisor.wake();
      const silent = workers[0];
      if (silent === undefined) {
        throw new Error("no worker was started");
      }
      silent.postMessage = () => undefined;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(silent.terminated).toBe(true);
      expect(workers.length).toBeGreaterThan(1);
    } finally {
      vi.useRealTimers();
    }
  });
});
