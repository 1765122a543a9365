/**
 * One row of a list page as a profile. What ties its words to the key is the link that they stand in; a row says less than a page, so
 * that its kind is `card`. The page itself is nobody's: nothing of its address goes into a row.
 */
import type { Profile } from "../../shared/profile";
import { addressOnly, type Reading } from "./adapter";
import { pageLanguage, unique } from "./page-text";

const DIALECT = "people-list";

interface Row {
  site: string;
  key: string;
  /** Further keys of the same person. */
  ids?: string[];
  url: string;
  name: string | null;
}

export function peopleRow(row: Row, said: Partial<Profile>, document: Document): Profile {
  const { site, key, ids = [], url, name } = row;
  return {
    ...addressOnly({ site, kind: "profile", key, url }),
    kind: "card",
    proof: "row-link",
    dialect: DIALECT,
    ids: unique([key, ...ids]),
    name,
    lang: pageLanguage(document),
    ...said,
  };
}

/** A page on which nobody is found yet is silent. The first row of a person is theirs; later ones repeat it. */
export function listReading(rows: readonly Profile[]): Reading {
  const byKey = new Map(rows.toReversed().map((row): [string, Profile] => [row.key, row]));
  const cards = unique(rows.map(({ key }) => key)).flatMap((key) => byKey.get(key) ?? []);
  return cards.length === 0 ? { state: "nobody", reason: "list" } : { state: "list", cards };
}
