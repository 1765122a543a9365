/**
 * The service worker (Firefox: event page): a thin router. It checks who asks, passes commands on to the core, and owns
 * what only the browser can do: alarm, toolbar, shortcut, settings, side panel. It may be stopped at any moment, so it
 * keeps nothing in memory that matters, and every listener is added while this file first runs.
 */
import { coreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import { serveRuntime } from "../shared/rpc-runtime";
import type { RouterSurface } from "../shared/surfaces";
import { wakeEachMinute } from "./alarm";
import { admit, type Caller } from "./caller";
import { openCard, tellActiveTabs } from "./content-tabs";
import { lookAtBatches, tellFinishedBatches } from "./finished-batches";
import { followPolicy } from "./managed-policy";
import { routerHandlers } from "./router";
import { tellSites } from "./site-settings";
import { forgetIfMoved, forgetTab } from "./tab-views";

const core = coreHost(() => {
  void tellActiveTabs();
  void lookAtBatches(core);
});

const policy = followPolicy(core, () => void tellSites());

serveRuntime<RouterSurface, Caller>("router", routerHandlers(core, policy), admit);

wakeEachMinute(core);
tellFinishedBatches();

extension.commands.onCommand.addListener((command, tab) => {
  if (command === "open-card" && tab?.id !== undefined) {
    void openCard(tab.id);
  }
});

extension.tabs.onRemoved.addListener((tab) => void forgetTab(tab));
extension.tabs.onUpdated.addListener((tab, change) => {
  if (change.status === "loading") {
    void forgetIfMoved(tab);
  }
});

// Content scripts can read `storage.local` unless told otherwise. Firefox has no such setting for it.
void extension.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
