/** The journal as the settings page shows it: the latest writes, or those of whoever is looked for, and what can be done about them. */
import { type Signal, signal } from "@preact/signals";
import { hasMessage, t } from "../shared/i18n";
import type { Command, Failure, JournalEntry, Reply } from "../shared/protocol";
import { csv } from "./csv";

const SHOWN = 50;
/** More than anybody's journal holds. */
const ALL = 1_000_000;

export class JournalDesk {
  readonly entries: Signal<readonly JournalEntry[]> = signal([]);
  readonly text: Signal<string> = signal("");
  readonly failure: Signal<Failure | null> = signal(null);
  /** The export that something is being done about. */
  readonly busy: Signal<number | null> = signal(null);
  readonly #ask: (command: Command) => Promise<Reply>;
  #question = 0;

  constructor(ask: (command: Command) => Promise<Reply>) {
    this.#ask = ask;
  }

  async refresh(): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const reply = await this.#ask({ command: "journal", text: this.text.peek().trim(), limit: SHOWN });
    if (question === this.#question) {
      this.take(reply);
    }
  }

  async search(text: string): Promise<void> {
    this.text.value = text;
    await this.refresh();
  }

  async tryAgain(number: number): Promise<void> {
    await this.#about(number, { command: "try_again", export: number });
  }

  async leaveIt(number: number): Promise<void> {
    await this.#about(number, { command: "leave_it", export: number });
  }

  /** All of it that fits what is looked for, oldest first; null where it could not be read. */
  async file(web: string | null): Promise<string | null> {
    const reply = await this.#ask({ command: "journal", text: this.text.peek().trim(), limit: ALL });
    if (reply.reply !== "journal") {
      this.take(reply);
      return null;
    }
    const head = ["when", "who", "profile", "step", "state", "contact", "opportunity", "link", "error"] as const;
    const rows = reply.entries
      .toReversed()
      .map(({ name, step }) => [
        new Date(step.at).toISOString(),
        name ?? "",
        step.key,
        t(`step_${step.step}`),
        t(`state_${step.state}`),
        step.contact ?? "",
        step.opportunity ?? "",
        linkOf(web, step.opportunity) ?? "",
        errorWords(step.error),
      ]);
    return csv([head.map((column) => t(`journal_column_${column}`)), ...rows]);
  }

  take(reply: Reply): void {
    if (reply.reply === "journal") {
      this.entries.value = reply.entries;
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
    }
  }

  async #about(number: number, command: Command): Promise<void> {
    if (this.busy.peek() !== null) {
      return;
    }
    this.busy.value = number;
    this.failure.value = null;
    const reply = await this.#ask(command);
    this.busy.value = null;
    if (reply.reply === "failed") {
      this.failure.value = reply.failure;
    }
    await this.refresh();
  }
}

/** Why a step failed: what kind of failure it was, and the rest as Lever names it. */
export function errorWords(error: string | null): string {
  const [code = "", ...rest] = error?.split(": ") ?? [];
  const key = `failure_${code}_short`;
  return [hasMessage(key) ? t(key) : code, ...rest].filter((part) => part !== "").join(": ");
}

/** Where an opportunity stands in Lever's web app. */
export function linkOf(web: string | null, opportunity: string | null): string | null {
  return web === null || opportunity === null ? null : `${web}/candidates/${encodeURIComponent(opportunity)}`;
}
