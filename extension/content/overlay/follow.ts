/**
 * Keeps the badge where it belongs while the page scrolls, resizes and redraws: beside the name as long as that is in
 * view and there is room, else docked. Measures at most once a frame, and only when something has changed.
 */
import type { BadgePlace } from "../../shared/surfaces";
import {
  type Box,
  besideText,
  boxAt,
  DOCKS,
  dockedAt,
  isInside,
  isTaken,
  lastLine,
  type Point,
  placeOf,
  type Size,
} from "./placement";

export interface Following {
  /** The box that is moved; it holds the badge. */
  moved: HTMLElement;
  /** Our element in the page. */
  host: HTMLElement;
  /** The name on the page, as it is now; null where the adapter does not know the place. */
  findName: () => Element | null;
  /** Where the recruiter put the badge; null for "where it fits". */
  chosen: () => BadgePlace | null;
  /** The open card, under which the badge must not vanish. */
  card: () => Box | null;
}

export interface Follower {
  /** Something about the badge or the page's person has changed. */
  refresh(): void;
  /** Shows the badge somewhere until it is settled. */
  show(point: Point): void;
  /** The place where the badge was let go. */
  settled(): BadgePlace;
  box(): Box;
}

/** What a badge may be cut to, in pixels: its word and some of its detail stay. */
const CUT_WIDTHS = [220, 180, 150];

export function follow(following: Following, signal: AbortSignal): Follower {
  const { moved, host } = following;
  let name: Element | null = null;
  /**
   * Which of the places beside the name was free, and the width the badge is cut to there, if it is; null where none was,
   * undefined before it was asked.
   */
  let slot: { place: number; cut: number | null } | null | undefined;
  let dock: BadgePlace | null = null;
  let frame = 0;

  const size = (): Size => ({ width: moved.offsetWidth, height: moved.offsetHeight });
  const view = (): Size => ({
    width: document.documentElement.clientWidth || window.innerWidth,
    height: window.innerHeight,
  });

  const observer = new ResizeObserver(() => decideAgain());

  function decideAgain(): void {
    slot = undefined;
    dock = null;
    schedule();
  }

  function schedule(): void {
    if (frame === 0 && !signal.aborted) {
      frame = requestAnimationFrame(() => {
        frame = 0;
        place();
      });
    }
  }

  function place(): void {
    if (signal.aborted || !host.isConnected || moved.offsetWidth === 0) {
      return;
    }
    const chosen = following.chosen();
    const beside = chosen === null ? besideName() : null;
    if (beside !== null) {
      const origin = host.getBoundingClientRect();
      put({ left: beside.left - origin.left, top: beside.top - origin.top }, false);
    } else {
      put(dockedAt(chosen ?? freeDock(), size(), view()), true);
    }
    delete moved.dataset["waiting"];
  }

  function besideName(): Point | null {
    if (name === null || !name.isConnected) {
      observe(following.findName());
    }
    const line = name === null ? null : lastLine(name);
    if (name === null || line === null || !isInView(name, line)) {
      return null;
    }
    if (slot === undefined) {
      slot = freeSlot(line);
      // A whole badge gets no limit: its width is not a whole number of pixels.
      moved.style.maxWidth = slot?.cut == null ? "" : `${slot.cut}px`;
    }
    const point = slot === null ? undefined : besideText(line, size())[slot.place];
    return point !== undefined && isInside(boxAt(point, size()), view()) ? point : null;
  }

  /** The first free place for the whole badge; else for one whose details are cut. */
  function freeSlot(line: Box): { place: number; cut: number | null } | null {
    moved.style.maxWidth = "";
    const { width: whole, height } = size();
    for (const width of [whole, ...CUT_WIDTHS.filter((cut) => cut < whole)]) {
      const place = besideText(line, { width, height }).findIndex((point) => isFree(boxAt(point, { width, height })));
      if (place >= 0) {
        return { place, cut: width === whole ? null : width };
      }
    }
    return null;
  }

  function isFree(box: Box): boolean {
    const card = following.card();
    const underCard =
      card !== null && box.left < card.right && box.right > card.left && box.top < card.bottom && box.bottom > card.top;
    return isInside(box, view()) && !underCard && !isTaken(box, document, host);
  }

  function observe(next: Element | null): void {
    observer.disconnect();
    observer.observe(moved);
    name = next;
    slot = undefined;
    if (next !== null) {
      observer.observe(next);
    }
  }

  /** In the window and not under a bar that stays while the page scrolls. */
  function isInView(element: Element, line: Box): boolean {
    const [x, y] = [line.left + 1, (line.top + line.bottom) / 2];
    const under = document.elementsFromPoint(x, y).find((other) => other !== host);
    return under !== undefined && (element.contains(under) || under.contains(element));
  }

  function freeDock(): BadgePlace | null {
    dock ??= DOCKS.find((candidate) => isFree(boxAt(dockedAt(candidate, size(), view()), size()))) ?? null;
    return dock;
  }

  function put({ left, top }: Point, docked: boolean): void {
    if (docked) {
      moved.dataset["docked"] = "";
    } else {
      delete moved.dataset["docked"];
    }
    moved.style.left = `${Math.round(left)}px`;
    moved.style.top = `${Math.round(top)}px`;
  }

  const passive = { capture: true, passive: true, signal };
  window.addEventListener("scroll", schedule, passive);
  window.addEventListener("resize", decideAgain, passive);
  window.addEventListener("load", decideAgain, passive);
  observer.observe(moved);
  signal.addEventListener("abort", () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });

  return {
    refresh() {
      observe(following.findName());
      decideAgain();
    },
    show: (point) => put(point, true),
    settled: () => placeOf(moved.getBoundingClientRect(), view()),
    box: () => moved.getBoundingClientRect(),
  };
}
