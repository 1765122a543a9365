/** A field for something that is typed once and never shown. */
import type { Signal } from "@preact/signals";
import type { JSX } from "preact";

interface SecretFieldProps {
  id: string;
  label: string;
  help: string;
  missing: boolean;
  value: Signal<string>;
  onEnter: () => Promise<void>;
}

export function SecretField({ id, label, help, missing, value, onEnter }: SecretFieldProps): JSX.Element {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input"
        type="password"
        autocomplete="off"
        spellcheck={false}
        aria-invalid={missing}
        aria-describedby={`${id}-help`}
        value={value.value}
        onInput={(event) => {
          value.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter") {
            void onEnter();
          }
        }}
      />
      <span id={`${id}-help`} class="small dim">
        {help}
      </span>
    </div>
  );
}
