/** The people of a list page: one row each, and below them the project that those who are ticked are put on. */
import type { JSX, TargetedKeyboardEvent } from "preact";
import { plural, t } from "../shared/i18n";
import type { ProjectNumber } from "../shared/protocol";
import { badgeLine, rowModel } from "./badge-model";
import { now } from "./clock";
import { BadgeIcon } from "./icons";
import { FailureNotice, Notice } from "./notice";
import type { ListRow, PeopleList } from "./people-list";
import { ProjectField } from "./project-field";

interface PeopleListViewProps {
  list: PeopleList;
  openSettings: () => void;
  openProject: (project: ProjectNumber) => void;
}

export function PeopleListView({ list, openSettings, openProject }: PeopleListViewProps): JSX.Element {
  const rows = list.rows.value;
  const here = rows.filter(({ isHere }) => isHere);
  const kept = rows.filter(({ isHere }) => !isHere);
  const failure = list.failure.value;
  return (
    <section class="people-list" aria-label={t("list_title")}>
      <header class="strip">
        <h2 class="small">{plural("list_read", here.length)}</h2>
        {failure !== null && (
          <FailureNotice failure={failure} onSettings={openSettings} onAgain={() => void list.askAgain()} />
        )}
        <Selecting list={list} />
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the tick boxes take the keys; the arrows go from one to the next. */}
      <div onKeyDown={(event) => move(event, list)}>
        <Rows list={list} rows={here} />
        {kept.length > 0 && (
          <>
            <h3 class="kept small dim">{plural("list_kept", kept.length)}</h3>
            <Rows list={list} rows={kept} />
          </>
        )}
      </div>
      <Adding list={list} openSettings={openSettings} openProject={openProject} />
    </section>
  );
}

function Selecting({ list }: { list: PeopleList }): JSX.Element {
  const unknown = list.unknown.value;
  const isComplete = list.rows.value.every(({ verdict }) => verdict === null || verdict.complete);
  return (
    <div class="between">
      {unknown.length > 0 && (
        <button type="button" class="link underlined roomy" onClick={() => list.selectUnknown()}>
          {t(isComplete ? "list_select_new" : "list_select_not_found")}
        </button>
      )}
      {list.selected.value.size > 0 && (
        <button type="button" class="link underlined roomy" onClick={() => list.selectNobody()}>
          {t("list_select_none")}
        </button>
      )}
    </div>
  );
}

function Rows({ list, rows }: { list: PeopleList; rows: readonly ListRow[] }): JSX.Element {
  return (
    <ul>
      {rows.map((row) => (
        <Row key={row.profile.key} list={list} row={row} />
      ))}
    </ul>
  );
}

function Row({ list, row }: { list: PeopleList; row: ListRow }): JSX.Element {
  const { profile, verdict, person } = row;
  const model = verdict === null ? null : rowModel(verdict, person, now.value);
  return (
    <li>
      <label class="list-row">
        <input
          type="checkbox"
          value={profile.key}
          checked={list.selected.value.has(profile.key)}
          onClick={(event) => {
            list.select(profile.key, event.currentTarget.checked, event.shiftKey ? "range" : "one");
          }}
        />
        <span class="wrap">
          <b class="wrap">{profile.name ?? t("list_unnamed")}</b>
          {profile.headline !== null && <span class="line">{profile.headline}</span>}
          {model === null ? (
            list.failure.value === null && <span class="skeleton" style={{ width: "40%" }} />
          ) : (
            <span class={`standing ${model.tone}`} title={model.hint ?? undefined}>
              <BadgeIcon kind={model.kind} read={model.read} />
              {badgeLine(model)}
            </span>
          )}
        </span>
      </label>
    </li>
  );
}

/** Up and down go from row to row; with Shift they take the rows along. */
function move(event: TargetedKeyboardEvent<HTMLElement>, list: PeopleList): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input")];
  const at = boxes.indexOf(event.target as HTMLInputElement);
  const from = boxes[at];
  const next = step === undefined ? undefined : boxes[at + step];
  if (from === undefined || next === undefined || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  event.preventDefault();
  next.focus();
  if (event.shiftKey) {
    list.select(from.value, true, "one");
    list.select(next.value, true, "range");
  }
}

function Adding({ list, openSettings, openProject }: PeopleListViewProps): JSX.Element {
  const { choice } = list;
  const count = list.selected.value.size;
  const added = list.added.value;
  const add = () => void list.add();
  return (
    <div class="strip adding">
      <ProjectField choice={choice} onEnter={add} />
      <button
        type="button"
        class="button main"
        aria-disabled={count === 0 || choice.adding.value}
        onClick={() => count > 0 && add()}
      >
        {count === 0 ? t("project_add") : plural("list_add", count)}
      </button>
      {count === 0 && added === null && <p class="small dim">{t("list_add_nobody")}</p>}
      {choice.failure.value !== null && (
        <FailureNotice failure={choice.failure.value} onSettings={openSettings} onAgain={add} />
      )}
      <div role="status">
        {added !== null && (
          <Notice tone="in" text={plural("list_added", added.people, added.project.name)}>
            {" "}
            <button type="button" class="link underlined" onClick={() => openProject(added.project.project)}>
              {t("project_open")}
            </button>
          </Notice>
        )}
      </div>
    </div>
  );
}
