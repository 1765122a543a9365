/**
 * What the search page knows: what is looked for, who was found, how much of Lever the search has to go by. It asks the
 * core and keeps the answers; of several questions under way only the latest one's answer counts.
 */
import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type {
  Command,
  Failure,
  Reply,
  SearchFound,
  SearchOptions,
  SearchOrder,
  SearchQuery,
  Status,
  StatusWord,
} from "../shared/protocol";
import { endOfDay, momentOfDay } from "../ui/day-field";

export interface SearchDoors {
  ask(command: Command): Promise<Reply>;
  onChanged(listener: () => void): void;
}

/** Filters of which several values may be chosen, as the protocol names them. */
export type ListFilter = "stages" | "archive_reasons" | "owners" | "postings" | "tags" | "sources" | "origins";

export interface Filters extends Record<ListFilter, readonly string[]> {
  statuses: readonly StatusWord[];
  /** Days, as date fields write them; empty for none. */
  activeSince: string;
  activeUntil: string;
}

export const NO_FILTERS: Filters = {
  statuses: [],
  stages: [],
  archive_reasons: [],
  owners: [],
  postings: [],
  tags: [],
  sources: [],
  origins: [],
  activeSince: "",
  activeUntil: "",
};

/** People shown at most. */
export const MOST_PEOPLE = 50;
const TYPING_PAUSE = 250;

export class PeopleSearch {
  readonly text: Signal<string> = signal("");
  readonly filters: Signal<Filters> = signal(NO_FILTERS);
  readonly order: Signal<SearchOrder> = signal("activity");
  /** Null until the first answer. */
  readonly found: Signal<SearchFound | null> = signal(null);
  readonly searching: Signal<boolean> = signal(false);
  readonly failure: Signal<Failure | null> = signal(null);
  readonly status: Signal<Status | null> = signal(null);
  readonly options: Signal<SearchOptions | null> = signal(null);
  /** Whether the settings take in only people who were looked up. */
  readonly lookedUpOnly: Signal<boolean> = signal(false);
  /** How many filters are set. */
  readonly narrowed: ReadonlySignal<number>;
  readonly #doors: SearchDoors;
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(doors: SearchDoors) {
    this.#doors = doors;
    this.narrowed = computed(() => Object.values(this.filters.value).filter(({ length }) => length > 0).length);
    doors.onChanged(() => void this.#refresh());
  }

  /** Whoever was active last, before anything is typed. */
  async start(): Promise<void> {
    await Promise.all([this.#refresh(), this.now()]);
  }

  type(text: string): void {
    this.text.value = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), TYPING_PAUSE);
  }

  narrow(change: Partial<Filters>): void {
    this.filters.value = { ...this.filters.peek(), ...change };
    void this.now();
  }

  clear(): void {
    this.filters.value = NO_FILTERS;
    void this.now();
  }

  sort(order: SearchOrder): void {
    this.order.value = order;
    void this.now();
  }

  /** Searches at once. */
  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#question += 1;
    const question = this.#question;
    this.searching.value = true;
    const reply = await this.#doors.ask({ command: "search", query: this.query() });
    if (question === this.#question) {
      batch(() => {
        this.searching.value = false;
        this.#take(reply);
      });
    }
  }

  query(): SearchQuery {
    const { activeSince, activeUntil, statuses, ...lists } = this.filters.peek();
    const all = Object.entries(lists).map(([filter, values]) => [filter, [...values]]);
    return {
      ...Object.fromEntries(all),
      text: this.text.peek().trim(),
      statuses: [...statuses],
      active: { since: momentOfDay(activeSince), until: endOfDay(activeUntil) },
      order: this.order.peek(),
      limit: MOST_PEOPLE,
    };
  }

  #take(reply: Reply): void {
    if (reply.reply === "found") {
      this.found.value = reply.found;
      this.failure.value = null;
    } else if (reply.reply === "failed") {
      this.failure.value = reply.failure;
      if (reply.failure.code === "not_connected") {
        // Everything was erased; what was shown of it goes as well.
        this.found.value = null;
      }
    }
  }

  /** Names come and go with what is read; who was found stays where it is, so that nothing moves while it is read. */
  async #refresh(): Promise<void> {
    const ask = this.#doors.ask;
    const [status, options, reading] = await Promise.all([
      ask({ command: "status" }),
      ask({ command: "search_options" }),
      ask({ command: "reading_settings" }),
    ]);
    const before = this.status.peek();
    batch(() => {
      if (status.reply === "status") {
        this.status.value = status.status;
      }
      if (options.reply === "search_options") {
        this.options.value = options.options;
      }
      if (reading.reply === "reading_settings") {
        this.lookedUpOnly.value = reading.settings.unknown_people === false;
      }
    });
    const connection = this.status.peek()?.connection.state;
    if (before !== null && before.connection.state !== connection) {
      await this.now();
    }
  }
}
