/** Which side of the card is shown, and the drafts of export and update, kept while the page's person stays the same. */
import { type Signal, signal } from "@preact/signals";
import type { Person } from "../shared/protocol";
import { ExportDraft } from "./export-draft";
import { PersonProjects } from "./person-projects";
import type { PersonSession } from "./person-session";
import { UpdateDraft } from "./update-draft";

export class CardState {
  readonly side: Signal<"answer" | "export" | "update"> = signal("answer");
  readonly session: PersonSession;
  #update: UpdateDraft | null = null;
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

  /** The comparison with this person in Lever. One that was sent, or that failed before it was shown, is begun anew. */
  openUpdate(person: Person): void {
    const kept = this.#update;
    if (kept?.person.contact !== person.contact || kept.updated.peek() !== null || kept.values.peek() === null) {
      this.#update = new UpdateDraft(this.session, person);
    }
    this.side.value = "update";
  }

  get update(): UpdateDraft | null {
    return this.#update;
  }

  get draft(): ExportDraft | null {
    return this.#draft?.draft ?? null;
  }

  /** Whether something was typed or sent that must not vanish when the page moves on. */
  get isOpenForm(): boolean {
    const side = this.side.peek();
    const isExport = side === "export" && this.#draft !== null && this.#draft.draft.outcome.peek() === null;
    return isExport || (side === "update" && this.#update !== null && this.#update.updated.peek() === null);
  }

  showAnswer(): void {
    this.side.value = "answer";
  }
}
