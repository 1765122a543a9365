/** Wires the search page to the core. */
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import { mountPage } from "../ui/mount";
import { PeopleSearch } from "./people-search";
import { Search } from "./search";

const search = new PeopleSearch({
  ask: (command) => askCore(command),
  onChanged: (listener) => onCoreChanged(listener, new AbortController().signal),
});

mountPage(t("search_page_title"), <Search search={search} openSettings={() => void askRouter("open_options", null)} />);
void search.start();
