/**
 * One person as structured data tells of them, whatever the notation. Each notation has its own file; this is what they
 * have in common.
 */
import type { CurrentPosition, Education } from "../../../shared/profile";

export interface Person {
  name: string | null;
  headline: string | null;
  location: string | null;
  current: CurrentPosition[];
  education: Education[];
  links: string[];
  emails: string[];
  phones: string[];
  avatar: string | null;
}

export const NOBODY: Person = {
  name: null,
  headline: null,
  location: null,
  current: [],
  education: [],
  links: [],
  emails: [],
  phones: [],
  avatar: null,
};

/** What was found: one person with the anchor that ties them to the page, nobody, or several. */
export type Finding = { person: Person; proof: string; certain: boolean } | "nobody" | "several" | "organisation";

/** A title and employers: the title belongs to the first, and to none of the others. */
export function employed(title: string | null, companies: { name: string; url: string | null }[]): CurrentPosition[] {
  if (companies.length === 0) {
    return title === null ? [] : [{ title, company: null, company_url: null }];
  }
  return companies.map((company, index) => ({
    title: index === 0 ? title : null,
    company: company.name,
    company_url: company.url,
  }));
}

/** Whether two addresses are the same page but for scheme, `www.`, trailing slash, query and fragment. */
export function samePage(one: string, other: string): boolean {
  return pageForm(one) !== null && pageForm(one) === pageForm(other);
}

function pageForm(address: string): string | null {
  try {
    const url = new URL(address);
    const path = url.pathname.replace(/\/(?:index\.(?:html?|php))?$/, "");
    return `${url.host.replace(/^www\./, "")}${path}`;
  } catch {
    return null;
  }
}
