/** The verdict inside the core. */
import type { Profile } from "../../../extension/shared/protocol";
import { askInside } from "../ask-inside";
import type { Browser } from "../browser";
import { CoreWorker } from "../core-worker";
import { addressOf, type PagePerson } from "../profile-page";
import { percentile, say, spread, type Table } from "../table";

export async function measureVerdict(table: Table, browser: Browser, people: readonly PagePerson[]): Promise<void> {
  await browser.ask({ command: "status" });
  const worker = await CoreWorker.enter(browser.context);
  const commands = people.map((person) => ({ command: "look_up", profile: profileOf(person) }) as const);
  // The first few make the engine compile; a recruiter's two hundredth look-up does not.
  await askInside(worker, commands.slice(0, 20));
  const times = (await askInside(worker, commands)).map(({ milliseconds }) => milliseconds);
  const lists = rowsOf(people).map((profiles) => ({ command: "look_up_list", profiles }) as const);
  const listTimes = (await askInside(worker, lists)).map(({ milliseconds }) => milliseconds);
  await worker.leave();
  say(`  ${spread(times)}`);
  say(`  lists of ${ROWS}: ${spread(listTimes)}`);
  table.add("verdict_p95", percentile(times, 95));
  table.add("verdict_list_p95", percentile(listTimes, 95));
}

/** Rows of one result page. */
const ROWS = 25;

/** Result pages with as much as a row shows: no links, no email. */
function rowsOf(people: readonly PagePerson[]): Profile[][] {
  const rows = people.map((person): Profile => {
    const profile = profileOf(person);
    return { ...profile, kind: "card", ids: [profile.key], links: [], emails: [] };
  });
  return Array.from({ length: Math.floor(rows.length / ROWS) }, (_, page) =>
    rows.slice(page * ROWS, (page + 1) * ROWS),
  );
}

/** As the content script would read it from the person's page. */
export function profileOf(person: PagePerson): Profile {
  const key = `gh:login:${person.login}`;
  return {
    site: "github",
    kind: "profile",
    key,
    url: addressOf(person),
    proof: "additional-name",
    dialect: "vcard",
    ids: person.email === null ? [key] : [key, `email:${person.email.toLowerCase()}`],
    name: person.name,
    headline: "Builds things.",
    location: person.location,
    current: [{ title: null, company: person.company, company_url: null }],
    history: [],
    education: [],
    links: [...person.links],
    emails: person.email === null ? [] : [person.email],
    phones: [],
    avatar: null,
    lang: "en",
    complete: true,
  };
}
