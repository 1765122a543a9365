/**
 * Follows one tab through a site that changes pages without loading them. Sites change the address first and the content
 * later, so the moment the address changes the previous person is gone, and the next one is reported only when the page
 * has proved whose it is. Nothing here writes to the page.
 */
import type { Profile } from "../shared/profile";
import {
  addressOnly,
  type Before,
  NOTHING_BEFORE,
  type NobodyReason,
  type Page,
  type Reading,
} from "./adapters/adapter";
import { detect, read } from "./adapters/index";

/** What the recruiter can be told about the page that is open. Every state replaces the one before. */
export type PageState =
  /** The address promises a person; the page has not proved it yet. */
  | { state: "reading"; key: string }
  /** A person. `proof` is null where the page never proved its owner: then only the address speaks. */
  | { state: "profile"; profile: Profile }
  | { state: "list"; cards: Profile[] }
  /** The site's layout is not one we know; `profile` is what the address proves. */
  | { state: "unreadable"; reason: "no-dialect" | "two-dialects"; profile: Profile }
  /** Nobody may be shown: silence. */
  | { state: "none"; reason: NobodyReason };

/** At most one reading in this time, however often the page changes (ms). */
const THROTTLE_MS = 250;
/** A page that reads the same for this long is no longer watched until something happens on it (ms). */
const STABLE_MS = 2_000;
/** How long a page may take to prove its owner (ms). */
const GIVE_UP_MS = 8_000;

// GitHub's own navigation events; others are covered by the platform's.
const SITE_EVENTS = ["turbo:load", "turbo:render", "soft-nav:payload", "soft-nav:react-done", "soft-nav:end"] as const;

/** Lets a message from outside (the service worker sees history changes too) ask for a look at the address. */
export interface Watcher {
  recheck(): void;
}

/** Reports every change of what the page shows until `signal` aborts. The first report comes at once. */
export function watchProfiles(signal: AbortSignal, report: (state: PageState) => void): Watcher {
  const watch = new Watch(report);
  if (!signal.aborted) {
    watch.start(signal);
  }
  return { recheck: () => (signal.aborted ? undefined : watch.addressMayHaveChanged()) };
}

class Watch {
  private address = "";
  private page: Page | null = null;
  /** The last person read, kept over pages that were not: their content may be what is still on screen. */
  private last: { key: string; before: Before } | null = null;
  private reported = "";
  private shown: PageState | null = null;
  private hasGivenUp = false;
  private hasRead = false;
  private readonly observer = new MutationObserver(() => this.pageChanged());
  private throttle: ReturnType<typeof setTimeout> | undefined;
  private stable: ReturnType<typeof setTimeout> | undefined;
  private giveUp: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly report: (state: PageState) => void) {}

  start(signal: AbortSignal): void {
    const check = (): void => this.addressMayHaveChanged();
    const look = (): void => this.watchAgain();
    navigationOf(window)?.addEventListener("currententrychange", check, { signal });
    for (const event of ["popstate", "hashchange", "pageshow"]) {
      window.addEventListener(event, check, { signal });
    }
    for (const event of SITE_EVENTS) {
      document.addEventListener(event, look, { signal });
    }
    // What loads late loads because the recruiter does something, or because the page was not in view.
    for (const event of ["scroll", "pointerup", "keyup"]) {
      window.addEventListener(event, look, { signal, capture: true, passive: true });
    }
    document.addEventListener("visibilitychange", look, { signal });
    document.addEventListener("DOMContentLoaded", look, { signal });
    signal.addEventListener("abort", () => this.stop(), { once: true });
    this.addressMayHaveChanged();
  }

  addressMayHaveChanged(): void {
    const address = location.href;
    if (address === this.address) {
      return;
    }
    const page = detect(address)?.page ?? null;
    const isSamePerson = page !== null && page.key !== null && page.key === this.page?.key;
    this.address = address;
    this.page = page;
    if (!isSamePerson) {
      this.left();
    }
    this.watchAgain();
  }

  /** Whoever was shown is gone, before anything is read. */
  private left(): void {
    clearTimeout(this.giveUp);
    clearTimeout(this.throttle);
    this.throttle = undefined;
    this.hasGivenUp = false;
    this.hasRead = false;
    this.shown = null;
    if (this.page?.kind === "profile" && this.page.key !== null) {
      this.say({ state: "reading", key: this.page.key });
      this.giveUp = setTimeout(() => {
        this.hasGivenUp = true;
        this.readNow();
      }, GIVE_UP_MS);
    } else {
      this.say({ state: "none", reason: "not-a-person" });
    }
  }

  private watchAgain(): void {
    this.addressMayHaveChanged();
    this.observer.disconnect();
    clearTimeout(this.stable);
    if (document.hidden) {
      return;
    }
    const options = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: WATCHED };
    // The body may be replaced as a whole; our own host beside it is not watched into.
    this.observer.observe(document.documentElement, { childList: true });
    for (const part of [document.head, document.body]) {
      if (part !== null) {
        this.observer.observe(part, options);
      }
    }
    this.restartStable();
    this.readSoon();
  }

  private pageChanged(): void {
    if (location.href !== this.address) {
      this.addressMayHaveChanged();
    } else {
      this.readSoon();
    }
  }

  private readSoon(): void {
    this.throttle ??= setTimeout(
      () => {
        this.throttle = undefined;
        this.readNow();
      },
      this.hasRead ? THROTTLE_MS : 0,
    );
  }

  private restartStable(): void {
    clearTimeout(this.stable);
    this.stable = setTimeout(() => {
      const isWaiting = this.shown?.state === "reading" && !this.hasGivenUp;
      if (isWaiting) {
        this.restartStable();
      } else {
        this.observer.disconnect();
      }
    }, STABLE_MS);
  }

  private readNow(): void {
    if (document.hidden) {
      return;
    }
    if (location.href !== this.address) {
      this.addressMayHaveChanged();
      return;
    }
    this.hasRead = true;
    const key = this.page?.key ?? null;
    const before = this.last === null || this.last.key === key ? NOTHING_BEFORE : this.last.before;
    const state = this.stateOf(read(this.address, document, before));
    if (state !== null) {
      this.say(state);
    }
  }

  /** What to tell after a reading; null where the state stays. */
  private stateOf(reading: Reading): PageState | null {
    const { page } = this;
    switch (reading.state) {
      case "profile": {
        const { profile, trace } = reading;
        clearTimeout(this.giveUp);
        this.last = {
          key: profile.key,
          before: { name: profile.name, subjects: new Set(trace.subjects), cards: new Set(trace.cards) },
        };
        return { state: "profile", profile };
      }
      case "list":
        return { state: "list", cards: reading.cards };
      case "nobody":
        return { state: "none", reason: reading.reason };
      case "waiting":
      case "unreadable": {
        if (page === null || page.key === null) {
          return { state: "none", reason: "not-a-person" };
        }
        const isProved = this.shown?.state === "profile" && this.shown.profile.proof !== null;
        const isAnother = reading.state === "waiting" && reading.reason === "another-person";
        if (isProved && !isAnother) {
          // The page is drawing itself again; the person was proved under this very address.
          return null;
        }
        if (!this.hasGivenUp) {
          return { state: "reading", key: page.key };
        }
        const profile = addressOnly({ ...page, key: page.key });
        return reading.state === "unreadable"
          ? { state: "unreadable", reason: reading.reason, profile }
          : { state: "profile", profile };
      }
    }
  }

  private say(state: PageState): void {
    const text = JSON.stringify(state);
    this.shown = state;
    if (text !== this.reported) {
      this.reported = text;
      this.restartStable();
      this.report(state);
    }
  }

  private stop(): void {
    this.observer.disconnect();
    for (const timer of [this.throttle, this.stable, this.giveUp]) {
      clearTimeout(timer);
    }
  }
}

/** Attributes that name people; styles and classes change too often and say nothing. */
const WATCHED = ["href", "componentkey", "id", "content", "data-bio-text", "open"];

/** The Navigation API, where the browser has it. */
function navigationOf(view: Window): EventTarget | null {
  const navigation: unknown = "navigation" in view ? view.navigation : null;
  return navigation instanceof EventTarget ? navigation : null;
}
