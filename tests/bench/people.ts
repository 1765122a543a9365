/**
 * Whom the measurements look up: people of the simulated Lever, taken from all over its list so that no look-up profits
 * from the one before, and invented ones it does not know.
 */
import { createHash } from "node:crypto";
import type { Sandbox } from "../e2e/support/sandbox";
import type { PagePerson } from "./profile-page";

export interface KnownPerson extends PagePerson {
  opportunity: string;
  contact: string;
  stage: string;
}

interface Row {
  id: string;
  contact: string;
  name: string;
  headline: string;
  location: string | null;
  stage: string;
  emails: string[];
  links: string[];
  archived: unknown;
}

interface Page<Data> {
  data: Data[];
}

/** How far back the simulated Lever's people go, in milliseconds. */
const YEARS = 3 * 365 * 86_400_000;
/** With fewer people to choose from, look-ups would only repeat each other. */
const FEWEST = 20;
/** Syllables of names that nobody in Lever has, and no two of ours share, so that names never make a candidate. */
const SYLLABLES = [
  "vru",
  "zek",
  "qui",
  "lorm",
  "taff",
  "ygo",
  "brin",
  "suk",
  "dwe",
  "hax",
  "mip",
  "noch",
  "jal",
  "pex",
  "gru",
  "wif",
];

/** Up to `count` people with an email or a link, each with one opportunity that is under way. */
export async function knownPeople(sandbox: Sandbox, count: number): Promise<KnownPerson[]> {
  const found = new Map<string, KnownPerson>();
  const windows = Math.max(40, count);
  const now = Date.now();
  for (let window = 0; window < windows && found.size < count; window += 1) {
    // Spread over the whole time rather than going through it.
    const place = (window * 0.618_033_988_749) % 1;
    const start = Math.round(now - YEARS * (1 - place));
    const rows = await list(sandbox, `created_at_start=${start}&created_at_end=${start + Math.round(YEARS / 40)}`);
    const fresh = rows.filter((row) => isUsable(row) && !found.has(row.contact));
    for (const row of fresh.filter((_, at) => at % 3 === window % 3).slice(0, 6)) {
      if (found.size < count && (await list(sandbox, `contact_id=${row.contact}`)).length === 1) {
        found.set(row.contact, personOf(row, found.size));
      }
    }
  }
  if (found.size < FEWEST) {
    throw new Error(`only ${found.size} people were found in the simulated Lever`);
  }
  return [...found.values()];
}

/** Somebody Lever does not know. `series` keeps the measurements' people apart. */
export function newPerson(series: string, number: number): PagePerson {
  const login = `bench-${series}-${number}`;
  return {
    login,
    name: inventedName(login),
    company: `Quillwork ${number}`,
    location: "Utrecht",
    email: `${login}@example.net`,
    links: [`https://${login}.example`],
  };
}

function inventedName(seed: string): string {
  const digest = createHash("sha256").update(seed).digest();
  const word = (from: number) => {
    const letters = [...digest.subarray(from, from + 4)].map((byte) => SYLLABLES[byte % SYLLABLES.length]).join("");
    return `${letters.charAt(0).toUpperCase()}${letters.slice(1)}`;
  };
  return `${word(0)} ${word(4)}`;
}

function isUsable(row: Row): boolean {
  return row.archived === null && (row.emails.length > 0 || row.links.length > 0);
}

function personOf(row: Row, number: number): KnownPerson {
  return {
    login: `bench-known-${number}`,
    name: row.name,
    company: row.headline.split(",")[0] ?? "",
    location: row.location ?? "",
    email: row.emails[0] ?? null,
    links: row.links.slice(0, 2),
    opportunity: row.id,
    contact: row.contact,
    stage: row.stage,
  };
}

async function list(sandbox: Sandbox, filter: string): Promise<Row[]> {
  const { data } = (await sandbox.lever(`/opportunities?limit=100&${filter}`)) as Page<Row>;
  return data;
}
