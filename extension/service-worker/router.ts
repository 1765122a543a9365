/** The service worker's answers, one short handler a call. Commands go on to the core after the page guard. */
import type { CoreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import { failedReply } from "../shared/failures";
import { fileAddress, isKeptFile } from "../shared/file-address";
import type { Command } from "../shared/protocol";
import { type Handlers, RpcError } from "../shared/rpc";
import type { RouterSurface } from "../shared/surfaces";
import { rememberConnection } from "./alarm";
import type { Caller } from "./caller";
import { loadOverlay, readTab } from "./content-tabs";
import { rememberBatches } from "./finished-batches";
import { followsPolicy, type ManagedPolicy } from "./managed-policy";
import { contactOf, isOwnFile, projectKey, showsPerson, speaksOf } from "./page-guard";
import { changeSiteSettings, siteSettings } from "./site-settings";
import { forgetAnswers, keepPage, keepReply, tabView } from "./tab-views";

/** The page that a command is about. A correction that is taken back names a page too, but none that is open. */
function keyOf(command: Command): string | null {
  return "profile" in command && typeof command.profile === "object" ? (command.profile.key ?? null) : null;
}

export function routerHandlers(core: CoreHost, policy: ManagedPolicy): Handlers<RouterSurface, Caller> {
  return {
    async core({ command, tab: named }, caller) {
      const tab = caller.kind === "content" ? caller.tab : (named ?? null);
      const key = keyOf(command);
      const writes = command.command === "export" || command.command === "update";
      if (writes && !isOwnFile(caller, key) && !(await showsPerson(tab, key))) {
        return failedReply("page_changed");
      }
      const contact = caller.kind === "content" ? contactOf(command) : null;
      if (contact !== null && tab !== null && !speaksOf(await tabView(tab), contact)) {
        return failedReply("page_changed");
      }
      const listed = caller.kind === "content" ? projectKey(command) : null;
      if (listed !== null && !(await showsPerson(tab, listed ?? null))) {
        return failedReply("page_changed");
      }
      if (followsPolicy(command)) {
        await policy.told();
      }
      const reply = await core.dispatch(command);
      if (command.command === "disconnect") {
        await forgetAnswers();
      }
      if (tab !== null && key !== null) {
        await keepReply(tab, key, reply);
      }
      await rememberConnection(reply);
      await rememberBatches(reply);
      return reply;
    },
    async page_report(report, caller) {
      if (caller.kind !== "content") {
        throw new RpcError("refused", "only a content script reports its page");
      }
      await keepPage(caller.tab, report);
      return null;
    },
    async site_settings({ site }) {
      // Where nothing may be drawn, nothing is drawn for a moment either.
      await policy.told();
      return await siteSettings(site);
    },
    change_site_settings: ({ site, change }) => changeSiteSettings(site, change),
    tab_view: ({ tab }) => tabView(tab),
    read_tab: ({ tab }) => readTab(tab),
    async load_overlay(_, caller) {
      if (caller.kind !== "content") {
        throw new RpcError("refused", "only a content script has a page to draw on");
      }
      await loadOverlay(caller.tab);
      return null;
    },
    async open_options() {
      await extension.runtime.openOptionsPage();
      return null;
    },
    async show_file(file) {
      if (!isKeptFile(file)) {
        throw new RpcError("refused", "that names no file");
      }
      await extension.tabs.create({ url: extension.runtime.getURL(fileAddress(file)) });
      return null;
    },
    async open_projects({ project }) {
      const at = Number.isSafeInteger(project) ? `#project=${project}` : "";
      await extension.tabs.create({ url: extension.runtime.getURL(`projects.html${at}`) });
      return null;
    },
    async open_side_panel({ tab: named }, caller) {
      const tab = caller.tab ?? named;
      if (tab !== undefined) {
        // Nothing may be awaited before this, or the browser no longer counts it as part of the click.
        await extension.sidePanel?.open({ tabId: tab });
      }
      return null;
    },
  };
}
