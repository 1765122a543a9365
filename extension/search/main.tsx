/** Wires the search page to the core. */
import { signal } from "@preact/signals";
import { readResume } from "../resume/read-pdf";
import { ResumeDesk } from "../resume/resume-desk";
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import { mountPage } from "../ui/mount";
import { DuplicateList } from "./duplicate-list";
import { PeopleSearch } from "./people-search";
import { Search, type SearchView } from "./search";

const search = new PeopleSearch({
  ask: (command) => askCore(command),
  onChanged: (listener) => onCoreChanged(listener, new AbortController().signal),
});

const desk = new ResumeDesk({ ask: (command, ending) => askCore(command, { signal: ending }), read: readResume });
onCoreChanged(() => void desk.askAgain(), new AbortController().signal);

const duplicates = new DuplicateList({ ask: (command) => askCore(command) });
const view = signal<SearchView>(shownView());
addEventListener("hashchange", () => {
  view.value = shownView();
});

/** The address tells, so that going back and a second tab work as everywhere. */
function shownView(): SearchView {
  return location.hash === "#duplicates" ? "duplicates" : "search";
}

mountPage(
  t("search_page_title"),
  <Search
    search={search}
    desk={desk}
    duplicates={duplicates}
    view={view}
    openSettings={() => void askRouter("open_options", null)}
    openProject={(project) => void askRouter("open_projects", { project })}
  />,
);
void search.start();
