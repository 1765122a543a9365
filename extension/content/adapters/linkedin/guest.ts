/**
 * LinkedIn signed out: the public profile. Modelled on captures of 2026-07. Titles may be blurred with asterisks, sign-in
 * dialogs repeat name and photo, and a rail lists other people: only the subject's own sections are read.
 */
import type { CurrentPosition, Education, PastPosition, Profile } from "../../../shared/profile";
import { addressOnly, NO_TRACE, type Page, type Reading } from "../adapter";
import { type DateRange, dateRange } from "../dates";
import { identityKeys } from "../identity-link";
import type { Dialect } from "../linkedin";
import { webAddress } from "../page-links";
import { clean, pageLanguage, unique, visibleText } from "../page-text";
import { shown } from "../positions";
import { linkedinKey } from "./address";

const NAME = "guest";

export const guest: Dialect = {
  name: NAME,

  root(document: Document): Element | null {
    const cards = document.querySelectorAll(".top-card-layout");
    const isProfile =
      document.querySelector(
        'meta[name="pageKey"][content*="public_profile"], meta[property="og:type"][content="profile"]',
      ) !== null || document.querySelector(".top-card-layout__entity-info h1") !== null;
    return cards.length > 0 && isProfile ? (cards[0] ?? null) : null;
  },

  read(root: Element, page: Page & { key: string }, document: Document): Reading {
    const name = shown(visibleText(root.querySelector(".top-card-layout__title, .top-card-layout__entity-info h1")));
    if (name === null) {
      return { state: "waiting", reason: "loading" };
    }
    const proof = proofOf(document, page.key);
    if (proof === null) {
      return { state: "waiting", reason: "another-person" };
    }
    const links = websites(root, document);
    const member = memberOf(root, document);
    const jobs = jobsOf(document);
    const profile: Profile = {
      ...addressOnly(page),
      proof,
      dialect: NAME,
      ids: identityKeys(member === null ? [page.key] : [page.key, member], links, [], []),
      name,
      headline: shown(visibleText(root.querySelector(".top-card-layout__headline"))),
      location: placeOf(root),
      current: jobs.current.length > 0 ? jobs.current : companiesOf(root, document),
      history: jobs.history,
      education: educationOf(document),
      links,
      avatar: avatarOf(root, document),
      lang: pageLanguage(document),
      complete: jobs.history.length > 0 && !jobs.blurred,
    };
    return { state: "profile", profile, trace: NO_TRACE };
  },
};

/** The canonical address, or the one for sharing, must be the member's. */
function proofOf(document: Document, key: string): string | null {
  const stated: [string, string | null | undefined][] = [
    ["canonical-link", document.querySelector('link[rel="canonical"]')?.getAttribute("href")],
    ["og-url", document.querySelector('meta[property="og:url"]')?.getAttribute("content")],
  ];
  let proof: string | null = null;
  for (const [name, address] of stated) {
    const url = webAddress(address, document.baseURI);
    const owner = url === null ? null : linkedinKey(new URL(url));
    if (owner === key) {
      proof ??= name;
    } else if (owner !== null) {
      return null;
    }
  }
  return proof;
}

function memberOf(root: Element, document: Document): string | null {
  const urns = (scope: ParentNode): Set<string> =>
    new Set(
      [...scope.querySelectorAll('[data-semaphore-content-urn^="urn:li:member:"]')].map(
        (element) => element.getAttribute("data-semaphore-content-urn") ?? "",
      ),
    );
  const inside = urns(root);
  const found = inside.size > 0 ? inside : urns(document);
  const id = found.size === 1 ? /^urn:li:member:([1-9]\d{0,9})$/.exec([...found][0] ?? "")?.[1] : undefined;
  return id === undefined ? null : `li:member:${id}`;
}

/** The first text of the line below the headline that is neither a count nor something to press. */
function placeOf(root: Element): string | null {
  const line = root.querySelector(".profile-info-subheader, .top-card-layout__first-subline, .top-card__subline-item");
  const parts = line === null ? [] : [line, ...line.querySelectorAll("*")].filter((part) => part.children.length === 0);
  for (const part of parts) {
    const text = part.closest("a, button") === null ? shown(visibleText(part)) : null;
    if (text !== null && !/^\+?[\d.,]+[+KM]?\s/.test(text)) {
      return text;
    }
  }
  return null;
}

interface Jobs {
  current: CurrentPosition[];
  history: PastPosition[];
  /** Whether some row was hidden from strangers. */
  blurred: boolean;
}

/** Rows of the experience section: single ones, and groups of roles below one company. */
function jobsOf(document: Document): Jobs {
  const jobs: Jobs = { current: [], history: [], blurred: false };
  const section = document.querySelector('section[data-section="experience"], section.experience');
  if (section === null) {
    return jobs;
  }
  for (const item of section.querySelectorAll(
    "li.experience-item, li.experience-group-position, .experience-group__positions > li",
  )) {
    const group = item.closest(".experience-group");
    const header = group === null || group === item ? null : group;
    const titleText = visibleText(item.querySelector(".experience-item__title, h3"));
    const companyText = visibleText(
      header === null
        ? item.querySelector(".experience-item__subtitle, h4")
        : header.querySelector(".experience-group-header__company, h4"),
    );
    if (header === null && item.querySelector(".experience-group__positions") !== null) {
      continue;
    }
    const range = datesOf(item);
    const title = shown(titleText);
    const company = shown(companyText);
    jobs.blurred ||= (titleText !== null && title === null) || (companyText !== null && company === null);
    if (title === null && company === null) {
      continue;
    }
    jobs.history.push({ title, company, start: range?.start ?? null, end: range?.end ?? null });
    if (range?.ongoing === true) {
      jobs.current.push({ title, company, company_url: companyLink(header ?? item, document) });
    }
  }
  return jobs;
}

/** `time` elements hold the dates; a single one is followed by the word for "present". */
function datesOf(item: Element): DateRange | null {
  const range = item.querySelector(".date-range");
  if (range === null) {
    return null;
  }
  const times = [...range.querySelectorAll("time")].map((time) => clean(time.textContent) ?? "");
  const [start, end] = times;
  if (start !== undefined && end !== undefined) {
    return dateRange(`${start} – ${end}`) ?? null;
  }
  const text = clean(
    [...range.childNodes]
      .filter((node) => !(node instanceof Element && node.tagName !== "TIME"))
      .map((node) => node.textContent)
      .join(" "),
  );
  return text === null ? null : dateRange(text);
}

function companyLink(item: Element, document: Document): string | null {
  const link = webAddress(
    item.querySelector('a[href*="/company/"], a[href*="/school/"]')?.getAttribute("href"),
    document.baseURI,
  );
  if (link === null) {
    return null;
  }
  const url = new URL(link);
  return `${url.origin}${url.pathname}`;
}

/** Where the experience is hidden, the top card still names the present employers. */
function companiesOf(root: Element, document: Document): CurrentPosition[] {
  return [
    ...root.querySelectorAll('[data-section="currentPositionsDetails"], [data-section="currentPositions"]'),
  ].flatMap((row) => {
    const company = shown(visibleText(row.querySelector(".top-card-link__description") ?? row));
    return company === null ? [] : [{ title: null, company, company_url: companyLink(row, document) }];
  });
}

function educationOf(document: Document): Education[] {
  const items = document.querySelectorAll(
    'section[data-section="educationsDetails"] li, section.education li.education__list-item, section[data-section="education"] li',
  );
  return unique([...items]).flatMap((item) => {
    const school = shown(visibleText(item.querySelector("h3")));
    if (school === null) {
      return [];
    }
    const parts = [...item.querySelectorAll("h4 span")].flatMap((span) => {
      const text = span.children.length > 0 ? null : shown(visibleText(span)?.replace(/^[-–]\s*/, ""));
      return text === null ? [] : [text];
    });
    const [degree = null, field = null] = parts.length > 0 ? parts : [shown(visibleText(item.querySelector("h4")))];
    const range = datesOf(item);
    return [{ school, degree, field, start: range?.start ?? null, end: range?.end ?? null }];
  });
}

function websites(root: Element, document: Document): string[] {
  const links = [...root.querySelectorAll('[data-section="websites"] a')];
  return unique(links.flatMap((link) => webAddress(link.getAttribute("href"), document.baseURI) ?? []));
}

function avatarOf(root: Element, document: Document): string | null {
  const photo = root.querySelector(".top-card__profile-image, .top-card-layout__entity-image, img[data-ghost-person]");
  const source = photo?.getAttribute("data-delayed-url") ?? photo?.getAttribute("src");
  const address = webAddress(source, document.baseURI);
  return address !== null && /ghost|static\.licdn\.com/.test(address) ? null : address;
}
