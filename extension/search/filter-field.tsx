/** One filter of several values: typed search in the names there are, what was chosen as chips; Backspace takes the last back. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import { Combobox } from "../ui/combobox";

const SUGGESTIONS = 40;

export interface FilterValue {
  id: string;
  text: string;
  /** Tells it from others of the same name. */
  detail?: string;
}

interface FilterFieldProps {
  label: string;
  /** Null while they are on their way. */
  values: readonly FilterValue[] | null;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}

export function FilterField({ label, values, chosen, onChange }: FilterFieldProps): JSX.Element {
  const text = useSignal("");
  const remove = (id: string) => onChange(chosen.filter((other) => other !== id));
  const nameOf = (id: string) => values?.find((value) => value.id === id)?.text ?? id;
  return (
    <Combobox
      label={label}
      text={text.value}
      options={values === null ? null : offered(values, chosen, text.value)}
      nothing={t("search_filter_nothing")}
      onType={(typed) => {
        text.value = typed;
      }}
      onChoose={({ id }) => {
        text.value = "";
        onChange([...chosen, id]);
      }}
      onKeyDown={(event) => {
        if (event.key === "Backspace" && event.currentTarget.value === "" && chosen.length > 0) {
          onChange(chosen.slice(0, -1));
        }
      }}
      before={chosen.map((id) => (
        <span class="tag" key={id}>
          <span class="clip">{nameOf(id)}</span>
          <button type="button" aria-label={t("search_filter_remove", nameOf(id))} onClick={() => remove(id)}>
            ×
          </button>
        </span>
      ))}
    />
  );
}

/** What fits the typed words and is not chosen yet. */
export function offered(values: readonly FilterValue[], chosen: readonly string[], typed: string) {
  const words = typed.toLowerCase().split(/\s+/u);
  return values
    .filter(({ id, text, detail = "" }) => {
      const all = `${text} ${detail}`.toLowerCase();
      return !chosen.includes(id) && words.every((word) => all.includes(word));
    })
    .slice(0, SUGGESTIONS)
    .map(({ id, text, detail = "" }) => ({ id, text, detail: detail === "" ? null : detail }));
}
