/** Connection and mirror in words and tones, for the pages of the extension. */
import { formatNumber, language, t } from "../shared/i18n";
import type { Environment, MirrorState, Status } from "../shared/protocol";
import { percent, type Tone } from "./badge-model";
import { failureWords } from "./failure-words";
import { dayOf, lengthOf } from "./relative-time";

export function environmentName(environment: Environment): string {
  return environment.name === "custom" ? environment.base_url : t(`environment_${environment.name}`);
}

/** The state of the connection in two or three words. */
export function connectionWord({ connection, environment }: Status): { text: string; tone: Tone } {
  switch (connection.state) {
    case "not_connected":
      return { text: t("badge_not_connected"), tone: "quiet" };
    case "troubled":
      return { text: failureWords(connection.failure).short, tone: "stop" };
    case "connected":
      return {
        text: environment === null ? t("connected") : t("connected_to", environmentName(environment)),
        tone: "in",
      };
  }
}

/**
 * Whether all that the settings let in has been read. Where they leave out what is older than a day, the mirror never counts
 * as complete, and there is no whole that it would be a share of.
 */
export function isReadAsAsked({ complete, earliest, walked }: MirrorState): boolean {
  return complete || (earliest !== null && walked);
}

/** What the first read has done: "62 % of Lever read, 620,000 of 1,000,000 opportunities." Says what the settings leave out. */
export function readSentence(mirror: MirrorState): string {
  return [progressSentence(mirror), leftOut(mirror)].filter((part) => part !== null).join(" ");
}

/** What is older than the settings let in; null where nothing is. */
export function leftOut({ earliest }: MirrorState): string | null {
  return earliest === null ? null : t("mirror_earliest", dayOf(earliest, language()));
}

function progressSentence(mirror: MirrorState): string {
  const have = formatNumber(mirror.opportunities);
  if (isReadAsAsked(mirror)) {
    return t("mirror_complete", have, formatNumber(mirror.contacts));
  }
  return mirror.expected_opportunities === null
    ? t("mirror_reading", percent(mirror.read), have)
    : t("mirror_reading_of", percent(mirror.read), have, formatNumber(mirror.expected_opportunities));
}

/** How fast it goes and how long it will take; null while nothing is being read. */
export function paceSentence(mirror: MirrorState): string | null {
  if (mirror.rows_per_second === null) {
    return null;
  }
  const rate = formatNumber(Math.round(mirror.rows_per_second));
  return mirror.time_left === null
    ? t("mirror_rate", rate)
    : t("mirror_rate_left", rate, lengthOf(mirror.time_left, language()));
}

export function phaseWord(mirror: MirrorState): string {
  return t(`phase_${mirror.phase.phase}`);
}
