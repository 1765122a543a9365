/**
 * What the badge says: a pure function of what is known about the page's person. It never claims more than that:
 * "not in Lever" needs a complete mirror, and an old one is named as old.
 */
import { language, plural, t } from "../shared/i18n";
import type { Answer, ExportOutcome, Failure, OpportunitySummary, Person, Verdict } from "../shared/protocol";
import { mainReason } from "./evidence-words";
import { failureWords } from "./failure-words";
import { ownerShort, stageName } from "./names";
import { isInLever, isUnsettled } from "./plan-words";
import { ago, exactly } from "./relative-time";

export type BadgeKind =
  | "looking"
  | "active"
  | "prospect"
  | "hired"
  | "archived"
  | "likely"
  | "possible"
  | "several"
  | "not_in_lever"
  | "not_found_so_far"
  | "exporting"
  | "exported"
  | "unreadable"
  | "not_connected"
  | "trouble";

/** `in` in Lever, `maybe` a human should look, `new` can be added, `stop` needs repair, `quiet` nothing to do. */
export type Tone = "in" | "maybe" | "new" | "stop" | "quiet";

export interface BadgeModel {
  kind: BadgeKind;
  tone: Tone;
  word: string;
  /** At most two short details, the more important first. */
  details: string[];
  /** The exact moment behind a relative one, for hovering. */
  hint: string | null;
  /** Share of Lever that was read, 0 to 1, where the badge shows it. */
  read: number | null;
}

/** What is known about the person of a page. */
export type Situation =
  | { at: "unreadable" }
  | { at: "looking" }
  | { at: "exporting" }
  | { at: "failed"; failure: Failure }
  | { at: "exported"; outcome: ExportOutcome }
  | { at: "answered"; answer: Answer };

/** From this age on, in milliseconds, a "not in Lever" says how old it is. */
const OLD = 30 * 60_000;

const TONES: Record<BadgeKind, Tone> = {
  looking: "quiet",
  active: "in",
  prospect: "in",
  hired: "in",
  archived: "quiet",
  likely: "maybe",
  possible: "maybe",
  several: "maybe",
  not_in_lever: "new",
  not_found_so_far: "quiet",
  exporting: "new",
  exported: "in",
  unreadable: "quiet",
  not_connected: "quiet",
  trouble: "stop",
};

function badge(
  kind: BadgeKind,
  word: string,
  details: (string | null)[] = [],
  rest: Partial<BadgeModel> = {},
): BadgeModel {
  return {
    kind,
    tone: TONES[kind],
    word,
    details: details.filter((detail): detail is string => detail !== null && detail !== ""),
    hint: null,
    read: null,
    ...rest,
  };
}

export function badgeModel(situation: Situation, now: number): BadgeModel {
  switch (situation.at) {
    case "unreadable":
      return badge("unreadable", t("badge_unreadable"));
    case "looking":
      return badge("looking", t("badge_looking"));
    case "exporting":
      return badge("exporting", t("badge_exporting"));
    case "failed":
      return failed(situation.failure);
    case "exported":
      return exported(situation.outcome);
    case "answered":
      return answered(situation.answer, now);
  }
}

/** The whole line, for screen readers and tooltips. */
export function badgeLine(model: BadgeModel): string {
  return [model.word, ...model.details].join(" · ");
}

function failed(failure: Failure): BadgeModel {
  if (failure.code === "not_connected") {
    return badge("not_connected", t("badge_not_connected"), [t("badge_settings")]);
  }
  const words = failureWords(failure);
  return badge("trouble", words.short, [words.remedy === "settings" ? t("badge_settings") : null]);
}

function exported(outcome: ExportOutcome): BadgeModel {
  if (isInLever(outcome)) {
    const stage = outcome.stage === null ? t("stage_new_lead") : stageName(outcome.stage);
    return badge("exported", t("badge_exported"), [stage]);
  }
  if (outcome.state === "unknown") {
    return badge("exporting", t("badge_finding_outcome"));
  }
  return badge("exporting", t("badge_exporting"));
}

function answered(answer: Answer, now: number): BadgeModel {
  const { verdict, status } = answer;
  const nobody = verdict.verdict === "none" || answer.people.length === 0;
  if (nobody && answer.exported !== null && (isInLever(answer.exported) || isUnsettled(answer.exported))) {
    return exported(answer.exported);
  }
  if (status.connection.state === "not_connected") {
    return badge("not_connected", t("badge_not_connected"), [t("badge_settings")]);
  }
  if (nobody) {
    // Without a working key nobody can say who is not in Lever; a person once read is still shown.
    return status.connection.state === "troubled" && refusesUs(status.connection.failure)
      ? failed(status.connection.failure)
      : absent(answer, now);
  }
  const [first] = answer.people;
  const count = answer.people.length;
  switch (verdict.verdict) {
    case "same":
      return first === undefined ? absent(answer, now) : inLever(first, now);
    case "likely":
      return badge("likely", t("badge_likely"), [mainReason(verdict.candidates[0]?.evidence ?? [])]);
    case "possible":
      return badge("possible", plural("badge_possible", count));
    case "ambiguous":
      return badge("several", t("badge_several"), [plural("badge_people", count)]);
    default:
      return absent(answer, now);
  }
}

function refusesUs(failure: Failure): boolean {
  return failure.code === "key_refused" || failure.code === "permission_missing";
}

function absent({ verdict }: Answer, now: number): BadgeModel {
  if (!verdict.complete) {
    const read = Math.min(1, Math.max(0, verdict.read));
    return badge("not_found_so_far", t("badge_not_found_so_far"), [t("badge_read", percent(read))], { read });
  }
  if (verdict.as_of !== null && now - verdict.as_of > OLD) {
    const hint = exactly(verdict.as_of, language());
    return badge("not_in_lever", t("badge_not_in_lever"), [t("badge_as_of", ago(verdict.as_of, now, language()))], {
      hint,
    });
  }
  return badge("not_in_lever", t("badge_not_in_lever"), [t("badge_add")]);
}

/** A share as whole hundredths; never 100 while something is missing. */
export function percent(read: number): number {
  return Math.min(99, Math.floor(read * 100));
}

function inLever(person: Person, now: number): BadgeModel {
  const [opportunity] = person.opportunities;
  if (opportunity === undefined) {
    return badge("archived", t("badge_in_lever"), [t("badge_no_opportunity")]);
  }
  const owner = opportunity.owner === null ? null : ownerShort(opportunity.owner);
  switch (opportunity.status) {
    case "active":
      return badge("active", t("badge_in_lever"), [stageName(opportunity.stage), owner]);
    case "prospect":
      return badge("prospect", t("badge_in_lever"), [t("badge_prospect", stageName(opportunity.stage)), owner]);
    case "hired":
      return ended("hired", "badge_hired", opportunity, now);
    case "rejected":
      return ended("archived", "badge_rejected", opportunity, now);
    default:
      return ended("archived", "badge_archived", opportunity, now);
  }
}

function ended(
  kind: BadgeKind,
  stem: "badge_hired" | "badge_rejected" | "badge_archived",
  opportunity: OpportunitySummary,
  now: number,
): BadgeModel {
  const at = opportunity.archived_at;
  if (at === null) {
    return badge(kind, t("badge_in_lever"), [t(stem)]);
  }
  const hint = exactly(at, language());
  return badge(kind, t("badge_in_lever"), [t(`${stem}_when`, ago(at, now, language()))], { hint });
}

/** The same for a row of a list, of whose candidates only the likeliest is known. There is nothing to press. */
export function rowModel(verdict: Verdict, person: Person | null, now: number): BadgeModel {
  const count = verdict.candidates.length;
  if (person === null || verdict.verdict === "none") {
    const { complete, read } = verdict;
    return complete
      ? badge("not_in_lever", t("badge_not_in_lever"))
      : badge("not_found_so_far", t("badge_not_found_so_far"), [t("badge_read", percent(read))], { read });
  }
  switch (verdict.verdict) {
    case "same":
      return inLever(person, now);
    case "likely":
      return badge("likely", t("badge_likely"), [mainReason(verdict.candidates[0]?.evidence ?? [])]);
    case "possible":
      return badge("possible", plural("badge_possible", count));
    case "ambiguous":
      return badge("several", t("badge_several"), [plural("badge_people", count)]);
  }
}
