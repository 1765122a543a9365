/**
 * The contract between a site adapter and the rest of the content script. An adapter only reads: it never clicks,
 * scrolls, requests or writes to the page. `detect` looks at the address alone, so it also works where there is no page.
 */
import type { Profile } from "../../shared/profile";

/**
 * What an address promises. `profile`: one person's page. `list`: several people. `own`: the recruiter's own page.
 * `wall`: a login or challenge. `none`: nothing about a person.
 */
export type PageKind = "profile" | "list" | "own" | "wall" | "none";

export interface Page {
  site: string;
  kind: PageKind;
  /** The identity key the address proves; null unless `kind` is `profile`. */
  key: string | null;
  /** The profile's main address, free of sub-pages and tracking. */
  url: string;
}

/**
 * What was on screen under another person's address just before, so that content that stays behind after an in-page
 * navigation is not taken for the new person's.
 */
export interface Before {
  /** The previous subject's name; null where there was none. */
  name: string | null;
  /** Opaque ids of the previous subject, as that dialect writes them. */
  subjects: ReadonlySet<string>;
  /** Texts of the previous page's cards that carry no owner of their own. */
  cards: ReadonlySet<string>;
}

export const NOTHING_BEFORE: Before = { name: null, subjects: new Set(), cards: new Set() };

export type NobodyReason = "own" | "wall" | "organisation" | "list" | "several-people" | "not-a-person";

export type Reading =
  | { state: "profile"; profile: Profile; trace: Trace }
  | { state: "list"; cards: Profile[] }
  /** Nobody may be shown here, and that will not change: silence. */
  | { state: "nobody"; reason: NobodyReason }
  /** The page has not proved yet whose it is: content missing, or still another person's. */
  | { state: "waiting"; reason: "loading" | "another-person" }
  /** No dialect, or more than one, claims the page. */
  | { state: "unreadable"; reason: "no-dialect" | "two-dialects" };

/** What a later reading needs to know about this one. */
export interface Trace {
  subjects: string[];
  cards: string[];
}

export const NO_TRACE: Trace = { subjects: [], cards: [] };

export interface SiteAdapter {
  site: string;
  /** Null where the address is not this site's. Pure. */
  detect(address: URL): Page | null;
  /** Reads a page that `detect` called a profile or a list. */
  read(page: Page, document: Document, before: Before): Reading;
}

/** A profile that states only what the address proves. */
export function addressOnly(page: Page & { key: string }): Profile {
  return {
    site: page.site,
    kind: "profile",
    key: page.key,
    url: page.url,
    proof: null,
    dialect: null,
    ids: [page.key],
    name: null,
    headline: null,
    location: null,
    current: [],
    history: [],
    education: [],
    links: [],
    emails: [],
    phones: [],
    avatar: null,
    lang: null,
    complete: false,
  };
}
