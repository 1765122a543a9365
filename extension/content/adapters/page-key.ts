/**
 * From an address to what may be there, without a page. The service worker uses it before a write to see whether the tab
 * still shows the person the export was made for. No DOM here.
 */
import type { Page } from "./adapter";
import { detect } from "./index";

/** What the address promises; null for anything that is not a web page. */
export function pageOf(address: string): Page | null {
  return detect(address)?.page ?? null;
}

/** The identity key the address proves; null where it proves none. */
export function pageKey(address: string): string | null {
  return pageOf(address)?.key ?? null;
}

/** Whether two addresses are pages of the same person. */
export function samePerson(one: string, other: string): boolean {
  const key = pageKey(one);
  return key !== null && key === pageKey(other);
}
