/**
 * What is chosen for many people at once, and the plan the core makes of it, person by person. Only lines that were shown can be
 * sent.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Command,
  ExportOptions,
  Failure,
  IfKnown,
  ManyChoices,
  PlannedLine,
  PostingSummary,
  Profile,
  Reply,
} from "../shared/protocol";
import type { ChoiceFields } from "../ui/choice-fields";
import type { Kind } from "../ui/export-draft";
import { searchJobs } from "../ui/job-search";
import { failureOf } from "../ui/person-session";

/** So long is waited for the next key before the core is asked, in milliseconds. */
const TYPING_PAUSE = 250;
/** People planned at once: the core answers others in between. */
const PORTION = 50;

/** A page about nobody: what is offered to start with does not depend on one. */
const NOBODY: Profile = {
  site: "",
  kind: "profile",
  key: "",
  url: "",
  proof: null,
  dialect: null,
  ids: [],
  name: null,
  headline: null,
  location: null,
  current: [],
  history: [],
  education: [],
  links: [],
  emails: [],
  phones: [],
  avatar: null,
  lang: null,
  complete: false,
};

export class ManyDraft implements ChoiceFields {
  readonly kind: Signal<Kind> = signal("prospect");
  readonly jobText: Signal<string> = signal("");
  readonly job: Signal<PostingSummary | null> = signal(null);
  readonly jobs: Signal<readonly PostingSummary[] | null> = signal(null);
  readonly tags: Signal<string[]> = signal([]);
  readonly source: Signal<string> = signal("");
  readonly stage: Signal<string> = signal("");
  readonly note: Signal<string> = signal("");
  readonly options: Signal<ExportOptions | null> = signal(null);
  /** What becomes of whoever is in Lever already. */
  readonly ifKnown: Signal<IfKnown> = signal("skip");
  readonly includeExported: Signal<boolean> = signal(false);
  /** The plan on the screen, with the choices it was made of. */
  readonly plan: Signal<{ lines: readonly PlannedLine[]; choices: ManyChoices; at: number } | null> = signal(null);
  /** People planned so far of the plan that is being made; null while none is. */
  readonly planning: Signal<number | null> = signal(null);
  readonly sending: Signal<boolean> = signal(false);
  readonly failure: Signal<Failure | null> = signal(null);
  /** Null until a job is chosen. */
  readonly choices: ReadonlySignal<ManyChoices | null>;
  /** Lines that send something, of a plan of the present choices. */
  readonly ready: ReadonlySignal<readonly PlannedLine[]>;
  readonly project: number;
  readonly keys: readonly string[];
  readonly #ask: (command: Command) => Promise<Reply>;
  #question = 0;

  constructor(
    project: number,
    keys: readonly string[],
    ask: (command: Command) => Promise<Reply>,
    ending: AbortSignal,
  ) {
    this.project = project;
    this.keys = keys;
    this.#ask = ask;
    this.choices = computed(() => this.#choices());
    this.ready = computed(() => {
      const plan = this.plan.value;
      const isCurrent = plan !== null && plan.choices === this.choices.value;
      return isCurrent ? plan.lines.filter(({ action }) => action.action !== "nothing") : [];
    });
    const stops = [effect(() => this.#planWhenChosen()), effect(() => searchJobs(this, this.#ask, TYPING_PAUSE))];
    ending.addEventListener("abort", () => {
      this.#question += 1;
      for (const stop of stops) {
        stop();
      }
    });
  }

  /** Fetches what the form offers. */
  async start(): Promise<void> {
    const reply = await this.#ask({ command: "export_options", profile: NOBODY });
    if (reply.reply !== "export_options") {
      return;
    }
    const { default_stage, default_posting, only_prospects } = reply.options;
    batch(() => {
      this.options.value = reply.options;
      this.stage.value ||= default_stage ?? "";
      if (!only_prospects && default_posting !== null && this.jobText.peek() === "") {
        this.kind.value = "job";
        this.job.value = default_posting;
        this.jobText.value = default_posting.title;
      }
    });
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

  planAgain(): void {
    const choices = this.choices.peek();
    if (choices !== null) {
      void this.#plan(choices);
    }
  }

  /** Sends what is shown. The number of the batch that was begun, or null where that failed. */
  async send(): Promise<number | null> {
    const plan = this.plan.peek();
    if (this.sending.peek() || plan === null || this.ready.peek().length === 0) {
      return null;
    }
    this.sending.value = true;
    const reply = await this.#ask({
      command: "export_many",
      project: this.project,
      // Whoever is left out is on the list too, so that the summary speaks of everybody.
      lines: plan.lines.map(({ key, fingerprint }) => ({ key, fingerprint })),
      choices: plan.choices,
      at: plan.at,
    });
    this.sending.value = false;
    if (reply.reply === "batches") {
      return reply.batches[0]?.batch ?? null;
    }
    this.failure.value = reply.reply === "failed" ? reply.failure : failureOf("internal");
    return null;
  }

  #choices(): ManyChoices | null {
    const job = this.job.value;
    if (this.kind.value === "job" && job === null) {
      return null;
    }
    return {
      each: {
        destination:
          this.kind.value === "job" && job !== null
            ? { destination: "job", posting: job.id }
            : { destination: "prospect" },
        tags: this.tags.value,
        note: this.note.value.trim() || null,
        source: this.source.value.trim() || null,
        stage: this.stage.value || null,
        if_known: this.ifKnown.value,
      },
      include_exported: this.includeExported.value,
    };
  }

  #planWhenChosen(): (() => void) | undefined {
    const choices = this.choices.value;
    if (choices === null) {
      this.#question += 1;
      this.planning.value = null;
      return undefined;
    }
    const timer = setTimeout(() => void this.#plan(choices), this.plan.peek() === null ? 0 : TYPING_PAUSE);
    return () => clearTimeout(timer);
  }

  async #plan(choices: ManyChoices): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const lines: PlannedLine[] = [];
    let at: number | null = null;
    this.planning.value = 0;
    for (let from = 0; from < this.keys.length; from += PORTION) {
      const keys = this.keys.slice(from, from + PORTION);
      const reply: Reply = await this.#ask({ command: "plan_many", project: this.project, keys, choices, at });
      if (question !== this.#question) {
        return;
      }
      if (reply.reply !== "planned_many") {
        batch(() => {
          this.planning.value = null;
          this.failure.value = reply.reply === "failed" ? reply.failure : failureOf("internal");
        });
        return;
      }
      lines.push(...reply.lines);
      at ??= reply.at;
      this.planning.value = lines.length;
    }
    batch(() => {
      this.planning.value = null;
      this.failure.value = null;
      this.plan.value = { lines, choices, at: at ?? 0 };
    });
  }
}
