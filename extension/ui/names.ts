/** Names shortened for narrow places, and the words for ids whose name the mirror does not know. */
import { t } from "../shared/i18n";
import type { Named, PostingSummary } from "../shared/protocol";

/** "Maya Okafor" → "Maya O.". A name of one word stays as it is. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/u);
  const first = words[0] ?? "";
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const initial = last === undefined ? undefined : [...last][0];
  return initial === undefined ? first : `${first} ${initial}.`;
}

export function stageName(stage: Named): string {
  return stage.text ?? t("unknown_stage");
}

export function postingName(posting: Named): string {
  return posting.text ?? t("unknown_job");
}

export function ownerName(owner: Named): string {
  return owner.text ?? t("unknown_user");
}

/** "Maya O.", for the badge. */
export function ownerShort(owner: Named): string {
  return owner.text === null ? t("unknown_user") : shortName(owner.text);
}

export function reasonName(reason: Named): string {
  return reason.text ?? t("unknown_reason");
}

/** Why a job cannot be chosen; null where it can. */
export function barWords({ unavailable }: PostingSummary): string | null {
  return unavailable === null ? null : t(`job_${unavailable}`);
}
