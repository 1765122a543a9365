/** What Fulcrum does on each site: on the page, in the toolbar only, or nothing. Says what sites think of it. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "../shared/i18n";
import type { SiteDisplay } from "../shared/surfaces";
import { DisplayChoice } from "../ui/display-choice";
import { Notice } from "../ui/notice";
import type { Settings } from "./settings";

/** The sites whose pages are read without a click. */
const SITES = ["linkedin", "github"] as const;

export function Sites({ settings }: { settings: Settings }): JSX.Element {
  return (
    <section class="panel" aria-labelledby="sites-title">
      <header>
        <h2 id="sites-title">{t("sites_title")}</h2>
      </header>
      <Notice tone="plain" text={t("sites_honest")} />
      {SITES.map((site) => (
        <Site key={site} site={site} settings={settings} />
      ))}
      <p class="small dim">{t("sites_others")}</p>
    </section>
  );
}

function Site({ site, settings }: { site: (typeof SITES)[number]; settings: Settings }): JSX.Element {
  const display = useSignal<SiteDisplay | null>(null);
  const { policy } = settings;
  useEffect(
    () =>
      policy.subscribe(() => {
        void settings.doors.siteSettings(site).then((found) => {
          display.value = found.display;
        });
      }),
    [display, policy, settings, site],
  );
  const change = async (chosen: SiteDisplay): Promise<void> => {
    const before = display.value;
    // At once: a choice that springs back until it is stored looks like one that was refused.
    display.value = chosen;
    try {
      display.value = (await settings.doors.changeSite(site, chosen)).display;
    } catch (error) {
      display.value = before;
      throw error;
    }
  };
  return (
    <div class="site">
      <span>{t(`site_${site}`)}</span>
      <DisplayChoice
        label={t("site_display", t(`site_${site}`))}
        value={display.value}
        fixed={settings.isFixed(`display.${site}`)}
        onChange={change}
      />
    </div>
  );
}
