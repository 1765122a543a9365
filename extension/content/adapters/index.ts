/**
 * The registry of sites. To add one: write its file, add its line to `SITES`. The generic adapter stays last, since it
 * claims every address the others leave.
 */
import { type Before, NOTHING_BEFORE, type Page, type Reading, type SiteAdapter } from "./adapter";
import { generic } from "./generic";
import { github } from "./github";
import { linkedin } from "./linkedin";

export const SITES: readonly SiteAdapter[] = [linkedin, github, generic];

/** The adapter and what it says of the address; null where the address is not a web page. */
export function detect(address: string): { adapter: SiteAdapter; page: Page } | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return null;
  }
  for (const adapter of SITES) {
    const page = adapter.detect(url);
    if (page !== null) {
      return { adapter, page };
    }
  }
  return null;
}

/** Reads the open page once, as it stands. */
export function read(address: string, document: Document, before: Before = NOTHING_BEFORE): Reading {
  const found = detect(address);
  if (found === null) {
    return { state: "nobody", reason: "not-a-person" };
  }
  const { adapter, page } = found;
  switch (page.kind) {
    case "own":
      return { state: "nobody", reason: "own" };
    case "wall":
      return { state: "nobody", reason: "wall" };
    case "none":
      return { state: "nobody", reason: "not-a-person" };
    case "profile":
    case "list":
      return adapter.read(page, document, before);
  }
}
