/** What the organisation has fixed, as the settings show it: the fields stay where they are, off, with the reason below them. */
import type { JSX } from "preact";
import { t } from "../shared/i18n";
import { Notice } from "../ui/notice";
import type { Settings } from "./settings";

/** Below a field that is fixed. */
export function SetByOrganisation({ id }: { id?: string }): JSX.Element {
  return (
    <p class="small dim" id={id}>
      {t("set_by_organisation")}
    </p>
  );
}

/** Entries of managed storage that are not understood: whoever looks after the policy has to hear of them by name. */
export function WrongEntries({ settings }: { settings: Settings }): JSX.Element | null {
  const { wrong } = settings.policy.value;
  return wrong.length === 0 ? null : <Notice tone="maybe" text={t("policy_wrong", wrong.join(", "))} />;
}
