/** The card of a tab, or the few words there are where it shows nobody. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import type { ProjectNumber } from "../shared/protocol";
import { Card } from "./card";
import { Notice } from "./notice";
import { PeopleListView } from "./people-list-view";
import type { TabPerson } from "./tab-person";

interface TabCardProps {
  person: TabPerson;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
  /** Reads a page of an unknown site; absent where the browser would not allow it. */
  readPage?: (() => void) | undefined;
}

export function TabCard({ person, openSettings, openProject, readPage }: TabCardProps): JSX.Element | null {
  const shown = person.shown.value;
  if (shown === null || shown.is === "waiting") {
    return (
      <div class="strip" aria-busy="true">
        <span class="unseen">{t("badge_looking")}</span>
        <span class="skeleton" style={{ width: "50%" }} />
        <span class="skeleton" />
      </div>
    );
  }
  if (shown.is === "person") {
    const { session } = shown.card;
    return (
      <Card
        state={shown.card}
        id="card"
        bare
        openSettings={openSettings}
        openProject={openProject}
        {...(session.left.value ? { close: () => void person.closeLeft() } : {})}
      />
    );
  }
  if (shown.is === "list" && shown.list.rows.value.length > 0) {
    return <PeopleListView list={shown.list} openSettings={openSettings} openProject={openProject} />;
  }
  return (
    <div class="strip">
      <Notice tone="plain" text={t(`tab_${shown.is}`)} />
      {shown.is === "unread" && readPage !== undefined && (
        <button type="button" class="button main" onClick={readPage}>
          {t("read_this_page")}
        </button>
      )}
    </div>
  );
}
