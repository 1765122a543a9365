/**
 * The present moment for relative dates, as a signal that moves every ten seconds while somebody looks. Slow enough
 * that no number changes under the pointer, quick enough for "40 seconds ago".
 */
import { type ReadonlySignal, signal } from "@preact/signals";

const STEP = 10_000;
const moment = signal(Date.now());

export const now: ReadonlySignal<number> = moment;

/** Brings the clock to the present, when something new is shown. */
export function touchClock(): void {
  moment.value = Date.now();
}

/** Lets the clock run until the signal fires. It rests while the page is hidden. */
export function runClock(ending: AbortSignal): void {
  const timer = setInterval(() => {
    if (!document.hidden) {
      touchClock();
    }
  }, STEP);
  document.addEventListener("visibilitychange", touchClock, { signal: ending });
  ending.addEventListener("abort", () => clearInterval(timer));
}
