/** The card's projects: those its person is on, and the way onto another. Below the buttons, where late lines move none of them. */
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import type { ProjectNumber, ProjectSummary } from "../shared/protocol";
import type { CardState } from "./card-state";
import { Cross } from "./icons";
import { FailureNotice } from "./notice";
import { ProjectField } from "./project-field";
import { Rich } from "./rich";

interface CardProjectsProps {
  state: CardState;
  openProject: (project: ProjectNumber) => void;
  /** Set where the page could hear what is typed here. */
  addElsewhere?: (() => void) | undefined;
}

export function CardProjects({ state, openProject, addElsewhere }: CardProjectsProps): JSX.Element {
  const { session, projects } = state;
  const answer = session.answer.value;
  const choice = projects.choice.value;
  const button = useRef<HTMLButtonElement>(null);
  // With every new answer: they may have been put on one, or taken off, elsewhere.
  useEffect(() => {
    if (answer !== null) {
      void projects.load();
    }
  }, [projects, answer]);
  // What had the focus is gone; the keyboard goes on at the button.
  const goOn = () => requestAnimationFrame(() => button.current?.focus({ preventScroll: true }));
  const close = () => {
    projects.close();
    goOn();
  };
  const add = () => void projects.add().then((isOn) => isOn && goOn());
  const on = projects.on.value ?? [];
  const removed = projects.removedFrom.value;
  return (
    <div class="projects">
      {choice === null ? (
        <button
          ref={button}
          type="button"
          class="button small"
          onClick={() => (addElsewhere === undefined ? projects.open() : addElsewhere())}
        >
          {t("project_add")}
        </button>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a form element would let the browser submit on a key press of its own.
        <div
          class="project-row"
          role="group"
          aria-label={t("project_add")}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.defaultPrevented && !event.isComposing) {
              event.preventDefault();
              close();
            }
          }}
        >
          <ProjectField choice={choice} focused onEnter={add} onChosen={add} />
          <button type="button" class="button" aria-disabled={choice.adding.value} onClick={add}>
            {t("project_add_short")}
          </button>
          <button type="button" class="close" aria-label={t("cancel")} onClick={close}>
            <Cross />
          </button>
          {choice.failure.value !== null && <FailureNotice failure={choice.failure.value} onAgain={add} />}
        </div>
      )}
      {on.length > 0 && (
        <ul class="on">
          {on.map((project) => (
            <OnProject
              key={project.project}
              project={project}
              open={() => openProject(project.project)}
              remove={() => void projects.remove(project).then(goOn)}
            />
          ))}
        </ul>
      )}
      <span class="unseen" role="status">
        {removed === null
          ? on.map(({ name }) => t("project_on", name).replace(/<\/?b>/gu, "")).join(". ")
          : t("project_removed", removed)}
      </span>
    </div>
  );
}

interface OnProjectProps {
  project: ProjectSummary;
  open: () => void;
  remove: () => void;
}

function OnProject({ project, open, remove }: OnProjectProps): JSX.Element {
  return (
    <li class="small between">
      <span class="wrap">
        <Rich text={t("project_on", project.name)} />
      </span>
      <span class="ways">
        <button type="button" class="link underlined roomy" onClick={open}>
          {t("project_open")}
        </button>
        <button
          type="button"
          class="link underlined roomy"
          aria-label={t("project_remove_from", project.name)}
          onClick={remove}
        >
          {t("project_remove")}
        </button>
      </span>
    </li>
  );
}
