/**
 * How long ago, in words, and the exact moment for whoever wants it. Pure: the clock and the language come in.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
/** Mean Gregorian month and year. */
const MONTH = 30.436_875 * DAY;
const YEAR = 365.2425 * DAY;

type Unit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";

/** From each length of time on, its unit is used. */
const UNITS: readonly (readonly [Unit, number, number])[] = [
  ["year", YEAR, YEAR],
  ["month", 2 * MONTH, MONTH],
  ["week", 2 * WEEK, WEEK],
  ["day", DAY, DAY],
  ["hour", HOUR, HOUR],
  ["minute", MINUTE, MINUTE],
];

function measure(milliseconds: number): { unit: Unit; value: number } {
  for (const [unit, from, length] of UNITS) {
    if (milliseconds >= from) {
      return { unit, value: Math.floor(milliseconds / length) };
    }
  }
  // By tens, so that the text does not change under the reader's eyes.
  const seconds = Math.floor(milliseconds / SECOND);
  return { unit: "second", value: seconds < 10 ? seconds : seconds - (seconds % 10) };
}

/** "3 days ago", "40 seconds ago". A moment ahead of the clock counts as now: two machines' clocks differ. */
export function ago(at: number, now: number, language: string): string {
  const { unit, value } = measure(Math.max(0, now - at));
  return new Intl.RelativeTimeFormat(language, { numeric: unit === "second" ? "auto" : "always" }).format(-value, unit);
}

/** A length of time: "3 days", "40 seconds". `lengthOf` of a time left rounds up to at least one second. */
export function lengthOf(milliseconds: number, language: string): string {
  const { unit, value } = measure(Math.max(SECOND, milliseconds));
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(value);
}

/** For narrow columns: "3 days" within the year, the year alone before. */
export function agoShort(at: number, now: number, language: string): string {
  const passed = now - at;
  if (passed >= YEAR) {
    return new Intl.DateTimeFormat(language, { year: "numeric" }).format(at);
  }
  return lengthOf(passed, language);
}

/** The exact moment in the reader's own time zone. */
export function exactly(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
}

/** The day alone, in the reader's own time zone. */
export function dayOf(at: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: "long" }).format(at);
}
