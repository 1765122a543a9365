/** Fields that the settings have in common: one of a few numbers, a box to tick, one of a few words. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";
import { SetByOrganisation } from "./organisation";

/** Ids of what stands below a field; undefined for nothing. */
function describedBy(...ids: (string | false)[]): string | undefined {
  return ids.filter((id) => id !== false).join(" ") || undefined;
}

interface NumberChoiceProps {
  label: string;
  hint?: string;
  choices: readonly number[];
  chosen: number;
  disabled?: boolean;
  /** Set by the organisation. */
  fixed?: boolean;
  word: (choice: number) => string;
  onChoose: (choice: number) => void;
}

export function NumberChoice({
  label,
  hint,
  choices,
  chosen,
  disabled,
  fixed = false,
  word,
  onChoose,
}: NumberChoiceProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <span class="label" id={id}>
        {label}
      </span>
      <div
        class="segments"
        role="radiogroup"
        aria-labelledby={id}
        aria-describedby={describedBy(hint !== undefined && `${id}-hint`, fixed && `${id}-fixed`)}
      >
        {choices.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={id}
              checked={choice === chosen}
              disabled={disabled === true || fixed}
              onChange={() => onChoose(choice)}
            />
            {word(choice)}
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p class="small dim" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fixed && <SetByOrganisation id={`${id}-fixed`} />}
    </div>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  /** Set by the organisation. */
  fixed?: boolean;
  onChange: (on: boolean) => void;
  children?: ComponentChildren;
}

/** A box to tick, what it means below it, and what depends on it below that. */
export function Switch({ label, hint, on, fixed = false, onChange, children }: SwitchProps): JSX.Element {
  const id = useId();
  return (
    <div class="switch">
      <input
        id={id}
        type="checkbox"
        checked={on}
        disabled={fixed}
        aria-describedby={describedBy(hint !== undefined && `${id}-hint`, fixed && `${id}-fixed`)}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {hint !== undefined && (
          <p class="small dim" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {fixed && <SetByOrganisation id={`${id}-fixed`} />}
        {children}
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; text: string }[];
  chosen: Value;
  /** Set by the organisation. */
  fixed?: boolean;
  onChoose: (value: Value) => void;
}

export function Choice<Value extends string>({
  label,
  choices,
  chosen,
  fixed = false,
  onChoose,
}: ChoiceProps<Value>): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={chosen}
        disabled={fixed}
        aria-describedby={describedBy(fixed && `${id}-fixed`)}
        onChange={(event) => {
          const choice = choices.find(({ value }) => value === event.currentTarget.value);
          if (choice !== undefined) {
            onChoose(choice.value);
          }
        }}
      >
        {choices.map(({ value, text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {fixed && <SetByOrganisation id={`${id}-fixed`} />}
    </div>
  );
}
