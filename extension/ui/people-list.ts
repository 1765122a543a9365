/**
 * The people of a list page, as popup and side panel show them: whether each is in Lever, who is selected, and the project they are
 * put on. Lists change while they are scrolled and turned; the selection is kept by key, so that nobody is lost from it. Of whom
 * nothing was answered nothing is claimed.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Failure, Person, Profile, ProjectSummary, Verdict } from "../shared/protocol";
import { type Ask, ProjectChoice } from "./project-choice";

/** Rows of one question: the core answers others in between. */
const PORTION = 25;

/** Rows without a tick that are kept after the list was scrolled past them; an endless list would fill the panel. */
const MOST_PASSED = 200;

export interface ListRow {
  profile: Profile;
  /** Whether the page shows them now. */
  isHere: boolean;
  /** Null until the core has said. */
  verdict: Verdict | null;
  /** Whom they are taken for. */
  person: Person | null;
}

export class PeopleList {
  /** Those that the page shows in its order, then those who are kept. */
  readonly rows: Signal<readonly ListRow[]> = signal([]);
  readonly selected: Signal<ReadonlySet<string>> = signal(new Set());
  readonly choice: ProjectChoice;
  /** Why nobody knows who is in Lever. */
  readonly failure: Signal<Failure | null> = signal(null);
  /** What was added last. */
  readonly added: Signal<{ people: number; project: ProjectSummary } | null> = signal(null);
  /** Keys of those of whom nothing is known in Lever. */
  readonly unknown: ReadonlySignal<readonly string[]>;
  readonly #ask: Ask;
  #address = "";
  #report = "";
  /** The row that was ticked last: a range begins there. */
  #last: string | null = null;
  /** Grows with every reading; only answers to the newest count. */
  #question = 0;

  constructor(ask: Ask) {
    this.#ask = ask;
    this.choice = new ProjectChoice(ask);
    this.unknown = computed(() =>
      this.rows.value.filter(({ verdict }) => verdict?.verdict === "none").map(({ profile }) => profile.key),
    );
  }

  /** What the page at this address shows now. */
  async show(address: string, profiles: readonly Profile[]): Promise<void> {
    const report = JSON.stringify(profiles);
    const isSamePage = address === this.#address;
    if (isSamePage && report === this.#report) {
      return;
    }
    this.#address = address;
    this.#report = report;
    const before = new Map(this.rows.peek().map((row) => [row.profile.key, row]));
    const here = new Map<string, ListRow>();
    for (const profile of profiles) {
      const known = before.get(profile.key);
      const isSame = known !== undefined && JSON.stringify(known.profile) === JSON.stringify(profile);
      here.set(profile.key, {
        profile,
        isHere: true,
        verdict: isSame ? known.verdict : null,
        person: isSame ? known.person : null,
      });
    }
    const gone = [...before.values()].filter(({ profile }) => !here.has(profile.key));
    const ticked = gone.filter(({ profile }) => this.selected.peek().has(profile.key));
    const passed = isSamePage ? gone.filter((row) => !ticked.includes(row)).slice(0, MOST_PASSED) : [];
    const kept = gone.filter((row) => ticked.includes(row) || passed.includes(row));
    this.rows.value = [...here.values(), ...kept.map((row) => ({ ...row, isHere: false }))];
    await this.#lookUp(this.rows.peek().filter(({ verdict }) => verdict === null));
  }

  /** Connection or mirror have changed. */
  async askAgain(): Promise<void> {
    await this.#lookUp(this.rows.peek());
  }

  /** Ticks one, or from the one ticked before it up to this one all. */
  select(key: string, wanted: boolean, reach: "one" | "range"): void {
    const keys = this.rows.peek().map(({ profile }) => profile.key);
    const to = keys.indexOf(key);
    const from = reach === "range" && this.#last !== null ? keys.indexOf(this.#last) : -1;
    const meant = from < 0 ? [key] : keys.slice(Math.min(from, to), Math.max(from, to) + 1);
    this.#last = key;
    this.#change((selected) => {
      for (const one of meant) {
        if (wanted) {
          selected.add(one);
        } else {
          selected.delete(one);
        }
      }
    });
  }

  selectUnknown(): void {
    this.#change((selected) => {
      for (const key of this.unknown.peek()) {
        selected.add(key);
      }
    });
  }

  selectNobody(): void {
    this.#change((selected) => selected.clear());
  }

  /** Puts those who are selected on the project, and takes the ticks away. */
  async add(): Promise<void> {
    const selected = this.selected.peek();
    const profiles = this.rows.peek().flatMap(({ profile }) => (selected.has(profile.key) ? [profile] : []));
    if (profiles.length === 0) {
      return;
    }
    const project = await this.choice.add(profiles);
    if (project !== null) {
      batch(() => {
        // Who was ticked meanwhile stays so.
        this.#change((left) => {
          for (const { key } of profiles) {
            left.delete(key);
          }
        });
        this.added.value = { people: profiles.length, project };
      });
    }
  }

  #change(make: (selected: Set<string>) => void): void {
    const selected = new Set(this.selected.peek());
    make(selected);
    batch(() => {
      this.selected.value = selected;
      this.added.value = null;
    });
  }

  async #lookUp(rows: readonly ListRow[]): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    for (let from = 0; from < rows.length; from += PORTION) {
      const profiles = rows.slice(from, from + PORTION).map(({ profile }) => profile);
      const reply = await this.#ask({ command: "look_up_list", profiles });
      if (question !== this.#question) {
        return;
      }
      if (reply.reply !== "verdicts") {
        batch(() => {
          this.failure.value = reply.reply === "failed" ? reply.failure : null;
          if (this.failure.value?.code === "not_connected") {
            // Everything was erased; what was shown of it goes as well.
            this.rows.value = this.rows.peek().map((row) => ({ ...row, verdict: null, person: null }));
          }
        });
        return;
      }
      const told = new Map(
        profiles.map(({ key }, place) => [
          key,
          { verdict: reply.verdicts[place] ?? null, person: reply.people[place] ?? null },
        ]),
      );
      batch(() => {
        this.failure.value = null;
        this.rows.value = this.rows.peek().map((row) => ({ ...row, ...told.get(row.profile.key) }));
      });
    }
  }
}
