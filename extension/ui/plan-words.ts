/** What an export will do, in words, before it is done; and how it ended. */
import { hasMessage, plural, t } from "../shared/i18n";
import type { ExportOutcome, Plan, PlannedAction } from "../shared/protocol";
import { postingName, stageName } from "./names";

/** Names the plan itself does not carry: the job and stage that were chosen, the person in Lever. */
export interface PlanNames {
  job: string | null;
  stage: string;
  person: string | null;
  /** Whether an update takes the place of something. */
  replaces?: boolean;
}

/** One sentence with `<b>` around what Lever will do. */
export function planSentence(action: PlannedAction, names: PlanNames): string {
  const person = names.person ?? t("this_person");
  switch (action.action) {
    case "new_person":
      return names.job === null
        ? t("plan_new_person_prospect", names.stage)
        : t("plan_new_person_job", names.job, names.stage);
    case "new_opportunity":
      return names.job === null
        ? t("plan_new_opportunity_prospect", person, names.stage)
        : t("plan_new_opportunity_job", person, names.job, names.stage);
    case "join_job":
      return t("plan_join_job", person, names.job ?? t("unknown_job"));
    case "update":
      return t(names.replaces === true ? "plan_update_replacing" : "plan_update", person);
    case "nothing":
      return t(`plan_nothing_${action.reason}`);
  }
}

/** "9 fields are sent." */
export function fieldsSentence(plan: Plan): string {
  return plural("plan_fields", plan.fields.length);
}

/** Lever's field by a name a recruiter knows. */
export function plannedFieldName(field: string): string {
  const key = `sent_${field.replace(/([a-z])([A-Z])/gu, "$1_$2").toLowerCase()}`;
  return hasMessage(key) ? t(key) : field;
}

/** Whether the export is in Lever, as far as is known. */
export function isInLever(outcome: ExportOutcome): boolean {
  return outcome.state === "confirmed" || outcome.state === "reconciled";
}

/** Whether the export is still on its way, or its outcome is being looked up. */
export function isUnsettled(outcome: ExportOutcome): boolean {
  return outcome.state === "planned" || outcome.state === "sending" || outcome.state === "unknown";
}

/** "Added to Lever on Platform Engineer, in New lead." */
export function outcomeSentence(outcome: ExportOutcome): string {
  const stage = outcome.stage === null ? t("stage_new_lead") : stageName(outcome.stage);
  const added =
    outcome.posting === null ? t("outcome_prospect", stage) : t("outcome_job", postingName(outcome.posting), stage);
  return outcome.deduped ? `${added} ${t("outcome_deduped")}` : added;
}
