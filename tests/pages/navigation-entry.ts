/**
 * The watcher inside a page, with a clock that only the test moves. Timers of this world are replaced; the page's own, and
 * everything the platform does, stay real.
 */
import { type PageState, watchProfiles } from "../../extension/content/navigation";

interface Timer {
  id: number;
  at: number;
  run: () => void;
}

let now = 0;
let lastId = 0;
let timers: Timer[] = [];
let isHidden = false;
const channel = new MessageChannel();

Object.assign(globalThis, {
  setTimeout: (run: () => void, delay = 0): number => {
    lastId += 1;
    timers.push({ id: lastId, at: now + delay, run });
    return lastId;
  },
  clearTimeout: (id: number | undefined): void => {
    timers = timers.filter((timer) => timer.id !== id);
  },
});
Object.defineProperty(document, "hidden", { get: () => isHidden });

/** Lets the browser deliver mutation records and navigation events. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });
}

/** Moves the clock, running what falls due in order. */
export async function advance(milliseconds: number): Promise<void> {
  const until = now + milliseconds;
  await settle();
  for (;;) {
    const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at || a.id - b.id)[0];
    if (next === undefined) {
      break;
    }
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.run();
    await settle();
  }
  now = until;
}

const states: PageState[] = [];
const stop = new AbortController();

export function start(): void {
  watchProfiles(stop.signal, (state) => states.push(state));
}

export function abort(): void {
  stop.abort();
}

/** Every state reported since the last call, in order. */
export function reported(): string {
  return JSON.stringify(states.splice(0));
}

/** An in-page navigation: the address changes, the content does not. */
export async function go(address: string): Promise<void> {
  history.pushState(null, "", address);
  await settle();
}

/** Puts the content of another saved page in place of this one. */
export function show(html: string): void {
  const next = new DOMParser().parseFromString(html, "text/html");
  document.head.replaceChildren(...next.head.childNodes);
  document.body.replaceChildren(...next.body.childNodes);
}

/** Replaces the part that matches by the same part of another saved page. */
export function replacePart(selector: string, html: string): void {
  const next = new DOMParser().parseFromString(html, "text/html").querySelector(selector);
  if (next !== null) {
    document.querySelector(selector)?.replaceWith(next);
  }
}

export function setHidden(hidden: boolean): void {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
}

/** What the recruiter does when more is to be loaded. */
export function scroll(): void {
  window.dispatchEvent(new Event("scroll"));
}

export function pendingTimers(): number {
  return timers.length;
}
