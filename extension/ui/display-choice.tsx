/** On the page, in the toolbar only, or off. */
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { t } from "../shared/i18n";
import { SITE_DISPLAYS, type SiteDisplay } from "../shared/surfaces";
import { Notice } from "./notice";

interface DisplayChoiceProps {
  label: string;
  /** Null until it is known. */
  value: SiteDisplay | null;
  /** Set by the organisation. */
  fixed?: boolean;
  /** Fails where the choice could not be stored; it is then as before. */
  onChange: (display: SiteDisplay) => Promise<void>;
}

export function DisplayChoice({ label, value, fixed = false, onChange }: DisplayChoiceProps): JSX.Element {
  const name = useId();
  const isRefused = useSignal(false);
  const change = async (display: SiteDisplay): Promise<void> => {
    isRefused.value = false;
    try {
      await onChange(display);
    } catch {
      isRefused.value = true;
    }
  };
  return (
    <>
      <fieldset class="segments">
        <legend class="unseen">{label}</legend>
        {SITE_DISPLAYS.map((display) => (
          <label key={display} title={t(`display_${display}_hint`)}>
            <input
              type="radio"
              name={name}
              checked={value === display}
              disabled={value === null || fixed}
              onChange={() => void change(display)}
            />
            {t(`display_${display}`)}
          </label>
        ))}
      </fieldset>
      {fixed && <p class="small dim">{t("set_by_organisation")}</p>}
      {isRefused.value && <Notice tone="stop" text={t("display_not_stored")} urgent />}
    </>
  );
}
