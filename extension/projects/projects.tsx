/** The projects page: the projects, the people of one, the plan for whoever is ticked, and what became of them. */
import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { plural, t } from "../shared/i18n";
import type { BatchSummary, ProjectSummary } from "../shared/protocol";
import { FailureNotice, Notice } from "../ui/notice";
import { When } from "../ui/when";
import type { BatchDesk } from "./batch-desk";
import { BatchView, standsStill } from "./batch-view";
import { ImportCsv } from "./import-csv";
import type { ManyDraft } from "./many-draft";
import { ManyForm } from "./many-form";
import { PeopleTable } from "./people-table";
import type { ProjectDesk } from "./project-desk";

/** What is open: at most one of the two. */
export interface Place {
  project: number | null;
  batch: number | null;
}

/** The place that an address's fragment names. */
export function placeOf(hash: string): Place {
  const [, kind, number] = /^#(project|batch)=(\d+)$/u.exec(hash) ?? [];
  return {
    project: kind === "project" ? Number(number) : null,
    batch: kind === "batch" ? Number(number) : null,
  };
}

interface ProjectsProps {
  desk: ProjectDesk;
  batches: BatchDesk;
  place: Signal<Place>;
  draft: Signal<ManyDraft | null>;
  review: (project: number, keys: readonly string[]) => void;
  leaveReview: () => void;
  openSettings: () => void;
}

export function Projects(props: ProjectsProps): JSX.Element {
  const { desk, batches, place, draft, openSettings } = props;
  const failure = desk.failure.value ?? batches.failure.value;
  if (failure?.code === "not_connected") {
    return (
      <main class="page">
        <h1>{t("projects_title")}</h1>
        <FailureNotice failure={failure} onSettings={openSettings} />
      </main>
    );
  }
  return (
    <main class="page projects-page">
      <header>
        <h1>{t("projects_title")}</h1>
      </header>
      {failure !== null && (
        <FailureNotice
          failure={failure}
          onSettings={openSettings}
          onAgain={() => void Promise.all([desk.refresh(), batches.refresh()])}
        />
      )}
      <div class="projects-grid">
        <Sidebar desk={desk} batches={batches} place={place.value} />
        {place.value.batch !== null ? (
          <BatchView desk={batches} />
        ) : draft.value !== null ? (
          <ManyForm
            draft={draft.value}
            project={desk.project.value?.name ?? ""}
            onBegun={(batch) => {
              location.hash = `batch=${batch}`;
            }}
            onLeave={props.leaveReview}
            onSettings={openSettings}
          />
        ) : (
          <div class="projects-open">
            {place.value.project === null ? (
              <p class="dim nobody">{t(desk.projects.value?.length === 0 ? "projects_none" : "projects_choose")}</p>
            ) : (
              <Project {...props} />
            )}
            <ImportCsv
              ask={desk.ask}
              added={(project) => {
                location.hash = `project=${project}`;
                void desk.refresh();
              }}
            />
          </div>
        )}
      </div>
    </main>
  );
}

function Sidebar({ desk, batches, place }: { desk: ProjectDesk; batches: BatchDesk; place: Place }): JSX.Element {
  const projects = desk.projects.value;
  return (
    <nav class="projects-list" aria-label={t("projects_title")}>
      <NewProject desk={desk} />
      {projects === null ? (
        <span class="skeleton" />
      ) : (
        <ul>
          {projects.map((project) => (
            <li key={project.project}>
              <a
                href={`#project=${project.project}`}
                class="project"
                aria-current={place.project === project.project ? "page" : undefined}
              >
                <span class="wrap">{project.name}</span>
                <span class="number dim">{plural("people_count", project.people)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {(batches.batches.value ?? []).length > 0 && (
        <>
          <h2>{t("batches_title")}</h2>
          <ul>
            {batches.batches.value?.map((batch) => (
              <BatchLink key={batch.batch} batch={batch} current={place.batch === batch.batch} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function BatchLink({ batch, current }: { batch: BatchSummary; current: boolean }): JSX.Element {
  const { waiting, failed, unknown } = batch.counts;
  const attention = standsStill(batch) || failed + unknown > 0;
  return (
    <li>
      <a href={`#batch=${batch.batch}`} class="project" aria-current={current ? "page" : undefined}>
        <span class="wrap">{batch.name}</span>
        <span class="dim small">
          {batch.finished_at !== null ? <When at={batch.finished_at} /> : plural("batch_left", waiting)}
          {attention && <span class="chip maybe">{t(failed > 0 ? "batch_has_failed" : "batch_look")}</span>}
        </span>
      </a>
    </li>
  );
}

function NewProject({ desk }: { desk: ProjectDesk }): JSX.Element {
  const name = useSignal("");
  const begin = async (event: Event) => {
    event.preventDefault();
    const project = await desk.begin(name.peek());
    if (project !== null) {
      name.value = "";
      location.hash = `project=${project}`;
    }
  };
  return (
    <form class="one-line" onSubmit={(event) => void begin(event)}>
      <input
        class="input"
        aria-label={t("projects_new")}
        placeholder={t("projects_new")}
        autocomplete="off"
        maxLength={100}
        value={name.value}
        onInput={(event) => {
          name.value = event.currentTarget.value;
        }}
      />
      <button type="submit" class="button" disabled={name.value.trim() === ""}>
        {t("project_begin")}
      </button>
    </form>
  );
}

function Project({ desk, review }: ProjectsProps): JSX.Element {
  const project = desk.project.value;
  const people = desk.people.value;
  if (project === null) {
    return desk.projects.value === null ? <span class="skeleton" /> : <Notice tone="plain" text={t("project_gone")} />;
  }
  const chosen = desk.chosen.value;
  return (
    <section class="panel project-panel" aria-labelledby="project-name">
      <Head key={project.project} desk={desk} project={project} />
      {people === null ? (
        <div aria-busy="true">
          <span class="skeleton" />
          <span class="skeleton" style={{ width: "60%" }} />
        </div>
      ) : people.length === 0 ? (
        <p class="dim nobody">{t("project_empty")}</p>
      ) : (
        <>
          <div class="buttons">
            <button
              type="button"
              class="button main"
              aria-disabled={chosen.length === 0}
              onClick={() => chosen.length > 0 && review(project.project, chosen)}
            >
              {chosen.length === 0 ? t("project_export_nobody") : plural("project_export", chosen.length)}
            </button>
            <button
              type="button"
              class="button"
              aria-disabled={chosen.length === 0}
              onClick={() => chosen.length > 0 && void desk.removeChosen()}
            >
              {t("project_take_off")}
            </button>
          </div>
          <PeopleTable desk={desk} people={people} />
        </>
      )}
    </section>
  );
}

/** Name and number of people; the name is changed in place, the project thrown away after a question, since that cannot be undone. */
function Head({ desk, project }: { desk: ProjectDesk; project: ProjectSummary }): JSX.Element {
  const name = useSignal<string | null>(null);
  const asks = useSignal(false);
  const rename = useRef<HTMLButtonElement>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    if (name.value !== null && (await desk.rename(project.project, name.value))) {
      name.value = null;
    }
  };
  if (name.value !== null) {
    return (
      <form class="one-line" onSubmit={(event) => void save(event)}>
        <input
          class="input"
          id="project-name"
          aria-label={t("project_name")}
          maxLength={100}
          autocomplete="off"
          ref={(input) => input?.focus()}
          value={name.value}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") {
              name.value = null;
            }
          }}
        />
        <button type="submit" class="button main">
          {t("project_rename")}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => {
            name.value = null;
          }}
        >
          {t("cancel")}
        </button>
      </form>
    );
  }
  return (
    <header>
      <h2 id="project-name" class="wrap">
        {project.name}
      </h2>
      <span class="buttons">
        <button
          ref={rename}
          type="button"
          class="link roomy"
          onClick={() => {
            name.value = project.name;
          }}
        >
          {t("project_rename")}
        </button>
        {asks.value ? (
          <>
            <button type="button" class="link roomy" onClick={() => void desk.remove(project.project)}>
              {plural("project_delete_sure", project.people)}
            </button>
            <button
              type="button"
              class="link roomy"
              onClick={() => {
                asks.value = false;
              }}
            >
              {t("cancel")}
            </button>
          </>
        ) : (
          <button
            type="button"
            class="link roomy"
            onClick={() => {
              asks.value = true;
            }}
          >
            {t("project_delete")}
          </button>
        )}
      </span>
    </header>
  );
}
