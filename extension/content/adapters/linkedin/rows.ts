/**
 * Cuts a LinkedIn experience or education card into rows. Classes are hashed in the newest dialect, so rows are found by
 * their keys, by list items, and, where neither is there, as the parts that hold one range of dates each.
 */
import { dateRange } from "../dates";
import { visibleText } from "../page-text";
import type { Entry } from "../positions";

/** How a dialect marks text and rows. */
export interface RowMarks {
  /** Elements that each hold one line of text. */
  line: string;
  /** Rows, outermost ones. */
  row: string;
  /** Free text, which is never read as a title, company or date. */
  prose: string;
  /** Things to press; a line inside one is a label. */
  control: string;
}

/** The rows of a card, in order. `base` makes links absolute. */
export function rowsOf(card: Element, marks: RowMarks, base: string): Entry[] {
  const keyed = outermost(card, marks.row);
  const parts = keyed.length > 0 ? keyed : dated(card, marks);
  return parts
    .map((part) => rowOf(part, marks, base))
    .filter((entry) => entry.lines.length > 0 || entry.nested.length > 0);
}

function rowOf(element: Element, marks: RowMarks, base: string): Entry {
  const inner = nestedRows(element, marks);
  return {
    lines: linesOf(element, marks, inner),
    nested: inner.map((row) => ({ lines: linesOf(row, marks, []), nested: [], link: employerLink(row, base) })),
    link: employerLink(element, base),
  };
}

/** Rows inside a row: list items, or keyed rows, or the parts with dates, if there are dates at all. */
function nestedRows(element: Element, marks: RowMarks): Element[] {
  const items = outermost(element, `li, ${marks.row}`).filter((item) => hasDates(item, marks));
  const [only, ...more] = items;
  if (only !== undefined && more.length === 0 && lineElements(element, marks).every((line) => only.contains(line))) {
    // A wrapper of the whole row, not a row inside it.
    return nestedRows(only, marks);
  }
  if (items.length > 0) {
    return items;
  }
  const parts = dated(element, marks);
  return parts.length > 1 ? parts : [];
}

/** Matching descendants that are not inside another match. */
function outermost(root: Element, selector: string): Element[] {
  const all = [...root.querySelectorAll(selector)];
  return all.filter((element) => {
    const above = element.parentElement?.closest(selector) ?? null;
    return above === null || above === root || !root.contains(above);
  });
}

/** The parts of an element that hold one range of dates each: children of the closest common ancestor of all ranges. */
function dated(root: Element, marks: RowMarks): Element[] {
  const lines = lineElements(root, marks).filter((line) => isDates(line));
  const [first] = lines;
  if (first === undefined) {
    return [];
  }
  if (lines.length === 1) {
    return [root];
  }
  let common: Element = first;
  while (!lines.every((line) => common.contains(line)) && common !== root && common.parentElement !== null) {
    common = common.parentElement;
  }
  return [...common.children].filter((child) => lines.some((line) => child.contains(line)));
}

function hasDates(element: Element, marks: RowMarks): boolean {
  return lineElements(element, marks).some(isDates);
}

function isDates(line: Element): boolean {
  const text = visibleText(line);
  return text !== null && dateRange(text) !== null;
}

function lineElements(root: Element, marks: RowMarks): Element[] {
  return [...root.querySelectorAll(marks.line)].filter(
    (line) =>
      line.closest(`${marks.prose}, ${marks.control}`) === null &&
      line.querySelector(`${marks.prose}, ${marks.line}`) === null,
  );
}

/** The row's own lines: not those of the rows inside it. */
function linesOf(element: Element, marks: RowMarks, inner: readonly Element[]): string[] {
  const firstInner = inner[0];
  return lineElements(element, marks).flatMap((line) => {
    const belongsBelow =
      firstInner !== undefined && (line.compareDocumentPosition(firstInner) & Node.DOCUMENT_POSITION_FOLLOWING) === 0;
    const text = belongsBelow ? null : visibleText(line);
    return text === null ? [] : [text];
  });
}

function employerLink(row: Element, base: string): string | null {
  const href = row.querySelector('a[href*="/company/"], a[href*="/school/"]')?.getAttribute("href");
  if (href === null || href === undefined) {
    return null;
  }
  try {
    const url = new URL(href, base);
    const path = /^\/(?:company|school)\/[^/]+/.exec(url.pathname)?.[0];
    return path === undefined ? null : `${url.origin}${path}/`;
  } catch {
    return null;
  }
}
