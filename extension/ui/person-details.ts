/**
 * Resumes, notes and files of the people of one session, read when somebody looks at a person and kept while the page's
 * person stays the same. It decides nothing: the core says what is known and when it was read.
 */
import { type Signal, signal } from "@preact/signals";
import type { Failure, FileSummary, NoteSummary, OpportunityDetails, ResumeSummary } from "../shared/protocol";
import type { Core } from "./person-session";

/** What is older is read from Lever again. */
const NOT_OLDER_THAN = 10 * 60_000;

export type DetailsShown =
  | { at: "reading" }
  | { at: "failed"; failure: Failure }
  | { at: "known"; details: readonly OpportunityDetails[] };

export class PersonDetails {
  readonly #core: Core;
  readonly #signal: AbortSignal;
  readonly #known = new Map<string, { shown: Signal<DetailsShown>; askedAt: number }>();

  constructor(core: Core, ending: AbortSignal) {
    this.#core = core;
    this.#signal = ending;
  }

  /** Of these records, which are one person. The first look asks, and a much later one, which shows what is known meanwhile. */
  of(contacts: readonly string[]): Signal<DetailsShown> {
    const key = contacts.join(" ");
    const known = this.#known.get(key);
    const now = Date.now();
    if (known !== undefined && now - known.askedAt <= NOT_OLDER_THAN) {
      return known.shown;
    }
    const shown: Signal<DetailsShown> = known?.shown ?? signal({ at: "reading" });
    this.#known.set(key, { shown, askedAt: now });
    void this.#read(contacts, shown);
    return shown;
  }

  async again(contacts: readonly string[]): Promise<void> {
    const shown = this.of(contacts);
    if (shown.peek().at !== "reading") {
      shown.value = { at: "reading" };
      await this.#read(contacts, shown);
    }
  }

  async #read(contacts: readonly string[], shown: Signal<DetailsShown>): Promise<void> {
    const details: OpportunityDetails[] = [];
    for (const contact of contacts) {
      const reply = await this.#core.ask({ command: "details", contact, not_older_than: NOT_OLDER_THAN }, this.#signal);
      if (this.#signal.aborted) {
        return;
      }
      if (reply.reply === "failed") {
        if (shown.peek().at === "known") {
          // It says how old it is.
          return;
        }
        shown.value = { at: "failed", failure: reply.failure };
        return;
      }
      if (reply.reply === "details") {
        details.push(...reply.details);
      }
    }
    shown.value = { at: "known", details };
  }
}

export interface DetailsTogether {
  resumes: readonly ResumeSummary[];
  notes: readonly NoteSummary[];
  files: readonly FileSummary[];
  /** When the oldest of it was read; null where something never was. */
  readAt: number | null;
  failure: Failure | null;
}

/** Of all candidacies together, the latest first. A reader thinks of a person, not of candidacies. */
export function together(details: readonly OpportunityDetails[]): DetailsTogether {
  const moments = details.map(({ read_at }) => read_at);
  const known = moments.filter((at) => at !== null);
  return {
    resumes: newestFirst(
      details.flatMap(({ resumes }) => resumes),
      ({ uploaded_at }) => uploaded_at,
    ),
    notes: newestFirst(
      details.flatMap(({ notes }) => notes),
      ({ at }) => at,
    ),
    files: newestFirst(
      details.flatMap(({ files }) => files),
      ({ uploaded_at }) => uploaded_at,
    ),
    readAt: known.length > 0 && known.length === moments.length ? Math.min(...known) : null,
    failure: details.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

function newestFirst<Of>(all: readonly Of[], when: (one: Of) => number | null): Of[] {
  return all.toSorted((one, other) => (when(other) ?? 0) - (when(one) ?? 0));
}

export function isEmpty({ resumes, notes, files, failure }: DetailsTogether): boolean {
  return resumes.length + notes.length + files.length === 0 && failure === null;
}
