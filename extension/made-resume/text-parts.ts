/**
 * Which letters of a text the font that is brought along can write, and which have to be painted by the browser with the
 * fonts of this computer: Chinese, Japanese, Korean, Thai, emoji … Never a box, never a question mark, nothing left out.
 * What is written from right to left is painted as a whole: in which order its parts stand, the browser knows. Pure.
 */

export interface TextPart {
  text: string;
  painted: boolean;
}

/** Hebrew, Arabic and their neighbours, with the forms that older texts use. */
export const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** What is written without blanks is parted where the browser's dictionaries see words. */
const WITHOUT_BLANKS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Nothing longer stands in one line of somebody's profile. */
const LONGEST = 2_000;

/** White space as single blanks, marks on their letters, nothing that only steers. */
export function tidy(text: string): string {
  const plain = text
    .normalize("NFC")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu, "")
    .replace(/\p{Cs}/gu, "")
    .trim();
  return [...plain].slice(0, LONGEST).join("");
}

/** The text in its order, parted where one hand takes over from the other. */
export function partsOf(text: string, canWrite: (letter: string) => boolean): TextPart[] {
  if (RIGHT_TO_LEFT.test(text)) {
    return [{ text, painted: true }];
  }
  const parts: TextPart[] = [];
  for (const sign of graphemes(text)) {
    const painted = ![...sign].every((letter) => canWrite(letter));
    const last = parts.at(-1);
    if (last !== undefined && last.painted === painted) {
      last.text += sign;
    } else {
      parts.push({ text: sign, painted });
    }
  }
  return parts;
}

/** Pieces between which a line may end; a blank stands at the end of its piece. */
export function breakable(text: string): string[] {
  return (text.match(/\S+\s*|\s+/gu) ?? []).flatMap((word) => {
    const pieces: string[] = [];
    for (const part of WITHOUT_BLANKS.test(word) ? words(word) : [word]) {
      // A full stop or a bracket begins no line.
      if (pieces.length > 0 && /^[\p{Pe}\p{Pf}\p{Po}ー\s]/u.test(part)) {
        pieces[pieces.length - 1] += part;
      } else {
        pieces.push(part);
      }
    }
    return pieces;
  });
}

/** What people take for one sign: a letter with its marks, an emoji of several. */
export function graphemes(text: string): string[] {
  return segments(text, "grapheme");
}

function words(text: string): string[] {
  return segments(text, "word");
}

function segments(text: string, granularity: "grapheme" | "word"): string[] {
  return [...new Intl.Segmenter("en", { granularity }).segment(text)].map(({ segment }) => segment);
}

/**
 * The text in the order in which its signs stand from left to right, as a PDF holds it. Enough of Unicode's rules for
 * names and titles: letters and digits of the other direction keep theirs.
 */
export function visualOrder(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) {
    return text;
  }
  const runs: { text: string[]; rightToLeft: boolean }[] = [];
  for (const sign of graphemes(text)) {
    const last = runs.at(-1);
    // What has no direction of its own goes with what stands before it.
    const rightToLeft = RIGHT_TO_LEFT.test(sign) || (!/[\p{L}\p{N}]/u.test(sign) && (last?.rightToLeft ?? true));
    if (last !== undefined && last.rightToLeft === rightToLeft) {
      last.text.push(sign);
    } else {
      runs.push({ text: [sign], rightToLeft });
    }
  }
  const shown = runs.map((run) => (run.rightToLeft ? run.text.toReversed() : run.text).join(""));
  return (startsRightToLeft(text) ? shown.toReversed() : shown).join("");
}

/** The first letter tells the direction of the whole. */
export function startsRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? "");
}
