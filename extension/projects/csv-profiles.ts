/**
 * From the text of a table to profiles. Pure. A column is used only where its header says what it is (`csv-columns.ts`), a value only
 * where it can be that; the rest stays out, and every line that is left out says why. Nobody is looked up here.
 *
 * papaparse reads the table: quotes, line breaks within them and doubled quotes are where readers of one's own go wrong. It is the
 * most used library for it, has no dependency, makes no code of text, and adds 7 kB to the page that imports.
 */
import Papa from "papaparse";
import { identityKey, identityKeys } from "../content/adapters/identity-link";
import { clean, unique } from "../content/adapters/page-text";
import type { CurrentPosition, Education, Profile } from "../shared/profile";
import { type CsvField, csvField } from "./csv-columns";

/** People of one project, as the core has it. */
export const MOST_PEOPLE = 10_000;
/** Notes and empty lines may stand above the headers. */
const FIRST_LINES = 20;
const DELIMITERS = [",", ";", "\t", "|"] as const;

export interface CsvColumn {
  header: string;
  /** Null: not used. */
  takenFor: CsvField | null;
}

/** `nobody`: no name, email or link. `cells`: more of them than headers, so that no value is sure to be in its column. */
export type CsvProblemReason = "nobody" | "quotes" | "cells" | "too_many";

export interface CsvProblem {
  /** Of the file, the first one is 1. */
  line: number;
  why: CsvProblemReason;
}

export interface CsvReading {
  profiles: Profile[];
  columns: CsvColumn[];
  problems: CsvProblem[];
}

interface Line {
  line: number;
  cells: string[];
  isBroken: boolean;
}

export async function csvProfiles(text: string): Promise<CsvReading> {
  const { lines, header } = table(text.replace(/^\ufeff/u, ""));
  const headers = lines[header]?.cells ?? [];
  const columns = headers
    .map((cell): CsvColumn => ({ header: clean(cell) ?? "", takenFor: csvField(cell) }))
    // Spreadsheets end lines with empty cells.
    .slice(0, headers.findLastIndex((cell) => cell.trim() !== "") + 1);
  if (columns.every(({ takenFor }) => takenFor === null)) {
    return { profiles: [], columns, problems: [] };
  }
  const people = new Map<string, Profile>();
  const problems: CsvProblem[] = [];
  for (const { line, cells, isBroken } of lines.slice(header + 1)) {
    // Files that were put together have their headers again and again.
    if (cells.every((cell) => cell.trim() === "") || cells.every((cell, place) => cell === headers[place])) {
      continue;
    }
    const problem = (why: CsvProblemReason) => problems.push({ line, why });
    if (isBroken) {
      problem("quotes");
      continue;
    }
    if (cells.findLastIndex((cell) => cell.trim() !== "") >= columns.length) {
      problem("cells");
      continue;
    }
    const profile = await profileOf(columns, cells);
    if (profile?.key.startsWith("email:") === true && isAnother(people.get(profile.key), profile)) {
      // A family or an agency has one mailbox: who else writes from it is somebody of their own.
      profile.key = await rowKey(cells);
    }
    const before = profile === null ? undefined : people.get(profile.key);
    if (profile === null) {
      problem("nobody");
    } else if (before !== undefined) {
      people.set(profile.key, united(before, profile));
    } else if (people.size >= MOST_PEOPLE) {
      problem("too_many");
    } else {
      people.set(profile.key, profile);
    }
  }
  return { profiles: withoutShared([...people.values()]), columns, problems };
}

// --- The table -----------------------------------------------------------------------------------------------------------

/** Every line, and the place of the one with the headers: of the first ones the one that names most. */
function table(text: string): { lines: Line[]; header: number } {
  // Excel's own first line, which names the delimiter.
  const named = /^sep=(.)\r?\n/iu.exec(text);
  const tried = (named?.[1] === undefined ? DELIMITERS : [named[1]]).map((delimiter) => {
    const body = text.slice(named?.[0].length ?? 0);
    const head = parsed(body, delimiter, named === null ? 0 : 1, FIRST_LINES);
    const counts = head.map(({ cells }) => cells.filter((cell) => csvField(cell) !== null).length);
    const most = Math.max(0, ...counts);
    return { body, delimiter, most, header: counts.indexOf(most) };
  });
  const best = tried.toSorted((one, other) => other.most - one.most)[0];
  if (best === undefined || best.header < 0) {
    return { lines: [], header: 0 };
  }
  return { lines: parsed(best.body, best.delimiter, named === null ? 0 : 1), header: best.header };
}

function parsed(text: string, delimiter: string, linesBefore: number, preview = 0): Line[] {
  const lines: Line[] = [];
  let at = 0;
  let line = linesBefore + 1;
  Papa.parse<string[]>(text, {
    delimiter,
    preview,
    step: ({ data, errors, meta }) => {
      lines.push({ line, cells: data, isBroken: errors.some(({ type }) => type === "Quotes") });
      line += text.slice(at, meta.cursor).match(/\r\n|\n|\r/gu)?.length ?? 0;
      at = meta.cursor;
    },
  });
  return lines;
}

// --- A person ------------------------------------------------------------------------------------------------------------

/** What tables write where they know nothing. */
const EMPTY = /^(?:-+|–|—|n\/?a|null|none|nil|undefined|unknown|not available|#n\/a|\?)$/iu;

async function profileOf(columns: readonly CsvColumn[], cells: readonly string[]): Promise<Profile | null> {
  const all = (field: CsvField): string[] =>
    columns.flatMap(({ takenFor }, place) => {
      const value = takenFor === field ? cellValue(cells[place] ?? "") : null;
      return value === null ? [] : [value];
    });
  const first = (field: CsvField): string | null =>
    all(field)
      .map(clean)
      .find((value) => value !== null) ?? null;
  const parts = [first("first_name"), first("middle_name"), first("last_name")].filter((part) => part !== null);
  const name = first("name") ?? (parts.length === 0 ? null : parts.join(" "));
  const emails = unique(all("email").flatMap(emailsIn));
  const phones = unique(all("phone").flatMap(phonesIn));
  const links = unique(all("link").flatMap(linksIn));
  if (name === null && emails.length === 0 && links.length === 0) {
    return null;
  }
  const { key, site, url } = await identityOf(links, emails, cells);
  const place = [first("city"), first("region"), first("country")].filter((part) => part !== null);
  return {
    site,
    kind: "profile",
    key,
    url,
    proof: "csv",
    dialect: "csv",
    ids: identityKeys(key.startsWith("csv:") ? [] : [key], links, emails, phones),
    name,
    headline: first("headline"),
    location: first("location") ?? (place.length === 0 ? null : place.join(", ")),
    current: positionOf(first("title"), first("company")),
    history: [],
    education: schoolOf(first("school"), first("degree"), first("field_of_study")),
    links,
    emails,
    phones,
    avatar: null,
    lang: null,
    complete: false,
  };
}

/** No cell about a person is longer; expressions take their time over longer ones. */
const LONGEST_CELL = 2_000;

/** Without the sign that keeps spreadsheets from taking a cell for a formula. */
function cellValue(cell: string): string | null {
  const value = cell
    .slice(0, LONGEST_CELL)
    .replace(/^'(?=[=+\-@])/u, "")
    .trim();
  return value === "" || EMPTY.test(value) ? null : value;
}

const EMAIL = /[\p{L}\d._%+'-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*\.[\p{L}]{2,}/gu;

function emailsIn(value: string): string[] {
  return (value.match(EMAIL) ?? []).map((email) => email.replace(/^['.]+/u, "").toLowerCase());
}

function phonesIn(value: string): string[] {
  return value
    .split(/\s*(?:[;|\n]|:::|,\s)\s*/u)
    .map((phone) => phone.replace(/^(?:tel:|\p{L}+:\s*)/iu, "").trim())
    .filter((phone) => {
      const digits = phone.replace(/\D/gu, "").length;
      // Spreadsheets make "4.85551E+10" of a number, which is no number any more.
      return digits >= 7 && digits <= 15 && /^[+\d\s().\-/]+(?:\s*(?:x|ext\.?)\s*\d+)?$/iu.test(phone);
    });
}

function linksIn(value: string): string[] {
  return value.split(/\s*(?:[;|\n]|:::|,\s*(?=https?:|www\.)|,\s)\s*|\s+/u).flatMap((part) => {
    const written = part.replace(/[,;.]+$/u, "");
    const isAddress = /^https?:\/\//iu.test(written) || /^(?:[a-z\d-]+\.)+[a-z]{2,}(?:\/|$)/iu.test(written);
    const url = isAddress ? address(written) : null;
    return url === null || !isPersons(url) ? [] : [url.href];
  });
}

function address(written: string): URL | null {
  try {
    return new URL(/^https?:\/\//iu.test(written) ? written : `https://${written}`);
  } catch {
    return null;
  }
}

/** Lever's own pages and a company's at LinkedIn say nothing about who it is. */
function isPersons(url: URL): boolean {
  const host = url.hostname.replace(/\.$/u, "");
  const isLinkedin = host === "linkedin.com" || host.endsWith(".linkedin.com");
  const isLever = host === "lever.co" || host.endsWith(".lever.co");
  return host.includes(".") && !isLever && !(isLinkedin && identityKey(url.href) === null);
}

/** The key that pages of the same person have, so that the table's row and the page are one person on a project. */
async function identityOf(
  links: readonly string[],
  emails: readonly string[],
  cells: readonly string[],
): Promise<{ key: string; site: string; url: string }> {
  for (const [site, prefix] of [
    ["linkedin", "li:"],
    ["github", "gh:"],
  ] as const) {
    for (const url of links) {
      const key = identityKey(url);
      if (key?.startsWith(prefix) === true) {
        return { key, site, url };
      }
    }
  }
  const [email] = emails;
  const [url = ""] = links;
  return { key: email === undefined ? await rowKey(cells) : `email:${email}`, site: "csv", url };
}

/** The same for an equal row, in this file and in the next. */
async function rowKey(cells: readonly string[]): Promise<string> {
  const row = JSON.stringify(cells.map((cell) => clean(cell) ?? "")).toLowerCase();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(row));
  const hex = [...new Uint8Array(digest).subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, "0"));
  return `csv:${hex.join("")}`;
}

function positionOf(title: string | null, company: string | null): CurrentPosition[] {
  return title === null && company === null ? [] : [{ title, company, company_url: null }];
}

function schoolOf(school: string | null, degree: string | null, field: string | null): Education[] {
  return school === null ? [] : [{ school, degree, field, start: null, end: null }];
}

// --- Several rows --------------------------------------------------------------------------------------------------------

/** Whether the names of two rows have no word in common. */
function isAnother(first: Profile | undefined, second: Profile): boolean {
  if (first === undefined || first.name === null || second.name === null) {
    return false;
  }
  const words = new Set(nameWords(first.name));
  return nameWords(second.name).every((word) => !words.has(word));
}

function nameWords(name: string): string[] {
  return (
    name
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? []
  );
}

/** One person's two rows: what the first says counts, what only the second knows is added. */
function united(first: Profile, second: Profile): Profile {
  const both = <T>(one: readonly T[], other: readonly T[]): T[] => {
    const known = new Set(one.map((item) => JSON.stringify(item).toLowerCase()));
    return [...one, ...other.filter((item) => !known.has(JSON.stringify(item).toLowerCase()))];
  };
  return {
    ...first,
    ids: both(first.ids, second.ids),
    name: first.name ?? second.name,
    headline: first.headline ?? second.headline,
    location: first.location ?? second.location,
    current: both(first.current, second.current),
    education: both(first.education, second.education),
    links: both(first.links, second.links),
    emails: both(first.emails, second.emails),
    phones: both(first.phones, second.phones),
  };
}

/** A link that stands in the rows of different people is an employer's or a list's, nobody's own. */
function withoutShared(profiles: readonly Profile[]): Profile[] {
  const counts = new Map<string, number>();
  for (const link of profiles.flatMap(({ links }) => links)) {
    counts.set(link, (counts.get(link) ?? 0) + 1);
  }
  const isOwn = (link: string) => counts.get(link) === 1 || identityKey(link) !== null;
  return profiles.map((profile) => {
    const links = profile.links.filter(isOwn);
    const url = links.includes(profile.url) ? profile.url : (links[0] ?? "");
    return { ...profile, links, url };
  });
}
