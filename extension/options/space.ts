/** When the room that the browser gives runs out. */
import type { StorageSpace } from "./settings";

/** What the mirror of a small company takes; below this nothing large can be read any more. */
const LITTLE = 200_000_000;
const LITTLE_SHARE = 0.1;

export function spaceLeft({ usage, quota }: StorageSpace): number {
  return Math.max(0, quota - usage);
}

export function isLow(space: StorageSpace): boolean {
  const left = spaceLeft(space);
  return left < LITTLE || left < space.quota * LITTLE_SHARE;
}
