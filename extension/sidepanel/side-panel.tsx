/** The side panel's one tree: the same card as on the page, filling the panel; a resume's card in its place; the way to search. */
import type { JSX } from "preact";
import type { ResumeDesk } from "../resume/resume-desk";
import { ResumeButton, ResumePlace } from "../resume/resume-place";
import { t } from "../shared/i18n";
import type { ProjectNumber } from "../shared/protocol";
import { ProjectsLink } from "../ui/projects-link";
import { SearchLink } from "../ui/search-link";
import { TabCard } from "../ui/tab-card";
import type { TabPerson } from "../ui/tab-person";

interface SidePanelProps {
  person: TabPerson;
  desk: ResumeDesk;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
}

export function SidePanel({ person, desk, openSettings, openProject }: SidePanelProps): JSX.Element {
  return (
    <main>
      <h1 class="unseen">{t("panel_title")}</h1>
      <ResumePlace desk={desk} openSettings={openSettings} openProject={openProject}>
        <TabCard person={person} openSettings={openSettings} openProject={openProject} />
      </ResumePlace>
      <nav class="strip end">
        <ResumeButton desk={desk} />
        <SearchLink />
        <ProjectsLink />
      </nav>
    </main>
  );
}
