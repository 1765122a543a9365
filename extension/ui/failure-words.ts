/**
 * Every kind of failure in words: what happened, what was kept, what to do. `short` fits the badge; `sentence` may carry
 * `<b>` around what happened. The protocol's codes never reach the screen.
 */
import { t } from "../shared/i18n";
import type { Failure, FailureCode } from "../shared/protocol";

/** What the reader can do about it from where they are. */
export type Remedy = "settings" | "again" | "none";

export interface FailureWords {
  short: string;
  sentence: string;
  remedy: Remedy;
}

const REMEDIES: Record<FailureCode, Remedy> = {
  not_connected: "settings",
  key_refused: "settings",
  sign_in_refused: "settings",
  permission_missing: "settings",
  not_found: "again",
  refused_by_rule: "none",
  rate_limited: "again",
  lever_failing: "again",
  network: "again",
  timed_out: "again",
  reply_not_understood: "again",
  storage: "again",
  storage_full: "again",
  user_not_chosen: "settings",
  page_changed: "none",
  plan_changed: "none",
  already_exporting: "none",
  too_late_to_undo: "none",
  outcome_unknown: "none",
  core_restarted: "again",
  rules_not_understood: "none",
  bad_command: "none",
  internal: "again",
  bad_name: "none",
  name_taken: "none",
  project_full: "none",
};

/**
 * After these a form may say that nothing was added: Lever refused, or was never asked to write. Not after those that leave
 * the outcome open, nor where the sentence says it itself.
 */
const NOTHING_ADDED: ReadonlySet<FailureCode> = new Set<FailureCode>([
  "not_connected",
  "key_refused",
  "sign_in_refused",
  "permission_missing",
  "not_found",
  "refused_by_rule",
  "rate_limited",
  "lever_failing",
  "network",
  "timed_out",
  "reply_not_understood",
]);

export function nothingWasAdded({ code }: Failure): boolean {
  return NOTHING_ADDED.has(code);
}

export function failureWords(failure: Failure): FailureWords {
  return {
    short: t(`failure_${failure.code}_short`),
    sentence: sentence(failure),
    remedy: REMEDIES[failure.code],
  };
}

function sentence(failure: Failure): string {
  switch (failure.code) {
    case "permission_missing":
      return permissionSentence(failure);
    case "refused_by_rule":
      return failure.detail ? t("failure_refused_by_rule_detail", failure.detail) : t("failure_refused_by_rule");
    case "rules_not_understood":
      return t("failure_rules_not_understood", failure.detail ?? "");
    default:
      return t(`failure_${failure.code}`);
  }
}

function permissionSentence({ permission, endpoint }: Failure): string {
  if (permission && endpoint) {
    return t("failure_permission_missing_named", permission, endpoint);
  }
  const known = permission ?? endpoint;
  return known ? t("failure_permission_missing_one", known) : t("failure_permission_missing");
}
