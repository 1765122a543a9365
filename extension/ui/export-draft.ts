/**
 * What the recruiter has chosen in the export form, and the plan the core makes of it. It lives as long as the page's
 * session, so that closing the card loses nothing that was typed. Only a plan that was shown can be sent.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { base64Of, MOST_BYTES } from "../shared/file-content";
import type {
  ExportChoices,
  ExportOptions,
  ExportOutcome,
  Failure,
  FailureCode,
  KeptFile,
  Person,
  Plan,
  PlannedAction,
  PostingSummary,
} from "../shared/protocol";
import { searchJobs } from "./job-search";
import { failureOf, type PersonSession } from "./person-session";

export type Kind = "prospect" | "job";

/** A file that was attached; neither kept nor in trouble while it is on its way to the core. */
export interface AttachedFile {
  readonly file: File;
  readonly kept: KeptFile | null;
  readonly trouble: FailureCode | "unreadable" | null;
}

/** So long is waited for the next key before the core is asked, in milliseconds. */
const TYPING_PAUSE = 100;

export class ExportDraft {
  readonly kind: Signal<Kind>;
  readonly jobText: Signal<string> = signal("");
  readonly job: Signal<PostingSummary | null> = signal(null);
  /** Jobs that fit what was typed; null while they are on their way. */
  readonly jobs: Signal<readonly PostingSummary[] | null> = signal(null);
  readonly tags: Signal<string[]> = signal([]);
  readonly source: Signal<string> = signal("");
  readonly stage: Signal<string> = signal("");
  readonly note: Signal<string> = signal("");
  readonly email: Signal<string> = signal("");
  readonly addsEmail: Signal<boolean> = signal(false);
  readonly showsFields: Signal<boolean> = signal(false);
  readonly files: Signal<readonly AttachedFile[]> = signal([]);
  /** Whether the recruiter wants a further opportunity although there is one. */
  readonly anyway: Signal<boolean> = signal(false);
  readonly options: Signal<ExportOptions | null> = signal(null);
  /** The plan on the screen, with the choices it was made of. */
  readonly plan: Signal<{ plan: Plan; choices: ExportChoices } | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly outcome: Signal<ExportOutcome | null> = signal(null);
  /** Nothing was sent yet, and it can still be taken back. */
  readonly undoable: Signal<boolean> = signal(false);
  /** Why it could not be taken back any more. */
  readonly tooLate: Signal<Failure | null> = signal(null);
  /** The last export was taken back. */
  readonly takenBack: Signal<boolean> = signal(false);
  /** Null until a job is chosen. */
  readonly choices: ReadonlySignal<ExportChoices | null>;
  /** The plan on the screen is that of the present choices, and it sends something. */
  readonly ready: ReadonlySignal<boolean>;

  readonly session: PersonSession;
  /** The person is in Lever already. */
  readonly forKnown: boolean;
  #question = 0;
  /** Set by Enter while the plan was still on its way: what the plan before it would have done. */
  #sendOnceLike: PlannedAction | null = null;
  #optionsAsked = false;

  /** `known` is the person in Lever this is about; null for somebody new. */
  constructor(session: PersonSession, known: Person | null) {
    this.session = session;
    this.forKnown = known !== null;
    this.kind = signal(known === null ? "prospect" : "job");
    this.choices = computed(() => this.#choices());
    this.ready = computed(() => {
      const plan = this.plan.value;
      const fits = plan !== null && plan.choices === this.choices.value && plan.plan.action.action !== "nothing";
      // Without those that are still on their way another plan would be sent than the one that is meant.
      const isComing = this.files.value.some(({ kept, trouble }) => kept === null && trouble === null);
      return fits && !isComing && this.failure.value?.code !== "outcome_unknown";
    });
    const stops = [
      effect(() => this.#planWhenChosen()),
      effect(() => searchJobs(this, (command) => this.session.core.ask(command, this.session.signal), TYPING_PAUSE)),
    ];
    session.signal.addEventListener("abort", () => {
      for (const stop of stops) {
        stop();
      }
    });
  }

  /** Fetches what the form offers, once. */
  async open(): Promise<void> {
    if (this.#optionsAsked) {
      return;
    }
    this.#optionsAsked = true;
    const { core, profile, signal: ending, file } = this.session;
    if (file !== null && this.files.peek().length === 0) {
      // The resume that the person was read from.
      this.attach([file]);
    }
    const reply = await core.ask({ command: "export_options", profile: profile.peek() }, ending);
    if (reply.reply === "export_options") {
      const { default_source, default_stage, default_posting, only_prospects } = reply.options;
      batch(() => {
        this.options.value = reply.options;
        this.source.value ||= default_source ?? "";
        this.stage.value ||= default_stage ?? "";
        if (only_prospects) {
          this.kind.value = "prospect";
        } else if (default_posting !== null && this.job.peek() === null && this.jobText.peek() === "") {
          this.kind.value = "job";
          this.job.value = default_posting;
          this.jobText.value = default_posting.title;
        }
      });
    } else {
      this.#optionsAsked = false;
    }
  }

  typeJob(text: string): void {
    this.jobText.value = text;
    this.job.value = null;
  }

  chooseJob(id: string): void {
    const job = this.jobs.peek()?.find((posting) => posting.id === id);
    if (job !== undefined) {
      this.job.value = job;
      this.jobText.value = job.title;
    }
  }

  /**
   * Sends. Where the plan is still on its way, waits for it, and goes on only if Lever will do the same kind of thing as
   * the plan on the screen said; otherwise the new plan is shown first.
   */
  async send(): Promise<void> {
    const shown = this.plan.peek();
    if (this.session.exporting.peek() || this.outcome.peek() !== null) {
      return;
    }
    if (this.ready.peek() && shown !== null) {
      await this.#send(shown.plan, shown.choices);
    } else if (this.choices.peek() !== null && shown !== null && shown.choices !== this.choices.peek()) {
      this.#sendOnceLike = shown.plan.action;
    }
  }

  /** Takes back what is being sent, as long as nothing was. */
  async undo(): Promise<void> {
    this.undoable.value = false;
    this.tooLate.value = await this.session.undo();
  }

  /** Keeps these files for the export. */
  attach(files: Iterable<File>): void {
    const added = [...files].map((file): AttachedFile => ({ file, kept: null, trouble: null }));
    this.files.value = [...this.files.peek(), ...added];
    for (const { file } of added) {
      void this.#keep(file);
    }
  }

  detach({ file }: AttachedFile): void {
    this.files.value = this.files.peek().filter((attached) => attached.file !== file);
  }

  async #keep(file: File): Promise<void> {
    const settle = (state: Partial<AttachedFile>) => {
      this.files.value = this.files
        .peek()
        .map((attached) => (attached.file === file ? { file, kept: null, trouble: null, ...state } : attached));
    };
    if (file.size > MOST_BYTES) {
      settle({ trouble: "file_too_large" });
      return;
    }
    const content = await base64Of(file);
    if (content === null) {
      settle({ trouble: "unreadable" });
      return;
    }
    const command = { command: "keep_file", file: { name: file.name, content } } as const;
    const reply = await this.session.core.ask(command, this.session.signal);
    settle(
      reply.reply === "file_kept"
        ? { kept: reply.file }
        : { trouble: reply.reply === "failed" ? reply.failure.code : "internal" },
    );
  }

  /** What was taken back, or was kept for too long, is not kept any more: the files themselves are still there. */
  #keepAgain(): void {
    const files = this.files.peek().filter(({ kept }) => kept !== null);
    this.files.value = this.files.peek().map((attached) => ({ ...attached, kept: null }));
    for (const { file } of files) {
      void this.#keep(file);
    }
  }

  /** Asks again for the plan, after something had failed. */
  planAgain(): void {
    if (this.failure.peek()?.code === "file_not_kept") {
      // The plan follows when they are kept.
      this.#keepAgain();
      return;
    }
    const choices = this.choices.peek();
    if (choices !== null) {
      void this.#plan(choices);
    }
  }

  async #send(plan: Plan, choices: ExportChoices): Promise<void> {
    this.failure.value = null;
    this.takenBack.value = false;
    this.tooLate.value = null;
    this.undoable.value = (this.options.peek()?.undo_ms ?? 0) > 0;
    const result = await this.session.export(choices, plan.fingerprint);
    this.undoable.value = false;
    if (!("code" in result)) {
      if (result.state === "undone") {
        this.takenBack.value = true;
        this.#keepAgain();
        return;
      }
      this.outcome.value = result;
      if (result.state === "failed") {
        // Nothing of it is in Lever: what was typed is kept, and can be sent again.
        this.outcome.value = result.opportunity === null ? null : result;
        this.failure.value = result.failure ?? failureOf("internal");
        this.#keepAgain();
      }
      return;
    }
    this.failure.value = result;
    if (result.code === "plan_changed" || result.code === "file_not_kept") {
      this.planAgain();
    }
  }

  #choices(): ExportChoices | null {
    const job = this.job.value;
    if (this.kind.value === "job" && job === null) {
      return null;
    }
    const email = this.email.value.trim();
    return {
      destination:
        this.kind.value === "job" && job !== null
          ? { destination: "job", posting: job.id }
          : { destination: "prospect" },
      tags: this.tags.value,
      note: this.note.value.trim() || null,
      source: this.source.value.trim() || null,
      stage: this.stage.value || null,
      emails: isEmail(email) ? [email] : [],
      if_known: this.anyway.value ? "new" : this.forKnown ? "join" : "skip",
      files: this.files.value.flatMap(({ kept }) => kept ?? []),
    };
  }

  #planWhenChosen(): (() => void) | undefined {
    const choices = this.choices.value;
    this.#sendOnceLike = null;
    if (choices === null) {
      return undefined;
    }
    const timer = setTimeout(() => void this.#plan(choices), this.plan.peek() === null ? 0 : TYPING_PAUSE);
    return () => clearTimeout(timer);
  }

  async #plan(choices: ExportChoices): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const { core, profile, signal: ending } = this.session;
    const reply = await core.ask({ command: "plan", profile: profile.peek(), choices }, ending);
    if (question !== this.#question || ending.aborted) {
      return;
    }
    if (reply.reply === "plan") {
      if (this.failure.peek()?.code !== "plan_changed") {
        this.failure.value = null;
      }
      this.plan.value = { plan: reply.plan, choices };
      this.#goOn(reply.plan, choices);
    } else {
      this.plan.value = null;
      this.failure.value = reply.reply === "failed" ? reply.failure : failureOf("internal");
    }
  }

  /** What Enter asked for while this plan was on its way. */
  #goOn(plan: Plan, choices: ExportChoices): void {
    const like = this.#sendOnceLike;
    this.#sendOnceLike = null;
    if (like !== null && this.ready.peek() && like.action === plan.action.action) {
      void this.#send(plan, choices);
    }
  }
}

/** Whether it can be an address at all; what it is worth, Lever decides. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(text);
}
