/** The way to the search page, in a tab of its own. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";

export function SearchLink(): JSX.Element {
  return (
    <a class="link roomy" href="search.html" target="_blank" rel="noopener">
      {t("search_open")}
    </a>
  );
}
