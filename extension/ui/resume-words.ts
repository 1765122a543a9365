/** What Lever read from a resume, a line an entry; and the start of a long note. Pure. */
import { t } from "../shared/i18n";
import type { EducationSummary, EmploymentSummary } from "../shared/protocol";

export interface ResumeLine {
  text: string;
  /** From when to when, as far as it is known. */
  span: string;
}

/** "Data Engineer, Harbor Labs", "2019–2022". */
export function employmentWords({ title, company, location, start, end }: EmploymentSummary): ResumeLine {
  return { text: joined(title, company, location), span: spanWords(start, end, "ongoing") };
}

/** "BSc, Physics, Utrecht Polytechnic", "2012–2015". */
export function educationWords({ school, degree, start, end }: EducationSummary): ResumeLine {
  return { text: joined(degree, school), span: spanWords(start, end, "open") };
}

function joined(...parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join(", ");
}

/** Years alone: months in a narrow column say less than they cost. An employment without an end may last or may not. */
function spanWords(start: string | null, end: string | null, missingEnd: "ongoing" | "open"): string {
  const [from, until] = [yearOf(start), yearOf(end)];
  if (from === null) {
    return until === null ? "" : t("span_until", until);
  }
  if (until === null) {
    return missingEnd === "ongoing" ? t("span_since", from) : from;
  }
  return from === until ? from : `${from}–${until}`;
}

function yearOf(month: string | null): string | null {
  return month === null ? null : month.slice(0, 4);
}

/** A note of up to this length is shown as it is. */
const SHORT_NOTE = 220;
/** A longer one begins with so much of it. */
const NOTE_START = 160;

export function noteStart(text: string): string {
  const letters = [...text];
  if (letters.length <= SHORT_NOTE) {
    return text;
  }
  const start = letters.slice(0, NOTE_START).join("");
  const word = start.lastIndexOf(" ");
  return `${(word > NOTE_START / 2 ? start.slice(0, word) : start).trimEnd()} …`;
}
