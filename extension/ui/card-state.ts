/** Which side of the card is shown, and the export form's draft, kept while the page's person stays the same. */
import { type Signal, signal } from "@preact/signals";
import type { Person } from "../shared/protocol";
import { ExportDraft } from "./export-draft";
import { PersonProjects } from "./person-projects";
import type { PersonSession } from "./person-session";

export class CardState {
  readonly side: Signal<"answer" | "export"> = signal("answer");
  readonly session: PersonSession;
  readonly projects: PersonProjects;
  #draft: { draft: ExportDraft; contact: string | null } | null = null;

  constructor(session: PersonSession) {
    this.session = session;
    this.projects = new PersonProjects(session);
  }

  /** The draft for this person in Lever, or for somebody new. */
  openExport(person: Person | null): void {
    const contact = person?.contact ?? null;
    if (this.#draft === null || this.#draft.contact !== contact || this.#draft.draft.outcome.peek() !== null) {
      this.#draft = { draft: new ExportDraft(this.session, person), contact };
    }
    void this.#draft.draft.open();
    this.side.value = "export";
  }

  get draft(): ExportDraft | null {
    return this.#draft?.draft ?? null;
  }

  /** Whether something was typed or sent that must not vanish when the page moves on. */
  get isOpenForm(): boolean {
    return this.side.peek() === "export" && this.#draft !== null && this.#draft.draft.outcome.peek() === null;
  }

  showAnswer(): void {
    this.side.value = "answer";
  }
}
