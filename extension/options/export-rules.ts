/**
 * The rules of the export as the settings page edits them: every change is saved at once, one after the other, and previewed on
 * the page that was looked at last. What cannot be followed is said and stays in its field, while the rules of before hold.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type {
  Command,
  ExportRules,
  Failure,
  Named,
  PlannedField,
  PostingSummary,
  Reply,
  UserSummary,
} from "../shared/protocol";

/** As the core gives them; only who writes may leave parts out. */
export type StatedRules = Required<ExportRules>;

/** What was done last, so that the page can say so. */
export type RulesSaid = "saved" | "imported" | "no_rules";

const LISTED = 8;

export class ExportRulesDesk {
  /** As the fields show them; null until the core has told. */
  readonly rules: Signal<StatedRules | null> = signal(null);
  /** The owner that the rules name; null for none, or one who is not known. */
  readonly owner: Signal<UserSummary | null> = signal(null);
  readonly posting: Signal<PostingSummary | null> = signal(null);
  /** The followers that the rules name. */
  readonly followers: Signal<readonly UserSummary[]> = signal([]);
  readonly stages: Signal<readonly Named[]> = signal([]);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly said: Signal<RulesSaid | null> = signal(null);
  /** What would be sent; null where no page was looked at yet, undefined until the core has told. */
  readonly preview: Signal<readonly PlannedField[] | null | undefined> = signal(undefined);
  readonly #ask: (command: Command) => Promise<Reply>;
  #saving: Promise<void> = Promise.resolve();
  #unsaved = 0;

  constructor(ask: (command: Command) => Promise<Reply>) {
    this.#ask = ask;
  }

  async load(): Promise<void> {
    const [rules, options] = await Promise.all([
      this.#ask({ command: "export_rules" }),
      this.#ask({ command: "search_options" }),
    ]);
    batch(() => {
      this.#take(rules);
      if (options.reply === "search_options") {
        this.stages.value = options.options.stages;
      }
    });
    await this.look();
  }

  /** Shown and saved at once. */
  async change(changed: ExportRules): Promise<void> {
    const shown = this.rules.peek();
    if (shown === null) {
      return;
    }
    const rules = { ...shown, ...changed };
    this.rules.value = rules;
    await this.#save(rules, "saved");
  }

  /** The rules as a file holds them. */
  file(): string {
    return `${JSON.stringify(this.rules.peek(), null, 2)}\n`;
  }

  /** Takes over the rules of a file; those of before stay where it holds none. */
  async takeFile(text: string): Promise<void> {
    const rules = rulesOf(text);
    if (rules === null) {
      this.said.value = "no_rules";
      return;
    }
    await this.#save(rules, "imported");
  }

  async users(text: string): Promise<readonly UserSummary[]> {
    const reply = await this.#ask({ command: "users", text });
    return reply.reply === "users" ? reply.users : [];
  }

  async postings(text: string): Promise<readonly PostingSummary[]> {
    const reply = await this.#ask({ command: "postings", text, limit: LISTED });
    return reply.reply === "postings" ? reply.postings : [];
  }

  async #save(rules: ExportRules, said: RulesSaid): Promise<void> {
    this.said.value = null;
    this.#unsaved += 1;
    this.#saving = this.#saving.then(async () => {
      const reply = await this.#ask({ command: "set_export_rules", rules });
      this.#unsaved -= 1;
      this.#take(reply);
      if (reply.reply === "export_rules") {
        this.said.value = said;
      } else if (said === "imported" && reply.reply === "failed" && reply.failure.code === "bad_command") {
        this.failure.value = null;
        this.said.value = "no_rules";
      }
    });
    await this.#saving;
    await this.look();
  }

  /** A newer change that is still on its way is not drawn over. */
  #take(reply: Reply): void {
    if (reply.reply === "failed") {
      this.failure.value = reply.failure;
    } else if (reply.reply === "export_rules") {
      this.failure.value = null;
      this.owner.value = reply.owner;
      this.posting.value = reply.posting;
      this.followers.value = reply.followers;
      if (this.#unsaved === 0) {
        this.rules.value = reply.rules as StatedRules;
      }
    }
  }

  /** Makes the preview anew. */
  async look(): Promise<void> {
    const rules = this.rules.peek();
    if (rules === null || this.failure.peek() !== null) {
      return;
    }
    const reply = await this.#ask({ command: "preview_export_rules", rules });
    if (reply.reply === "export_preview") {
      this.preview.value = reply.fields;
    }
  }
}

/** Whether it is the shape at all; the core says whether it can be followed. */
function rulesOf(text: string): ExportRules | null {
  try {
    const rules: unknown = JSON.parse(text);
    return typeof rules === "object" && rules !== null && !Array.isArray(rules) ? (rules as ExportRules) : null;
  } catch {
    return null;
  }
}
