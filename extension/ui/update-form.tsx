/**
 * The comparison of page and Lever for somebody who is there already: a line a value, a tick, what it would replace, and what
 * Lever will do, said before it is done. It shows and edits an `UpdateDraft`; what is sent is the draft's business.
 */
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import type { ComparedValue } from "../shared/protocol";
import { NoteField, PageLeft, PlanLine, sendsOn } from "./export-form";
import { isGenuine } from "./genuine";
import { Dash, Plus } from "./icons";
import { FailureNotice, Notice } from "./notice";
import { fieldsSentence, isUnsettled, plannedFieldName, planSentence } from "./plan-words";
import { PlannedFields } from "./planned-fields";
import { TagField } from "./tag-field";
import type { UpdateDraft } from "./update-draft";

interface UpdateFormProps {
  draft: UpdateDraft;
  onClose: () => void;
  onSettings: () => void;
}

export function UpdateForm({ draft, onClose, onSettings }: UpdateFormProps): JSX.Element {
  const busy = draft.session.updating.value;
  if (draft.updated.value !== null) {
    return <Result draft={draft} onClose={onClose} onSettings={onSettings} />;
  }
  if (draft.session.left.value && !busy) {
    return <PageLeft onClose={onClose} />;
  }
  const send = (event: Event) => isGenuine(event) && void draft.send();
  const off = busy || !draft.ready.value;
  return (
    // The keys are handled here for all fields of the group; each field is reachable and operable by itself.
    // biome-ignore lint/a11y/useSemanticElements: a form element would let the browser submit on a key press of its own.
    <div
      role="group"
      aria-label={t("update_open")}
      onKeyDown={(event) => {
        if (sendsOn(event)) {
          event.preventDefault();
          send(event);
        }
      }}
    >
      <div class="form">
        {draft.session.answer.value?.verdict.verdict === "likely" && <Notice tone="maybe" text={t("update_likely")} />}
        <Values draft={draft} />
        <TagField
          tags={draft.tags.value}
          known={draft.knownTags.value}
          onChange={(tags) => {
            draft.tags.value = tags;
          }}
        />
        <NoteField draft={draft} />
        <PlanView draft={draft} />
        {draft.takenBack.value && <Notice tone="plain" text={t("form_taken_back")} urgent />}
        {draft.failure.value !== null && (
          <FailureNotice failure={draft.failure.value} onSettings={onSettings} onAgain={() => draft.planAgain()} />
        )}
      </div>
      <div class="actions">
        <button type="button" class="button main" aria-disabled={off} onClick={(event) => !off && send(event)}>
          {t(busy ? "update_sending" : "update_send")}
          {!busy && (
            <span class="key" aria-hidden="true">
              ⏎
            </span>
          )}
        </button>
        {draft.undoable.value ? (
          <button type="button" class="button" onClick={(event) => isGenuine(event) && void draft.undo()}>
            {t("form_undo")}
          </button>
        ) : (
          <button type="button" class="button" onClick={onClose}>
            {t("cancel")}
          </button>
        )}
      </div>
    </div>
  );
}

function Values({ draft }: { draft: UpdateDraft }): JSX.Element | null {
  const first = useRef<HTMLInputElement>(null);
  const values = draft.values.value;
  const isThere = values !== null;
  useEffect(() => {
    if (isThere) {
      first.current?.focus({ preventScroll: true });
    }
  }, [isThere]);
  if (values === null) {
    return draft.failure.value === null ? (
      <div aria-busy="true">
        <span class="unseen">{t("update_asking")}</span>
        <span class="skeleton" style={{ width: "80%" }} />
        <span class="skeleton" style={{ width: "60%" }} />
      </div>
    ) : null;
  }
  if (values.length === 0) {
    return <Notice tone="plain" text={t("update_nothing_new")} />;
  }
  return (
    <fieldset class="values">
      <legend class="unseen">{t("update_values")}</legend>
      {values.map((value, place) => (
        <Value
          key={value.id}
          value={value}
          isTicked={draft.isTicked(value)}
          inputRef={place === 0 ? first : null}
          isFirstOfField={values[place - 1]?.field !== value.field}
          onTick={() => draft.tick(value)}
        />
      ))}
    </fieldset>
  );
}

interface ValueProps {
  value: ComparedValue;
  isTicked: boolean;
  inputRef: { current: HTMLInputElement | null } | null;
  /** What Lever has in a field is said once. */
  isFirstOfField: boolean;
  onTick: () => void;
}

function Value({ value, isTicked, inputRef, isFirstOfField, onTick }: ValueProps): JSX.Element {
  const id = useId();
  return (
    <label class="value" for={id}>
      <input id={id} ref={inputRef} type="checkbox" checked={isTicked} onChange={onTick} />
      <span class="name">{plannedFieldName(value.field)}</span>
      <span class="page">
        <bdi class="wrap">{shown(value.field, value.page)}</bdi>
      </span>
      {isFirstOfField && (
        <span class="lever small dim">
          <LeverSide value={value} />
        </span>
      )}
    </label>
  );
}

/** Links without what all links have; the preview shows them as they are sent. */
function shown(field: ComparedValue["field"], text: string): string {
  return field === "links" ? text.replace(/^https?:\/\/(www\.)?/u, "").replace(/\/$/u, "") : text;
}

/** What Lever has, and what becomes of it. */
function LeverSide({ value: { field, change, lever } }: { value: ComparedValue }): JSX.Element {
  if (field === "note") {
    return <span>{t("update_history")}</span>;
  }
  const there = lever.map((text) => shown(field, text)).join(", ");
  if (change === "add") {
    return there === "" ? (
      <span>{t("update_none")}</span>
    ) : (
      <>
        {t("update_beside")} <bdi class="wrap">{there}</bdi>
      </>
    );
  }
  return (
    <>
      {t(change === "replace" ? "update_replaces" : "update_replaces_placeholder")}{" "}
      <s>
        <bdi class="wrap">{there}</bdi>
      </s>
    </>
  );
}

function PlanView({ draft }: { draft: UpdateDraft }): JSX.Element | null {
  const plan = draft.plan.value?.plan;
  if (plan === undefined) {
    return null;
  }
  const nothing = plan.action.action === "nothing";
  const replaces = draft.values.value?.some((value) => value.change === "replace" && draft.isTicked(value)) ?? false;
  const text = planSentence(plan.action, { job: null, stage: "", person: draft.person.name || null, replaces });
  return (
    <>
      <div class="notice" aria-live="polite">
        {nothing ? <Dash /> : <Plus />}
        <div class="wrap">
          <PlanLine text={text} />
          {!nothing && (
            <>
              {" "}
              {fieldsSentence(plan)}{" "}
              <button
                type="button"
                class="link underlined"
                aria-expanded={draft.showsFields.value}
                onClick={() => {
                  draft.showsFields.value = !draft.showsFields.value;
                }}
              >
                {t(draft.showsFields.value ? "hide" : "show")}
              </button>
              {draft.showsFields.value && <PlannedFields fields={plan.fields} />}
            </>
          )}
        </div>
      </div>
      {plan.warnings.map((warning) => (
        <Notice key={warning} tone="maybe" text={t(`warning_${warning}`)} />
      ))}
    </>
  );
}

function Result({ draft, onClose, onSettings }: UpdateFormProps): JSX.Element | null {
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => done.current?.focus({ preventScroll: true }), []);
  const updated = draft.updated.value;
  if (updated === null) {
    return null;
  }
  const { outcome, failed } = updated;
  const missing = failed.map(({ step }) => t(`step_${step}`)).join(", ");
  return (
    <>
      <div class="form">
        {isUnsettled(outcome) ? (
          <Notice tone="maybe" text={t("failure_outcome_unknown")} urgent />
        ) : outcome.state === "skipped" ? (
          <Notice tone="plain" text={t("outcome_skipped")} urgent />
        ) : failed.length > 0 ? (
          <Notice tone="maybe" text={t("update_part", missing)} urgent />
        ) : (
          <Notice tone="in" text={t("update_done")} urgent />
        )}
        {failed.map(({ step, failure }) => (
          <FailureNotice key={step} failure={failure} onSettings={onSettings} />
        ))}
        {draft.tooLate.value !== null && <FailureNotice failure={draft.tooLate.value} />}
      </div>
      <div class="actions">
        <button type="button" ref={done} class="button main" onClick={onClose}>
          {t("close")}
        </button>
        {outcome.url !== null && (
          <a class="button" href={outcome.url} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        )}
      </div>
    </>
  );
}
