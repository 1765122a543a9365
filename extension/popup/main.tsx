/** Wires the popup to the tab it was opened over. */
import { signal } from "@preact/signals";
import { pageOf } from "../content/adapters/page-key";
import { extension } from "../shared/browser";
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import type { Status } from "../shared/protocol";
import type { SiteDisplay } from "../shared/surfaces";
import { mountPage } from "../ui/mount";
import { TabPerson } from "../ui/tab-person";
import { type OpenSite, Popup } from "./popup";

const KNOWN_SITES = new Set(["linkedin", "github"]);

const status = signal<Status | null>(null);
const site = signal<OpenSite | null>(null);
const person = new TabPerson({
  ask: (command, tab, ending) => askCore(command, { tab, signal: ending }),
  view: (tab) => askRouter("tab_view", { tab }),
});

async function refreshStatus(): Promise<void> {
  const reply = await askCore({ command: "status" });
  if (reply.reply === "status") {
    status.value = reply.status;
  }
}

async function openTab(): Promise<chrome.tabs.Tab | undefined> {
  const [tab] = await extension.tabs.query({ active: true, currentWindow: true });
  return tab;
}

async function start(): Promise<void> {
  const tab = await openTab();
  const id = tab?.id;
  const page = tab?.url === undefined ? null : pageOf(tab.url);
  if (page !== null) {
    const { display, fixed } = await askRouter("site_settings", { site: page.site });
    site.value = { site: page.site, known: KNOWN_SITES.has(page.site), display, fixed };
  }
  if (id !== undefined) {
    await person.follow(id);
    // The content script reports to the browser's session storage; that is also where a page read on request shows up.
    extension.storage.session.onChanged.addListener(() => void person.refresh());
  }
}

async function setDisplay(display: SiteDisplay): Promise<void> {
  const open = site.peek();
  if (open === null) {
    return;
  }
  // At once: a choice that springs back until it is stored looks like one that was refused.
  site.value = { ...open, display };
  try {
    const settings = await askRouter("change_site_settings", { site: open.site, change: { display } });
    site.value = { ...open, display: settings.display };
  } catch (error) {
    site.value = open;
    throw error;
  }
}

mountPage(
  t("popup_title"),
  <Popup
    status={status}
    site={site}
    person={person}
    setDisplay={setDisplay}
    openSettings={() => void askRouter("open_options", null).then(() => window.close())}
    openProject={(project) => void askRouter("open_projects", { project }).then(() => window.close())}
    readPage={async () => {
      const tab = await openTab();
      return tab?.id === undefined ? { ok: false, reason: "not_allowed" } : askRouter("read_tab", { tab: tab.id });
    }}
    openPanel={extension.sidePanel === undefined ? undefined : () => void openPanel()}
  />,
);

let windowId: number | undefined;
void extension.windows.getCurrent().then(({ id }) => {
  windowId = id;
});

/** The browser opens the panel only inside the click: nothing may be awaited before. */
async function openPanel(): Promise<void> {
  if (windowId !== undefined) {
    await extension.sidePanel.open({ windowId });
    window.close();
  }
}

void refreshStatus();
void start();
onCoreChanged(() => {
  void refreshStatus();
  void person.askAgain();
}, new AbortController().signal);
