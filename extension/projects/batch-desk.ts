/** What is being sent to many people, and what was: the batches, and the people of the one that is open. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { BatchControl, BatchLine, BatchSummary, Command, Failure, Reply } from "../shared/protocol";

/** People asked for at once. */
const PORTION = 500;

export class BatchDesk {
  /** Null until the first answer. */
  readonly batches: Signal<readonly BatchSummary[] | null> = signal(null);
  readonly open: Signal<number | null> = signal(null);
  readonly lines: Signal<readonly BatchLine[] | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly summary: ReadonlySignal<BatchSummary | null>;
  readonly #ask: (command: Command) => Promise<Reply>;
  #question = 0;

  constructor(ask: (command: Command) => Promise<Reply>) {
    this.#ask = ask;
    this.summary = computed(() => this.batches.value?.find((one) => one.batch === this.open.value) ?? null);
  }

  async refresh(): Promise<void> {
    this.#take(await this.#ask({ command: "batches" }));
    await this.#read();
  }

  async show(number: number | null): Promise<void> {
    if (this.open.peek() !== number) {
      batch(() => {
        this.open.value = number;
        this.lines.value = null;
        this.failure.value = null;
      });
    }
    await this.refresh();
  }

  async control(control: BatchControl): Promise<void> {
    const number = this.open.peek();
    if (number !== null) {
      this.#take(await this.#ask({ command: "control_batch", batch: number, control }));
      await this.#read();
    }
  }

  #take(reply: Reply): void {
    if (reply.reply === "batches") {
      batch(() => {
        this.batches.value = reply.batches;
        this.failure.value = null;
      });
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
    }
  }

  async #read(): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const number = this.open.peek();
    if (number === null) {
      return;
    }
    const lines: BatchLine[] = [];
    for (;;) {
      const reply = await this.#ask({ command: "batch_lines", batch: number, after: lines.length, limit: PORTION });
      if (question !== this.#question) {
        return;
      }
      if (reply.reply !== "batch_lines") {
        this.#take(reply);
        return;
      }
      lines.push(...reply.lines);
      if (reply.lines.length < PORTION) {
        this.lines.value = lines;
        return;
      }
    }
  }
}
