/** The side panel: the card of the tab in front, following as the recruiter changes tabs. */
import { readResume } from "../resume/read-pdf";
import { ResumeDesk } from "../resume/resume-desk";
import { extension } from "../shared/browser";
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import { mountPage } from "../ui/mount";
import { TabPerson } from "../ui/tab-person";
import { SidePanel } from "./side-panel";

const person = new TabPerson({
  ask: (command, tab, ending) => askCore(command, { tab, signal: ending }),
  view: (tab) => askRouter("tab_view", { tab }),
});

const desk = new ResumeDesk({ ask: (command, ending) => askCore(command, { signal: ending }), read: readResume });

async function followFront(): Promise<void> {
  const [tab] = await extension.tabs.query({ active: true, currentWindow: true });
  if (tab?.id !== undefined) {
    await person.follow(tab.id);
  }
}

mountPage(
  t("panel_title"),
  <SidePanel
    person={person}
    desk={desk}
    openSettings={() => void askRouter("open_options", null)}
    openProject={(project) => void askRouter("open_projects", { project })}
  />,
);

extension.tabs.onActivated.addListener(() => void followFront());
extension.tabs.onUpdated.addListener(() => void followFront());
// Where content scripts' readings are kept: a move within a page shows up here first.
extension.storage.session.onChanged.addListener(() => void person.refresh());
onCoreChanged(() => {
  void person.askAgain();
  void desk.askAgain();
}, new AbortController().signal);
void followFront();
