/** What is sent of a profile, and as what: the rules of every export, with what they make of the page looked at last. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useMemo, useRef } from "preact/hooks";
import { t } from "../shared/i18n";
import type { TagRule } from "../shared/protocol";
import { Combobox, type Option } from "../ui/combobox";
import { Cross, Plus } from "../ui/icons";
import { barWords } from "../ui/names";
import { FailureNotice } from "../ui/notice";
import { PlannedFields } from "../ui/planned-fields";
import { ExportRulesDesk, type StatedRules } from "./export-rules";
import { Choice, NumberChoice, Switch } from "./fields";
import { SetByOrganisation } from "./organisation";
import { saveFile } from "./save-file";
import type { Settings } from "./settings";

const HEADLINES = ["employers", "page", "nowhere"] as const;
const ORIGINS = ["sourced", "applied", "referred", "agency", "internal", "university"] as const;
const MONTHS = [0, 3, 6, 12, 24] as const;
const UNDO_SECONDS = [0, 3, 5, 10, 30] as const;
const SWITCHED = ["location", "emails", "phones", "links"] as const;
const TYPING_PAUSE = 600;
const SEARCH_PAUSE = 100;

export function WhatIsSent({ settings }: { settings: Settings }): JSX.Element {
  const desk = useMemo(() => new ExportRulesDesk(settings.doors.ask), [settings]);
  useEffect(() => {
    const leaving = new AbortController();
    // Back from a profile in another tab: that one is previewed now.
    addEventListener("focus", () => void desk.look(), { signal: leaving.signal });
    return () => leaving.abort();
  }, [desk]);
  const rules = desk.rules.value;
  const fixes = (rule: keyof StatedRules) => settings.isFixed(`export.${rule}`);
  // What is fixed now may be shown as it was before.
  useEffect(() => settings.policy.subscribe(() => void desk.load()), [desk, settings]);
  return (
    <section class="panel" aria-labelledby="sent-title">
      <header>
        <h2 id="sent-title">{t("rules_title")}</h2>
        <Said desk={desk} />
      </header>
      <Problem desk={desk} at="elsewhere" />
      {rules === null ? (
        <span class="skeleton" />
      ) : (
        <div class="beside">
          <div class="how-read bare">
            <Fields desk={desk} rules={rules} fixes={fixes} />
            <Tags desk={desk} rules={rules} fixes={fixes} />
            <Defaults desk={desk} rules={rules} fixes={fixes} />
            <Limits desk={desk} rules={rules} fixes={fixes} />
            <File desk={desk} />
          </div>
          <Preview desk={desk} />
        </div>
      )}
    </section>
  );
}

/** What went wrong, beside the field that has to be mended. */
function Problem({ desk, at }: { desk: ExportRulesDesk; at: "tags" | "source" | "elsewhere" }): JSX.Element | null {
  const failure = desk.failure.value;
  if (failure === null) {
    return null;
  }
  const source = desk.rules.value?.source ?? "";
  const isSource = source !== "" && failure.detail?.startsWith(source) === true;
  const place = failure.code !== "rules_not_understood" ? "elsewhere" : isSource ? "source" : "tags";
  return place === at ? <FailureNotice failure={failure} onAgain={() => void desk.load()} /> : null;
}

interface PartProps {
  desk: ExportRulesDesk;
  rules: StatedRules;
  /** Whether the organisation has fixed a rule. */
  fixes: (rule: keyof StatedRules) => boolean;
}

function Said({ desk }: { desk: ExportRulesDesk }): JSX.Element {
  const said = desk.said.value;
  return (
    <span class="small dim" role="status">
      {said !== null && t(`rules_said_${said}`)}
    </span>
  );
}

function Fields({ desk, rules, fixes }: PartProps): JSX.Element {
  return (
    <fieldset class="plain">
      <legend>{t("rules_fields")}</legend>
      <p class="small dim">{t("rules_fields_hint")}</p>
      <Choice
        label={t("sent_headline")}
        choices={HEADLINES.map((value) => ({ value, text: t(`rules_headline_${value}`) }))}
        chosen={rules.headline}
        fixed={fixes("headline")}
        onChoose={(headline) => void desk.change({ headline })}
      />
      {SWITCHED.map((field) => (
        <Switch
          key={field}
          label={t(`sent_${field}`)}
          on={rules[field]}
          fixed={fixes(field)}
          onChange={(on) => void desk.change({ [field]: on })}
        />
      ))}
      <Switch
        label={t("rules_history")}
        hint={t("rules_history_hint")}
        on={rules.history_note}
        fixed={fixes("history_note")}
        onChange={(history_note) => void desk.change({ history_note })}
      />
      <Switch
        label={t("rules_resume")}
        hint={t("rules_resume_hint")}
        on={rules.resume}
        fixed={fixes("resume")}
        onChange={(resume) => void desk.change({ resume })}
      />
      <Switch
        label={t("rules_placeholder")}
        hint={t("rules_placeholder_hint")}
        on={rules.placeholder_email}
        fixed={fixes("placeholder_email")}
        onChange={(placeholder_email) => void desk.change({ placeholder_email })}
      />
    </fieldset>
  );
}

function Tags({ desk, rules, fixes }: PartProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const adds = useSignal(false);
  const fixed = fixes("tags");
  const set = (tags: TagRule[]) => void desk.change({ tags });
  const change = (place: number, changed: Partial<TagRule>) =>
    set(rules.tags.map((rule, at) => (at === place ? { ...rule, ...changed } : rule)));
  useEffect(() => {
    if (adds.value) {
      adds.value = false;
      list.current?.querySelector<HTMLInputElement>("li:last-child input.input")?.focus();
    }
  });
  return (
    <fieldset class="plain">
      <legend>{t("sent_tags")}</legend>
      <p class="small dim" id="rules-places">
        {t("rules_tags_hint")}
      </p>
      <ul class="tag-rules" ref={list}>
        {rules.tags.map((rule, place) => (
          // Tags have no identity but their place: two may be alike while one is typed.
          <li key={place}>
            <input
              type="checkbox"
              aria-label={t("rules_tag_on", rule.tag)}
              checked={rule.on}
              disabled={fixed}
              onChange={(event) => change(place, { on: event.currentTarget.checked })}
            />
            <PatternField
              label={t("rules_tag", String(place + 1))}
              text={rule.tag}
              fixed={fixed}
              onChange={(tag) => change(place, { tag })}
            />
            {!fixed && (
              <button
                type="button"
                aria-label={t("rules_tag_remove", rule.tag)}
                onClick={() => set(rules.tags.filter((_, at) => at !== place))}
              >
                <Cross />
              </button>
            )}
          </li>
        ))}
      </ul>
      <Problem desk={desk} at="tags" />
      {fixed ? (
        <SetByOrganisation />
      ) : (
        <button
          type="button"
          class="link"
          onClick={() => {
            adds.value = true;
            set([...rules.tags, { tag: "", on: true }]);
          }}
        >
          <Plus /> {t("rules_tag_add")}
        </button>
      )}
    </fieldset>
  );
}

interface PatternFieldProps {
  label: string;
  text: string;
  placeholder?: string;
  /** Set by the organisation. */
  fixed: boolean;
  onChange: (text: string) => void;
}

/** A text with places in braces. It is saved when the typing pauses: half a word in braces is no place yet. */
function PatternField({ label, text, placeholder, fixed, onChange }: PatternFieldProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (field.current !== null && field.current.value !== text) {
      field.current.value = text;
    }
  }, [text]);
  const save = (typed: string) => {
    clearTimeout(timer.current);
    if (typed !== text) {
      onChange(typed);
    }
  };
  return (
    <input
      ref={field}
      class="input"
      type="text"
      autocomplete="off"
      maxLength={100}
      aria-label={label}
      aria-describedby="rules-places"
      disabled={fixed}
      placeholder={placeholder}
      onInput={(event) => {
        const { value } = event.currentTarget;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => save(value), TYPING_PAUSE);
      }}
      onBlur={(event) => save(event.currentTarget.value)}
    />
  );
}

function Defaults({ desk, rules, fixes }: PartProps): JSX.Element {
  const stages = desk.stages.value.filter(({ id }) => id !== "lead-new");
  const barred = desk.posting.value === null ? null : barWords(desk.posting.value);
  const searchUsers = async (text: string) => {
    const users = await desk.users(text);
    return users.map(({ id, name, email }) => ({ id, text: name, detail: email }));
  };
  const isKnown = rules.stage === null || stages.some(({ id }) => id === rules.stage);
  return (
    <fieldset class="plain">
      <legend>{t("rules_defaults")}</legend>
      <p class="small dim">{t("rules_defaults_hint")}</p>
      <div class="field">
        <span class="label">{t("sent_sources")}</span>
        <PatternField
          label={t("sent_sources")}
          text={rules.source}
          fixed={fixes("source")}
          placeholder={t("rules_source_site")}
          onChange={(source) => void desk.change({ source })}
        />
        {fixes("source") && <SetByOrganisation />}
      </div>
      <Problem desk={desk} at="source" />
      <div class="pair">
        <Choice
          label={t("sent_origin")}
          choices={ORIGINS.map((value) => ({ value, text: t(`origin_${value}`) }))}
          chosen={rules.origin}
          fixed={fixes("origin")}
          onChoose={(origin) => void desk.change({ origin })}
        />
        <Choice
          label={t("sent_stage")}
          choices={[
            { value: "", text: t("stage_new_lead") },
            ...stages.map(({ id, text }) => ({ value: id, text: text ?? t("unknown_stage") })),
            ...(isKnown ? [] : [{ value: rules.stage ?? "", text: t("unknown_stage") }]),
          ]}
          chosen={rules.stage ?? ""}
          fixed={fixes("stage")}
          onChoose={(stage) => void desk.change({ stage: stage === "" ? null : stage })}
        />
      </div>
      <Picker
        label={t("sent_owner")}
        chosen={rules.owner === null ? null : (desk.owner.value?.name ?? t("unknown_user"))}
        nobody={t("rules_owner_me")}
        fixed={fixes("owner")}
        search={searchUsers}
        onChoose={(owner) => void desk.change({ owner })}
      />
      <Followers desk={desk} rules={rules} fixes={fixes} search={searchUsers} />
      <Picker
        label={t("sent_postings")}
        chosen={rules.posting === null ? null : (desk.posting.value?.title ?? t("unknown_job"))}
        nobody={t("rules_job_none")}
        fixed={fixes("posting")}
        search={async (text) => {
          const postings = await desk.postings(text);
          return postings.map((posting) => {
            const barred = barWords(posting);
            return { id: posting.id, text: posting.title, detail: barred ?? posting.team, disabled: barred !== null };
          });
        }}
        onChoose={(posting) => void desk.change({ posting })}
      />
      {barred !== null && <p class="small dim">{barred}</p>}
    </fieldset>
  );
}

/** Users who follow every new candidacy: each with a way off, and a field for one more. */
function Followers({
  desk,
  rules,
  fixes,
  search,
}: PartProps & { search: (text: string) => Promise<Option[]> }): JSX.Element {
  const fixed = fixes("followers");
  const { followers } = rules;
  const set = (followers: string[]) => void desk.change({ followers });
  const nameOf = (id: string) => desk.followers.value.find((user) => user.id === id)?.name || t("unknown_user");
  return (
    <Picker
      label={t("sent_followers")}
      chosen={null}
      nobody={followers.length === 0 ? t("rules_followers_none") : ""}
      fixed={fixed}
      search={search}
      onChoose={(id) => id !== null && !followers.includes(id) && set([...followers, id])}
      before={followers.map((id) => (
        <span class="tag" key={id}>
          <span class="clip">{nameOf(id)}</span>
          {!fixed && (
            <button
              type="button"
              aria-label={t("rules_follower_remove", nameOf(id))}
              onClick={() => set(followers.filter((other) => other !== id))}
            >
              ×
            </button>
          )}
        </span>
      ))}
    />
  );
}

interface PickerProps {
  label: string;
  /** Name of what is chosen; null for nothing. */
  chosen: string | null;
  /** What holds where nothing is chosen. */
  nobody: string;
  /** Set by the organisation. */
  fixed?: boolean;
  search: (text: string) => Promise<Option[]>;
  onChoose: (id: string | null) => void;
  /** What stands in the field already. */
  before?: JSX.Element[];
}

/** One of many, found by typing; or none. */
function Picker({ label, chosen, nobody, fixed = false, search, onChoose, before }: PickerProps): JSX.Element {
  const typed = useSignal<string | null>(null);
  const options = useSignal<readonly Option[] | null>(null);
  const wanted = typed.value;
  // Who searches is made anew with each drawing: only other words are looked for anew.
  useEffect(() => {
    if (wanted === null) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const found = await search(wanted.trim());
      if (current) {
        options.value = found;
      }
    }, SEARCH_PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  return (
    <div>
      <div class="picker">
        <Combobox
          label={label}
          text={wanted ?? chosen ?? ""}
          options={wanted === null ? [] : options.value}
          placeholder={nobody}
          disabled={fixed}
          nothing={t("rules_nothing_found")}
          {...(before === undefined ? {} : { before })}
          onType={(text) => {
            typed.value = text;
          }}
          onChoose={(option) => {
            typed.value = null;
            onChoose(option.id);
          }}
        />
        {chosen !== null && !fixed && (
          <button
            type="button"
            aria-label={t("rules_clear", label)}
            onClick={() => {
              typed.value = null;
              onChoose(null);
            }}
          >
            <Cross />
          </button>
        )}
      </div>
      {fixed && <SetByOrganisation />}
    </div>
  );
}

function Limits({ desk, rules, fixes }: PartProps): JSX.Element {
  return (
    <fieldset class="plain">
      <legend>{t("rules_limits")}</legend>
      <Switch
        label={t("rules_only_prospects")}
        hint={t("rules_only_prospects_hint")}
        on={rules.only_prospects}
        fixed={fixes("only_prospects")}
        onChange={(only_prospects) => void desk.change({ only_prospects })}
      />
      <NumberChoice
        label={t("rules_rejected")}
        choices={MONTHS}
        chosen={rules.rejected_within_months}
        fixed={fixes("rejected_within_months")}
        word={(months) => (months === 0 ? t("rules_rejected_never") : String(months))}
        onChoose={(rejected_within_months) => void desk.change({ rejected_within_months })}
      />
      <NumberChoice
        label={t("rules_undo")}
        choices={UNDO_SECONDS}
        chosen={rules.undo_ms / 1_000}
        fixed={fixes("undo_ms")}
        word={(seconds) => (seconds === 0 ? t("rules_undo_none") : String(seconds))}
        onChoose={(seconds) => void desk.change({ undo_ms: seconds * 1_000 })}
      />
    </fieldset>
  );
}

/** Rules as a file, to be carried to a colleague. */
function File({ desk }: { desk: ExportRulesDesk }): JSX.Element {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const save = () => saveFile("fulcrum-export-rules.json", "application/json", desk.file());
  return (
    <div>
      <div class="buttons">
        <button type="button" class="button" onClick={save}>
          {t("rules_file_save")}
        </button>
        <button type="button" class="button" onClick={() => input.current?.click()}>
          {t("rules_file_open")}
        </button>
      </div>
      <label class="unseen" for={id}>
        {t("rules_file_open")}
      </label>
      <input
        id={id}
        ref={input}
        class="unseen"
        type="file"
        accept=".json,application/json"
        tabIndex={-1}
        onChange={async (event) => {
          const field = event.currentTarget;
          const file = field.files?.[0];
          // The same file can be chosen once more.
          const text = file === undefined ? null : await file.text().catch(() => "");
          field.value = "";
          if (text !== null) {
            await desk.takeFile(text);
          }
        }}
      />
      <p class="small dim">{t("rules_file_hint")}</p>
    </div>
  );
}

function Preview({ desk }: { desk: ExportRulesDesk }): JSX.Element {
  const fields = desk.preview.value;
  return (
    <aside class="preview" aria-label={t("rules_preview")} aria-live="polite">
      <h3 class="label">{t("rules_preview")}</h3>
      {fields === undefined ? (
        <span class="skeleton" />
      ) : fields === null ? (
        <p class="small dim">{t("rules_preview_none")}</p>
      ) : (
        <>
          <p class="small dim">{t("rules_preview_hint")}</p>
          <PlannedFields fields={fields} />
        </>
      )}
    </aside>
  );
}
