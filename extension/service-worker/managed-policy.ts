/**
 * What the organisation's administrator has fixed, from the browser's managed storage to the core, which alone judges and keeps it.
 * Only the service worker can read it, and only it may tell: pages and content scripts are refused the command. What the core
 * made of it is kept here too, for what the core has no hand in: what is shown on a site.
 */
import type { CoreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import type { Command, FixedEntry } from "../shared/protocol";
import { SITE_DISPLAYS, type SiteDisplay } from "../shared/surfaces";

const KEPT = "policy";
/** Nobody waits longer for it: what was told last holds meanwhile. */
const PATIENCE = 5_000;
/** Firefox's way to say that there is no policy at all. */
const NO_POLICY = /managed storage manifest not found/iu;

/** What shows or follows what is fixed. Looking somebody up does neither, and need not wait. */
const FOLLOWS_POLICY: ReadonlySet<Command["command"]> = new Set<Command["command"]>([
  "connect",
  "connect_with_consent",
  "choose_api",
  "export",
  "try_again",
  "plan",
  "export_options",
  "export_rules",
  "preview_export_rules",
  "reading_settings",
  "policy",
]);

export interface ManagedPolicy {
  /** Resolves when the core knows what is fixed now, or after a while. Never rejects. */
  told(): Promise<void>;
}

/** Must be called while the script first runs. `onDisplay` hears of sites on which something else is fixed now. */
export function followPolicy(core: CoreHost, onDisplay: () => void): ManagedPolicy {
  let telling = Promise.resolve();
  const tell = () => {
    // One after the other: the last word has to be the newest.
    telling = telling.then(() => tellCore(core, onDisplay)).catch(() => undefined);
  };
  extension.storage.onChanged.addListener((_, area) => {
    if (area === "managed") {
      tell();
    }
  });
  tell();
  return {
    told: () => Promise.race([telling, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE))]),
  };
}

export function followsPolicy(command: Command): boolean {
  return FOLLOWS_POLICY.has(command.command);
}

/** What is fixed for a site; null where nothing is. */
export async function fixedDisplay(site: string): Promise<SiteDisplay | null> {
  const fixed = (await keptEntries()).find(({ entry }) => entry === `display.${site}`);
  return SITE_DISPLAYS.find((display) => JSON.stringify(display) === fixed?.value) ?? null;
}

async function tellCore(core: CoreHost, onDisplay: () => void): Promise<void> {
  const managed = await readManaged();
  const before = await keptEntries();
  if (managed === null || (Object.keys(managed).length === 0 && before.length === 0)) {
    // Nobody has ever fixed anything: the core need not be started to hear that.
    return;
  }
  const reply = await core.dispatch({ command: "set_policy", managed: JSON.stringify(managed) });
  if (reply.reply === "policy" && JSON.stringify(reply.fixed) !== JSON.stringify(before)) {
    await extension.storage.local.set({ [KEPT]: reply.fixed });
    onDisplay();
  }
}

/** All of managed storage; null where the browser does not say: then what was fixed before goes on to hold. */
async function readManaged(): Promise<Record<string, unknown> | null> {
  try {
    return await extension.storage.managed.get(null);
  } catch (error) {
    return error instanceof Error && NO_POLICY.test(error.message) ? {} : null;
  }
}

async function keptEntries(): Promise<FixedEntry[]> {
  const kept: unknown = (await extension.storage.local.get(KEPT))[KEPT];
  return Array.isArray(kept) ? kept : [];
}
