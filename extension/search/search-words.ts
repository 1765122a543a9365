/** How many were found, and what the search could not see, in words. */
import { formatNumber, plural, t } from "../shared/i18n";
import type { MirrorState, SearchFound } from "../shared/protocol";
import { percent } from "../ui/badge-model";
import { isReadAsAsked, leftOut } from "../ui/connection-words";

/** "1,234 people, the latest 50 shown." */
export function countWords({ count, people }: SearchFound): string {
  const many =
    count.count === "exactly"
      ? plural("search_people", count.people)
      : t("search_more_than", formatNumber(roundBelow(count.people)));
  const shownAll = count.count === "exactly" && count.people <= people.length;
  return shownAll ? many : t("search_shown", many, formatNumber(people.length));
}

/** A round number that is surely exceeded: 51 → 50, 100,000 → 99,000. Whoever counted to here has not counted to the end. */
export function roundBelow(counted: number): number {
  const below = Math.max(0, counted - 1);
  const step = 10 ** Math.max(0, String(below).length - 2);
  return Math.floor(below / step) * step;
}

/** What the search cannot have found, so that nobody takes it for the whole of Lever. */
export function blindSpots(mirror: MirrorState, lookedUpOnly: boolean): string[] {
  const spots: (string | null)[] = [leftOut(mirror)];
  if (lookedUpOnly) {
    spots.unshift(t("search_looked_up_only"));
  } else if (!isReadAsAsked(mirror)) {
    spots.unshift(t("search_incomplete", percent(mirror.read)));
  }
  return spots.filter((spot) => spot !== null);
}
