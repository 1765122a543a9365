/**
 * How Lever is read: how often, from when on, whom, and how much beside the candidacies themselves. Every change is saved at
 * once; what a change costs is said beside the field, before it is made.
 */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { formatNumber, language, t } from "../shared/i18n";
import type { ReadingSettings } from "../shared/protocol";
import { dayField, momentOfDay } from "../ui/day-field";
import { lengthOf } from "../ui/relative-time";
import { NumberChoice, Switch } from "./fields";
import { SetByOrganisation } from "./organisation";
import type { Settings } from "./settings";

const EVERY_MINUTES = [1, 5, 15, 60] as const;
const REQUESTS_AN_HOUR = [0, 120, 360, 1_200] as const;
/** Lever is younger than this. */
const FIRST_DAY = "2000-01-01";
/** A day is typed part by part, and each part makes another day. */
const TYPING_PAUSE = 800;

export function HowRead({ settings }: { settings: Settings }): JSX.Element | null {
  const reading = settings.reading.value;
  if (reading === null) {
    return null;
  }
  const change = (changed: ReadingSettings) => void settings.changeReading(changed);
  const fixes = (field: keyof ReadingSettings) => settings.isFixed(`reading.${field}`);
  const said = settings.readingSaid.value;
  return (
    <section class="how-read" aria-labelledby="how-read-title">
      <div class="apart">
        <h3 id="how-read-title">{t("how_read_title")}</h3>
        <span class="small dim" role="status">
          {said === "saved" && t("how_read_saved")}
          {said === "saved_anew" && t("how_read_saved_anew")}
        </span>
      </div>
      <NumberChoice
        label={t("how_read_every")}
        choices={EVERY_MINUTES}
        chosen={reading.every_minutes}
        fixed={fixes("every_minutes")}
        word={(minutes) => lengthOf(minutes * 60_000, language())}
        onChoose={(every_minutes) => change({ every_minutes })}
      />
      <Earliest earliest={reading.earliest} fixed={fixes("earliest")} onChange={(earliest) => change({ earliest })} />
      <Switch
        label={t("how_read_unknown")}
        hint={t("how_read_unknown_hint")}
        on={reading.unknown_people}
        fixed={fixes("unknown_people")}
        onChange={(unknown_people) => change({ unknown_people })}
      />
      <Switch
        label={t("how_read_details")}
        hint={t("how_read_details_hint")}
        on={reading.details}
        fixed={fixes("details")}
        onChange={(details) => change({ details })}
      >
        <NumberChoice
          label={t("how_read_background")}
          hint={t("how_read_background_hint")}
          choices={REQUESTS_AN_HOUR}
          chosen={reading.background_details_an_hour}
          disabled={!reading.details}
          fixed={fixes("background_details_an_hour")}
          word={(requests) => (requests === 0 ? t("how_read_background_none") : formatNumber(requests))}
          onChoose={(background_details_an_hour) => change({ background_details_an_hour })}
        />
      </Switch>
    </section>
  );
}

interface EarliestProps {
  earliest: number | null;
  /** Set by the organisation. */
  fixed: boolean;
  onChange: (earliest: number | null) => void;
}

/** The day from which on people are read. What is half typed, or lies ahead, changes nothing. */
function Earliest({ earliest, fixed, onChange }: EarliestProps): JSX.Element {
  const id = useId();
  const wrong = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // Written only when another day is kept: whatever else is drawn anew must not take away what is being typed.
  useEffect(() => {
    if (field.current !== null) {
      field.current.value = earliest === null ? "" : dayField(earliest);
    }
  }, [earliest]);
  const save = (input: HTMLInputElement) => {
    clearTimeout(timer.current);
    wrong.value = !input.validity.valid;
    const chosen = momentOfDay(input.value);
    if (input.validity.valid && chosen !== earliest) {
      onChange(chosen);
    }
  };
  return (
    <div class="field">
      <label for={id}>{t("how_read_earliest")}</label>
      <input
        id={id}
        ref={field}
        class="input day"
        type="date"
        min={FIRST_DAY}
        max={dayField(Date.now())}
        aria-describedby={`${id}-hint`}
        aria-invalid={wrong.value}
        disabled={fixed}
        onInput={(event) => {
          const input = event.currentTarget;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => save(input), TYPING_PAUSE);
        }}
        onBlur={(event) => save(event.currentTarget)}
        onKeyDown={(event) => event.key === "Enter" && save(event.currentTarget)}
      />
      <p class="small dim" id={`${id}-hint`}>
        {t(wrong.value ? "how_read_earliest_wrong" : "how_read_earliest_hint")}
      </p>
      {fixed && <SetByOrganisation />}
    </div>
  );
}
