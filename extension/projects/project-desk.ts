/**
 * What the projects page knows: the projects, the people of the one that is open, and who of them is ticked. It asks the core and
 * keeps the answers; ticks are kept by key, so that nobody is ticked because somebody before them has gone.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Command, Failure, ProjectPerson, ProjectSummary, Reply } from "../shared/protocol";

/** People asked for at once. */
export const PORTION = 100;

export class ProjectDesk {
  /** Null until the first answer. */
  readonly projects: Signal<readonly ProjectSummary[] | null> = signal(null);
  /** The project that is open. */
  readonly open: Signal<number | null> = signal(null);
  /** Its people, as far as they are here; null until the first of them are. */
  readonly people: Signal<readonly ProjectPerson[] | null> = signal(null);
  readonly ticked: Signal<ReadonlySet<string>> = signal(new Set());
  readonly failure: Signal<Failure | null> = signal(null);
  readonly project: ReadonlySignal<ProjectSummary | null>;
  /** Keys of whoever is ticked, in the order of the list. */
  readonly chosen: ReadonlySignal<string[]>;
  readonly ask: (command: Command) => Promise<Reply>;
  #question = 0;

  constructor(ask: (command: Command) => Promise<Reply>) {
    this.ask = ask;
    this.project = computed(() => this.projects.value?.find(({ project }) => project === this.open.value) ?? null);
    this.chosen = computed(() =>
      (this.people.value ?? []).map(({ key }) => key).filter((key) => this.ticked.value.has(key)),
    );
  }

  /** Reads the projects, and the people of the open one anew. */
  async refresh(): Promise<void> {
    this.#take(await this.ask({ command: "projects" }));
    await this.#read();
  }

  async show(project: number | null): Promise<void> {
    if (this.open.peek() !== project) {
      batch(() => {
        this.open.value = project;
        this.people.value = null;
        this.ticked.value = new Set();
        this.failure.value = null;
      });
    }
    await this.#read();
  }

  /** Begins a project of this name, or finds the one that has it; its number, or null where that failed. */
  async begin(name: string): Promise<number | null> {
    const reply = await this.ask({ command: "name_project", project: null, name });
    this.#take(reply);
    if (reply.reply !== "projects") {
      return null;
    }
    const wanted = name.trim().replace(/\s+/gu, " ").toLowerCase();
    return reply.projects.find((project) => project.name.toLowerCase() === wanted)?.project ?? null;
  }

  async rename(project: number, name: string): Promise<boolean> {
    const reply = await this.ask({ command: "name_project", project, name });
    this.#take(reply);
    return reply.reply === "projects";
  }

  async remove(project: number): Promise<void> {
    this.#take(await this.ask({ command: "delete_project", project }));
  }

  /** Takes whoever is ticked off the project. */
  async removeChosen(): Promise<void> {
    const project = this.open.peek();
    if (project === null) {
      return;
    }
    const reply = await this.ask({ command: "remove_from_project", project, keys: this.chosen.peek() });
    this.#take(reply);
    if (reply.reply === "projects") {
      this.ticked.value = new Set();
      await this.#read();
    }
  }

  tick(key: string, on: boolean): void {
    const ticked = new Set(this.ticked.peek());
    if (on) {
      ticked.add(key);
    } else {
      ticked.delete(key);
    }
    this.ticked.value = ticked;
  }

  tickAll(on: boolean): void {
    this.ticked.value = new Set(on ? (this.people.peek() ?? []).map(({ key }) => key) : []);
  }

  #take(reply: Reply): void {
    if (reply.reply === "projects") {
      batch(() => {
        this.projects.value = reply.projects;
        this.failure.value = null;
      });
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
    }
  }

  async #read(): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const project = this.open.peek();
    if (project === null) {
      return;
    }
    const people: ProjectPerson[] = [];
    for (;;) {
      const reply = await this.ask({ command: "project_people", project, after: people.length, limit: PORTION });
      if (question !== this.#question) {
        return;
      }
      if (reply.reply !== "project_people") {
        this.#take(reply);
        return;
      }
      people.push(...reply.people);
      const last = reply.people.length < PORTION;
      // Who was here stays until all are here again: nothing moves under the pointer meanwhile.
      if (last || people.length > (this.people.peek()?.length ?? 0)) {
        this.people.value = [...people];
      }
      if (last) {
        return;
      }
    }
  }
}
