/**
 * The export form: where the person goes, what is added, and what Lever will do, said before it is done. It shows and
 * edits an `ExportDraft`; what is sent is the draft's business.
 */
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { fileAddress } from "../shared/file-address";
import { t } from "../shared/i18n";
import type { KeptFile, Plan, PlannedAction, PlanWarning, PostingSummary } from "../shared/protocol";
import type { ChoiceFields } from "./choice-fields";
import { Combobox, type Option } from "./combobox";
import { type ExportDraft, isEmail, type Kind } from "./export-draft";
import { nothingWasAdded } from "./failure-words";
import { FilesField, takesFiles } from "./files-field";
import { isGenuine } from "./genuine";
import { Dash, Plus } from "./icons";
import { barWords } from "./names";
import { FailureNotice, Notice } from "./notice";
import { fieldsSentence, isUnsettled, outcomeSentence, planSentence } from "./plan-words";
import { PlannedFields } from "./planned-fields";
import { suggestions, TagField } from "./tag-field";

interface ExportFormProps {
  draft: ExportDraft;
  onClose: () => void;
  onSettings: () => void;
  /** Shows a planned file; absent where an address of the extension can be followed. */
  onFile?: ((file: KeptFile) => void) | undefined;
  /** Back to the candidates, to say which one it is. */
  onChoose: () => void;
}

export function ExportForm({ draft, onClose, onSettings, onFile, onChoose }: ExportFormProps): JSX.Element {
  const outcome = draft.outcome.value;
  if (outcome !== null) {
    return <Result draft={draft} onClose={onClose} />;
  }
  if (draft.session.left.value && !draft.session.exporting.value) {
    return <PageLeft onClose={onClose} />;
  }
  const send = (event: Event) => {
    if (isGenuine(event)) {
      void draft.send();
    }
  };
  return (
    // The keys are handled here for all fields of the group; each field is reachable and operable by itself.
    // biome-ignore lint/a11y/useSemanticElements: a form element would let the browser submit on a key press of its own.
    <div
      role="group"
      aria-label={t("form_title_plain")}
      onKeyDown={(event) => sendsOn(event) && sendByKey(event, send)}
      {...takesFiles(draft)}
    >
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
        <NoteField draft={draft} />
        <FilesField draft={draft} />
        {draft.addsEmail.value && <EmailField draft={draft} />}
        <PlanView draft={draft} onFile={onFile} onChoose={onChoose} />
        {draft.takenBack.value && <Notice tone="plain" text={t("form_taken_back")} urgent />}
        {draft.failure.value !== null && (
          <FailureNotice failure={draft.failure.value} onSettings={onSettings} onAgain={() => draft.planAgain()} />
        )}
        {draft.failure.value !== null && nothingWasAdded(draft.failure.value) && (
          <p class="small dim">{t("form_nothing_added")}</p>
        )}
      </div>
      <div class="actions">
        <SendButton draft={draft} onSend={send} />
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

/** Enter sends, except where it means something else; with Ctrl or Command it sends from everywhere. */
export function sendsOn(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented || event.shiftKey || event.altKey) {
    return false;
  }
  if (event.ctrlKey || event.metaKey) {
    return true;
  }
  return event.target instanceof HTMLInputElement;
}

function sendByKey(event: KeyboardEvent, send: (event: Event) => void): void {
  event.preventDefault();
  send(event);
}

function SendButton({ draft, onSend }: { draft: ExportDraft; onSend: (event: Event) => void }): JSX.Element {
  const busy = draft.session.exporting.value;
  const off = busy || !draft.ready.value;
  return (
    <button type="button" class="button main" aria-disabled={off} onClick={(event) => !off && onSend(event)}>
      {busy ? t("form_sending") : t("form_send")}
      {!busy && (
        <span class="key" aria-hidden="true">
          ⏎
        </span>
      )}
    </button>
  );
}

export function KindChoice({ draft }: { draft: ChoiceFields }): JSX.Element {
  const kinds: readonly Kind[] = ["prospect", "job"];
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  return (
    <fieldset class="segments">
      <legend class="unseen">{t("form_kind")}</legend>
      {kinds.map((kind) => (
        <label key={kind}>
          <input
            type="radio"
            name="kind"
            ref={kind === "prospect" && draft.kind.peek() === "prospect" ? first : null}
            checked={draft.kind.value === kind}
            onChange={() => {
              draft.kind.value = kind;
            }}
          />
          {t(`form_kind_${kind}`)}
        </label>
      ))}
    </fieldset>
  );
}

function jobOption(posting: PostingSummary): Option {
  const place = [posting.team, posting.location].filter((part) => part !== null && part !== "").join(" · ");
  const barred = barWords(posting);
  return {
    id: posting.id,
    text: posting.title,
    detail: barred ?? (place === "" ? null : place),
    disabled: barred !== null,
  };
}

export function JobField({ draft }: { draft: ChoiceFields }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (draft.job.peek() === null) {
      input.current?.focus({ preventScroll: true });
    }
  }, [draft]);
  const job = draft.job.value;
  const chosen = job === null ? null : jobOption(job).detail;
  return (
    <div>
      <Combobox
        label={t("form_job")}
        text={draft.jobText.value}
        options={job === null ? (draft.jobs.value?.map(jobOption) ?? null) : []}
        placeholder={t("form_job_hint")}
        {...(job === null ? { nothing: t("form_no_job") } : {})}
        inputRef={input}
        onType={(text) => draft.typeJob(text)}
        onChoose={(option) => draft.chooseJob(option.id)}
      />
      {chosen !== null && <div class="small dim">{chosen}</div>}
    </div>
  );
}

export function SourceField({ draft }: { draft: ChoiceFields }): JSX.Element {
  return (
    <Combobox
      label={t("form_source")}
      free
      text={draft.source.value}
      options={suggestions(draft.options.value?.sources ?? [], [draft.source.value], draft.source.value)}
      onType={(text) => {
        draft.source.value = text;
      }}
      onChoose={(option) => {
        draft.source.value = option.text;
      }}
    />
  );
}

export function StageField({ draft }: { draft: ChoiceFields }): JSX.Element {
  const stages = draft.options.value?.stages ?? [];
  return (
    <div class="field">
      <label for="stage">{t("form_stage")}</label>
      <select
        id="stage"
        class="input"
        value={draft.stage.value}
        onChange={(event) => {
          draft.stage.value = event.currentTarget.value;
        }}
      >
        <option value="">{t("stage_new_lead")}</option>
        {stages
          .filter((stage) => stage.id !== "lead-new")
          .map((stage) => (
            <option key={stage.id} value={stage.id}>
              {stage.text ?? t("unknown_stage")}
            </option>
          ))}
      </select>
    </div>
  );
}

export function NoteField({ draft }: { draft: { note: Signal<string> } }): JSX.Element {
  return (
    <div class="field">
      <label for="note">{t("form_note")}</label>
      <textarea
        id="note"
        class="input"
        rows={2}
        value={draft.note.value}
        onInput={(event) => {
          draft.note.value = event.currentTarget.value;
        }}
      />
    </div>
  );
}

function EmailField({ draft }: { draft: ExportDraft }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus({ preventScroll: true }), []);
  const wrong = draft.email.value.trim() !== "" && !isEmail(draft.email.value.trim());
  return (
    <div class="field">
      <label for="email">{t("form_email")}</label>
      <input
        id="email"
        ref={input}
        class="input"
        type="email"
        autocomplete="off"
        aria-invalid={wrong}
        aria-describedby="email-wrong"
        value={draft.email.value}
        onInput={(event) => {
          draft.email.value = event.currentTarget.value;
        }}
      />
      <span id="email-wrong" class="small dim" hidden={!wrong}>
        {t("form_email_unfinished")}
      </span>
    </div>
  );
}

type PlanViewProps = Pick<ExportFormProps, "draft" | "onFile" | "onChoose">;

function PlanView({ draft, onFile, onChoose }: PlanViewProps): JSX.Element {
  const current = draft.plan.value;
  if (draft.choices.value === null) {
    return <Notice tone="plain" icon={<Dash />} text={t("plan_needs_job")} />;
  }
  if (current === null) {
    return draft.failure.value === null ? (
      <div class="notice" aria-busy="true">
        <Plus />
        <div>
          <span class="unseen">{t("plan_coming")}</span>
          <span class="skeleton" />
          <span class="skeleton" style={{ width: "60%" }} />
        </div>
      </div>
    ) : (
      <></>
    );
  }
  const { plan } = current;
  const { action } = plan;
  const contact = "contact" in action ? action.contact : null;
  const person = draft.session.answer.value?.people.find((other) => other.contact === contact);
  const stage = draft.options.value?.stages.find((other) => other.id === draft.stage.value);
  const names = {
    job: draft.kind.value === "job" ? (draft.job.value?.title ?? null) : null,
    stage: stage === undefined ? t("stage_new_lead") : (stage.text ?? t("unknown_stage")),
    person: person?.name ?? null,
  };
  const nothing = action.action === "nothing";
  return (
    <>
      <div class="notice" aria-live="polite">
        {nothing ? <Dash /> : <Plus />}
        <div class="wrap">
          <PlanLine text={planSentence(action, names)} />
          {nothing ? (
            <NothingWay draft={draft} reason={action.reason} onChoose={onChoose} />
          ) : (
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
                {draft.showsFields.value ? t("hide") : t("show")}
              </button>
              {draft.showsFields.value && <PlannedFields fields={plan.fields} />}
              {draft.showsFields.value && <PlannedFiles plan={plan} onFile={onFile} />}
            </>
          )}
        </div>
      </div>
      <OtherWay draft={draft} action={action} />
      {!nothing && plan.warnings.map((warning) => <Warned key={warning} warning={warning} draft={draft} />)}
    </>
  );
}

/** The way to look at what is sent, before it is. */
function PlannedFiles({ plan, onFile }: { plan: Plan; onFile: ExportFormProps["onFile"] }): JSX.Element {
  const files = plan.requests.filter(({ step }) => step === "upload_file");
  return (
    <>
      {files.map(({ body }) => {
        const file: KeptFile = JSON.parse(body);
        const look = t("plan_look_at", file.name);
        return (
          <div key={file.file}>
            {onFile === undefined ? (
              <a class="link underlined" href={fileAddress(file)} target="_blank" rel="noopener">
                {look}
              </a>
            ) : (
              <button type="button" class="link underlined" onClick={() => onFile(file)}>
                {look}
              </button>
            )}
          </div>
        );
      })}
    </>
  );
}

export function PlanLine({ text }: { text: string }): JSX.Element {
  const [, head, rest] = /^<b>(.*?)<\/b>(.*)$/su.exec(text) ?? [];
  return head === undefined ? (
    <>{text}</>
  ) : (
    <>
      <b>{head}</b>
      {rest}
    </>
  );
}

interface NothingProps {
  draft: ExportDraft;
  reason: string;
  onChoose: () => void;
}

/** The way on where nothing would be sent. */
function NothingWay({ draft, reason, onChoose }: NothingProps): JSX.Element | null {
  if (reason === "several_possible") {
    return (
      <>
        {" "}
        <button type="button" class="link underlined" onClick={onChoose}>
          {t("plan_choose")}
        </button>
      </>
    );
  }
  // Whatever else keeps it from being sent, a second candidacy does not help.
  if ((reason !== "already_in_lever" && reason !== "exported_before") || draft.anyway.value) {
    return null;
  }
  return (
    <>
      {" "}
      <Choice draft={draft} anyway word={t("plan_anyway")} /> <span class="dim">{t("plan_anyway_why")}</span>
    </>
  );
}

/** The way beside the one that is planned, with what it leads to. The safe one is planned first. */
function OtherWay({ draft, action }: { draft: ExportDraft; action: PlannedAction }): JSX.Element | null {
  if (draft.anyway.value) {
    return (
      <p class="small dim">
        {t("plan_second_why")} <Choice draft={draft} anyway={false} word={t("plan_safe")} />
      </p>
    );
  }
  return action.action === "join_job" ? (
    <p class="small dim">
      <Choice draft={draft} anyway word={t("plan_instead")} /> {t("plan_instead_why")}
    </p>
  ) : null;
}

function Choice({ draft, anyway, word }: { draft: ExportDraft; anyway: boolean; word: string }): JSX.Element {
  return (
    <button
      type="button"
      class="link underlined"
      onClick={() => {
        draft.anyway.value = anyway;
      }}
    >
      {word}
    </button>
  );
}

function Warned({ warning, draft }: { warning: PlanWarning; draft: ExportDraft }): JSX.Element | null {
  if (warning === "no_email" && draft.addsEmail.value) {
    return null;
  }
  return (
    <Notice tone="maybe" text={t(`warning_${warning}`)}>
      {warning === "no_email" && (
        <>
          {" "}
          <button
            type="button"
            class="link underlined"
            onClick={() => {
              draft.addsEmail.value = true;
            }}
          >
            {t("warning_add_email")}
          </button>
        </>
      )}
    </Notice>
  );
}

export function PageLeft({ onClose }: { onClose: () => void }): JSX.Element {
  return (
    <>
      <div class="form">
        <Notice tone="stop" text={t("failure_page_changed")} urgent />
      </div>
      <div class="actions">
        <button type="button" class="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
    </>
  );
}

function Result({ draft, onClose }: { draft: ExportDraft; onClose: () => void }): JSX.Element {
  const latest = draft.session.outcome.value ?? draft.outcome.value;
  const way = useRef<HTMLAnchorElement>(null);
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => (way.current ?? done.current)?.focus({ preventScroll: true }), []);
  if (latest === null) {
    return <></>;
  }
  return (
    <>
      <div class="form">
        {isUnsettled(latest) ? (
          <Notice tone="maybe" text={t("failure_outcome_unknown")} urgent />
        ) : latest.state === "skipped" ? (
          <Notice tone="plain" text={t("outcome_skipped")} urgent />
        ) : latest.state === "failed" && latest.opportunity === null ? (
          <FailureNotice
            failure={latest.failure ?? { code: "internal", endpoint: null, permission: null, detail: null }}
          />
        ) : (
          <Notice tone="in" text={outcomeSentence(latest)} urgent />
        )}
        {draft.tooLate.value !== null && <FailureNotice failure={draft.tooLate.value} />}
        {latest.failure !== null && latest.opportunity !== null && <FailureNotice failure={latest.failure} />}
      </div>
      <div class="actions">
        {latest.url !== null && (
          <a ref={way} class="button main" href={latest.url} target="_blank" rel="noopener noreferrer">
            {t("open_in_lever")}
          </a>
        )}
        <button type="button" ref={done} class="button" onClick={onClose}>
          {t("close")}
        </button>
      </div>
    </>
  );
}
