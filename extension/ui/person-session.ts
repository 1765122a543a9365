/**
 * One page's person, from the first look-up to the export, as signals for badge and card. It decides nothing: it asks
 * the core and keeps the answers. A session belongs to one profile key; when the page moves on, it is thrown away, and
 * answers that arrive later fall on nothing.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Answer,
  Command,
  ComparedValue,
  Correction,
  ExportChoices,
  ExportOutcome,
  Failure,
  FailureCode,
  Profile,
  Reply,
  UpdateChoices,
} from "../shared/protocol";
import type { Situation } from "./badge-model";
import { PersonDetails } from "./person-details";
import { isInLever, isUnsettled } from "./plan-words";
import type { Updated } from "./update-draft";

/** The way to the core. Never rejects: a lost way is a failed reply. */
export interface Core {
  ask(command: Command, signal?: AbortSignal): Promise<Reply>;
}

export interface SessionSurroundings {
  core: Core;
  /** Whether the page still shows this profile; asked right before something is sent. */
  isCurrent(key: string): Promise<boolean>;
  /** Ends the session. */
  signal: AbortSignal;
  /** The file that the profile was read from, where it was one. */
  file?: File;
}

/** What the recruiter said last about a candidate, so that it can be taken back. */
export interface SaidCorrection {
  contact: string;
  name: string;
  correction: Correction;
}

export class PersonSession {
  readonly profile: Signal<Profile>;
  readonly answer: Signal<Answer | null> = signal(null);
  /** Why the last question got no answer; the answer before it is kept. */
  readonly failure: Signal<Failure | null> = signal(null);
  readonly checking: Signal<boolean> = signal(false);
  readonly exporting: Signal<boolean> = signal(false);
  /** What was exported while this page was open. */
  readonly outcome: Signal<ExportOutcome | null> = signal(null);
  readonly updating: Signal<boolean> = signal(false);
  /** What the page says and Lever lacks of this contact, by the mirror. */
  readonly compared: Signal<{ contact: string; values: readonly ComparedValue[] } | null> = signal(null);
  readonly said: Signal<SaidCorrection | null> = signal(null);
  /** The page has moved on while something was open; nothing can be sent any more. */
  readonly left: Signal<boolean> = signal(false);
  readonly situation: ReadonlySignal<Situation>;
  readonly details: PersonDetails;

  readonly #surroundings: SessionSurroundings;
  /** Grows with every question about the person; only the newest one's answer counts. */
  #question = 0;

  constructor(profile: Profile, surroundings: SessionSurroundings) {
    this.profile = signal(profile);
    this.#surroundings = surroundings;
    this.details = new PersonDetails(surroundings.core, surroundings.signal);
    this.situation = computed(() => this.#situation());
  }

  get key(): string {
    return this.profile.peek().key;
  }

  get core(): Core {
    return this.#surroundings.core;
  }

  /** The file that the person was read from; null for a page. */
  get file(): File | null {
    return this.#surroundings.file ?? null;
  }

  get signal(): AbortSignal {
    return this.#surroundings.signal;
  }

  /** Asks the mirror. */
  async lookUp(): Promise<void> {
    await this.#askAbout({ command: "look_up", profile: this.profile.peek() });
  }

  /** Asks Lever itself. */
  async checkNow(): Promise<void> {
    if (this.checking.peek()) {
      return;
    }
    this.checking.value = true;
    await this.#askAbout({ command: "check_now", profile: this.profile.peek() });
    this.checking.value = false;
  }

  async correct(contact: string, name: string, correction: Correction): Promise<void> {
    await this.#askAbout({ command: "correct", profile: this.profile.peek(), contact, correction });
    if (this.failure.peek() === null) {
      this.said.value = correction === "forget" ? null : { contact, name, correction };
    }
  }

  /** Sends what was planned. Refused here, before anything is asked of the core, where the page has moved on. */
  async export(choices: ExportChoices, fingerprint: string): Promise<ExportOutcome | Failure> {
    const { core, isCurrent } = this.#surroundings;
    if (this.exporting.peek()) {
      return failureOf("already_exporting");
    }
    this.exporting.value = true;
    try {
      if (this.left.peek() || !(await isCurrent(this.key))) {
        return failureOf("page_changed");
      }
      // Not bound to the session's signal: what is sent is sent, and the journal keeps the outcome.
      const reply = await core.ask({ command: "export", profile: this.profile.peek(), choices, fingerprint });
      if (reply.reply === "exported") {
        // What was taken back is as if it had never been.
        this.outcome.value = reply.outcome.state === "undone" ? null : reply.outcome;
        void this.lookUp();
        return reply.outcome;
      }
      // Whatever became of it, the journal knows; the answer brings it.
      void this.lookUp();
      return reply.reply === "failed" ? reply.failure : failureOf("internal");
    } finally {
      this.exporting.value = false;
    }
  }

  /** Asks the mirror what the page knows of this contact that Lever lacks. */
  async compare(contact: string): Promise<void> {
    const { answer } = this;
    const asked = answer.peek();
    const reply = await this.core.ask({ command: "compare", profile: this.profile.peek(), contact }, this.signal);
    if (!this.signal.aborted && answer.peek() === asked) {
      this.compared.value = reply.reply === "comparison" ? { contact, values: reply.values } : null;
    }
  }

  /** Sends an update that was planned; refused like an export where the page has moved on. */
  async update(contact: string, choices: UpdateChoices, fingerprint: string): Promise<Updated | Failure> {
    const { core, isCurrent } = this.#surroundings;
    this.updating.value = true;
    try {
      if (this.left.peek() || !(await isCurrent(this.key))) {
        return failureOf("page_changed");
      }
      const profile = this.profile.peek();
      // Not bound to the session's signal: what is sent is sent, and the journal keeps the outcome.
      const reply = await core.ask({ command: "update", profile, contact, choices, fingerprint });
      void this.lookUp();
      if (reply.reply === "updated") {
        return { outcome: reply.outcome, failed: reply.failed };
      }
      return reply.reply === "failed" ? reply.failure : failureOf("internal");
    } finally {
      this.updating.value = false;
    }
  }

  /** Takes back what is being exported; `export` then brings what became of it. Why it was too late, where it was. */
  async undo(): Promise<Failure | null> {
    const reply = await this.core.ask({ command: "undo_export", key: this.key });
    return reply.reply === "failed" ? reply.failure : null;
  }

  async #askAbout(command: Command): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const reply = await this.core.ask(command, this.signal);
    if (this.signal.aborted || question !== this.#question) {
      return;
    }
    batch(() => this.#take(reply));
  }

  #take(reply: Reply): void {
    if (reply.reply === "answer" && reply.answer.verdict.key === this.key) {
      this.failure.value = null;
      this.answer.value = reply.answer;
      this.#settle(reply.answer.exported);
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
      if (reply.failure.code === "not_connected") {
        // Everything was erased; what was shown of it goes as well.
        this.answer.value = null;
        this.outcome.value = null;
        this.said.value = null;
      }
    } else {
      this.failure.value = failureOf("reply_not_understood");
    }
  }

  /** An export of this page whose reply was lost may have been found since. */
  #settle(exported: ExportOutcome | null): void {
    const known = this.outcome.peek();
    if (known !== null && exported !== null && !isInLever(known)) {
      this.outcome.value = exported;
    }
  }

  #situation(): Situation {
    const outcome = this.outcome.value;
    const answer = this.answer.value;
    const failure = this.failure.value;
    if (this.exporting.value) {
      return { at: "exporting" };
    }
    if (outcome !== null && (isInLever(outcome) || isUnsettled(outcome))) {
      return { at: "exported", outcome };
    }
    if (answer !== null) {
      return { at: "answered", answer };
    }
    return failure === null ? { at: "looking" } : { at: "failed", failure };
  }
}

export function failureOf(code: FailureCode): Failure {
  return { code, endpoint: null, permission: null, detail: null };
}
