/** The content scripts seen from the service worker: telling them something, and putting one where none runs by itself. */
import { extension } from "../shared/browser";
import { RpcError } from "../shared/rpc";
import { tabClient } from "../shared/rpc-runtime";
import type { ContentSurface, ReadTabResult } from "../shared/surfaces";
import { knownTabs } from "./tab-views";

const CONTENT_SCRIPT = "content.js";
const OVERLAY_SCRIPT = "overlay.js";

/** Opens the card in this tab; reads the page first where no content script runs. */
export async function openCard(tab: number): Promise<void> {
  if (await tell(tab, "open_card")) {
    return;
  }
  if ((await readTab(tab)).ok) {
    await tell(tab, "open_card");
  }
}

/** Puts the content script into a tab that the recruiter gave to the extension with a click or the shortcut. */
export async function readTab(tab: number): Promise<ReadTabResult> {
  try {
    await extension.scripting.executeScript({ target: { tabId: tab }, files: [CONTENT_SCRIPT] });
    return { ok: true };
  } catch {
    // The browser's own pages, its store, or a tab that was not given.
    return { ok: false, reason: "not_allowed" };
  }
}

/** Puts badge and card beside the content script that asked for them. Pages without a person never load them. */
export async function loadOverlay(tab: number): Promise<void> {
  await extension.scripting.executeScript({ target: { tabId: tab, frameIds: [0] }, files: [OVERLAY_SCRIPT] });
}

/** Tells the tabs on screen that the core's answer may be another now. Hidden ones ask when they are shown. */
export async function tellActiveTabs(): Promise<void> {
  const known = await knownTabs();
  const active = await extension.tabs.query({ active: true });
  await Promise.all(active.map((tab) => (tab.id !== undefined && known.has(tab.id) ? tell(tab.id, "changed") : false)));
}

async function tell(tab: number, name: "open_card" | "changed"): Promise<boolean> {
  try {
    await tabClient<ContentSurface>(tab).call(name, null, { timeout: 2_000 });
    return true;
  } catch (error) {
    if (error instanceof RpcError) {
      return false;
    }
    throw error;
  }
}
