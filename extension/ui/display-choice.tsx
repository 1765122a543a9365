/** On the page, in the toolbar only, or off. */
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../shared/i18n";
import type { SiteDisplay } from "../shared/surfaces";

const DISPLAYS: readonly SiteDisplay[] = ["overlay", "quiet", "off"];

interface DisplayChoiceProps {
  label: string;
  /** Null until it is known. */
  value: SiteDisplay | null;
  onChange: (display: SiteDisplay) => void;
}

export function DisplayChoice({ label, value, onChange }: DisplayChoiceProps): JSX.Element {
  const name = useId();
  return (
    <fieldset class="segments">
      <legend class="unseen">{label}</legend>
      {DISPLAYS.map((display) => (
        <label key={display} title={t(`display_${display}_hint`)}>
          <input
            type="radio"
            name={name}
            checked={value === display}
            disabled={value === null}
            onChange={() => onChange(display)}
          />
          {t(`display_${display}`)}
        </label>
      ))}
    </fieldset>
  );
}
