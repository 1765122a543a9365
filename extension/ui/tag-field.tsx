/** Tags as chips, with suggestions. Enter or a comma ends a tag; Backspace in the empty field takes the last one back. */
import { useSignal } from "@preact/signals";
import type { JSX, TargetedKeyboardEvent } from "preact";
import { t } from "../shared/i18n";
import { Combobox, type Option } from "./combobox";

const SUGGESTIONS = 6;

interface TagFieldProps {
  tags: readonly string[];
  known: readonly string[];
  onChange: (tags: string[]) => void;
}

export function TagField({ tags, known, onChange }: TagFieldProps): JSX.Element {
  const text = useSignal("");
  const add = (typed: string) => {
    text.value = "";
    const added = typed
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "" && !has(tags, tag));
    if (added.length > 0) {
      onChange([...tags, ...added]);
    }
  };
  const remove = (tag: string) => onChange(tags.filter((other) => other !== tag));
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    if (event.key === "Backspace" && input.value === "" && tags.length > 0) {
      onChange(tags.slice(0, -1));
    } else if (event.key === "Enter" && input.value.trim() !== "" && !input.hasAttribute("aria-activedescendant")) {
      event.preventDefault();
      add(input.value);
    }
  };
  return (
    <Combobox
      label={t("form_tags")}
      text={text.value}
      free
      options={suggestions(known, tags, text.value)}
      onType={(typed) => {
        if (typed.includes(",")) {
          add(typed);
        } else {
          text.value = typed;
        }
      }}
      onChoose={(option) => add(option.text)}
      onKeyDown={press}
      before={tags.map((tag) => (
        <span class="tag" key={tag}>
          <span class="clip">{tag}</span>
          <button type="button" aria-label={t("form_remove_tag", tag)} onClick={() => remove(tag)}>
            ×
          </button>
        </span>
      ))}
    />
  );
}

function has(tags: readonly string[], tag: string): boolean {
  return tags.some((other) => other.toLowerCase() === tag.toLowerCase());
}

export function suggestions(known: readonly string[], taken: readonly string[], typed: string): Option[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") {
    return [];
  }
  return known
    .filter((text) => text.toLowerCase().includes(wanted) && !has(taken, text))
    .slice(0, SUGGESTIONS)
    .map((text) => ({ id: text, text, detail: null }));
}
