/**
 * Whose card is this? LinkedIn changes the address first and the content later, so a card counts only when an anchor
 * inside it names the member of the address. Contract: profile-pages §4.
 */
import { linkedinKey, memberKey } from "./address";
import { memberId } from "./member-token";

/** What the anchors inside an element say. `foreign`: at least one names somebody else. */
export interface Owner {
  proof: string | null;
  foreign: boolean;
}

interface Anchor {
  name: string;
  selector: string;
  /** The key the element names; null where it names nobody. */
  key(element: Element): string | null;
}

/** The key of the member a link leads to. */
export function hrefKey(element: Element): string | null {
  const href = element.getAttribute("href");
  if (href === null) {
    return null;
  }
  try {
    return linkedinKey(new URL(href, "https://www.linkedin.com/"));
  } catch {
    return null;
  }
}

const TRIGGER = "ProfileVerificationTriggerRef-";

/** Anchors that LinkedIn puts on the subject of a card only, strongest first. */
const ANCHORS: readonly Anchor[] = [
  { name: "contact-info-link", selector: 'a[href*="/overlay/contact-info"]', key: hrefKey },
  {
    name: "verification-trigger",
    selector: `[componentkey^="${TRIGGER}"], [id^="${TRIGGER}"]`,
    key: (element) => {
      const named = [element.getAttribute("componentkey"), element.id].find(
        (text) => text?.startsWith(TRIGGER) === true,
      );
      return named === undefined || named === null ? null : memberKey(named.slice(TRIGGER.length));
    },
  },
  { name: "overlay-link", selector: 'a[href*="/overlay/"]', key: hrefKey },
  {
    name: "vanity-name",
    selector: 'a[href*="vanityName="]',
    key: (element) => {
      const slug = /[?&]vanityName=([^&#]+)/.exec(element.getAttribute("href") ?? "")?.[1];
      return slug === undefined ? null : memberKey(slug);
    },
  },
  { name: "name-link", selector: 'a[href*="/in/"]:has(h1, h2)', key: hrefKey },
];

/** What the subject anchors inside a top card say of the member with this key. */
export function ownerOf(root: Element, key: string): Owner {
  let proof: string | null = null;
  let foreign = false;
  for (const anchor of ANCHORS) {
    for (const element of root.querySelectorAll(anchor.selector)) {
      const named = anchor.key(element);
      if (named === key) {
        proof ??= anchor.name;
      } else if (named !== null && comparable(named, key)) {
        foreign = true;
      }
    }
  }
  const member = key.startsWith("li:member:") ? memberKeyOf(root) : null;
  if (member === key) {
    proof ??= "member-id";
  } else if (member !== null) {
    foreign = true;
  }
  return { proof, foreign };
}

// A member id and a slug can be the same person's: they say nothing against each other.
export function comparable(named: string, key: string): boolean {
  return named.split(":")[1] === key.split(":")[1];
}

/** Every opaque profile id in the element's own card keys and message links, as written. */
export function profileTokens(root: Element): string[] {
  const tokens = new Set<string>();
  const marked = root.querySelectorAll(
    'a[href*="fsd_profile"], a[href*="recipient="], [componentkey*="card.ref"], [id*="card.ref"]',
  );
  for (const element of [root, ...marked]) {
    for (const token of linkTokens(element.getAttribute("href") ?? "")) {
      tokens.add(token);
    }
    for (const key of [element.getAttribute("componentkey"), element.id]) {
      const token = /\.card\.ref\.?([\w-]+?)(?:topcard|about|experience|education)\w*$/i.exec(key ?? "")?.[1];
      if (token !== undefined) {
        tokens.add(token);
      }
    }
  }
  return [...tokens];
}

function linkTokens(href: string): string[] {
  return [...href.matchAll(/(?:fsd_profile(?::|%3A)|recipient=)(A[A-Za-z0-9_-]{38})/g)].flatMap(
    (match) => match[1] ?? [],
  );
}

/** The subject's member id, if every token in the card says the same one. */
export function memberKeyOf(root: Element): string | null {
  const ids = new Set(profileTokens(root).flatMap((token) => memberId(token) ?? []));
  const [id] = ids;
  return ids.size === 1 && id !== undefined ? `li:member:${id}` : null;
}

/** The recruiter's own profile has links to change it. */
export function isOwnPage(document: Document, root: Element, key: string): boolean {
  const edits = document.querySelectorAll(
    'a[href*="/in/"][href*="/edit/"], a[href*="/in/"][href*="/add-edit/"], a[href*="/in/me/edit"]',
  );
  return [...edits].some((link) => root.contains(link) || hrefKey(link) === key || link.matches('[href*="/in/me/"]'));
}
