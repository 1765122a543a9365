/**
 * Whether an input event comes from the recruiter's hand. Nothing may be sent to Lever on the word of a script; events
 * that our keystroke guard hands on inside the closed root are copies, so it vouches for those whose original was real.
 */
const MARK = Symbol.for("fulcrum.genuine");
const world = globalThis as typeof globalThis & { [MARK]?: WeakSet<Event> };

/** Guard and card are in two files of one isolated world, which no page can reach; the set is shared through it. */
world[MARK] ??= new WeakSet();
const vouched = world[MARK];

/** Says that this copy stands for an event the browser itself made. */
export function vouchFor(copy: Event): void {
  vouched.add(copy);
}

export function isGenuine(event: Event): boolean {
  return event.isTrusted || vouched.has(event);
}
