/** The service worker's answers, one short handler a call. Commands go on to the core after the page guard. */
import type { CoreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import { failedReply } from "../shared/failures";
import type { Command } from "../shared/protocol";
import { type Handlers, RpcError } from "../shared/rpc";
import type { RouterSurface } from "../shared/surfaces";
import { rememberConnection } from "./alarm";
import type { Caller } from "./caller";
import { loadOverlay, readTab } from "./content-tabs";
import { isOwnFile, projectKey, showsPerson, speaksOf } from "./page-guard";
import { changeSiteSettings, siteSettings } from "./site-settings";
import { forgetAnswers, keepPage, keepReply, tabView } from "./tab-views";

/** The page that a command is about. A correction that is taken back names a page too, but none that is open. */
function keyOf(command: Command): string | null {
  return "profile" in command && typeof command.profile === "object" ? (command.profile.key ?? null) : null;
}

export function routerHandlers(core: CoreHost): Handlers<RouterSurface, Caller> {
  return {
    async core({ command, tab: named }, caller) {
      const tab = caller.kind === "content" ? caller.tab : (named ?? null);
      const key = keyOf(command);
      if (command.command === "export" && !isOwnFile(caller, key) && !(await showsPerson(tab, key))) {
        return failedReply("page_changed");
      }
      const isContent = caller.kind === "content";
      if (isContent && command.command === "details" && !speaksOf(await tabView(caller.tab), command.contact)) {
        return failedReply("page_changed");
      }
      const listed = isContent ? projectKey(command) : null;
      if (listed !== null && !(await showsPerson(caller.tab, listed ?? null))) {
        return failedReply("page_changed");
      }
      const reply = await core.dispatch(command);
      if (command.command === "disconnect") {
        await forgetAnswers();
      }
      if (tab !== null && key !== null) {
        await keepReply(tab, key, reply);
      }
      await rememberConnection(reply);
      return reply;
    },
    async page_report(report, caller) {
      if (caller.kind !== "content") {
        throw new RpcError("refused", "only a content script reports its page");
      }
      await keepPage(caller.tab, report);
      return null;
    },
    site_settings: ({ site }) => siteSettings(site),
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
