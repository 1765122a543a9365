/**
 * What one web page says about one person: the shape that content script, core and `./build.sh extract` share.
 * Plain JSON, as the Rust `Profile` reads it. What a page does not say is null or empty, never guessed here.
 */

/** `profile`: the page's own subject. `card`: one row of a result list. */
export type ProfileKind = "profile" | "card";

/** An ongoing position. */
export interface CurrentPosition {
  title: string | null;
  company: string | null;
  company_url: string | null;
}

/** A position, past or ongoing. `start` and `end` are `YYYY` or `YYYY-MM`; `end` is null while the position lasts. */
export interface PastPosition {
  title: string | null;
  company: string | null;
  start: string | null;
  end: string | null;
}

/** A school attended. `start` and `end` are `YYYY` or `YYYY-MM`. */
export interface Education {
  school: string | null;
  degree: string | null;
  field: string | null;
  start: string | null;
  end: string | null;
}

export interface Profile {
  site: string;
  kind: ProfileKind;
  /** The identity key that the page's address itself proves. */
  key: string;
  url: string;
  /** The anchor that ties the content to `key`; null where nothing does. */
  proof: string | null;
  /** Which form of the site's markup was read. */
  dialect: string | null;
  /** Identity keys of this person found on the page, `key` first. */
  ids: string[];
  name: string | null;
  headline: string | null;
  location: string | null;
  /** Every ongoing position. */
  current: CurrentPosition[];
  /** Every position the page lists, ongoing ones too, in the page's order. */
  history: PastPosition[];
  education: Education[];
  links: string[];
  emails: string[];
  phones: string[];
  avatar: string | null;
  /** Language of the page (BCP 47). */
  lang: string | null;
  /** False where parts of the page are known not to be there yet, or not shown on this page. */
  complete: boolean;
}
