/** The way to the projects page, in a tab of its own. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";

export function ProjectsLink(): JSX.Element {
  return (
    <a class="link roomy" href="projects.html" target="_blank" rel="noopener">
      {t("projects_title")}
    </a>
  );
}
