/**
 * The representative h-card of a page: the one that stands for the page itself, by the rule of the microformats wiki
 * (https://microformats.org/wiki/representative-hcard-parsing). The older `vcard` with `fn` counts as well.
 */
import { mailAddress, phoneNumber, webAddress } from "../page-links";
import { clean, unique, visibleText } from "../page-text";
import { employed, type Finding, type Person, samePage } from "./person";

const CARD = ".h-card, .vcard";

export function representativeCard(document: Document, address: string): Finding {
  const base = document.baseURI;
  const cards = [...document.querySelectorAll(CARD)].filter((card) => hasName(card));
  const urls = (card: Element): string[] =>
    unique(properties(card, "u-url", "url").flatMap((one) => hrefOf(one, base) ?? []));
  const isHere = (url: string): boolean => samePage(url, address);

  const byUid = cards.filter((card) => {
    const uids = properties(card, "u-uid", "uid").flatMap((one) => hrefOf(one, base) ?? []);
    return uids.some(isHere) && urls(card).some(isHere);
  });
  const own = ownPages(document);
  const byMe = cards.filter((card) => urls(card).some((url) => own.some((page) => samePage(page, url))));
  const only = cards.length === 1 && urls(cards[0] as Element).some(isHere) ? cards : [];
  for (const [found, proof] of [
    [byUid, "h-card-uid"],
    [byMe, "h-card-rel-me"],
    [only, "h-card-url"],
  ] as const) {
    const [card, ...more] = outer(found);
    if (card !== undefined && more.length === 0) {
      if (nameOf(card) === textOf(properties(card, "p-org", "org")[0])) {
        return "organisation";
      }
      return { person: personOf(card, document, address), proof, certain: true };
    }
  }
  const names = new Set(cards.map((card) => nameOf(card)));
  return names.size > 1 ? "several" : "nobody";
}

/** Pages that this page calls its author's own. */
export function ownPages(document: Document): string[] {
  const links = document.querySelectorAll('a[rel~="me"][href], link[rel~="me"][href]');
  return unique([...links].flatMap((link) => webAddress(link.getAttribute("href"), document.baseURI) ?? []));
}

function outer(cards: readonly Element[]): Element[] {
  return cards.filter((card) => !cards.some((other) => other !== card && other.contains(card)));
}

/** Properties of this card, not of one inside it; the newer notation first. */
function properties(card: Element, modern: string, old: string): Element[] {
  const name = card.classList.contains("h-card") ? modern : old;
  const itself = card.classList.contains(name) ? [card] : [];
  const inside = [...card.querySelectorAll(`.${name}`)].filter((one) => {
    const owner = one.parentElement?.closest(CARD) ?? null;
    return owner === card;
  });
  return [...itself, ...inside];
}

function hrefOf(element: Element, base: string): string | null {
  return webAddress(
    element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("value") ?? textOf(element),
    base,
  );
}

function textOf(element: Element | undefined): string | null {
  if (element === undefined) {
    return null;
  }
  if (element.tagName === "IMG") {
    return clean(element.getAttribute("alt"));
  }
  return (
    clean(
      element.getAttribute("title") !== null && element.tagName === "ABBR" ? element.getAttribute("title") : null,
    ) ??
    clean(element.tagName === "DATA" ? element.getAttribute("value") : null) ??
    visibleText(element) ??
    null
  );
}

function first(card: Element, modern: string, old: string): string | null {
  return textOf(properties(card, modern, old)[0]);
}

function hasName(card: Element): boolean {
  return nameOf(card) !== null;
}

/** `p-name`; without one, the card's own text or its only picture's, as h-cards imply it. */
function nameOf(card: Element): string | null {
  const stated = first(card, "p-name", "fn");
  if (stated !== null) {
    return stated;
  }
  const parts = [first(card, "p-given-name", "given-name"), first(card, "p-family-name", "family-name")];
  const whole = clean(parts.filter((part) => part !== null).join(" "));
  if (whole !== null) {
    return whole;
  }
  if (
    !card.classList.contains("h-card") ||
    card.querySelector('[class*="p-"], [class*="u-"], [class*="e-"]') !== null
  ) {
    return null;
  }
  return textOf(card) ?? clean(card.querySelector("img[alt]")?.getAttribute("alt"));
}

function personOf(card: Element, document: Document, address: string): Person {
  const base = document.baseURI;
  const title = first(card, "p-job-title", "title");
  const companies = properties(card, "p-org", "org").flatMap((org) => {
    const name = textOf(org.querySelector(".p-name, .organization-name, .fn") ?? org);
    const url = org.matches("a[href]") ? webAddress(org.getAttribute("href"), base) : hrefIn(org, base);
    return name === null ? [] : [{ name, url }];
  });
  const note = first(card, "p-note", "note");
  const place = ["p-locality", "p-region", "p-country-name"].map((name) => first(card, name, name.slice(2)));
  const links = [...properties(card, "u-url", "url").flatMap((one) => hrefOf(one, base) ?? []), ...ownPages(document)];
  return {
    name: nameOf(card),
    headline: title ?? (note !== null && note.length <= 300 ? note : null),
    location: clean(place.filter((part) => part !== null).join(", ")) ?? addressIn(card),
    current: employed(title, companies),
    education: [],
    links: unique(links.filter((link) => !samePage(link, address))),
    emails: unique(properties(card, "u-email", "email").flatMap((one) => emailOf(one) ?? [])),
    phones: unique(
      properties(card, "p-tel", "tel").flatMap((one) => phoneNumber(one.getAttribute("href")) ?? textOf(one) ?? []),
    ),
    avatar: properties(card, "u-photo", "photo").flatMap((one) => hrefOf(one, base) ?? [])[0] ?? null,
  };
}

/** Cards in cards (`p-adr h-adr`) hold the place one level down. */
function addressIn(card: Element): string | null {
  const parts = [".p-locality, .locality", ".p-region, .region", ".p-country-name, .country-name"].map((name) => {
    const part = card.querySelector(name);
    return part?.closest(CARD) === card ? textOf(part) : null;
  });
  return clean(parts.filter((part) => part !== null).join(", "));
}

function hrefIn(org: Element, base: string): string | null {
  return webAddress(org.querySelector("a[href]")?.getAttribute("href"), base);
}

function emailOf(element: Element): string | null {
  const text = textOf(element);
  return mailAddress(element.getAttribute("href")) ?? (text === null ? null : mailAddress(`mailto:${text}`));
}
