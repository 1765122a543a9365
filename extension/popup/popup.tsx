/** The toolbar popup: connection, this site's display, and the card of the page that is open. */
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { ProjectNumber, Status } from "../shared/protocol";
import type { ReadTabResult, SiteDisplay } from "../shared/surfaces";
import { connectionWord, paceSentence, readSentence } from "../ui/connection-words";
import { DisplayChoice } from "../ui/display-choice";
import { Check } from "../ui/icons";
import { Notice } from "../ui/notice";
import { ProjectsLink } from "../ui/projects-link";
import { SearchLink } from "../ui/search-link";
import { TabCard } from "../ui/tab-card";
import type { TabPerson } from "../ui/tab-person";
import { When } from "../ui/when";

/** The site of the open tab. `known` sites are read without a click. */
export interface OpenSite {
  site: string;
  known: boolean;
  display: SiteDisplay;
  /** Set by the organisation. */
  fixed: boolean;
}

export interface PopupProps {
  status: Signal<Status | null>;
  site: Signal<OpenSite | null>;
  person: TabPerson;
  setDisplay: (display: SiteDisplay) => Promise<void>;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
  readPage: () => Promise<ReadTabResult>;
  openPanel?: (() => void) | undefined;
}

export function Popup(props: PopupProps): JSX.Element {
  const site = props.site.value;
  const refused = useSignal(false);
  const read = async () => {
    refused.value = !(await props.readPage()).ok;
  };
  return (
    <main class="popup">
      <h1 class="unseen">{t("popup_title")}</h1>
      <Standing {...props} />
      {site?.known === true && <SiteStrip site={site} setDisplay={props.setDisplay} />}
      {site?.display !== "off" && (
        <TabCard
          person={props.person}
          openSettings={props.openSettings}
          openProject={props.openProject}
          readPage={() => void read()}
        />
      )}
      {refused.value && (
        <div class="strip">
          <Notice tone="stop" text={t("read_refused")} urgent />
        </div>
      )}
    </main>
  );
}

function Standing({ status, openSettings, openPanel }: PopupProps): JSX.Element {
  const now = status.value;
  const word = now === null ? null : connectionWord(now);
  const mirror = now !== null && now.connection.state !== "not_connected" ? now.mirror : null;
  const pace = mirror === null ? null : paceSentence(mirror);
  return (
    <header class="strip">
      <div class="between">
        {word === null ? (
          <span class="skeleton" style={{ width: "120px" }} />
        ) : (
          <span class={`chip ${word.tone}`}>
            {word.tone === "in" && <Check />}
            {word.text}
          </span>
        )}
        <span class="between">
          {openPanel !== undefined && (
            <button type="button" class="link roomy" onClick={openPanel}>
              {t("open_panel")}
            </button>
          )}
          <button type="button" class="link roomy" onClick={openSettings}>
            {t("settings")}
          </button>
        </span>
      </div>
      {mirror !== null && (
        <div class="apart">
          <p class="small dim number">
            {mirror.complete && mirror.as_of !== null ? (
              <>
                {t("read_from_lever")} <When at={mirror.as_of} />
              </>
            ) : (
              <>
                {readSentence(mirror)} {pace}
              </>
            )}
          </p>
          <SearchLink />
          <ProjectsLink />
        </div>
      )}
    </header>
  );
}

function SiteStrip({ site, setDisplay }: { site: OpenSite; setDisplay: PopupProps["setDisplay"] }): JSX.Element {
  const name = site.site === "linkedin" || site.site === "github" ? t(`site_${site.site}`) : site.site;
  return (
    <div class="strip">
      <span class="label">{t("site_display", name)}</span>
      <DisplayChoice label={t("site_display", name)} value={site.display} fixed={site.fixed} onChange={setDisplay} />
      <p class="small dim">{t(`display_${site.display}_hint`)}</p>
    </div>
  );
}
