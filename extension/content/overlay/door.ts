/**
 * The border between the content script, which every page pays for, and the overlay, which is loaded only where there
 * is somebody to show and the recruiter wants it on the page. Both run in the same isolated world; the overlay's file
 * puts its start function where the content script finds it. No value here may import the overlay.
 */
import type { Command, KeptFile, Profile, ProjectNumber, Reply } from "../../shared/protocol";
import type { BadgePlace } from "../../shared/surfaces";

/** What the overlay needs from the content script. */
export interface OverlayDoors {
  ask(command: Command, signal?: AbortSignal): Promise<Reply>;
  /** Whether the page still shows the profile with this key. */
  isCurrent(key: string): boolean;
  openSettings(): void;
  /** Shows a kept file in a tab of its own. */
  showFile(file: KeptFile): void;
  openProject(project: ProjectNumber): void;
  /** Remembers where the badge was put on this site; null for "where it fits". */
  savePlace(place: BadgePlace | null): void;
  /** Set where the page's own listeners were there first: what is typed belongs in the side panel then. */
  addElsewhere: (() => void) | undefined;
}

/** What the content script tells the overlay. */
export interface OverlayHandle {
  /** This person, or more about the person shown. */
  person(profile: Profile): void;
  unreadable(): void;
  /** Nobody any more: cleared at once. */
  nobody(): void;
  /** The answer may be another now. */
  lookAgain(): void;
  toggleCard(): void;
  moved(place: BadgePlace | null): void;
}

export interface OverlayParts {
  element: HTMLElement;
  root: ShadowRoot;
  doors: OverlayDoors;
  place: BadgePlace | null;
  /** Takes everything off the page. */
  signal: AbortSignal;
}

export type StartOverlay = (parts: OverlayParts) => OverlayHandle;

const PLACE = Symbol.for("fulcrum.overlay");

type World = typeof globalThis & { [PLACE]?: StartOverlay };

export function offerOverlay(start: StartOverlay): void {
  (globalThis as World)[PLACE] = start;
}

/** Null until the overlay's file has been loaded into this page. */
export function offeredOverlay(): StartOverlay | null {
  return (globalThis as World)[PLACE] ?? null;
}
