/** The card of a tab, or the few words there are where it shows nobody. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import { Card } from "./card";
import { Notice } from "./notice";
import type { TabPerson } from "./tab-person";

interface TabCardProps {
  person: TabPerson;
  openSettings: () => void;
  /** Reads a page of an unknown site; absent where the browser would not allow it. */
  readPage?: (() => void) | undefined;
}

export function TabCard({ person, openSettings, readPage }: TabCardProps): JSX.Element | null {
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
        {...(session.left.value ? { close: () => void person.closeLeft() } : {})}
      />
    );
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
