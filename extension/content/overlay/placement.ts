/**
 * Where badge and card stand on the page: beside the name where there is free room, else docked at an edge. It measures
 * the page and never changes it. The geometry is pure and stands apart from the watching.
 */
import type { BadgePlace } from "../../shared/surfaces";

export interface Size {
  width: number;
  height: number;
}

export interface Point {
  left: number;
  top: number;
}

/** Left, top, right and bottom in the window. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Room between the badge and what it stands beside, and between our boxes and the window's edge. */
export const GAP = 8;
/** Where the badge docks until the recruiter moves it: this share of the window's height from the top. */
const DOCKED: BadgePlace = { edge: "right", offset: 18 };

/** How far along the line is tried: sites put pronouns, degrees and marks behind a name. */
const ALONG = [0, 40, 80, 120, 160, 200, 240, 280, 320];

/** Where beside a line of text the badge may stand, the best first. */
export function besideText(text: Box, badge: Size): Point[] {
  const middle = (text.top + text.bottom - badge.height) / 2;
  return [
    ...ALONG.map((step) => ({ left: text.right + GAP + step, top: middle })),
    { left: text.left, top: text.bottom + GAP / 2 },
    { left: text.left, top: text.top - badge.height - GAP / 2 },
  ];
}

export function boxAt({ left, top }: Point, { width, height }: Size): Box {
  return { left, top, right: left + width, bottom: top + height };
}

export function isInside(box: Box, window: Size): boolean {
  return box.left >= GAP && box.right <= window.width - GAP && box.top >= 0;
}

export function dockedAt(place: BadgePlace | null, badge: Size, window: Size): Point {
  const { edge, offset } = place ?? DOCKED;
  const room = Math.max(GAP, window.height - badge.height - GAP);
  return {
    left: edge === "left" ? GAP : Math.max(GAP, window.width - badge.width - GAP),
    top: clamp((offset / 100) * window.height, GAP, room),
  };
}

/** The dock nearest to where the badge was let go. */
export function placeOf(badge: Box, window: Size): BadgePlace {
  const middle = (badge.left + badge.right) / 2;
  return {
    edge: middle < window.width / 2 ? "left" : "right",
    offset: Math.round(clamp((badge.top / Math.max(1, window.height)) * 100, 0, 100) * 10) / 10,
  };
}

/** Docks to try while the recruiter has chosen none, the best first. */
export const DOCKS: readonly BadgePlace[] = (["right", "left"] as const).flatMap((edge) =>
  [DOCKED.offset, 30, 42, 54, 66, 78].map((offset) => ({ edge, offset })),
);

/**
 * The card under the badge, or above it, or at its side, wherever it fits without covering it; never outside the window.
 * `card.height` is what it may grow to.
 */
export function cardBeside(badge: Box, card: Size, window: Size): Point {
  const height = Math.min(card.height, window.height - 2 * GAP);
  const fromRight = badge.left + card.width > window.width - GAP;
  const left = clamp(fromRight ? badge.right - card.width : badge.left, GAP, window.width - card.width - GAP);
  const under = badge.bottom + GAP / 2;
  const over = badge.top - GAP / 2 - height;
  if (under + height <= window.height - GAP) {
    return { left, top: under };
  }
  if (over >= GAP) {
    return { left, top: over };
  }
  const top = clamp(badge.top, GAP, window.height - GAP - height);
  const after = badge.right + GAP;
  const before = badge.left - GAP - card.width;
  if (after + card.width <= window.width - GAP) {
    return { left: after, top };
  }
  return { left: before >= GAP ? before : left, top };
}

/** An open card that has grown or whose window has shrunk: moved only as far as it must. */
export function keptInside(card: Box, window: Size): Point {
  const height = Math.min(card.bottom - card.top, window.height - 2 * GAP);
  return {
    left: clamp(card.left, GAP, window.width - (card.right - card.left) - GAP),
    top: clamp(card.top, GAP, window.height - GAP - height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

const CONTROLS =
  "a[href],button,input,select,textarea,summary,label,video,[role=button],[role=link],[role=tab],[role=menuitem],[role=combobox],[contenteditable],[onclick]";

/** Whether something of the page that is used or read lies under the box. `ours` is not asked. */
export function isTaken(box: Box, document: Document, ours: Element): boolean {
  const columns = [0, 0.25, 0.5, 0.75, 1];
  const rows = [0.1, 0.5, 0.9];
  const seen = new Set<Element>();
  for (const row of rows) {
    for (const column of columns) {
      const x = box.left + column * (box.right - box.left);
      const y = box.top + row * (box.bottom - box.top);
      const under = document.elementsFromPoint(x, y).find((element) => element !== ours);
      if (under !== undefined && !seen.has(under)) {
        seen.add(under);
        if (under.closest(CONTROLS) !== null || isPicture(under) || hasTextIn(under, box)) {
          return true;
        }
      }
    }
  }
  return false;
}

function isPicture(element: Element): boolean {
  return element.matches("img, svg, svg *, canvas, video") || getComputedStyle(element).backgroundImage !== "none";
}

function hasTextIn(element: Element, box: Box): boolean {
  const range = element.ownerDocument.createRange();
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== "") {
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        if (rect.right > box.left && rect.left < box.right && rect.bottom > box.top && rect.top < box.bottom) {
          return true;
        }
      }
    }
  }
  return false;
}

/** The box of an element's last line of text, which is where reading ends. */
export function lastLine(element: Element): Box | null {
  const range = element.ownerDocument.createRange();
  range.selectNodeContents(element);
  let line: Box | null = null;
  for (const rect of range.getClientRects()) {
    // Text hidden for screen readers is cut to a pixel.
    if (rect.width > 1 && rect.height > 1 && (line === null || rect.bottom >= line.bottom || rect.right > line.right)) {
      line = rect;
    }
  }
  return line;
}
