/**
 * From a resume's lines to a profile. Pure. What a resume does not plainly say stays empty: a wrong name or somebody
 * else's email is worse than none. Emails, phones and links count only where a resume speaks of its owner, at its head or
 * under a heading for it: referees and former managers have addresses too.
 */
import { type DateRange, dateRange } from "../content/adapters/dates";
import type { CurrentPosition, Education, PastPosition, Profile } from "../shared/profile";
import type { Column, ResumeLine } from "./page-lines";
import {
  COMPANY_WORD,
  DEGREE_WORD,
  DOCUMENT_TITLE,
  headingKind,
  isCountry,
  JOB_WORD,
  SCHOOL_WORD,
  type SectionKind,
} from "./resume-words";

interface Placed extends ResumeLine {
  /** Null above the first heading. */
  section: SectionKind | null;
}

const MOST_ENTRIES = 40;
/** No line that says something about a person is longer; expressions take their time over longer ones. */
const LONGEST_LINE = 300;
const BULLET = /^[•●▪▫◦‣⁃∙·*○■□➢➤✓✔–—-]\s*/u;

/** The profile; `key` names the file, since a resume has no address. */
export function resumeProfile(lines: readonly ResumeLine[], key: string): Profile {
  const placed = inSections(lines);
  const about = placed.filter(({ section }) => section === null || section === "contact" || section === "about");
  const name = nameOf(placed, about);
  const emails = emailsOf(placed, about, name);
  const history = positionsOf(placed.filter(({ section }) => section === "experience"));
  return {
    site: "resume",
    kind: "profile",
    key,
    url: "",
    proof: "resume",
    dialect: "pdf",
    ids: [],
    name,
    headline: headlineOf(about, name),
    location: locationOf(about, name),
    current: history
      .filter(({ ongoing }) => ongoing)
      .map(({ title, company }): CurrentPosition => ({ title, company, company_url: null })),
    history: history.map(({ title, company, start, end }): PastPosition => ({ title, company, start, end })),
    education: schoolsOf(placed.filter(({ section }) => section === "education")),
    links: linksOf(about),
    emails,
    phones: phonesOf(about),
    avatar: null,
    lang: null,
    complete: true,
  };
}

/**
 * A heading holds until the next one in its own column: what ends the left column says nothing about the head of the right
 * one. On later pages what has begun goes on.
 */
function inSections(lines: readonly ResumeLine[]): Placed[] {
  let section: SectionKind | null = null;
  let column: Column = "whole";
  const left = new Map<Column, SectionKind | null>();
  const placed: Placed[] = [];
  for (const line of lines) {
    if (line.column !== column) {
      left.set(column, section);
      const before = line.column === "whole" ? undefined : left.get(line.column);
      section = before ?? (line.column === "right" && line.page === 0 ? null : section);
      column = line.column;
    }
    const kind = headingKind(line.text);
    if (kind === null) {
      placed.push({ ...line, text: line.text.slice(0, LONGEST_LINE), section });
    } else {
      section = kind;
    }
  }
  return placed;
}

// --- Who -----------------------------------------------------------------------------------------------------------------

const NAME_LABEL =
  /^(?:full\s+)?(?:name|nom|nombre|nome|naam|imię i nazwisko|vor- und nachname|nom et prénom|nombre y apellidos|姓名|氏名|이름)\s*[:：]\s*/iu;
const CREDENTIALS = /\s*,?\s*(?:\b(?:ph\.?d|mba|m\.?sc|b\.?sc|pmp|cpa|cfa|dr|ing|dipl)\b\.?\s*,?\s*)+$/iu;

function nameOf(placed: readonly Placed[], about: readonly Placed[]): string | null {
  const labelled = about.find(({ text }) => NAME_LABEL.test(text));
  if (labelled !== undefined) {
    const stated = asName((labelled.text.split("\t")[0] ?? "").replace(NAME_LABEL, ""), 1);
    if (stated !== null) {
      return stated;
    }
  }
  const body = median(placed.map(({ size }) => size));
  const mailboxes = about
    .flatMap(({ text, links }) => emailsIn(text, links))
    .join(" ")
    .toLowerCase();
  const candidates = placed
    .map((line, place) => ({ line, place }))
    .filter(
      ({ line: { page, section, size } }) =>
        page === 0 && (section === null || (section !== "references" && size >= body * 1.3)),
    )
    .flatMap(({ line, place }) => {
      const [first = ""] = line.text.replace(DOCUMENT_TITLE, "").split(/\t|\s[|•·]\s/u);
      const found = asName(first, 2);
      return found === null ? [] : [{ found, size: line.size, place, mailed: isInMailbox(found, mailboxes) }];
    });
  const best = candidates.toSorted(
    (one, other) => Number(other.mailed) - Number(one.mailed) || other.size - one.size || one.place - other.place,
  )[0];
  // Far below the top, without a mailbox that confirms it and no larger than the text, it is some line of two words.
  return best !== undefined && (best.mailed || best.place < 3 || best.size >= body * 1.3) ? best.found : null;
}

/** The text as a name; null where it cannot be one. */
function asName(text: string, leastWords: number): string | null {
  const name = text
    .replace(CREDENTIALS, "")
    .replace(/[,;:]+$/u, "")
    .trim();
  const words = name.split(/\s+/u);
  const eastern = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}・ ]{2,12}$/u.test(name);
  const western =
    words.length >= leastWords &&
    words.length <= 6 &&
    name.length <= 60 &&
    /^\p{L}/u.test(name) &&
    /^[\p{L}\p{M}.'’`\- ]+$/u.test(name) &&
    words.filter((word) => /^\p{Lu}|^\p{Lo}/u.test(word)).length >= Math.min(2, words.length) &&
    words.every(
      (word) =>
        /^\p{Lu}|^\p{Lo}/u.test(word) ||
        /^(?:d[aeiou]s?|del|della|der|den|v[ao]n|von|zu|zum|ter|ten|la|le|el|al|bin|ibn|y|e|i|af|av|san|'t|o')$/iu.test(
          word,
        ),
    );
  if (!(eastern || western) || headingKind(name) !== null || JOB_WORD.test(name) || COMPANY_WORD.test(name)) {
    return null;
  }
  if (SCHOOL_WORD.test(name) || DOCUMENT_TITLE.test(name)) {
    return null;
  }
  return name === name.toUpperCase() && name !== name.toLowerCase() ? capitalised(name) : name;
}

function capitalised(name: string): string {
  return name
    .toLowerCase()
    .replace(/(^|[\s\-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function isInMailbox(name: string, mailboxes: string): boolean {
  return plain(name)
    .split(/[^a-z]+/u)
    .some((part) => part.length >= 3 && mailboxes.includes(part));
}

function plain(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/ł/giu, "l")
    .replace(/ø/giu, "o")
    .replace(/ß/giu, "ss")
    .toLowerCase();
}

function headlineOf(about: readonly Placed[], name: string | null): string | null {
  const head = about.filter(({ section }) => section === null);
  const at = head.findIndex(({ text }) => name !== null && plain(text).includes(plain(name)));
  const after = at < 0 ? [] : head.slice(at + 1, at + 3);
  const line = after.map(({ text }) => text.split("\t")[0] ?? "").find((text) => JOB_WORD.test(text) && isProse(text));
  return line ?? null;
}

function isProse(text: string): boolean {
  return text.length <= 100 && !/@|https?:|www\.|\d{4,}|linkedin|github/iu.test(text);
}

// --- Where and how ----------------------------------------------------------------------------------------------------------

const PLACE_LABEL =
  /^(?:location|address|city|residence|based in|lives in|adresse|anschrift|wohnort|lieu|ville|dirección|direccion|ubicación|ciudad|endereço|morada|cidade|indirizzo|residenza|città|adres|woonplaats|miejscowość|miasto|miejsce zamieszkania|住所|地址|所在地)\s*[:：]\s*/iu;

function locationOf(about: readonly Placed[], name: string | null): string | null {
  for (const { text } of about) {
    const labelled = text.split(/\t|\s[|•·]\s/u).find((part) => PLACE_LABEL.test(part));
    if (labelled !== undefined) {
      return cityOf(labelled.replace(PLACE_LABEL, ""));
    }
  }
  for (const { text, section } of about) {
    if (section === "about") {
      continue;
    }
    for (const part of text.split(/\t|\s[|•·]\s/u)) {
      const place = cityOf(part);
      const last = place?.split(", ").at(-1) ?? "";
      if (
        place !== null &&
        place !== name &&
        isPlaceLike(place) &&
        (isCountry(last) ? last !== place : hasPostalCode(part))
      ) {
        return place;
      }
    }
  }
  return null;
}

const PLACE = /^\p{Lu}[\p{L}\p{M}.'’ -]+(?:, ?\p{Lu}[\p{L}\p{M}.'’ -]*){0,2}$/u;

function isPlaceLike(text: string): boolean {
  return (
    text.length <= 50 &&
    PLACE.test(text) &&
    !JOB_WORD.test(text) &&
    !COMPANY_WORD.test(text) &&
    !SCHOOL_WORD.test(text) &&
    !DEGREE_WORD.test(text)
  );
}

function hasPostalCode(text: string): boolean {
  return /(?:^|,\s*)(?:[A-Z]{1,3}-)?(?:\d{2}-\d{3}|\d{4,6})\s+\p{Lu}/u.test(text);
}

/** A place without street and postal code; null where nothing is left of it. */
function cityOf(text: string): string | null {
  const parts = text
    .split(/,\s*/u)
    .map((part) =>
      part
        .replace(
          /^(?:[A-Z]{1,2}-)?\d{2}-\d{3}\s+|^(?:[A-Z]{1,3}-)?\d{4,6}\s+(?:[A-Z]{2}\s+)?|\s+\d{4,6}(?:-\d{4})?$/gu,
          "",
        )
        .trim(),
    )
    .filter((part) => part !== "" && !/\d|@|https?:|www\./u.test(part));
  const place = parts.slice(-3).join(", ");
  return place !== "" && PLACE.test(place) ? place : null;
}

const EMAIL = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;

function emailsIn(text: string, links: readonly string[] = []): string[] {
  const written = text.match(EMAIL) ?? [];
  const linked = links
    .filter((link) => /^mailto:/iu.test(link))
    .map((link) => link.slice("mailto:".length).split("?")[0] ?? "")
    .filter((email) => email.includes("@"));
  return [...written, ...linked].map((email) => email.replace(/^['.]+|['.]+$/gu, ""));
}

function emailsOf(placed: readonly Placed[], about: readonly Placed[], name: string | null): string[] {
  const own = unique(about.filter(isOwnersLine).flatMap(({ text, links }) => emailsIn(text, links)));
  if (own.length > 0 || name === null) {
    return own;
  }
  // At the foot of a page, in no section of its own: the owner's only where it carries the owner's name.
  const rest = placed.filter((line) => line.section !== "references" && isOwnersLine(line));
  return unique(rest.flatMap(({ text, links }) => emailsIn(text, links))).filter((email) =>
    isInMailbox(name, (email.split("@")[0] ?? "").toLowerCase()),
  );
}

/** A line about somebody else, wherever it stands. */
function isOwnersLine({ text }: Placed): boolean {
  return !/\b(?:referee|reference|referenz|référence|referencia|supervisor|manager:|reports to|line manager|vorgesetzte)/iu.test(
    text,
  );
}

const PHONE = /(?<![\d/@.-])(?:\+|00|\()?\d(?:[\d\s().\u2010-\u2015/-]{6,20})\d(?![\d@])/gu;

function phonesOf(about: readonly Placed[]): string[] {
  const found = about.filter(isOwnersLine).flatMap(({ text, links }) => {
    const written = (text.replace(/https?:\S+/giu, " ").match(PHONE) ?? [])
      .map((phone) => phone.trim())
      .filter(isPhone);
    const linked = links
      .filter((link) => /^tel:/iu.test(link))
      .map((link) => decodeURIComponent(link.slice("tel:".length)));
    return written.length > 0 ? written : linked;
  });
  return unique(found);
}

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/gu, "");
  const isDate =
    /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$|^\d{4}[./-]\d{1,2}[./-]\d{1,2}$|^(?:19|20)\d\d\s*[–—/-]\s*(?:(?:19|20)\d\d|\d{2})$/u.test(
      text,
    );
  const isYears = /(?:19|20)\d\d\s*[\u2010-\u2015-]\s*(?:\d{1,2}[/.])?(?:19|20)\d\d/u.test(text);
  return digits.length >= 8 && digits.length <= 15 && !isDate && !isYears && !text.includes("\t");
}

const WRITTEN_LINK =
  /(?:https?:\/\/|www\.)[^\s|,;()<>"]+|(?:[a-z\d-]+\.)*(?:linkedin\.com|github\.com|gitlab\.com|stackoverflow\.com|xing\.com|behance\.net|dribbble\.com|orcid\.org|medium\.com|kaggle\.com)\/[^\s|,;()<>"]+/giu;
/** "ines.example.dev", on a line for such things: a domain alone. */
const BARE_DOMAIN = /^(?:[a-z\d-]+\.)+[a-z]{2,}(?:\/[^\s|,;]*)?$/iu;

function linksOf(about: readonly Placed[]): string[] {
  const found = about
    .filter((line) => line.section !== "about" && isOwnersLine(line))
    .flatMap(({ text, links }) => {
      const rest = text.replace(EMAIL, " ");
      const written = rest.match(WRITTEN_LINK) ?? [];
      const bare = rest
        .replace(WRITTEN_LINK, " ")
        .split(/\t|\s[|•·]\s|\s/u)
        .filter((part) => BARE_DOMAIN.test(part) && /\.\p{L}{2,}/u.test(part) && !/\.(?:js|net|io)$/iu.test(part));
      return [...written, ...bare, ...links.filter((link) => /^https?:/iu.test(link))];
    })
    .map((link) => link.replace(/[.,;:]+$/u, ""))
    .map((link) => (/^https?:/iu.test(link) ? link : `https://${link}`));
  const kept = new Map(
    found.map((link): [string, string] => [link.toLowerCase().replace(/^https?:\/\/(?:www\.)?|\/$/gu, ""), link]),
  );
  return [...kept.values()];
}

// --- What they did -----------------------------------------------------------------------------------------------------------

interface Entry {
  range: DateRange;
  /** What stands beside the dates, part by part. */
  parts: string[];
  /** Lines above, the nearest first, up to the entry before. */
  above: string[];
  below: string[];
}

/** Every line with dates, with what stands around it. */
function entriesOf(lines: readonly Placed[]): Entry[] {
  const dated = lines.map(({ text }) => datesIn(text));
  const plainLine = (place: number) => {
    const line = lines[place];
    return line !== undefined &&
      dated[place] === null &&
      !BULLET.test(line.text) &&
      line.text.length <= 100 &&
      !/[.;]$/u.test(line.text)
      ? line.text
      : null;
  };
  return dated.flatMap((found, place) => {
    if (found === null || BULLET.test(lines[place]?.text ?? "")) {
      return [];
    }
    const above: string[] = [];
    for (let at = place - 1, text = plainLine(at); text !== null && above.length < 2; at -= 1, text = plainLine(at)) {
      above.push(text);
    }
    const below: string[] = [];
    for (let at = place + 1, text = plainLine(at); text !== null && below.length < 2; at += 1, text = plainLine(at)) {
      below.push(text);
    }
    return [{ range: found.range, parts: partsOf(found.rest), above, below }];
  });
}

/** The dates of a line, at its beginning or its end, and what is left of it. */
export function datesIn(line: string): { range: DateRange; rest: string } | null {
  const text = line
    .replace(/[()[\]]/gu, "\t")
    .replace(/\s*\t\s*/gu, "\t")
    .replace(/^\t|\t$/gu, "");
  const marks = [...text.matchAll(/[\s|,•·]+/gu)];
  const starts = [0, ...marks.map((mark) => mark.index + mark[0].length)];
  const ends = [...marks.map((mark) => mark.index), text.length];
  for (const start of starts) {
    const range = readRange(text.slice(start));
    if (range !== null) {
      return { range, rest: text.slice(0, start).replace(/[\s|,•·:–—-]+$/u, "") };
    }
  }
  for (const end of ends.toReversed()) {
    const range = readRange(text.slice(0, end).replace(/[:;]$/u, ""));
    if (range !== null) {
      return { range, rest: text.slice(end).replace(/^[\s|,•·:–—-]+/u, "") };
    }
  }
  // In the middle, between parts that stand apart.
  const parts = text.split(/\t|\s\|\s/u);
  const at = parts.findIndex((part) => readRange(part) !== null);
  const range = readRange(parts[at] ?? "");
  return range === null ? null : { range, rest: parts.filter((_, place) => place !== at).join("\t") };
}

function readRange(text: string): DateRange | null {
  return text.length > 48 || !/(?:19|20)\d\d|[\u0660-\u0669\u06f0-\u06f9]{4}/u.test(text)
    ? null
    : dateRange(text.replace(/\t/gu, " ").trim());
}

function partsOf(text: string): string[] {
  const parts = text.split(/\t|\s[|•·]\s|\s+[–—-]\s+|,\s+|\s+(?:at|@|bei|chez|presso|bij|w firmie)\s+/u);
  return parts.map((part) => part.replace(/^[\s,;:]+|[\s,;:]+$/gu, "")).filter((part) => part !== "");
}

interface Position extends PastPosition {
  ongoing: boolean;
}

function positionsOf(lines: readonly Placed[]): Position[] {
  const entries = entriesOf(lines);
  // A resume keeps to one order: whether titles stand above or below the dates is decided once for all.
  const fromAbove = entries.filter(({ above }) => above.length > 0).length;
  const fromBelow = entries.filter(({ below }) => below.length > 0).length;
  const [firstBelow] = entries;
  const below = firstBelow?.above.length === 0 || fromBelow > fromAbove;
  return entries
    .map((entry) => position(entry, below))
    .filter(({ title, company }) => title !== null || company !== null)
    .slice(0, MOST_ENTRIES);
}

function position({ range, parts, above, below }: Entry, prefersBelow: boolean): Position {
  // Beside dates that stand alone, only one side can be meant.
  const sides = prefersBelow ? [below, above] : [above, below];
  const near = (parts.length > 0 ? sides : sides.slice(0, 1)).map((lines) =>
    lines.map(partsOf).filter((line) => line.length > 0),
  );
  const [nearest = []] = near.filter((lines) => lines.length > 0);
  const title = parts.find(isJob) ?? near.flat(2).find(isJob) ?? null;
  const dates = { start: range.start, end: range.end, ongoing: range.ongoing };
  if (title !== null) {
    const beside = parts.filter((part) => part !== title);
    return { title, company: employerIn(beside) ?? employerNear(nearest, title), ...dates };
  }
  const [first = null, second = null] = parts;
  if (second !== null) {
    // Nothing tells but an employer's form; else the usual order.
    const employer = parts.find((part) => COMPANY_WORD.test(part)) ?? second;
    return { title: parts.find((part) => part !== employer) ?? null, company: employer, ...dates };
  }
  const [line = [], next = []] = nearest;
  return first === null
    ? { title: line[0] ?? null, company: line[1] ?? next[0] ?? null, ...dates }
    : { title: line[0] ?? null, company: first, ...dates };
}

function isJob(part: string): boolean {
  return JOB_WORD.test(part);
}

/** A place may follow the employer. */
function employerIn(parts: readonly string[]): string | null {
  return parts.find((part) => COMPANY_WORD.test(part)) ?? parts[0] ?? null;
}

/** In the line of the title beside it, else in the nearest line without one. */
function employerNear(lines: readonly string[][], title: string): string | null {
  const own = lines.find((line) => line.includes(title))?.filter((part) => part !== title) ?? [];
  const other = lines.find((line) => !line.some(isJob)) ?? [];
  return employerIn(own) ?? employerIn(other);
}

function schoolsOf(lines: readonly Placed[]): Education[] {
  const found: Education[] = [];
  lines.forEach(({ text }, place) => {
    if (!SCHOOL_WORD.test(text) || BULLET.test(text)) {
      return;
    }
    const dated = datesIn(text);
    const beside = [lines[place - 1]?.text, lines[place + 1]?.text].filter(
      (near) => near !== undefined && !SCHOOL_WORD.test(near),
    ) as string[];
    const range = dated?.range ?? beside.map(datesIn).find((near) => near !== null)?.range ?? null;
    const parts = partsOf(dated?.rest ?? text);
    const school = parts.find((part) => SCHOOL_WORD.test(part)) ?? null;
    const near = beside.flatMap((line) => partsOf(datesIn(line)?.rest ?? line));
    const degrees = [...parts.filter((part) => part !== school), ...near];
    const degree = degrees.find((part) => DEGREE_WORD.test(part)) ?? null;
    const after = degree === null ? null : (degrees[degrees.indexOf(degree) + 1] ?? null);
    const field =
      after !== null &&
      /^\p{L}[\p{L} &-]{3,40}$/u.test(after) &&
      !SCHOOL_WORD.test(after) &&
      parts.includes(after) === parts.includes(degree ?? "")
        ? after
        : null;
    const single = range !== null && range.end === null && !range.ongoing;
    found.push({
      school,
      degree,
      field,
      start: single ? null : (range?.start ?? null),
      end: single ? range.start : (range?.end ?? null),
    });
  });
  return found.slice(0, MOST_ENTRIES);
}

function unique(texts: readonly string[]): string[] {
  const kept = new Map(texts.map((text): [string, string] => [text.toLowerCase(), text]));
  return [...kept.values()];
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}
