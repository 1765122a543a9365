/**
 * From the lines of an experience or education card to positions and schools. The lines' order is the same in every
 * dialect of LinkedIn; how they are cut out of the page is the dialect's matter.
 */
import type { CurrentPosition, Education, PastPosition } from "../../shared/profile";
import { type DateRange, dateRange } from "./dates";

/** One row of a card: its own lines, and the rows grouped under it. */
export interface Entry {
  lines: string[];
  nested: Entry[];
  /** Link of the employer or school, where the row has one. */
  link: string | null;
}

export interface Positions {
  current: CurrentPosition[];
  history: PastPosition[];
}

/**
 * A row is `title, company · type, dates · duration, place`. A group is a company with its total duration (no dates), and
 * rows `title, type, dates` below it.
 */
export function positions(entries: readonly Entry[]): Positions {
  const found: Positions = { current: [], history: [] };
  for (const entry of entries) {
    const group = entry.nested.filter((row) => dateLine(row.lines) !== null);
    if (dateLine(entry.lines) === null && group.length > 0) {
      const company = groupCompany(entry.lines[0]);
      for (const row of group) {
        add(found, row, shown(row.lines[0]), company, entry.link ?? row.link);
      }
    } else {
      const at = dateLine(entry.lines)?.at ?? entry.lines.length;
      const company = at >= 2 ? companyOf(entry.lines[1]) : null;
      // Without dates nothing tells a title from a company or a place.
      if (at < entry.lines.length && at >= 1) {
        add(found, entry, shown(entry.lines[0]), company, entry.link);
      }
    }
  }
  return found;
}

function add(found: Positions, row: Entry, title: string | null, company: string | null, link: string | null): void {
  const range = dateLine(row.lines)?.range;
  if (range === undefined || (title === null && company === null)) {
    return;
  }
  found.history.push({ title, company, start: range.start, end: range.end });
  if (range.ongoing) {
    found.current.push({ title, company, company_url: link });
  }
}

/** A row is `school, "degree, field", dates`. */
export function schools(entries: readonly Entry[]): Education[] {
  return entries.flatMap((entry) => {
    const school = shown(entry.lines[0]);
    if (school === null || dateRange(school) !== null) {
      return [];
    }
    const dates = dateLine(entry.lines);
    const end = dates?.at ?? entry.lines.length;
    // Without dates the second line may be anything (a grade, a club), unless it is the only other one.
    const study = end >= 2 && (dates !== null || entry.lines.length === 2) ? shown(entry.lines[1]) : null;
    const comma = study?.indexOf(", ") ?? -1;
    return [
      {
        school,
        degree: study === null ? null : comma < 0 ? study : study.slice(0, comma),
        field: study === null || comma < 0 ? null : study.slice(comma + 2),
        start: dates?.range.start ?? null,
        end: dates?.range.end ?? null,
      },
    ];
  });
}

/** The first line that is a range of dates. */
function dateLine(lines: readonly string[]): { at: number; range: DateRange } | null {
  for (const [at, line] of lines.entries()) {
    const range = at === 0 ? null : dateRange(line);
    if (range !== null) {
      return { at, range };
    }
  }
  return null;
}

/** "Company · Full-time" is the company and the kind of contract. */
function companyOf(line: string | undefined): string | null {
  return shown(line?.split(/\s+[·•]\s+/)[0]);
}

/** The head of a group; a duration there ("8 yrs", "Full-time · 8 yrs") means that the company's line is missing. */
function groupCompany(line: string | undefined): string | null {
  const isDuration = /\s[·•]\s/.test(line ?? "") || /^\d+\s?\p{L}+\.?(?:\s\d+\s?\p{L}+\.?)?$/u.test(line ?? "");
  return isDuration ? null : shown(line);
}

/** Sites blur what they keep from strangers with asterisks: that is no text. */
export function shown(line: string | null | undefined): string | null {
  const text = line?.trim() ?? "";
  return text === "" || /\*{3,}/.test(text) || /^[*\s.…-]+$/.test(text) ? null : text;
}
