/**
 * The sites as the stories see them: saved pages under `tests/pages`, served at their real addresses by the browser's
 * own request interception. Whatever else the sites' hosts are asked for is refused, so no story reaches the network.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { BrowserContext } from "@playwright/test";

export interface SavedPage {
  /** The address it stands at, without query. */
  address: string;
  /** Its file under `tests/pages`, or the HTML itself. */
  file?: string;
  html?: string;
}

const ROOT = resolve(import.meta.dirname, "../../pages");

/** Serves the pages to every tab of the context until it closes. */
export async function servePages(context: BrowserContext, pages: readonly SavedPage[]): Promise<void> {
  const byAddress = new Map(pages.map((page) => [bare(page.address), page]));
  await context.route(/^https?:\/\//, async (route) => {
    const request = route.request();
    const page = byAddress.get(bare(request.url()));
    if (page === undefined || !request.isNavigationRequest()) {
      await route.abort("blockedbyclient");
      return;
    }
    const body = page.html ?? (await readFile(resolve(ROOT, page.file ?? "")));
    await route.fulfill({ status: 200, contentType: "text/html; charset=utf-8", body });
  });
}

function bare(address: string): string {
  const url = new URL(address);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
