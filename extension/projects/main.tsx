/** Wires the projects page to the core. The address tells what is open, so that going back and a second tab work as everywhere. */
import { effect, signal } from "@preact/signals";
import { askCore, askRouter, onCoreChanged } from "../shared/core-client";
import { t } from "../shared/i18n";
import type { Command } from "../shared/protocol";
import { mountPage } from "../ui/mount";
import { BatchDesk } from "./batch-desk";
import { ManyDraft } from "./many-draft";
import { ProjectDesk } from "./project-desk";
import { type Place, Projects, placeOf } from "./projects";

const ask = (command: Command) => askCore(command);
const desk = new ProjectDesk(ask);
const batches = new BatchDesk(ask);
const place = signal<Place>(placeOf(location.hash));
const draft = signal<ManyDraft | null>(null);
let ending = new AbortController();

/** The plan for whoever is ticked; the one before is thrown away. */
function review(project: number, keys: readonly string[]): void {
  ending.abort();
  ending = new AbortController();
  draft.value = new ManyDraft(project, keys, ask, ending.signal);
  void draft.value.start();
}

addEventListener("hashchange", () => {
  place.value = placeOf(location.hash);
});
effect(() => {
  const { project, batch } = place.value;
  ending.abort();
  draft.value = null;
  void desk.show(project);
  void batches.show(batch);
});
onCoreChanged(() => {
  void batches.refresh();
  // What is being reviewed stays as it was shown.
  if (draft.peek() === null) {
    void desk.refresh();
  }
}, new AbortController().signal);

mountPage(
  t("projects_page_title"),
  <Projects
    desk={desk}
    batches={batches}
    place={place}
    draft={draft}
    review={review}
    leaveReview={() => {
      ending.abort();
      draft.value = null;
    }}
    openSettings={() => void askRouter("open_options", null)}
  />,
);
void desk.refresh();
