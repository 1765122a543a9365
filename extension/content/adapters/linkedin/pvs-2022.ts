/**
 * LinkedIn signed in, the dialect of 2022 to 2025, still served to some: one h1, empty anchors `#experience` and
 * `#education`, each visible text doubled for screen readers.
 */
import type { CurrentPosition, Profile } from "../../../shared/profile";
import { addressOnly, type Before, type Page, type Reading } from "../adapter";
import { identityKeys } from "../identity-link";
import type { Dialect } from "../linkedin";
import { webAddress } from "../page-links";
import { clean, isVisible, pageLanguage, unique, visibleAll, visibleText } from "../page-text";
import { positions, schools } from "../positions";
import { isLinkedinHost, memberKey } from "./address";
import { contactInfo } from "./contact-info";
import { memberKeyOf, ownerOf, profileTokens } from "./ownership";
import { type RowMarks, rowsOf } from "./rows";

const NAME = "pvs-2022";

const MARKS: RowMarks = {
  line: 'span[aria-hidden="true"]',
  row: 'li.artdeco-list__item, li.pvs-list__paged-list-item, [data-view-name="profile-component-entity"]',
  prose: "[class*='inline-show-more-text']",
  control: "button, a[href*='/overlay/'], a[data-field*='skill']",
};

export const pvs2022: Dialect = {
  name: NAME,

  root(document: Document): Element | null {
    const headings = visibleAll(document, "h1.text-heading-xlarge, section.artdeco-card h1, .pv-top-card h1").filter(
      (heading) => heading.closest('aside, [role="dialog"]') === null,
    );
    const [heading, ...more] = headings;
    return heading === undefined || more.length > 0
      ? null
      : (heading.closest("section") ?? heading.closest("div.ph5, main"));
  },

  read(root: Element, page: Page & { key: string }, document: Document, before: Before): Reading {
    const heading = visibleAll(root, "h1")[0];
    const name = visibleText(heading);
    if (heading === undefined || name === null) {
      return { state: "waiting", reason: "loading" };
    }
    const owner = ownerOf(root, page.key);
    // Links may already lead to the new member while the name is still the previous one's.
    if (owner.foreign || owner.proof === null || name === before.name) {
      return { state: "waiting", reason: "another-person" };
    }
    const texts: string[] = [];
    let heldBack = false;
    const card = (anchor: string): Element | null => {
      const section = document.getElementById(anchor)?.closest("section") ?? detailsSection(document, anchor);
      if (section === null || root === section || !isVisible(section)) {
        return null;
      }
      const owners = detailOwners(section);
      const text = [...section.querySelectorAll(MARKS.line)].map((line) => line.textContent).join("\n");
      const foreign = page.key.startsWith("li:slug:") && owners.some((key) => key !== page.key);
      const stale = owners.length === 0 && before.cards.has(text);
      texts.push(text);
      heldBack ||= foreign || stale;
      return foreign || stale ? null : section;
    };
    const experience = card("experience");
    const education = card("education");
    const jobs = positions(experience === null ? [] : rowsOf(experience, MARKS, document.baseURI));
    const contact = contactInfo(document, page.key);
    const links = unique([...websites(root, document), ...contact.websites]);
    const member = memberOfCard(root) ?? memberKeyOf(root) ?? memberInState(document, page.key);
    const profile: Profile = {
      ...addressOnly(page),
      proof: owner.proof,
      dialect: NAME,
      ids: identityKeys(member === null ? [page.key] : [page.key, member], links, contact.emails, contact.phones),
      name,
      headline: headlineOf(root),
      location: placeOf(root),
      current: jobs.history.length > 0 ? jobs.current : companyButton(root),
      history: jobs.history,
      education: schools(education === null ? [] : rowsOf(education, MARKS, document.baseURI)),
      links,
      emails: contact.emails,
      phones: contact.phones,
      avatar: avatarOf(root, document),
      lang: pageLanguage(document),
      complete: experience !== null && !heldBack && !/\/details\//.test(document.location?.pathname ?? ""),
    };
    return { state: "profile", profile, trace: { subjects: profileTokens(root), cards: texts } };
  },
};

/** A details page has no anchor: its list sits in the main section. */
function detailsSection(document: Document, name: string): Element | null {
  return new RegExp(`/details/${name}/`).test(document.location?.pathname ?? "")
    ? document.querySelector("main .pvs-list__container")
    : null;
}

function detailOwners(section: Element): string[] {
  const links = section.querySelectorAll('a[href*="/in/"][href*="/details/"], a[href*="/in/"][href*="/overlay/"]');
  const keys = [...links].map((link) =>
    memberKey(/\/in\/([^/?#]+)\//.exec(link.getAttribute("href") ?? "")?.[1] ?? ""),
  );
  return unique(keys.filter((key): key is string => key?.startsWith("li:slug:") === true));
}

function headlineOf(root: Element): string | null {
  const text = visibleText(root.querySelector("[data-generated-suggestion-target], .text-body-medium.break-words"));
  return text === null || /^-+$/.test(text) ? null : text;
}

/** The line before the contact-info link, past the dot between them. */
function placeOf(root: Element): string | null {
  const link = root.querySelector('a[href*="/overlay/contact-info"]');
  let beside = (link?.closest("span") ?? link)?.previousElementSibling ?? null;
  while (beside !== null && !/[\p{L}\p{N}]/u.test(visibleText(beside) ?? "")) {
    beside = beside.previousElementSibling;
  }
  const isPlace = beside !== null && beside.querySelector("h1, ul, button") === null;
  return isPlace ? visibleText(beside) : visibleText(root.querySelector(".text-body-small.inline.t-black--light"));
}

/** The top card names the present company and the last school as two buttons; one alone may be either. */
function companyButton(root: Element): CurrentPosition[] {
  const buttons = visibleAll(root, ".pv-text-details__right-panel li, ul > li").flatMap((row) => {
    const button = row.querySelector("button[aria-label]");
    return button !== null && button.getAttribute("aria-expanded") === null && visibleText(button) !== null
      ? [button]
      : [];
  });
  const [first] = unique(buttons);
  const isCompany = unique(buttons).length === 2 || /^current company/i.test(first?.getAttribute("aria-label") ?? "");
  const company = isCompany ? visibleText(first) : null;
  return company === null ? [] : [{ title: null, company, company_url: null }];
}

function websites(root: Element, document: Document): string[] {
  return visibleAll(root, "a[href]").flatMap((link) => {
    const address = webAddress(link.getAttribute("href"), document.baseURI);
    return address === null || isLinkedinHost(new URL(address)) ? [] : [address];
  });
}

function avatarOf(root: Element, document: Document): string | null {
  const photo = root.querySelector(
    'img.pv-top-card-profile-picture__image, .pv-top-card__photo img, button img[src*="profile-displayphoto"], img[src*="profile-displayphoto"][width="200"]',
  );
  return webAddress(photo?.getAttribute("src"), document.baseURI);
}

/** The card's own section states the numeric id. */
function memberOfCard(root: Element): string | null {
  const id =
    root.getAttribute("data-member-id") ?? root.querySelector("[data-member-id]")?.getAttribute("data-member-id");
  return id !== undefined && id !== null && /^[1-9]\d{0,9}$/.test(id) ? `li:member:${id}` : null;
}

/** Old pages carry their data in comments; several members are in it, and only the one with this slug counts. */
function memberInState(document: Document, key: string): string | null {
  const slug = key.startsWith("li:slug:") ? key.slice("li:slug:".length) : null;
  if (slug === null) {
    return null;
  }
  const found = new Set<string>();
  for (const code of document.querySelectorAll('code[id^="bpr-guid-"]')) {
    const text = code.textContent ?? "";
    if (!text.includes(slug)) {
      continue;
    }
    for (const entity of includedIn(text)) {
      const id = /^urn:li:member:(\d+)$/.exec(String(entity.objectUrn ?? ""))?.[1];
      if (id !== undefined && clean(String(entity.publicIdentifier ?? ""))?.toLowerCase() === slug) {
        found.add(id);
      }
    }
  }
  const [id] = found;
  return found.size === 1 && id !== undefined ? `li:member:${id}` : null;
}

function includedIn(text: string): Record<string, unknown>[] {
  try {
    const state: unknown = JSON.parse(text);
    const included = typeof state === "object" && state !== null && "included" in state ? state.included : null;
    return Array.isArray(included)
      ? included.filter((entity): entity is Record<string, unknown> => typeof entity === "object" && entity !== null)
      : [];
  } catch {
    return [];
  }
}
