/**
 * LinkedIn signed in, the dialect of 2026: hashed classes, no h1, cards named by `componentkey` or `id`. Only those names,
 * addresses in links and the order of `p` elements are relied on. Modelled on reports of 2026-04 to 2026-10.
 */
import type { CurrentPosition, Profile } from "../../../shared/profile";
import { addressOnly, type Before, type Page, type Reading, type Trace } from "../adapter";
import { identityKeys } from "../identity-link";
import type { Dialect } from "../linkedin";
import { webAddress } from "../page-links";
import { clean, isVisible, pageLanguage, unique, visibleAll, visibleText } from "../page-text";
import { positions, schools } from "../positions";
import { isLinkedinHost, memberKey } from "./address";
import { contactInfo } from "./contact-info";
import { comparable, hrefKey, memberKeyOf, ownerOf, profileTokens } from "./ownership";
import { type RowMarks, rowsOf } from "./rows";
import { EDUCATION, EXPERIENCE, isPronouns } from "./words";

const NAME = "sdui-2026";
const CARD = /^(?:com\.linkedin\.sdui\.profile\.card\b|profile)/;
const TOP_CARD = /topcard(?:only)?$/i;

const MARKS: RowMarks = {
  line: "p",
  row: '[componentkey^="entity-collection-item"]',
  prose: '[data-testid="expandable-text-box"]',
  control: 'button, a[href*="/overlay/"], a[href*="skill-associations"], a[href*="/endorsers/"]',
};

export const sdui2026: Dialect = {
  name: NAME,

  root(document: Document): Element | null {
    const cards = cardsNamed(document, TOP_CARD).filter((card) => card.closest("aside") === null && isVisible(card));
    const keyed = cards.filter((card) => cardName(card)?.startsWith("com.") === true);
    const named = outermost(keyed.length > 0 ? keyed : cards);
    const bound = named.filter((card) => card.querySelector('a[href*="/overlay/contact-info"]') !== null);
    const shown = bound.length > 0 ? bound : named;
    const [root, ...more] = shown;
    if (root === undefined) {
      return detailsCard(document);
    }
    return more.length === 0 ? root : null;
  },

  read(root: Element, page: Page & { key: string }, document: Document, before: Before): Reading {
    if (!TOP_CARD.test(cardName(root) ?? "")) {
      return readDetails(root, page, document, before);
    }
    const heading = nameHeading(root);
    const name = visibleText(heading);
    if (heading === null || name === null) {
      return { state: "waiting", reason: "loading" };
    }
    const tokens = profileTokens(root);
    const owner = ownerOf(root, page.key);
    const proof = owner.proof ?? newSubject(tokens, before);
    if (owner.foreign || proof === null || leftBehind(name, tokens, before)) {
      return { state: "waiting", reason: "another-person" };
    }

    const cards = new Cards(document, root, page.key, tokens, before);
    const experience = cards.find("Experience", EXPERIENCE);
    const education = cards.find("Education", EDUCATION);
    const jobs = positions(experience === null ? [] : rowsOf(experience, MARKS, document.baseURI));
    const place = placeOf(root, heading);
    const contact = contactInfo(document, page.key);
    const links = unique([...websites(root, document), ...contact.websites]);
    const member = memberKeyOf(root);
    const profile: Profile = {
      ...addressOnly(page),
      proof,
      dialect: NAME,
      ids: identityKeys(member === null ? [page.key] : [page.key, member], links, contact.emails, contact.phones),
      name,
      headline: headlineOf(root, heading, place),
      location: visibleOrOwnText(place),
      current: jobs.history.length > 0 ? jobs.current : companyBadge(root, heading),
      history: jobs.history,
      education: schools(education === null ? [] : rowsOf(education, MARKS, document.baseURI)),
      links,
      emails: contact.emails,
      phones: contact.phones,
      avatar: avatarOf(root, heading, page.key, document),
      lang: pageLanguage(document),
      complete: experience !== null && !cards.heldBack && !isDetailsPage(document),
    };
    return { state: "profile", profile, trace: cards.trace };
  },
};

function outermost(elements: readonly Element[]): Element[] {
  return elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
}

function cardName(element: Element): string | null {
  return [element.getAttribute("componentkey"), element.id].find((text) => text !== null && CARD.test(text)) ?? null;
}

function cardsNamed(document: Document, name: RegExp): Element[] {
  const named = document.querySelectorAll(
    '[componentkey^="com.linkedin.sdui.profile.card"], [id^="com.linkedin.sdui.profile.card"], [componentkey^="profile"], [id^="profile"]',
  );
  return [...named].filter((element) => name.test(cardName(element) ?? ""));
}

/** A details page has no top card: one long section of one member, without the name. */
function detailsCard(document: Document): Element | null {
  if (!isDetailsPage(document)) {
    return null;
  }
  const keyed = cardsNamed(document, /Details(?:Section)?$/).filter(isVisible)[0];
  const marked = document.querySelector('main [data-testid*="DetailsSection_"]');
  return keyed ?? marked?.closest("section") ?? marked;
}

function isDetailsPage(document: Document): boolean {
  return /\/in\/[^/]+\/details\//.test(document.location?.pathname ?? "");
}

function readDetails(root: Element, page: Page & { key: string }, document: Document, before: Before): Reading {
  const tokens = profileTokens(root);
  const owners = sectionOwners(root);
  const isOwn = owners.length > 0 && owners.every((owner) => owner === page.key);
  if (!isOwn || leftBehind("", tokens, before)) {
    return { state: "waiting", reason: owners.length > 0 ? "another-person" : "loading" };
  }
  const section = /\/details\/([^/]+)/.exec(document.location?.pathname ?? "")?.[1];
  const rows = rowsOf(root, MARKS, document.baseURI);
  const member = memberKeyOf(root);
  const profile: Profile = {
    ...addressOnly(page),
    proof: "section-slug",
    dialect: NAME,
    ids: member === null ? [page.key] : [page.key, member],
    ...(section === "experience" ? positions(rows) : {}),
    education: section === "education" ? schools(rows) : [],
    lang: pageLanguage(document),
  };
  return { state: "profile", profile, trace: { subjects: tokens, cards: [] } };
}

/** After an in-page navigation, a card with a profile id that was not there before is the new subject's. */
function newSubject(tokens: readonly string[], before: Before): string | null {
  return before.subjects.size > 0 && tokens.length > 0 && tokens.every((token) => !before.subjects.has(token))
    ? "card-id"
    : null;
}

/** Links may already lead to the new member while id or name are still the previous one's. */
function leftBehind(name: string, tokens: readonly string[], before: Before): boolean {
  const [token] = tokens;
  return token === undefined ? name === before.name : before.subjects.has(token);
}

/** The heading that names the subject: inside the link to the profile, or the first heading of the card. */
function nameHeading(root: Element): Element | null {
  const headings = visibleAll(root, "h1, h2");
  const anchored = headings.filter(
    (heading) => heading.closest('[componentkey^="ProfileVerificationTriggerRef-"], a[href*="/in/"]') !== null,
  );
  return anchored[0] ?? headings[0] ?? null;
}

/** The place stands beside the contact-info link: in the same row, or as the last of the lines above it. */
function placeOf(root: Element, heading: Element): Element | Text | null {
  const link = visibleAll(root, 'a[href*="/overlay/contact-info"]')[0];
  if (link === undefined) {
    return null;
  }
  let node: Element = link;
  while (node !== root && node.parentElement !== null && !node.parentElement.contains(heading)) {
    const beside = worded(node).at(0);
    if (beside !== undefined) {
      return isCount(textOf(beside)) ? null : beside;
    }
    node = node.parentElement;
  }
  // Here the lines above are the headline, then the place, if there is one: a single line is the headline.
  const above = node.tagName === "P" || node === link ? worded(node) : [];
  const lines = above.filter((line) => !line.contains(heading) && line instanceof Element && line.tagName === "P");
  const [last, ...others] = lines.filter((line) => !isAside(textOf(line)));
  return last === undefined || others.length === 0 || isCount(textOf(last)) ? null : last;
}

/** Siblings before the node that hold letters or digits, nearest first. */
function worded(node: Element): (Element | Text)[] {
  const found: (Element | Text)[] = [];
  for (let sibling = node.previousSibling; sibling !== null; sibling = sibling.previousSibling) {
    if ((sibling instanceof Element || sibling instanceof Text) && /[\p{L}\p{N}]/u.test(textOf(sibling))) {
      found.push(sibling);
    }
  }
  return found;
}

function textOf(node: Element | Text): string {
  return (node instanceof Element ? visibleText(node) : clean(node.nodeValue)) ?? "";
}

function visibleOrOwnText(node: Element | Text | null): string | null {
  const text = node instanceof Element ? visibleText(node) : clean(node?.nodeValue);
  return text?.replace(/\s*·\s*$/, "") ?? null;
}

/** "500+ connections", "2,606,334 followers". */
function isCount(text: string): boolean {
  return /^[\d.,]+\+?\s\p{L}+$/u.test(text);
}

/** The degree of connection ("· 2nd"), pronouns, a bracketed second name: they stand beside the name, not below it. */
function isAside(text: string): boolean {
  return /^[·•]/.test(text) || /^\(.*\)$/.test(text) || isPronouns(text);
}

/** The first line after the name that is neither degree, pronouns nor a bracketed second name. */
function headlineOf(root: Element, heading: Element, place: Element | Text | null): string | null {
  for (let node: Element = heading; node !== root && node.parentElement !== null; node = node.parentElement) {
    for (let next = node.nextElementSibling; next !== null; next = next.nextElementSibling) {
      const line = lineOf(next);
      if (line === null) {
        continue;
      }
      if (
        line === place ||
        (place !== null && line.contains(place)) ||
        line.querySelector("a[href*='/overlay/']") !== null
      ) {
        return null;
      }
      const text = visibleText(line);
      if (text === null || isAside(text)) {
        continue;
      }
      return isCount(text) || /^-+$/.test(text) ? null : text;
    }
  }
  return null;
}

/** A `p`, or a wrapper that holds one visible `p` and nothing to press. */
function lineOf(element: Element): Element | null {
  if (element.tagName === "P") {
    return element;
  }
  const lines = visibleAll(element, "p");
  const pressable =
    element.matches("a, button, [role='button']") || element.querySelector("button, [role='button'], a") !== null;
  return lines.length === 1 && !pressable && lines[0] !== undefined ? lines[0] : null;
}

/** The top card names the present company and the last school as two buttons; one alone may be either. */
function companyBadge(root: Element, heading: Element): CurrentPosition[] {
  const badges = visibleAll(root, '[role="button"], button').filter(
    (badge) =>
      (heading.compareDocumentPosition(badge) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 &&
      badge.querySelector("p") !== null &&
      badge.querySelector('img[src*="company-logo"], svg[id^="company-accent"], svg[id^="school-accent"], figure') !==
        null,
  );
  const [first] = badges;
  const isCompany = badges.length === 2 || first?.querySelector('svg[id^="company-accent"]') !== null;
  const company = isCompany && badges.length <= 2 ? visibleText(first) : null;
  return company === null ? [] : [{ title: null, company, company_url: null }];
}

/** Outward links of the top card are the person's websites. */
function websites(root: Element, document: Document): string[] {
  return visibleAll(root, "a[href]").flatMap((link) => {
    const address = webAddress(link.getAttribute("href"), document.baseURI);
    return address === null || isLinkedinHost(new URL(address)) ? [] : [address];
  });
}

/** The photo stands before the name and leads, if anywhere, to the profile itself; other faces are other people's. */
function avatarOf(root: Element, heading: Element, key: string, document: Document): string | null {
  const photos = [...root.querySelectorAll('img[src*="profile-displayphoto"], img[src*="profile-framedphoto"]')];
  const own = photos.find((photo) => {
    const link = photo.closest("a");
    const leadsTo = link === null ? key : hrefKey(link);
    const isOwn = leadsTo === key || (leadsTo !== null && !comparable(leadsTo, key));
    return isOwn && (photo.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  return webAddress(own?.getAttribute("src"), document.baseURI);
}

/** The cards below the top card, each only if it is the subject's. */
class Cards {
  readonly trace: Trace;
  /** Whether a card was left out because it may still be the previous person's. */
  heldBack = false;

  constructor(
    private readonly document: Document,
    private readonly root: Element,
    private readonly key: string,
    private readonly tokens: readonly string[],
    private readonly before: Before,
  ) {
    this.trace = { subjects: [...tokens], cards: [] };
  }

  find(name: string, headings: ReadonlySet<string>): Element | null {
    const card = this.named(name) ?? this.headed(headings);
    if (card === null || visibleText(card) === null) {
      return null;
    }
    const tokens = this.cardTokens(card);
    const owners = sectionOwners(card);
    const foreign =
      (tokens.length > 0 && this.tokens.length > 0 && !tokens.some((token) => this.tokens.includes(token))) ||
      this.isForeignTo(owners);
    if (foreign) {
      this.heldBack = true;
      return null;
    }
    const lines = [...card.querySelectorAll("p")].map((line) => line.textContent).join("\n");
    this.trace.cards.push(lines);
    const isUnowned = tokens.length === 0 && owners.length === 0;
    if (isUnowned && (this.before.cards.has(lines) || this.hasForeignCard())) {
      this.heldBack = true;
      return null;
    }
    return card;
  }

  /** Another member's card is still on the page: then a card without an owner may be that member's as well. */
  private hasForeignCard(): boolean {
    const cards = cardsNamed(this.document, /(?:about|experience|education)\w*$/i);
    const isForeign = cards.some((card) => profileTokens(card).some((token) => !this.tokens.includes(token)));
    const main = this.root.closest("main");
    return isForeign || (main !== null && this.isForeignTo(sectionOwners(main)));
  }

  private isForeignTo(owners: readonly string[]): boolean {
    return this.key.startsWith("li:slug:") && owners.some((owner) => owner !== this.key);
  }

  private named(name: string): Element | null {
    const pattern = new RegExp(`${name}(?:TopLevel\\w*|Details\\w*|Only\\S*)?$`, "i");
    const cards = cardsNamed(this.document, pattern).filter((card) => isVisible(card) && !this.root.contains(card));
    const keyed = cards.find((card) => card.querySelector("p") !== null);
    if (keyed !== undefined) {
      return keyed;
    }
    const marker = this.document.querySelector(
      `[data-testid*="_${name}TopLevelSection_"], [data-testid*="_${name}DetailsSection_"], [componentkey*="_${name}TopLevelSection"], [componentkey="ProfileNullStateCardAnchor_${name}"]`,
    );
    return marker?.closest("section") ?? null;
  }

  private headed(words: ReadonlySet<string>): Element | null {
    const heading = visibleAll(this.document, "main h2").find(
      (element) => element.closest("aside") === null && words.has(visibleText(element)?.toLowerCase() ?? ""),
    );
    const section = heading?.closest("section") ?? null;
    return section === null || section.contains(this.root) ? null : section;
  }

  private cardTokens(card: Element): string[] {
    const own = profileTokens(card);
    const above = card.closest('[componentkey*="profile.card.ref"], [id*="profile.card.ref"]');
    return above === null || above === card ? own : [...own, ...profileTokens(above)];
  }
}

/** Slugs that the section's own marks and its "show all" links name. */
function sectionOwners(card: Element): string[] {
  const owners: string[] = [];
  for (const mark of [card, ...card.querySelectorAll("[data-testid], [componentkey]")]) {
    for (const text of [mark.getAttribute("data-testid"), mark.getAttribute("componentkey")]) {
      const slug = /(?:TopLevelSection|DetailsSection)_?([^_]\S*)$/.exec(text ?? "")?.[1];
      if (slug !== undefined && /^profile_/i.test(text ?? "")) {
        owners.push(memberKey(slug) ?? "");
      }
    }
  }
  for (const link of card.querySelectorAll('a[href*="/in/"][href*="/details/"], a[href*="/in/"][href*="/overlay/"]')) {
    const slug = /\/in\/([^/?#]+)\//.exec(link.getAttribute("href") ?? "")?.[1];
    if (slug !== undefined) {
      owners.push(memberKey(slug) ?? "");
    }
  }
  // Only slugs can be compared with the slug of the address.
  return unique(owners.filter((owner) => owner.startsWith("li:slug:")));
}
