/**
 * Shows badge, card, form and pages with fixtures, outside an extension: for looking at them and for their tests. The
 * scene is the address's fragment. Not part of the package.
 */
import "./chrome";
import { signal } from "@preact/signals";
import { type JSX, render } from "preact";
import { attachHost, createHost } from "../content/overlay/host";
import { installKeystrokeGuard } from "../content/overlay/keystrokes";
import { Overlay } from "../content/overlay/overlay";
import overlayStyles from "../content/overlay/overlay.css";
import { Options } from "../options/options";
import { Settings, type StorageSpace } from "../options/settings";
import { type OpenSite, Popup } from "../popup/popup";
import { CsvDesk } from "../projects/csv-desk";
import { CsvPlace } from "../projects/import-csv";
import type { ResumeReading } from "../resume/read-pdf";
import { ResumeDesk } from "../resume/resume-desk";
import { DuplicateList } from "../search/duplicate-list";
import { PeopleSearch } from "../search/people-search";
import { Search, type SearchView } from "../search/search";
import type { Answer, Command, ConnectionCheck, Failure, Profile, Reply, Status } from "../shared/protocol";
import type { SiteDisplay, TabView } from "../shared/surfaces";
import { SidePanel } from "../sidepanel/side-panel";
import { Badge } from "../ui/badge";
import { badgeModel, type Situation } from "../ui/badge-model";
import { Card } from "../ui/card";
import { CardState } from "../ui/card-state";
import page from "../ui/page.css";
import { PersonSession } from "../ui/person-session";
import { adoptStyles, SHARED_STYLES } from "../ui/styles";
import { TabPerson } from "../ui/tab-person";
import { outcome, type PreviewCore, previewCore } from "./core";
import {
  answer,
  COMPARED,
  CONNECTED,
  DETAILS,
  FOUND,
  failure,
  INES,
  INES_PAGE,
  INES_RESUME,
  JOURNAL,
  LIST_ROWS,
  MANAGED,
  MIRROR,
  MIXED,
  NAMESAKES,
  NOT_CONNECTED,
  NOW,
  opportunity,
  PAST,
  PROJECTS,
  READING,
  reason,
  TOMASZ_PAGE,
} from "./fixtures";

const never = new AbortController().signal;
const nothing = () => undefined;
const DAY = 24 * 60 * 60 * 1_000;

/** For the tests: what was asked of the core, and how it answers. */
declare global {
  var preview: { core: PreviewCore; overlay: Overlay; session: PersonSession } | undefined;
}

function person(profile: Profile, core: PreviewCore): PersonSession {
  const session = new PersonSession(profile, { core, isCurrent: async () => true, signal: never });
  void session.lookUp();
  return session;
}

/** A card on the ground it stands on, in an open root of its own. */
function show(tree: JSX.Element, width = "360px"): void {
  const host = document.createElement("div");
  host.style.cssText = `display:inline-block;vertical-align:top;margin:8px;width:${width};max-width:calc(100% - 16px)`;
  const root = host.attachShadow({ mode: "open" });
  adoptStyles(root, SHARED_STYLES);
  const wrapper = document.createElement("div");
  wrapper.className = "fulcrum";
  root.append(wrapper);
  document.body.append(host);
  render(tree, wrapper);
}

function card(
  profile: Profile,
  given: Answer,
  act: (state: CardState) => void = nothing,
  core = previewCore(given),
): void {
  const state = new CardState(person(profile, core));
  show(<Card state={state} id="card" openSettings={nothing} openProject={nothing} close={nothing} />);
  act(state);
}

const INES_ARCHIVED = { ...INES, opportunities: [{ ...PAST, archived_at: NOW - 250 * DAY }] };
const NEW = answer("none", []);
const WEAK = [reason("name", "equal", 11), reason("location", "different", -1.5)];
const NAME_AND_EMPLOYERS = [
  reason("company", "equal", 8, "Harbor Labs"),
  reason("company", "equal", 3, "Northlight"),
  reason("name", "equal", 13),
];
const TROUBLED: Status = { ...CONNECTED, connection: { state: "troubled", failure: failure("key_refused") } };
const DOWN: Status = {
  ...CONNECTED,
  mirror: {
    ...MIRROR,
    as_of: NOW - 3 * 60 * 60 * 1_000,
    phase: { phase: "waiting", until: NOW + 60_000, failure: failure("lever_failing") },
  },
};

const SITUATIONS: readonly Situation[] = [
  { at: "answered", answer: answer("same", [INES]) },
  { at: "answered", answer: answer("same", [INES_ARCHIVED]) },
  {
    at: "answered",
    answer: answer("same", [
      {
        ...INES,
        opportunities: [opportunity({ status: "prospect", stage: { id: "lead-reached-out", text: "Reached out" } })],
      },
    ]),
  },
  { at: "answered", answer: answer("same", [{ ...INES, opportunities: [{ ...PAST, status: "hired" }] }]) },
  {
    at: "answered",
    answer: answer("same", [{ ...INES, opportunities: [opportunity({ stage: { id: "gone", text: null } })] }]),
  },
  { at: "answered", answer: answer("likely", [INES], {}, NAME_AND_EMPLOYERS) },
  { at: "answered", answer: answer("possible", NAMESAKES) },
  { at: "answered", answer: answer("ambiguous", NAMESAKES) },
  { at: "answered", answer: NEW },
  { at: "answered", answer: answer("none", [], { status: DOWN }) },
  { at: "answered", answer: answer("none", [], { status: { ...CONNECTED, mirror: READING } }) },
  { at: "looking" },
  { at: "exporting" },
  { at: "exported", outcome: outcome() },
  { at: "exported", outcome: outcome({ state: "unknown" }) },
  { at: "unreadable" },
  { at: "answered", answer: answer("none", [], { status: NOT_CONNECTED }) },
  { at: "failed", failure: failure("key_refused") },
  { at: "failed", failure: failure("network") },
];

const scenes: Record<string, () => void> = {
  badges() {
    show(
      <div style={{ display: "grid", gap: "8px", justifyItems: "start" }}>
        {SITUATIONS.map((situation, place) => (
          <Badge key={place} model={badgeModel(situation, NOW)} open={false} controls="card" onPress={nothing} />
        ))}
      </div>,
      "420px",
    );
  },
  cards() {
    card(INES_PAGE, answer("same", [INES]));
    card(INES_PAGE, answer("likely", [INES_ARCHIVED], { status: DOWN }, NAME_AND_EMPLOYERS));
    card(INES_PAGE, answer("ambiguous", NAMESAKES, {}, WEAK));
    card(INES_PAGE, answer("none", [], { status: { ...CONNECTED, mirror: READING } }));
    const partly = { ...MIRROR, complete: false, read: 0.4, earliest: Date.UTC(2024, 2, 1, 12) };
    card(INES_PAGE, answer("none", [], { status: { ...CONNECTED, mirror: partly } }));
    card(INES_PAGE, answer("same", [INES], { status: TROUBLED }));
    card(INES_PAGE, answer("none", [], { status: NOT_CONNECTED }));
    card(INES_PAGE, answer("same", [INES]), ({ session }) => {
      session.said.value = { contact: "c2", name: "Inés Kowalczyk-Brandt", correction: "not_this_person" };
    });
    card(TOMASZ_PAGE, answer("none", [], { exported: outcome() }));
  },
  /** Opened by the picture's script: page and Lever beside each other. */
  reasons() {
    card(INES_PAGE, answer("same", [INES]));
    card(INES_PAGE, answer("likely", [INES_ARCHIVED], {}, MIXED));
    card(INES_PAGE, answer("ambiguous", NAMESAKES, {}, MIXED));
    const confirmed = [reason("correction", "confirmed", 60), reason("name", "equal", 11, "Ines Kowalczyk")];
    card(INES_PAGE, answer("same", [INES], {}, confirmed), ({ session }) => {
      session.said.value = { contact: "c1", name: "Ines Kowalczyk", correction: "same_person" };
    });
  },
  /** Somebody in Lever is brought up to date: the way there, the comparison, what can come of it. */
  updates() {
    const known = answer("same", [INES]);
    const newsOf = (given: Answer, compared = COMPARED) => Object.assign(previewCore(given), { compared });
    card(INES_PAGE, known, nothing, newsOf(known));
    card(INES_PAGE, known, (state) => state.openUpdate(INES), newsOf(known));
    card(
      INES_PAGE,
      known,
      (state) => {
        state.openUpdate(INES);
        const { update } = state;
        if (update !== null) {
          update.tags.value = ["Rust"];
          update.note.value = "Back from parental leave in March.";
          update.ticked.value = COMPARED.slice(0, 3).map(({ id }) => id);
          update.showsFields.value = true;
        }
      },
      newsOf(known),
    );
    const likely = answer("likely", [INES], {}, NAME_AND_EMPLOYERS);
    const unticked = COMPARED.slice(2, 4).map((value) => ({ ...value, ticked: false }));
    card(INES_PAGE, likely, (state) => state.openUpdate(INES), newsOf(likely, unticked));
    card(INES_PAGE, known, (state) => state.openUpdate(INES));
    for (const failed of [[], ["update_contact" as const]]) {
      card(INES_PAGE, known, (state) => {
        state.openUpdate(INES);
        if (state.update !== null) {
          const missing = failure("permission_missing", {
            permission: "Update a contact",
            endpoint: "PUT /contacts/:id",
          });
          state.update.updated.value = {
            outcome: outcome({ state: failed.length > 0 ? "failed" : "confirmed" }),
            failed: failed.map((step) => ({ step, failure: missing })),
          };
        }
      });
    }
    const erased = previewCore(known);
    card(INES_PAGE, known, (state) => state.openUpdate(INES), {
      ...erased,
      ask: async (command) =>
        command.command === "plan_update"
          ? { reply: "failed", failure: failure("contact_anonymized") }
          : erased.ask(command),
    });
  },
  details() {
    const known = answer("same", [INES]);
    card(INES_PAGE, known);
    const reading = previewCore(known);
    card(INES_PAGE, known, nothing, {
      ...reading,
      ask: (command) => (command.command === "details" ? new Promise(nothing) : reading.ask(command)),
    });
    const missing = failure("permission_missing", {
      permission: "Find all opportunity files",
      endpoint: "GET /opportunities/:id/files",
    });
    const partly = previewCore(known);
    partly.details = () => ({
      reply: "details",
      details: DETAILS.map((one) => ({ ...one, files: [], failure: missing })),
    });
    card(INES_PAGE, known, nothing, partly);
    const failing = previewCore(known);
    failing.details = () => ({ reply: "failed", failure: failure("network") });
    card(INES_PAGE, known, nothing, failing);
  },
  looking() {
    const state = new CardState(
      new PersonSession(INES_PAGE, {
        core: { ask: () => new Promise<Reply>(nothing) },
        isCurrent: async () => true,
        signal: never,
      }),
    );
    void state.session.lookUp();
    show(<Card state={state} id="card" openSettings={nothing} openProject={nothing} close={nothing} />);
  },
  forms() {
    card(TOMASZ_PAGE, NEW, (state) => state.openExport(null));
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      const { draft } = state;
      if (draft !== null) {
        draft.kind.value = "job";
        draft.tags.value = ["Rust", "Berlin 2026"];
        draft.typeJob("plat");
      }
    });
    card(INES_PAGE, answer("same", [INES]), (state) => {
      state.openExport(INES);
      const { draft } = state;
      if (draft !== null) {
        draft.job.value = { ...POSTING };
        draft.jobText.value = POSTING.title;
        draft.showsFields.value = true;
        draft.addsEmail.value = true;
        draft.note.value = "Met at the storage meet-up.";
      }
    });
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      const file = (name: string) => new File(["%PDF-1.7"], name);
      state.draft?.attach([file("Tomasz Abara, portfolio of the last twelve years.pdf"), file("setup.exe")]);
      if (state.draft !== null) {
        state.draft.showsFields.value = true;
      }
    });
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      if (state.draft !== null) {
        state.draft.outcome.value = outcome();
      }
    });
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      state.session.left.value = true;
    });
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      if (state.draft !== null) {
        state.draft.failure.value = failure("permission_missing", {
          permission: "Create an opportunity",
          endpoint: "POST /opportunities",
        });
      }
    });
  },
  /** With the row open; on two projects already; one that holds nobody more; below the form. */
  "card-projects"() {
    card(INES_PAGE, answer("same", [INES]), ({ projects }) => projects.open());
    const listed = previewCore(answer("same", [INES]));
    listed.on = [PROJECTS[0], PROJECTS[2]];
    card(INES_PAGE, answer("same", [INES]), nothing, listed);
    card(TOMASZ_PAGE, NEW, ({ projects }) => {
      projects.open();
      const { choice } = projects;
      if (choice.value !== null) {
        choice.value.failure.value = failure("project_full");
      }
    });
    card(TOMASZ_PAGE, NEW, (state) => {
      state.openExport(null);
      state.projects.open();
    });
  },
  /** The real thing in its closed root, on a page that listens to every key. */
  overlay() {
    overlay(previewCore(NEW), TOMASZ_PAGE);
  },
  "overlay-known"() {
    overlay(previewCore(answer("same", [INES])), INES_PAGE);
  },
  options() {
    options({ ...CONNECTED, unsettled_exports: 1 }, null);
  },
  "options-reading"() {
    options({ ...CONNECTED, me: null, mirror: READING }, CHECK);
  },
  "options-renewed"() {
    const mirror = { ...READING, renewed: "damaged" as const, earliest: Date.UTC(2024, 2, 1, 12) };
    options({ ...CONNECTED, mirror }, null, { usage: 1_850_000_000, quota: 2_000_000_000 });
  },
  "options-new"() {
    options(NOT_CONNECTED, null);
  },
  "options-refused"() {
    options(NOT_CONNECTED, { accepted: false, permissions: [], confidential: null, failure: failure("key_refused") });
  },
  "options-managed"() {
    options(CONNECTED, null, ROOMY, MANAGED);
  },
  search() {
    search(CONNECTED, (found) => {
      found.text.value = "kowal";
      found.filters.value = { ...found.filters.value, statuses: ["rejected", "hired"], postings: ["p2", "p4"] };
    });
  },
  duplicates() {
    search(CONNECTED, nothing, FOUND, null, "duplicates");
  },
  "search-reading"() {
    const mirror = { ...READING, earliest: Date.UTC(2024, 2, 1, 12) };
    search({ ...CONNECTED, mirror }, nothing, { people: [], count: { count: "exactly", people: 0 } });
  },
  "search-failed"() {
    search(CONNECTED, (found) => {
      found.failure.value = failure("storage");
    });
  },
  "search-new"() {
    search(NOT_CONNECTED, nothing);
  },
  "side-panel"() {
    sidePanel(answer("same", [INES]));
  },
  "side-panel-list"() {
    listPanel(3);
  },
  "side-panel-list-unread"() {
    listPanel(0, failure("network"));
  },
  "import-csv"() {
    void importCsv("Platform_spring 2026.csv", TABLE);
  },
  "import-csv-nobody"() {
    void importCsv("Budget.csv", "Month;Sum\nMay;3");
  },
  "side-panel-resume"() {
    sidePanel(answer("same", [INES], {}, MIXED.slice(0, 3)), { profile: INES_RESUME });
  },
  "side-panel-scanned"() {
    sidePanel(answer("same", [INES]), { trouble: "scanned" });
  },
  "search-resume"() {
    search(CONNECTED, nothing, FOUND, { profile: INES_RESUME });
  },
  popup() {
    popup(viewOf("profile", answer("same", [INES])));
  },
  "popup-unread"() {
    popup(null);
  },
};

const POSTING = {
  id: "p1",
  title: "Platform Engineer",
  team: "Infrastructure",
  department: null,
  location: "Berlin",
  workplace_type: null,
  state: "published",
  unavailable: null,
};

const CHECK: ConnectionCheck = {
  accepted: true,
  confidential: false,
  failure: null,
  permissions: [
    { label: "Find all opportunities", endpoint: "GET /opportunities", granted: true },
    { label: "Find all stages", endpoint: "GET /stages", granted: true },
    { label: "Find a contact", endpoint: "GET /contacts/:id", granted: false },
    { label: "Create an opportunity", endpoint: "POST /opportunities", granted: null },
  ],
};

function overlay(core: PreviewCore, profile: Profile): void {
  const host = createHost(document);
  installKeystrokeGuard(host.element, host.root, never);
  adoptStyles(host.root, [...SHARED_STYLES, overlayStyles]);
  attachHost(host.element, never);
  const name = document.createElement("h1");
  name.textContent = profile.name;
  name.style.cssText = "display:inline-block;margin:24px 16px;font:600 24px/32px sans-serif";
  document.body.append(name);
  const shown = new Overlay(
    host,
    { openSettings: nothing, openProject: nothing, showFile: nothing, savePlace: nothing, findName: () => name },
    null,
    never,
  );
  const session = person(profile, core);
  shown.show(session);
  globalThis.preview = { core, overlay: shown, session };
}

function ask(status: Status, policy: PreviewCore["policy"]): (command: Command) => Promise<Reply> {
  const core = previewCore(NEW);
  core.policy = policy;
  core.reading = { ...core.reading, earliest: status.mirror.earliest };
  return async (command) => {
    if (command.command === "status") {
      return { reply: "status", status };
    }
    return command.command === "journal" ? { reply: "journal", entries: [...JOURNAL] } : core.ask(command);
  };
}

const ROOMY: StorageSpace = { usage: 24_800_000, quota: 74_000_000_000 };

function options(
  status: Status,
  check: ConnectionCheck | null,
  space = ROOMY,
  policy: PreviewCore["policy"] = { fixed: [], wrong: [] },
): void {
  const settings = new Settings({
    consent: { redirectUri: () => "https://abcdefghijklmnop.chromiumapp.org/lever", open: async () => null },
    ask: ask(status, policy),
    siteSettings: async (site) => ({ display: site === "linkedin" ? "quiet" : "overlay", badge: null, fixed: false }),
    changeSite: async (_, display) => ({ display, badge: null, fixed: false }),
    onChanged: nothing,
    storage: { estimate: async () => space, persisted: async () => false, persist: async () => false },
  });
  document.body.classList.add("fulcrum");
  render(<Options settings={settings} />, document.body);
  settings.check.value = check;
  void settings.refresh();
}

function search(
  status: Status,
  act: (state: PeopleSearch) => void,
  found = FOUND,
  resume: ResumeReading | null = null,
  view: SearchView = "search",
): void {
  const core = previewCore(NEW);
  core.found = found;
  const state = new PeopleSearch({
    ask: async (command) => (command.command === "status" ? { reply: "status", status } : core.ask(command)),
    onChanged: nothing,
  });
  document.body.classList.add("fulcrum");
  const desk = deskWith(answer("none", []), resume);
  const duplicates = new DuplicateList({ ask: (command) => core.ask(command) });
  render(
    <Search
      search={state}
      desk={desk}
      duplicates={duplicates}
      view={signal(view)}
      openSettings={nothing}
      openProject={nothing}
    />,
    document.body,
  );
  void state.start().then(() => act(state));
}

function deskWith(given: Answer, reading: ResumeReading | null): ResumeDesk {
  const core = previewCore(given);
  const desk = new ResumeDesk({
    ask: (command) => core.ask(command),
    read: async () => reading ?? { trouble: "failed" },
  });
  if (reading !== null) {
    void desk.take([new File([], "Ines Kowalczyk, resume 2026.pdf")]);
  }
  return desk;
}

function sidePanel(given: Answer, resume: ResumeReading | null = null): void {
  const tab = new TabPerson({
    ask: (command) => previewCore(given).ask(command),
    view: async () => viewOf("profile", given),
  });
  document.body.classList.add("fulcrum");
  render(
    <SidePanel person={tab} desk={deskWith(given, resume)} openSettings={nothing} openProject={nothing} />,
    document.body,
  );
  void tab.follow(1);
}

function listPanel(ticked: number, trouble: Failure | null = null): void {
  const core = previewCore(NEW);
  core.listed = trouble;
  const view: TabView = {
    url: "https://www.linkedin.com/search/results/people/?keywords=data",
    reading: "list",
    profile: null,
    rows: [...LIST_ROWS],
    answer: null,
    exported: null,
    failure: null,
  };
  const tab = new TabPerson({ ask: (command) => core.ask(command), view: async () => view });
  document.body.classList.add("fulcrum");
  render(
    <SidePanel person={tab} desk={deskWith(NEW, null)} openSettings={nothing} openProject={nothing} />,
    document.body,
  );
  void tab.follow(1).then(() => {
    const shown = tab.shown.peek();
    for (const { key } of shown?.is === "list" ? LIST_ROWS.slice(0, ticked) : []) {
      shown?.is === "list" && shown.list.select(key, true, "one");
    }
  });
}

const TABLE = `Name,Email,LinkedIn URL,Current Company,Owner Email,Notes
Ines Kowalczyk,ines@example.org,https://www.linkedin.com/in/ines-kowalczyk-example,Harbor Labs,maya@example.org,
Amara Nwosu,,https://www.linkedin.com/in/amara-nwosu-example,Fjordworks,maya@example.org,called
,,,Tidewater,maya@example.org,
Jonas Fyhr,jonas.fyhr@example.org,,,,,one cell too many
`;

async function importCsv(name: string, text: string): Promise<void> {
  const core = previewCore(NEW);
  const desk = new CsvDesk((command) => core.ask(command));
  await desk.take(new File([text], name));
  document.body.classList.add("fulcrum");
  render(
    <main class="page">
      <h1>Projects</h1>
      <CsvPlace desk={desk} added={nothing} />
    </main>,
    document.body,
  );
}

function viewOf(reading: TabView["reading"], given: Answer): TabView {
  return { url: INES_PAGE.url, reading, profile: INES_PAGE, rows: [], answer: given, exported: null, failure: null };
}

function popup(view: TabView | null): void {
  const given = view?.answer ?? NEW;
  const site = signal<OpenSite | null>({
    site: view === null ? "web" : "linkedin",
    known: view !== null,
    display: "quiet",
    fixed: false,
  });
  const tab = new TabPerson({ ask: (command) => previewCore(given).ask(command), view: async () => view });
  document.body.classList.add("fulcrum");
  render(
    <Popup
      status={signal<Status | null>(CONNECTED)}
      site={site}
      person={tab}
      setDisplay={async (display: SiteDisplay) => {
        const open = site.peek();
        site.value = open === null ? null : { ...open, display };
      }}
      openSettings={nothing}
      openProject={nothing}
      readPage={async () => ({ ok: false, reason: "not_allowed" })}
      openPanel={nothing}
    />,
    document.body,
  );
  void tab.follow(1);
}

adoptStyles(document, [...SHARED_STYLES, page]);
document.documentElement.lang = "en";
document.title = "Fulcrum preview";
scenes[location.hash.slice(1)]?.();
