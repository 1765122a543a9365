/** The side panel's one tree: the same card as on the page, filling the panel, and the way to search. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import { SearchLink } from "../ui/search-link";
import { TabCard } from "../ui/tab-card";
import type { TabPerson } from "../ui/tab-person";

export function SidePanel({ person, openSettings }: { person: TabPerson; openSettings: () => void }): JSX.Element {
  return (
    <main>
      <h1 class="unseen">{t("panel_title")}</h1>
      <TabCard person={person} openSettings={openSettings} />
      <nav class="strip end">
        <SearchLink />
      </nav>
    </main>
  );
}
