/**
 * The saved pages beside this file: for each, the address it is loaded at, what must be read from it, and words that must
 * not appear in the reading. People in them are invented; what was modelled on what stands in each page's first comment.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Profile } from "../../extension/shared/profile";

export interface SavedPage {
  site: string;
  name: string;
  html: Buffer;
  url: string;
  /** Null where nobody may be shown. */
  expect: Profile | Profile[] | null;
  mustNotAppear: string[];
}

const FOLDER = fileURLToPath(new URL(".", import.meta.url));

export function savedPages(): SavedPage[] {
  const sites = readdirSync(FOLDER).filter((name) => statSync(join(FOLDER, name)).isDirectory());
  return sites.flatMap((site) => {
    const files = readdirSync(join(FOLDER, site)).filter((file) => file.endsWith(".json"));
    return files.map((file) => savedPage(site, file.replace(/\.json$/, "")));
  });
}

export function savedPage(site: string, name: string): SavedPage {
  const text = readFileSync(join(FOLDER, site, `${name}.json`), "utf8");
  const { url, expect, mustNotAppear } = JSON.parse(text) as Pick<SavedPage, "url" | "expect" | "mustNotAppear">;
  return { site, name, html: readFileSync(join(FOLDER, site, `${name}.html`)), url, expect, mustNotAppear };
}
