/**
 * The person of one browser tab, as popup and side panel show them: what the tab's content script has read, answered by
 * the core. When the tab moves on, the session is replaced; a form that is open then says so and sends nothing.
 */
import { type Signal, signal } from "@preact/signals";
import type { Command, Reply } from "../shared/protocol";
import type { TabView } from "../shared/surfaces";
import { CardState } from "./card-state";
import { PeopleList } from "./people-list";
import { PersonSession } from "./person-session";

export interface TabDoors {
  ask(command: Command, tab: number, signal?: AbortSignal): Promise<Reply>;
  view(tab: number): Promise<TabView | null>;
}

/** What a tab shows; `unread` where no content script has spoken. */
export type TabShown =
  | { is: "unread" | "waiting" | "nobody" | "unreadable" }
  | { is: "list"; list: PeopleList }
  | { is: "person"; card: CardState };

export class TabPerson {
  readonly shown: Signal<TabShown | null> = signal(null);
  readonly #doors: TabDoors;
  #tab: number | null = null;
  #ending = new AbortController();
  /** Lists by tab and site: who comes back from somebody's page finds the selection as it was. */
  readonly #lists = new Map<string, PeopleList>();

  constructor(doors: TabDoors) {
    this.#doors = doors;
  }

  /** Looks at this tab from now on. */
  async follow(tab: number): Promise<void> {
    if (this.#tab !== tab) {
      this.#tab = tab;
      this.#replace(null);
    }
    await this.refresh();
  }

  /** The tab may show something else now. */
  async refresh(): Promise<void> {
    const tab = this.#tab;
    if (tab === null) {
      return;
    }
    const view = await this.#doors.view(tab);
    if (tab !== this.#tab) {
      return;
    }
    const shown = this.shown.peek();
    const session = shown?.is === "person" ? shown.card.session : null;
    if (view?.profile != null && view.reading === "profile") {
      if (session?.key === view.profile.key) {
        // No look-up here: its answer is kept where a change of it would bring us back.
        session.profile.value = view.profile;
      } else if (!this.#keepLeftForm()) {
        this.#show(tab, view);
      }
    } else if (!this.#keepLeftForm()) {
      this.#showOther(tab, view);
    }
  }

  /** Connection or mirror have changed: asks about the person again. */
  async askAgain(): Promise<void> {
    const shown = this.shown.peek();
    if (shown?.is === "person") {
      await shown.card.session.lookUp();
    } else if (shown?.is === "list") {
      await shown.list.askAgain();
    } else {
      await this.refresh();
    }
  }

  /** Closes a form whose page has gone. */
  async closeLeft(): Promise<void> {
    this.#replace(null);
    await this.refresh();
  }

  #keepLeftForm(): boolean {
    const shown = this.shown.peek();
    if (shown?.is !== "person" || !shown.card.isOpenForm) {
      return false;
    }
    shown.card.session.left.value = true;
    return true;
  }

  #showOther(tab: number, view: TabView | null): void {
    if (view?.reading === "list") {
      const shown = this.shown.peek();
      const list = this.#listOf(tab, view.url);
      if (shown?.is !== "list" || shown.list !== list) {
        this.#replace({ is: "list", list });
      }
      void list.show(view.url, view.rows);
    } else {
      this.#replace({ is: view === null ? "unread" : view.reading === "profile" ? "waiting" : view.reading });
    }
  }

  #listOf(tab: number, address: string): PeopleList {
    const place = `${tab} ${new URL(address).origin}`;
    const list = this.#lists.get(place) ?? new PeopleList((command) => this.#doors.ask(command, tab));
    this.#lists.set(place, list);
    return list;
  }

  #show(tab: number, view: TabView): void {
    if (view.profile === null) {
      return;
    }
    this.#ending.abort();
    this.#ending = new AbortController();
    const session = new PersonSession(view.profile, {
      core: { ask: (command, ending) => this.#doors.ask(command, tab, ending) },
      isCurrent: async (key) => (await this.#doors.view(tab))?.profile?.key === key,
      signal: this.#ending.signal,
    });
    session.answer.value = view.answer;
    this.shown.value = { is: "person", card: new CardState(session) };
    void session.lookUp();
  }

  #replace(shown: TabShown | null): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.shown.value = shown;
  }
}
