/**
 * Profile pages for the measurements: GitHub's markup of 2026 with a page's worth of other elements around it, since what
 * a reading costs depends on how much there is to look through. No script of its own: whatever runs is ours.
 */

/** What a page says about its invented person. */
export interface PagePerson {
  login: string;
  name: string;
  company: string;
  location: string;
  email: string | null;
  /** Further addresses of the person. */
  links: readonly string[];
}

/** Elements beside the person: a year of activity, pinned work, a list of contributions. */
const DAYS = 371;
const ENTRIES = 250;

export function addressOf(person: PagePerson): string {
  return `https://github.com/${person.login}`;
}

/** Everything that a change of page within the site replaces. */
export function partsOf(person: PagePerson): { head: string; body: string } {
  return { head: headOf(person), body: bodyOf(person) };
}

export function pageOf(person: PagePerson): string {
  const { head, body } = partsOf(person);
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
}

function headOf({ login, name }: PagePerson): string {
  return `<meta charset="utf-8"><title>${login} (${text(name)}) · GitHub</title>
<meta property="og:type" content="profile"><meta property="profile:username" content="${login}">
<meta name="user-login" content="recruiter-demo">
<style>body{margin:0;font:14px/1.5 system-ui,sans-serif}.wrap{display:grid;grid-template-columns:280px 1fr;gap:24px;padding:24px}
h1{font-size:24px}h1 span{display:block}ul{list-style:none;padding:0}.year{display:grid;grid-template-columns:repeat(53,12px);gap:2px}
.year i{height:12px;background:#dde3e8}</style>`;
}

function bodyOf({ login, name, company, location, email, links }: PagePerson): string {
  const days = Array.from({ length: DAYS }, (_, day) => `<i data-level="${day % 5}"></i>`).join("");
  const entries = Array.from(
    { length: ENTRIES },
    (_, entry) =>
      `<li class="entry"><span>Week ${entry}</span> <a href="/${login}/project-${entry}"><b>project-${entry}</b></a> <em>${entry % 9} changes</em></li>`,
  ).join("");
  const mail =
    email === null
      ? ""
      : `<li itemprop="email"><a class="u-email" href="mailto:${text(email)}">${text(email)}</a></li>`;
  const social = links
    .map((link) => `<li itemprop="social"><a rel="nofollow me" href="${text(link)}">${text(link)}</a></li>`)
    .join("");
  return `<header><a href="/">code host</a> <a href="/explore">Explore</a></header><main>
<div itemscope itemtype="http://schema.org/Person" class="wrap"><div class="h-card"><div class="vcard-names-container">
<h1 class="vcard-names"><span class="p-name vcard-fullname" itemprop="name">${text(name)}</span>
<span class="p-nickname vcard-username" itemprop="additionalName">${login}</span></h1></div>
<div class="user-profile-bio" data-bio-text="Builds things.">Builds things.</div>
<ul class="vcard-details"><li itemprop="worksFor"><span class="p-org">${text(company)}</span></li>
<li itemprop="homeLocation"><span class="p-label">${text(location)}</span></li>${mail}${social}</ul></div>
<div><div class="year">${days}</div><ul>${entries}</ul></div></div></main>`;
}

function text(plain: string): string {
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
