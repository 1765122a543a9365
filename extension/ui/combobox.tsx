/**
 * Typed search with a list of suggestions (the ARIA combobox pattern). Who uses it brings the options; this file knows
 * keys, roles and the highlighting of what was typed. With `free`, what is typed counts without being in the list.
 */
import { useSignal } from "@preact/signals";
import type { JSX, Ref, TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";

export interface Option {
  id: string;
  text: string;
  /** Second column. */
  detail: string | null;
  /** Found, but not to be chosen; the detail says why. */
  disabled?: boolean;
}

interface ComboboxProps {
  label: string;
  text: string;
  /** Null while they are on their way. */
  options: readonly Option[] | null;
  placeholder?: string;
  /** Shown where nothing fits. */
  nothing?: string;
  free?: boolean;
  /** Whether the list is there as soon as the field has the focus; without a word, where one must choose. */
  opensOnFocus?: boolean;
  describedBy?: string | undefined;
  disabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  onType: (text: string) => void;
  onChoose: (option: Option) => void;
  /** Before the list looks at a key; `preventDefault` keeps it from doing so. */
  onKeyDown?: (event: TargetedKeyboardEvent<HTMLInputElement>) => void;
  /** What stands in the field before the text: chips. */
  before?: JSX.Element | JSX.Element[];
}

export function Combobox(props: ComboboxProps): JSX.Element {
  const { label, text, options, free = false, opensOnFocus = !free, nothing } = props;
  const id = useId();
  const open = useSignal(false);
  /** Place in the list; -1 for none. */
  const active = useSignal(free ? -1 : 0);
  const list = useRef<HTMLDivElement>(null);
  const shown = open.value && options !== null && (options.length > 0 || nothing !== undefined);
  const place = Math.min(active.value, (options?.length ?? 0) - 1);

  const choose = (option: Option) => {
    if (option.disabled === true) {
      return;
    }
    open.value = false;
    active.value = free ? -1 : 0;
    props.onChoose(option);
  };
  const move = (to: number) => {
    open.value = true;
    active.value = to;
    // The list may not have been drawn yet; the next key then scrolls.
    list.current?.children[to]?.scrollIntoView({ block: "nearest" });
  };
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => {
      move(shown ? Math.min(place + 1, (options?.length ?? 1) - 1) : Math.max(place, 0));
      return true;
    },
    ArrowUp: () => {
      move(Math.max(place - 1, free ? -1 : 0));
      return true;
    },
    Enter: () => {
      const option = shown && place >= 0 ? options?.[place] : undefined;
      if (option === undefined) {
        return false;
      }
      choose(option);
      return true;
    },
    Escape: () => {
      if (!shown) {
        return false;
      }
      open.value = false;
      return true;
    },
  };
  const press = (event: TargetedKeyboardEvent<HTMLInputElement>) => {
    props.onKeyDown?.(event);
    const plain = !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
    if (!event.defaultPrevented && plain && keys[event.key]?.() === true) {
      event.preventDefault();
    }
  };

  return (
    <div class="field">
      <label for={`${id}-input`}>{label}</label>
      <div class="input">
        {props.before}
        <input
          id={`${id}-input`}
          ref={props.inputRef ?? null}
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck={false}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={`${id}-list`}
          aria-activedescendant={shown && place >= 0 ? `${id}-${place}` : undefined}
          aria-describedby={props.describedBy}
          disabled={props.disabled}
          placeholder={props.placeholder}
          value={text}
          onInput={(event) => {
            open.value = true;
            active.value = free ? -1 : 0;
            props.onType(event.currentTarget.value);
          }}
          onFocus={() => {
            // A free field is passed through; where one must choose, the choices are shown at once.
            open.value = opensOnFocus;
          }}
          onClick={() => {
            open.value = true;
          }}
          onBlur={() => {
            open.value = false;
          }}
          onKeyDown={press}
        />
      </div>
      <div id={`${id}-list`} ref={list} class="choices" role="listbox" aria-label={label} hidden={!shown}>
        {shown &&
          options?.map((option, index) => (
            // The keyboard stays in the input, which moves the choice; the option itself takes only the pointer.
            <div
              key={option.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === place}
              aria-disabled={option.disabled}
              onPointerMove={() => {
                active.value = index;
              }}
              onMouseDown={(event) => {
                // Keeps the focus in the input.
                event.preventDefault();
                choose(option);
              }}
            >
              <span class="clip">
                <Highlighted text={option.text} typed={text} />
              </span>
              {option.detail !== null && <span class="dim clip">{option.detail}</span>}
            </div>
          ))}
        {shown && options?.length === 0 && (
          <div class="nothing" role="option" aria-selected={false} aria-disabled="true" tabIndex={-1}>
            {nothing}
          </div>
        )}
      </div>
    </div>
  );
}

/** The text with what was typed in it marked: every typed word, letter case ignored. */
function Highlighted({ text, typed }: { text: string; typed: string }): JSX.Element {
  return <>{marked(text, typed).map(({ part, hit }, place) => (hit ? <mark key={place}>{part}</mark> : part))}</>;
}

export function marked(text: string, typed: string): { part: string; hit: boolean }[] {
  const words = typed
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== "");
  if (words.length === 0) {
    return [{ part: text, hit: false }];
  }
  const either = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&")).join("|");
  return text
    .split(new RegExp(`(${either})`, "giu"))
    .map((part, place) => ({ part, hit: place % 2 === 1 }))
    .filter(({ part }) => part !== "");
}
