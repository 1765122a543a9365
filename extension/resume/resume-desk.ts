/** The resume that lies on the desk: read on this computer, looked up like a page, put away when the recruiter is done. */
import { type Signal, signal } from "@preact/signals";
import type { Command, Reply } from "../shared/protocol";
import { CardState } from "../ui/card-state";
import { PersonSession } from "../ui/person-session";
import type { ResumeReading, ResumeTrouble } from "./read-pdf";

export interface DeskDoors {
  ask(command: Command, signal?: AbortSignal): Promise<Reply>;
  read(file: File, ending: AbortSignal): Promise<ResumeReading>;
}

export type OnDesk =
  | { is: "reading"; file: string }
  | { is: "trouble"; file: string; trouble: ResumeTrouble }
  | { is: "person"; file: string; card: CardState };

export class ResumeDesk {
  /** Null while nothing lies there. */
  readonly shown: Signal<OnDesk | null> = signal(null);
  readonly #doors: DeskDoors;
  #ending = new AbortController();

  constructor(doors: DeskDoors) {
    this.#doors = doors;
  }

  /** The first of the files; a person has one resume at a time. */
  async take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (file === undefined) {
      return;
    }
    this.clear();
    const { signal: ending } = this.#ending;
    this.shown.value = { is: "reading", file: file.name };
    const reading = await this.#doors.read(file, ending);
    if (ending.aborted) {
      return;
    }
    if ("trouble" in reading) {
      this.shown.value = { is: "trouble", file: file.name, trouble: reading.trouble };
      return;
    }
    const session = new PersonSession(reading.profile, {
      core: { ask: (command, signal) => this.#doors.ask(command, signal) },
      // A file does not move on to somebody else.
      isCurrent: async () => true,
      signal: ending,
      file,
    });
    this.shown.value = { is: "person", file: file.name, card: new CardState(session) };
    await session.lookUp();
  }

  /** Connection or mirror have changed. */
  async askAgain(): Promise<void> {
    const shown = this.shown.peek();
    if (shown?.is === "person") {
      await shown.card.session.lookUp();
    }
  }

  clear(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.shown.value = null;
  }
}
