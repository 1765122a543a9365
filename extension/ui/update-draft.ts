/**
 * What the recruiter has ticked in the comparison of page and Lever, and the plan the core makes of it. It lives as long as the
 * page's session. Only a plan that was shown can be sent; what would overwrite something is never ticked here.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  ComparedValue,
  ExportOutcome,
  FailedStep,
  Failure,
  Person,
  Plan,
  UpdateChoices,
} from "../shared/protocol";
import { failureOf, type PersonSession } from "./person-session";

/** So long is waited for the next key or tick before the core is asked, in milliseconds. */
const TYPING_PAUSE = 100;

/** How an update ended, and what of it is not in Lever. */
export interface Updated {
  outcome: ExportOutcome;
  failed: readonly FailedStep[];
}

export class UpdateDraft {
  /** What the page says and Lever lacks; null while Lever is being asked. */
  readonly values: Signal<readonly ComparedValue[] | null> = signal(null);
  /** Null until the core has said what is ticked at first. */
  readonly ticked: Signal<readonly string[] | null> = signal(null);
  readonly tags: Signal<string[]> = signal([]);
  readonly note: Signal<string> = signal("");
  readonly knownTags: Signal<readonly string[]> = signal([]);
  readonly showsFields: Signal<boolean> = signal(false);
  /** The plan on the screen, with the choices it was made of. */
  readonly plan: Signal<{ plan: Plan; choices: UpdateChoices } | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly updated: Signal<Updated | null> = signal(null);
  /** Nothing was sent yet, and it can still be taken back. */
  readonly undoable: Signal<boolean> = signal(false);
  /** Why it could not be taken back any more. */
  readonly tooLate: Signal<Failure | null> = signal(null);
  readonly takenBack: Signal<boolean> = signal(false);
  readonly choices: ReadonlySignal<UpdateChoices>;
  /** The plan on the screen is that of the present choices, and it sends something. */
  readonly ready: ReadonlySignal<boolean>;

  readonly session: PersonSession;
  readonly person: Person;
  #undoTime = 0;
  #question = 0;

  constructor(session: PersonSession, person: Person) {
    this.session = session;
    this.person = person;
    this.choices = computed(() => ({
      ticked: this.ticked.value === null ? null : [...this.ticked.value],
      tags: this.tags.value,
      note: this.note.value.trim() || null,
      undo_ms: null,
    }));
    this.ready = computed(() => {
      const plan = this.plan.value;
      const fits = plan !== null && plan.choices === this.choices.value && plan.plan.action.action === "update";
      return fits && this.failure.value?.code !== "outcome_unknown";
    });
    const stop = effect(() => this.#planWhenChosen());
    session.signal.addEventListener("abort", stop);
    void this.#learnOptions();
  }

  isTicked({ id }: ComparedValue): boolean {
    return this.ticked.value?.includes(id) ?? false;
  }

  tick(value: ComparedValue): void {
    const others = this.ticked.peek()?.filter((id) => id !== value.id) ?? [];
    this.ticked.value = this.isTicked(value) ? others : [...others, value.id];
  }

  async send(): Promise<void> {
    const shown = this.plan.peek();
    if (!this.ready.peek() || shown === null || this.session.updating.peek()) {
      return;
    }
    batch(() => {
      this.failure.value = null;
      this.takenBack.value = false;
      this.tooLate.value = null;
      this.undoable.value = this.#undoTime > 0;
    });
    const result = await this.session.update(this.person.contact, shown.choices, shown.plan.fingerprint);
    this.undoable.value = false;
    if ("code" in result) {
      this.failure.value = result;
    } else if (result.outcome.state === "undone") {
      this.takenBack.value = true;
    } else if (result.failed.length > 0 && result.failed.length === shown.plan.requests.length) {
      // Nothing of it is in Lever: what was ticked is kept, and can be sent again.
      this.failure.value = result.failed[0]?.failure ?? failureOf("internal");
    } else {
      this.updated.value = result;
    }
    const { code } = this.failure.peek() ?? {};
    if (code === "plan_changed" || code === "contact_changed") {
      this.planAgain();
    }
  }

  /** Takes back what is being sent, as long as nothing was. */
  async undo(): Promise<void> {
    this.undoable.value = false;
    this.tooLate.value = await this.session.undo();
  }

  /** Asks again for comparison and plan, after something had failed. */
  planAgain(): void {
    void this.#plan(this.choices.peek());
  }

  /** How long an update can be taken back, and which tags are in use. */
  async #learnOptions(): Promise<void> {
    const { core, profile, signal: ending } = this.session;
    const reply = await core.ask({ command: "export_options", profile: profile.peek() }, ending);
    if (reply.reply === "export_options") {
      this.#undoTime = reply.options.undo_ms;
      this.knownTags.value = reply.options.tags;
    }
  }

  #planWhenChosen(): (() => void) | undefined {
    const choices = this.choices.value;
    if (this.plan.peek()?.choices === choices) {
      return undefined;
    }
    const timer = setTimeout(() => void this.#plan(choices), this.plan.peek() === null ? 0 : TYPING_PAUSE);
    return () => clearTimeout(timer);
  }

  async #plan(choices: UpdateChoices): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const { core, profile, signal: ending } = this.session;
    const { contact } = this.person;
    const reply = await core.ask({ command: "plan_update", profile: profile.peek(), contact, choices }, ending);
    if (question !== this.#question || ending.aborted) {
      return;
    }
    batch(() => {
      if (reply.reply !== "update_plan") {
        this.plan.value = null;
        this.failure.value = reply.reply === "failed" ? reply.failure : failureOf("internal");
        return;
      }
      const before = this.failure.peek()?.code;
      if (before !== "plan_changed" && before !== "contact_changed") {
        this.failure.value = null;
      }
      this.values.value = reply.values;
      if (this.ticked.peek() === null) {
        this.ticked.value = reply.values.filter(({ ticked }) => ticked).map(({ id }) => id);
        // The plan of what is ticked at first is the plan of these ticks.
        this.plan.value = { plan: reply.plan, choices: this.choices.value };
      } else {
        this.plan.value = { plan: reply.plan, choices };
      }
    });
  }
}
