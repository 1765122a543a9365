/** The plan for many people: what is chosen for all of them, and what Lever will do, person by person, before anything is sent. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { type PluralStem, plural, t } from "../shared/i18n";
import type { IfKnown, PlannedLine } from "../shared/protocol";
import { Disclosure } from "../ui/disclosure";
import { JobField, KindChoice, NoteField, SourceField, StageField } from "../ui/export-form";
import { isGenuine } from "../ui/genuine";
import { Dash, Plus } from "../ui/icons";
import { keyWords } from "../ui/key-words";
import { FailureNotice, Notice } from "../ui/notice";
import { planSentence } from "../ui/plan-words";
import { PlannedFields } from "../ui/planned-fields";
import { Rich } from "../ui/rich";
import { TagField } from "../ui/tag-field";
import type { ManyDraft } from "./many-draft";

/** Lines drawn at first: a thousand of them would take the page a moment. */
const FIRST_LINES = 100;
const WAYS: readonly IfKnown[] = ["skip", "join", "new"];

interface ManyFormProps {
  draft: ManyDraft;
  project: string;
  onBegun: (batch: number) => void;
  onLeave: () => void;
  onSettings: () => void;
}

export function ManyForm({ draft, project, onBegun, onLeave, onSettings }: ManyFormProps): JSX.Element {
  const ready = draft.ready.value.length;
  const failure = draft.failure.value;
  const send = async (event: Event) => {
    if (!isGenuine(event) || ready === 0) {
      return;
    }
    const batch = await draft.send();
    if (batch !== null) {
      onBegun(batch);
    }
  };
  return (
    <section class="panel many" aria-labelledby="many-title">
      <header>
        <h2 id="many-title" class="wrap">
          {plural("many_title", draft.keys.length, project)}
        </h2>
      </header>
      <div class="form">
        {draft.options.value?.only_prospects !== true && <KindChoice draft={draft} />}
        {draft.kind.value === "job" && <JobField draft={draft} />}
        <TagField
          tags={draft.tags.value}
          known={draft.options.value?.tags ?? []}
          onChange={(tags) => {
            draft.tags.value = tags;
          }}
        />
        <div class="pair">
          <SourceField draft={draft} />
          <StageField draft={draft} />
        </div>
        {draft.source.value === "" && <p class="small dim">{t("many_source_each")}</p>}
        <NoteField draft={draft} />
        <KnownChoice draft={draft} />
      </div>
      <PlanOfMany draft={draft} />
      {failure !== null && (
        <FailureNotice failure={failure} onSettings={onSettings} onAgain={() => draft.planAgain()} />
      )}
      <div class="buttons">
        <button
          type="button"
          class="button main"
          aria-disabled={ready === 0 || draft.sending.value}
          onClick={(event) => void send(event)}
        >
          {draft.sending.value ? t("form_sending") : plural("many_send", ready)}
        </button>
        <button type="button" class="button" onClick={onLeave}>
          {t("cancel")}
        </button>
      </div>
    </section>
  );
}

function KnownChoice({ draft }: { draft: ManyDraft }): JSX.Element {
  return (
    <>
      <fieldset class="ways-known">
        <legend>{t("many_known")}</legend>
        {WAYS.map((way) => (
          <label key={way}>
            <input
              type="radio"
              name="if-known"
              checked={draft.ifKnown.value === way}
              onChange={() => {
                draft.ifKnown.value = way;
              }}
            />
            <span>
              {t(way === "join" && draft.kind.value === "prospect" ? "many_known_join_prospect" : `many_known_${way}`)}
            </span>
          </label>
        ))}
      </fieldset>
      <label class="switch">
        <input
          type="checkbox"
          checked={draft.includeExported.value}
          onChange={(event) => {
            draft.includeExported.value = event.currentTarget.checked;
          }}
        />
        <span>{t("many_include_exported")}</span>
      </label>
    </>
  );
}

function PlanOfMany({ draft }: { draft: ManyDraft }): JSX.Element {
  const plan = draft.plan.value;
  const planning = draft.planning.value;
  const shown = useSignal(FIRST_LINES);
  if (draft.choices.value === null) {
    return <Notice tone="plain" icon={<Dash />} text={t("plan_needs_job")} />;
  }
  if (plan === null) {
    return (
      <div aria-busy="true">
        <p class="small dim number">{t("many_planning", planning ?? 0, draft.keys.length)}</p>
        <progress class="progress" max={draft.keys.length} value={planning ?? 0} aria-label={t("plan_coming")} />
      </div>
    );
  }
  const unmailed = plan.lines.filter(({ warnings }) => warnings.includes("no_email")).length;
  return (
    <div aria-busy={planning !== null}>
      <ul class="counts" aria-live="polite">
        {summaryOf(plan.lines).map((sentence) => (
          <li key={sentence}>
            <Rich text={sentence} />
          </li>
        ))}
      </ul>
      {unmailed > 0 && <Notice tone="maybe" text={plural("many_no_email", unmailed)} />}
      <ol class="lines">
        {plan.lines.slice(0, shown.value).map((line) => (
          <Line key={line.key} line={line} draft={draft} />
        ))}
      </ol>
      {plan.lines.length > shown.value && (
        <button
          type="button"
          class="button"
          onClick={() => {
            shown.value = plan.lines.length;
          }}
        >
          {plural("many_show_rest", plan.lines.length - shown.value)}
        </button>
      )}
    </div>
  );
}

/** "12 new people." "3 are in Lever already, and are left out." The larger group first. */
export function summaryOf(lines: readonly PlannedLine[]): string[] {
  const groups = new Map<string, number>();
  for (const { action } of lines) {
    const group = action.action === "nothing" ? `nothing_${action.reason}` : action.action;
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  return [...groups]
    .toSorted(([, one], [, other]) => other - one)
    .map(([group, count]) => plural(`many_${group}` as PluralStem, count));
}

function Line({ line, draft }: { line: PlannedLine; draft: ManyDraft }): JSX.Element {
  const name = line.name ?? keyWords(line.key);
  const stage = draft.options.value?.stages.find((other) => other.id === draft.stage.value);
  const nothing = line.action.action === "nothing";
  const sentence = planSentence(line.action, {
    job: draft.kind.value === "job" ? (draft.job.value?.title ?? null) : null,
    stage: stage?.text ?? t("stage_new_lead"),
    person: line.name,
  });
  return (
    <li class={nothing ? "dim" : ""}>
      {nothing ? <Dash /> : <Plus />}
      <div class="wrap">
        <div class="who-line">{name}</div>
        <span class="small">
          <Rich text={sentence} />{" "}
          {!nothing && <Disclosure label={t("many_fields")}>{() => <PlannedFields fields={line.fields} />}</Disclosure>}
        </span>
        {!nothing &&
          line.warnings
            .filter((warning) => warning !== "no_email")
            .map((warning) => <Notice key={warning} tone="maybe" text={t(`warning_${warning}`)} />)}
      </div>
    </li>
  );
}
