/**
 * From pieces of text with their places to lines in reading order. A PDF knows no lines and no columns: only where each
 * piece is drawn. Columns are told from rows of a table (a date at the edge of its line) by what stands in them.
 */

/** A piece of text; `y` grows upwards, as in a PDF. */
export interface Piece {
  text: string;
  x: number;
  y: number;
  width: number;
  /** Height of the letters. */
  size: number;
}

/** A place that leads somewhere when it is clicked. */
export interface LinkArea {
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Column = "whole" | "left" | "right";

export interface ResumeLine {
  /** Parts that stand apart in one line are separated by a tab. */
  text: string;
  size: number;
  /** From 0. */
  page: number;
  /** Which of two columns; what runs across both, or stands on a page without columns, is in neither. */
  column: Column;
  /** Addresses that this line leads to. */
  links: string[];
}

interface Segment {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
}

interface Ordered {
  row: Segment[];
  column: Column;
}

/** Gaps wider than so many letters' heights part a line. */
const GAP = 1.4;
/** Columns have at least so many lines each. */
const LEAST_IN_COLUMN = 4;

/** The lines of a page, in reading order. */
export function linesOfPage(pieces: readonly Piece[], links: readonly LinkArea[], page: number): ResumeLine[] {
  const rows = rowsOf(pieces.filter(({ text }) => text.trim() !== ""));
  const gutter = gutterOf(rows.flat());
  const ordered = gutter === null ? rows.map((row) => ({ row, column: "whole" as const })) : inColumns(rows, gutter);
  return ordered.map(({ row, column }) => {
    const size = Math.max(...row.map((segment) => segment.size));
    return { text: spelled(row.map(({ text }) => text).join("\t")), size, page, column, links: linksOn(row, links) };
  });
}

function rowsOf(pieces: readonly Piece[]): Segment[][] {
  const rows: Piece[][] = [];
  for (const piece of pieces.toSorted((one, other) => other.y - one.y || one.x - other.x)) {
    const row = rows.at(-1);
    const [first] = row ?? [];
    if (
      row !== undefined &&
      first !== undefined &&
      Math.abs(first.y - piece.y) < Math.max(first.size, piece.size) / 2
    ) {
      row.push(piece);
    } else {
      rows.push([piece]);
    }
  }
  return rows.map(segmentsOf);
}

function segmentsOf(row: readonly Piece[]): Segment[] {
  const segments: Segment[] = [];
  for (const { text, x, y, width, size } of row.toSorted((one, other) => one.x - other.x)) {
    const last = segments.at(-1);
    const gap = last === undefined ? Number.POSITIVE_INFINITY : x - last.right;
    if (last === undefined || gap > GAP * size) {
      segments.push({ text, left: x, right: x + width, y, size });
    } else {
      const blank = gap > size * 0.15 && !last.text.endsWith(" ") && !text.startsWith(" ") ? " " : "";
      last.text += blank + text;
      last.right = Math.max(last.right, x + width);
      last.size = Math.max(last.size, size);
    }
  }
  return segments;
}

/** Where the second of two columns begins; null where there is one column only. */
function gutterOf(segments: readonly Segment[]): number | null {
  const starts = new Map<number, number>();
  for (const { left } of segments) {
    const at = Math.round(left / 4) * 4;
    starts.set(at, (starts.get(at) ?? 0) + 1);
  }
  const leftmost = Math.min(...segments.map(({ left }) => left));
  const candidates = [...starts]
    .filter(([at, count]) => count >= LEAST_IN_COLUMN && at > leftmost + 60)
    .toSorted((one, other) => other[1] - one[1]);
  for (const [at] of candidates) {
    const edge = at - 3;
    const before = segments.filter(({ right }) => right <= edge);
    const after = segments.filter(({ left }) => left >= edge);
    const across = segments.length - before.length - after.length;
    const enough = before.length >= LEAST_IN_COLUMN && after.length >= LEAST_IN_COLUMN;
    if (enough && across <= segments.length * 0.25 && !areDates(before) && !areDates(after) && overlap(before, after)) {
      return edge;
    }
  }
  return null;
}

/** A column of dates belongs to the lines beside it. */
function areDates(segments: readonly Segment[]): boolean {
  const dated = segments.filter(({ text }) => text.length < 32 && /(?:19|20)\d\d/u.test(text));
  return dated.length * 2 >= segments.length;
}

/** One after the other on the page is not beside each other. */
function overlap(one: readonly Segment[], other: readonly Segment[]): boolean {
  const span = (segments: readonly Segment[]) => {
    const ys = segments.map(({ y }) => y);
    return [Math.min(...ys), Math.max(...ys)] as const;
  };
  const [lowOne, highOne] = span(one);
  const [lowOther, highOther] = span(other);
  const shared = Math.min(highOne, highOther) - Math.max(lowOne, lowOther);
  return shared > 0.4 * Math.min(highOne - lowOne, highOther - lowOther);
}

/** What runs across both columns ends them: what stands above it is read before what stands below. */
function inColumns(rows: readonly Segment[][], gutter: number): Ordered[] {
  const ordered: Ordered[] = [];
  let left: Ordered[] = [];
  let right: Ordered[] = [];
  const flush = () => {
    ordered.push(...left, ...right);
    left = [];
    right = [];
  };
  for (const row of rows) {
    if (row.some((segment) => segment.left < gutter && segment.right > gutter)) {
      flush();
      ordered.push({ row, column: "whole" });
      continue;
    }
    const before = row.filter(({ right: end }) => end <= gutter);
    const after = row.filter(({ left: start }) => start >= gutter);
    left.push(...(before.length > 0 ? [{ row: before, column: "left" as const }] : []));
    right.push(...(after.length > 0 ? [{ row: after, column: "right" as const }] : []));
  }
  flush();
  return ordered;
}

function linksOn(row: readonly Segment[], links: readonly LinkArea[]): string[] {
  const urls = links
    .filter(({ x, y, width, height }) =>
      row.some(({ left, right, y: base, size }) => {
        const middle = base + size * 0.3;
        return left < x + width && right > x && middle > y && middle < y + height;
      }),
    )
    .map(({ url }) => url);
  return [...new Set(urls)];
}

/** One blank between words; "J A N E  R O E" is spelled with blanks for looks alone. */
function spelled(text: string): string {
  const tidy = text
    .normalize("NFKC")
    .replace(/[^\S\t\n]*\t\s*/gu, "\t")
    .replace(/[\u00ad\u200b-\u200f\ufeff]/gu, "");
  if (/^(?:\p{L}[ \u00a0]+){3,}\p{L}$/u.test(tidy.replace(/[ \u00a0]{2,}/gu, " ").trim())) {
    const words = tidy.trim().split(/[ \u00a0]{2,}/u);
    return words.map((word) => word.replace(/\s/gu, "")).join(" ");
  }
  return tidy.replace(/ +/gu, " ").trim();
}
