/** Wires the settings page to the core and the browser. */
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import { mountPage } from "../ui/mount";
import { Options } from "./options";
import { Settings } from "./settings";

const settings = new Settings({
  ask: (command) => askCore(command),
  siteSettings: (site) => askRouter("site_settings", { site }),
  changeSite: (site, display) => askRouter("change_site_settings", { site, change: { display } }),
  onChanged: (listener) => onCoreChanged(listener, new AbortController().signal),
  consent: {
    redirectUri: () => chrome.identity.getRedirectURL("lever"),
    // The browser refuses when the window is closed, and when the page does not load.
    open: async (url) =>
      (await chrome.identity.launchWebAuthFlow({ url, interactive: true }).catch(() => null)) ?? null,
  },
  // The pages of the extension and its worker share one origin, and so one storage.
  storage: {
    async estimate() {
      const { usage, quota } = await navigator.storage.estimate().catch(() => ({ usage: undefined, quota: undefined }));
      return usage === undefined || quota === undefined ? null : { usage, quota };
    },
    persisted: () => navigator.storage.persisted().catch(() => false),
    persist: () => navigator.storage.persist().catch(() => false),
  },
});

mountPage(t("options_page_title"), <Options settings={settings} />);
void settings.refresh();
