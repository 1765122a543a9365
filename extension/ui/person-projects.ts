/**
 * The projects that a page's person is on, for the card: asked of the core, never kept here. A project is local; putting somebody
 * on one writes nothing to Lever.
 */
import { batch, type Signal, signal } from "@preact/signals";
import type { ProjectSummary } from "../shared/protocol";
import type { PersonSession } from "./person-session";
import { ProjectChoice } from "./project-choice";

export class PersonProjects {
  /** Null until the core has said. */
  readonly on: Signal<readonly ProjectSummary[] | null> = signal(null);
  /** Where the person is to be put; null while nobody asked for it. */
  readonly choice: Signal<ProjectChoice | null> = signal(null);
  /** The project that the person was taken off last. */
  readonly removedFrom: Signal<string | null> = signal(null);
  readonly #session: PersonSession;

  constructor(session: PersonSession) {
    this.#session = session;
  }

  async load(): Promise<void> {
    const { core, key, signal: ending } = this.#session;
    const reply = await core.ask({ command: "projects_of", key }, ending);
    // Where the core cannot say, the card is about more than this: it stays silent.
    if (reply.reply === "projects") {
      this.on.value = reply.projects;
    }
  }

  open(): void {
    const { core } = this.#session;
    batch(() => {
      this.removedFrom.value = null;
      this.choice.value = new ProjectChoice((command) => core.ask(command));
    });
  }

  close(): void {
    this.choice.value = null;
  }

  /** Whether the person is on the project now. */
  async add(): Promise<boolean> {
    const project = await this.choice.peek()?.add([this.#session.profile.peek()]);
    if (project == null) {
      return false;
    }
    await this.load();
    this.close();
    return true;
  }

  async remove({ project, name }: ProjectSummary): Promise<void> {
    const { core, key } = this.#session;
    const reply = await core.ask({ command: "remove_from_project", project, keys: [key] });
    if (reply.reply === "projects") {
      await this.load();
      this.removedFrom.value = name;
    }
  }
}
