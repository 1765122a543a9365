/** Per site: overlay, quiet or off, and where the badge was dragged to. Kept in the browser's local storage. */
import { extension } from "../shared/browser";
import { isRecord } from "../shared/rpc";
import { tabClient } from "../shared/rpc-runtime";
import type { BadgePlace, ContentSurface, SiteDisplay, SiteSettings } from "../shared/surfaces";
import { tabsOfSite } from "./tab-views";

const DISPLAYS: readonly SiteDisplay[] = ["overlay", "quiet", "off"];

export async function siteSettings(site: string): Promise<SiteSettings> {
  const key = keyOf(site);
  const kept: unknown = (await extension.storage.local.get(key))[key];
  return isRecord(kept) ? readSettings(kept) : { display: "overlay", badge: null };
}

/** Changes what is named and tells the site's open tabs. */
export async function changeSiteSettings(site: string, change: Partial<SiteSettings>): Promise<SiteSettings> {
  const settings = readSettings({ ...(await siteSettings(site)), ...change });
  await extension.storage.local.set({ [keyOf(site)]: settings });
  for (const tab of await tabsOfSite(site)) {
    // A tab whose content script is gone reads the settings when it comes back.
    void tabClient<ContentSurface>(tab)
      .call("settings_changed", settings)
      .catch(() => undefined);
  }
  return settings;
}

function keyOf(site: string): string {
  return `site:${site}`;
}

/** Whatever arrives by message or was stored by an older version becomes valid settings. */
function readSettings(raw: Record<string, unknown>): SiteSettings {
  const display = DISPLAYS.find((known) => known === raw.display) ?? "overlay";
  return { display, badge: readPlace(raw.badge) };
}

function readPlace(raw: unknown): BadgePlace | null {
  if (!isRecord(raw) || typeof raw.offset !== "number" || !Number.isFinite(raw.offset)) {
    return null;
  }
  return { edge: raw.edge === "left" ? "left" : "right", offset: Math.min(100, Math.max(0, raw.offset)) };
}
