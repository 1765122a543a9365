/**
 * Moving the badge: by pointer, and by arrow keys while it has the focus. A press that does not move is a press.
 */
import type { Box, Point } from "./placement";

/** So far must the pointer move, in pixels, before it is a drag. */
const THRESHOLD = 4;
const STEP = 8;
const LEAP = 40;

interface Moving {
  /** Where the badge is now. */
  box: () => Box;
  /** Shows it elsewhere, for the time being. */
  show: (point: Point) => void;
  /** It was let go there. */
  settle: () => void;
  /** Back to where the site wants it. */
  reset: () => void;
}

export function makeMovable(badge: HTMLElement, moving: Moving, signal: AbortSignal): void {
  let grip: { id: number; x: number; y: number; box: Box; dragged: boolean } | null = null;

  badge.addEventListener(
    "pointerdown",
    (event) => {
      if (event.isTrusted && event.button === 0) {
        grip = { id: event.pointerId, x: event.clientX, y: event.clientY, box: moving.box(), dragged: false };
        // A quick pointer leaves the badge before the first move is told.
        badge.setPointerCapture(event.pointerId);
      }
    },
    { signal },
  );
  badge.addEventListener(
    "pointermove",
    (event) => {
      if (grip === null || event.pointerId !== grip.id) {
        return;
      }
      const [right, down] = [event.clientX - grip.x, event.clientY - grip.y];
      if (!grip.dragged && Math.hypot(right, down) < THRESHOLD) {
        return;
      }
      if (!grip.dragged) {
        grip.dragged = true;
        badge.dataset["dragged"] = "";
      }
      moving.show({ left: grip.box.left + right, top: grip.box.top + down });
    },
    { signal },
  );
  const letGo = () => {
    if (grip?.dragged === true) {
      delete badge.dataset["dragged"];
      moving.settle();
      ignoreClick(badge);
    }
    grip = null;
  };
  badge.addEventListener("pointerup", letGo, { signal });
  badge.addEventListener("pointercancel", letGo, { signal });
  badge.addEventListener("keydown", (event) => moveByKey(event, moving), { signal });
}

/** The click that ends a drag is not a press. It comes right after the pointer is let go, or not at all. */
function ignoreClick(badge: HTMLElement): void {
  const ending = new AbortController();
  const { signal } = ending;
  badge.addEventListener("click", (event) => event.stopImmediatePropagation(), { capture: true, signal });
  setTimeout(() => ending.abort());
}

function moveByKey(event: KeyboardEvent, moving: Moving): void {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const step = event.shiftKey ? LEAP : STEP;
  const { left, top } = moving.box();
  const moves: Record<string, Point> = {
    ArrowUp: { left, top: top - step },
    ArrowDown: { left, top: top + step },
    // The badge stands at one edge or the other.
    ArrowLeft: { left: 0, top },
    ArrowRight: { left: window.innerWidth, top },
  };
  const to = moves[event.key];
  if (to !== undefined) {
    event.preventDefault();
    moving.show(to);
    moving.settle();
  } else if (event.key === "Home") {
    event.preventDefault();
    moving.reset();
  }
}
