/**
 * Which project people are put on: one that there is, or one that a new name begins. The same choice in the card, below a list and
 * at a CSV. Nobody is put on one but by `add`, in portions, since the core takes each portion whole or not at all.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { plural, t } from "../shared/i18n";
import type { Command, Failure, Profile, ProjectSummary, Reply } from "../shared/protocol";
import type { Option } from "./combobox";

/** People of one command. */
const PORTION = 500;
/** The option that begins a project. */
const NEW = "new";

/** The way to the core; never rejects. */
export type Ask = (command: Command) => Promise<Reply>;

export class ProjectChoice {
  readonly text: Signal<string>;
  /** The one used last first; null while they are on their way. */
  readonly projects: Signal<readonly ProjectSummary[] | null> = signal(null);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly adding: Signal<boolean> = signal(false);
  /** Of the people that are being added, or were last, so many are on the project. */
  readonly added: Signal<number> = signal(0);
  /** For the list under the field; null while it is on its way. */
  readonly options: ReadonlySignal<readonly Option[] | null>;
  readonly #ask: Ask;
  /** Whether the name in the field is the recruiter's own. Until then it is a proposal, and every project is offered. */
  readonly #typed: Signal<boolean> = signal(false);

  /** `proposed` stands in the field to start with; without it, the project used last. */
  constructor(ask: Ask, proposed = "") {
    this.#ask = ask;
    this.text = signal(proposed);
    this.options = computed(() => this.#options());
  }

  async load(): Promise<void> {
    this.#take(await this.#ask({ command: "projects" }));
  }

  type(text: string): void {
    batch(() => {
      this.text.value = text;
      this.#typed.value = true;
      this.failure.value = null;
    });
  }

  choose(option: Option): void {
    const chosen = this.projects.peek()?.find(({ project }) => String(project) === option.id);
    batch(() => {
      this.text.value = chosen?.name ?? oneLine(this.text.peek());
      this.#typed.value = false;
      this.failure.value = null;
    });
  }

  /** Puts them on the project, which is begun where there is none of the name. The project; null where something failed. */
  async add(profiles: readonly Profile[]): Promise<ProjectSummary | null> {
    if (this.adding.peek()) {
      return null;
    }
    batch(() => {
      this.adding.value = true;
      this.failure.value = null;
      this.added.value = 0;
    });
    try {
      return await this.#add(oneLine(this.text.peek()), profiles);
    } finally {
      this.adding.value = false;
    }
  }

  async #add(name: string, profiles: readonly Profile[]): Promise<ProjectSummary | null> {
    const isKnown = this.#named(name) !== undefined;
    if (!isKnown && !this.#take(await this.#ask({ command: "name_project", project: null, name }))) {
      return null;
    }
    const project = this.#named(name)?.project;
    for (let from = 0; project !== undefined && from < profiles.length; from += PORTION) {
      const portion = profiles.slice(from, from + PORTION);
      const isTaken = this.#take(await this.#ask({ command: "add_to_project", project, profiles: portion }));
      if (!isTaken) {
        if (this.failure.peek()?.code === "not_found") {
          // Thrown away in another tab: the next try begins it anew.
          this.projects.value = (this.projects.peek() ?? []).filter((other) => other.project !== project);
        }
        return null;
      }
      this.added.value += portion.length;
    }
    return this.#named(name) ?? null;
  }

  #named(name: string): ProjectSummary | undefined {
    const wanted = name.toLowerCase();
    return this.projects.peek()?.find((project) => project.name.toLowerCase() === wanted);
  }

  #take(reply: Reply): boolean {
    if (reply.reply !== "projects") {
      this.failure.value = reply.reply === "failed" ? reply.failure : internal();
      return false;
    }
    batch(() => {
      this.projects.value = reply.projects;
      if (!this.#typed.peek() && this.text.peek() === "") {
        this.text.value = reply.projects[0]?.name ?? "";
      }
    });
    return true;
  }

  #options(): readonly Option[] | null {
    const projects = this.projects.value;
    if (projects === null) {
      return null;
    }
    const name = oneLine(this.text.value);
    const wanted = name.toLowerCase();
    const isKnown = projects.some((project) => project.name.toLowerCase() === wanted);
    const offered = this.#typed.value
      ? projects.filter((project) => project.name.toLowerCase().includes(wanted))
      : projects;
    const options = offered.map(({ project, name: text, people }) => ({
      id: String(project),
      text,
      detail: plural("project_people", people),
    }));
    return name === "" || isKnown ? options : [...options, { id: NEW, text: t("project_new", name), detail: null }];
  }
}

/** As the core writes a project's name. */
function oneLine(name: string): string {
  return name.trim().split(/\s+/u).join(" ");
}

function internal(): Failure {
  return { code: "internal", endpoint: null, permission: null, detail: null };
}
