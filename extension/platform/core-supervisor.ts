/**
 * Keeps the one core worker alive: starts it, listens to its pulse, replaces it when it breaks or falls silent, and
 * answers for calls that were lost with it. Calls that only read are asked once more; an export never is, since only
 * its journal knows how far it came. A broken worker cannot be mended: after a Rust panic the whole instance is unusable.
 */
import { failedReply, replyForError } from "../shared/failures";
import type { Command, Reply } from "../shared/protocol";
import { type Client, createClient, isRecord, RpcError } from "../shared/rpc";
import { callOver, type PortCaller } from "../shared/rpc-port";
import { type CoreWorkerSurface, REPEATABLE_COMMANDS, timeLimit } from "../shared/surfaces";

/** The part of a Worker that is needed here. */
export type CoreWorker = Pick<Worker, "addEventListener" | "postMessage" | "terminate">;

export interface SupervisorOptions {
  startWorker(): CoreWorker;
  /** Called when the core says that its status or the mirror changed. */
  onChanged(): void;
  /** Milliseconds between two looks at the worker's pulse. */
  pulse?: number;
  /** Milliseconds the worker may stay silent. It works in short slices, but SQLite may hold it for seconds. */
  patience?: number;
}

interface Life {
  worker: CoreWorker;
  client: Client<CoreWorkerSurface>;
  caller: PortCaller;
  ended: AbortController;
}

const PULSE = 10_000;
const PATIENCE = 30_000;
/** Milliseconds to wait before the first start, and before the first, second … restart in a row. */
const RESTART_DELAYS = [0, 0, 500, 2_000, 10_000, 30_000];

export class CoreSupervisor {
  private life: Life | null = null;
  private starting: Promise<Life> | null = null;
  private restartsInARow = 0;

  constructor(private readonly options: SupervisorOptions) {}

  /** Asks the core. Never rejects. */
  async dispatch(command: Command): Promise<Reply> {
    const limits = { timeout: timeLimit(command.command) };
    try {
      return await (await this.alive()).client.call("dispatch", command, limits);
    } catch (error) {
      if (!isLost(error)) {
        return replyForError(error);
      }
      if (!REPEATABLE_COMMANDS.has(command.command)) {
        return failedReply("core_restarted");
      }
    }
    try {
      return await (await this.alive()).client.call("dispatch", command, limits);
    } catch (error) {
      return replyForError(error);
    }
  }

  /** Starts the worker where it is not running, and resolves when it answers. A silent one is replaced. */
  async wake(): Promise<void> {
    await this.feelPulse(await this.alive());
  }

  private alive(): Promise<Life> {
    if (this.life !== null) {
      return Promise.resolve(this.life);
    }
    this.starting ??= this.start().finally(() => {
      this.starting = null;
    });
    return this.starting;
  }

  private async start(): Promise<Life> {
    const delay = RESTART_DELAYS[Math.min(this.restartsInARow, RESTART_DELAYS.length - 1)] ?? 0;
    if (delay > 0) {
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
    const worker = this.options.startWorker();
    const ended = new AbortController();
    const caller = callOver(worker, ended.signal);
    const life: Life = { worker, caller, ended, client: createClient<CoreWorkerSurface>("core-worker", caller.send) };
    worker.addEventListener("error", () => this.replace(life), { signal: ended.signal });
    worker.addEventListener("message", (event) => this.hear(life, event.data), { signal: ended.signal });
    const pulse = setInterval(() => void this.feelPulse(life), this.options.pulse ?? PULSE);
    ended.signal.addEventListener("abort", () => clearInterval(pulse));
    this.life = life;
    return life;
  }

  private hear(life: Life, message: unknown): void {
    if (!isRecord(message)) {
      return;
    }
    if (message.event === "changed") {
      this.options.onChanged();
    } else if (message.event === "broken") {
      this.replace(life);
    } else if (message.event === "opened") {
      this.restartsInARow = 0;
    }
  }

  private async feelPulse(life: Life): Promise<void> {
    try {
      await life.client.call("ping", null, { timeout: this.options.patience ?? PATIENCE });
    } catch {
      this.replace(life);
    }
  }

  /** Ends this worker, starts the next at once, and lets the lost calls know. */
  private replace(life: Life): void {
    if (this.life !== life) {
      return;
    }
    this.life = null;
    this.restartsInARow += 1;
    life.ended.abort();
    life.worker.terminate();
    void this.alive();
    life.caller.failAll(new RpcError("unreachable", "the core worker was replaced"));
  }
}

function isLost(error: unknown): boolean {
  return error instanceof RpcError && error.code === "unreachable";
}
