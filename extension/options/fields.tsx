/** Fields that the settings have in common: one of a few numbers, a box to tick, one of a few words. */
import type { ComponentChildren, JSX } from "preact";
import { useId } from "preact/hooks";

interface NumberChoiceProps {
  label: string;
  hint?: string;
  choices: readonly number[];
  chosen: number;
  disabled?: boolean;
  word: (choice: number) => string;
  onChoose: (choice: number) => void;
}

export function NumberChoice({
  label,
  hint,
  choices,
  chosen,
  disabled,
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
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        {choices.map((choice) => (
          <label key={choice}>
            <input
              type="radio"
              name={id}
              checked={choice === chosen}
              disabled={disabled}
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
    </div>
  );
}

interface SwitchProps {
  label: string;
  hint?: string;
  on: boolean;
  onChange: (on: boolean) => void;
  children?: ComponentChildren;
}

/** A box to tick, what it means below it, and what depends on it below that. */
export function Switch({ label, hint, on, onChange, children }: SwitchProps): JSX.Element {
  const id = useId();
  return (
    <div class="switch">
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <div>
        <label for={id}>{label}</label>
        {hint !== undefined && (
          <p class="small dim" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {children}
      </div>
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  choices: readonly { value: Value; text: string }[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

export function Choice<Value extends string>({ label, choices, chosen, onChoose }: ChoiceProps<Value>): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        class="input"
        value={chosen}
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
    </div>
  );
}
