/**
 * Per site: overlay, quiet or off, and where the badge was dragged to. Kept in the browser's local storage. What the organisation
 * has fixed stands above the recruiter's own choice, which is kept for the day it is fixed no more.
 */
import { extension } from "../shared/browser";
import { isRecord } from "../shared/rpc";
import { tabClient } from "../shared/rpc-runtime";
import { type BadgePlace, type ContentSurface, SITE_DISPLAYS, type SiteSettings } from "../shared/surfaces";
import { fixedDisplay } from "./managed-policy";
import { tabsOfSite } from "./tab-views";

/** Sites of which the organisation may fix what is shown. */
const FIXABLE = ["linkedin", "github"] as const;

/** What the recruiter chose. */
type OwnSettings = Omit<SiteSettings, "fixed">;

export async function siteSettings(site: string): Promise<SiteSettings> {
  const [own, fixed] = await Promise.all([ownSettings(site), fixedDisplay(site)]);
  return { ...own, display: fixed ?? own.display, fixed: fixed !== null };
}

async function ownSettings(site: string): Promise<OwnSettings> {
  const key = keyOf(site);
  const kept: unknown = (await extension.storage.local.get(key))[key];
  return isRecord(kept) ? readSettings(kept) : { display: "overlay", badge: null };
}

/** Changes what is named and tells the site's open tabs. A display that is fixed stays as it is. */
export async function changeSiteSettings(site: string, change: Partial<OwnSettings>): Promise<SiteSettings> {
  const before = await siteSettings(site);
  const { display, ...rest } = change;
  const changed = before.fixed || display === undefined ? rest : change;
  await extension.storage.local.set({ [keyOf(site)]: readSettings({ ...(await ownSettings(site)), ...changed }) });
  const settings = await siteSettings(site);
  await tellTabs(site, settings);
  return settings;
}

/** Tells the open tabs of every site of which something may be fixed. */
export async function tellSites(): Promise<void> {
  for (const site of FIXABLE) {
    await tellTabs(site, await siteSettings(site));
  }
}

async function tellTabs(site: string, settings: SiteSettings): Promise<void> {
  for (const tab of await tabsOfSite(site)) {
    // A tab whose content script is gone reads the settings when it comes back.
    void tabClient<ContentSurface>(tab)
      .call("settings_changed", settings)
      .catch(() => undefined);
  }
}

function keyOf(site: string): string {
  return `site:${site}`;
}

/** Whatever arrives by message or was stored by an older version becomes valid settings. */
function readSettings(raw: Record<string, unknown>): OwnSettings {
  const display = SITE_DISPLAYS.find((known) => known === raw.display) ?? "overlay";
  return { display, badge: readPlace(raw.badge) };
}

function readPlace(raw: unknown): BadgePlace | null {
  if (!isRecord(raw) || typeof raw.offset !== "number" || !Number.isFinite(raw.offset)) {
    return null;
  }
  return { edge: raw.edge === "left" ? "left" : "right", offset: Math.min(100, Math.max(0, raw.offset)) };
}
