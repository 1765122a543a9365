/**
 * Any other page, by its structured data. The question is always whose page it is: a team page, an organisation or a blog
 * post has persons in it and is nobody's profile. Order of trust and the rule: profile-pages §3.1.
 */
import type { Profile } from "../../shared/profile";
import { addressOnly, NO_TRACE, type NobodyReason, type Page, type Reading, type SiteAdapter } from "./adapter";
import { identityKey, identityKeys } from "./identity-link";
import { mailAddress, phoneNumber, webAddress } from "./page-links";
import { clean, pageLanguage, unique, visibleAll, visibleText } from "./page-text";
import { ownPages, representativeCard } from "./structured/h-card";
import { jsonLdPerson } from "./structured/json-ld-person";
import { microdataPerson } from "./structured/microdata";
import { type Finding, NOBODY, type Person } from "./structured/person";

const SITE = "web";

/** Paths that are the host's own front, in any language: there the host is the person's, if anybody's. */
const LANGUAGE =
  /^\/(?:en|de|fr|es|pt|it|nl|pl|sv|no|nb|da|fi|cs|sk|hu|ro|ru|uk|tr|ar|he|fa|hi|zh|ja|ko|th|vi|id|el|bg|hr|sr|sl|lt|lv|et|ca)(?:-[a-z]{2})?(?=\/|$)/i;
const FRONT = /^(?:\/(?:index|home|about(?:-?me)?|me|cv|resume|contact|bio)(?:\.html?|\.php)?)?$/i;

export const generic: SiteAdapter = {
  site: SITE,

  detect(url: URL): Page | null {
    const host = url.host.replace(/^www\./, "").replace(/\.$/, "");
    if (host === "") {
      return null;
    }
    const path = url.pathname.replace(/\/+$/, "");
    const key = FRONT.test(path.replace(LANGUAGE, "")) ? `web:${host}` : `web:${host}${path}`;
    return { site: SITE, kind: "profile", key, url: `${url.origin}${url.pathname}` };
  },

  read(page: Page, document: Document): Reading {
    const { key, url } = page;
    if (key === null || isWriting(document)) {
      return { state: "nobody", reason: "not-a-person" };
    }
    const findings: [string, () => Finding][] = [
      ["json-ld", () => jsonLdPerson(document, url)],
      ["h-card", () => representativeCard(document, url)],
      ["microdata", () => microdataPerson(document, url)],
      ["open-graph", () => openGraphPerson(document)],
      ["own-links", () => ownLinksPerson(document, key)],
    ];
    let refusal: NobodyReason = "not-a-person";
    for (const [dialect, find] of findings) {
      const finding = find();
      if (finding === "several") {
        refusal = "several-people";
      } else if (finding === "organisation") {
        refusal = "organisation";
      } else if (finding !== "nobody" && finding.person.name !== null) {
        // Once something spoke against a single person, only data that names this very address is believed.
        const isBelieved = finding.certain || (refusal === "not-a-person" && peopleLinked(document) <= 1);
        if (isBelieved) {
          const profile = profileOf(page, key, document, finding.person, finding.proof, dialect);
          return { state: "profile", profile, trace: NO_TRACE };
        }
        refusal = "several-people";
      }
    }
    return { state: "nobody", reason: refusal };
  },
};

function profileOf(
  page: Page,
  key: string,
  document: Document,
  person: Person,
  proof: string,
  dialect: string,
): Profile {
  const links = unique([...person.links, ...ownPages(document)]);
  return {
    ...addressOnly({ ...page, key }),
    ...person,
    proof,
    dialect,
    links,
    ids: identityKeys([key], links, person.emails, person.phones),
    lang: pageLanguage(document),
    complete: true,
  };
}

/** An article, a product, a question: its author may be a person, the page is not theirs. */
function isWriting(document: Document): boolean {
  const type = document.querySelector('meta[property="og:type"]')?.getAttribute("content")?.toLowerCase() ?? "";
  return /^(article|product|video|music|book|business)/.test(type);
}

/** Different people linked outside the footer: two or more make it a page about several. */
function peopleLinked(document: Document): number {
  const people = [...document.querySelectorAll("a[href]")].flatMap((link) => {
    if (link.closest("footer") !== null) {
      return [];
    }
    const address = webAddress(link.getAttribute("href"), document.baseURI);
    const key = address === null ? null : identityKey(address);
    return key !== null && /^(li|gh):/.test(key) ? [key] : [];
  });
  const distinct = unique(people);
  return Math.max(...["li:", "gh:"].map((site) => distinct.filter((key) => key.startsWith(site)).length));
}

function openGraphPerson(document: Document): Finding {
  const property = (name: string): string | null =>
    clean(document.querySelector(`meta[property="${name}"]`)?.getAttribute("content"));
  if (property("og:type") !== "profile") {
    return "nobody";
  }
  const whole = clean(
    [property("profile:first_name"), property("profile:last_name")].filter((part) => part !== null).join(" "),
  );
  const name = whole ?? (property("profile:username") === null ? null : titleName(property("og:title")));
  return name === null
    ? "nobody"
    : {
        person: { ...NOBODY, name, avatar: webAddress(property("og:image"), document.baseURI) },
        proof: "og-profile",
        certain: false,
      };
}

function titleName(title: string | null): string | null {
  return clean(title?.split(/\s+[|·•–—-]\s+|\s*\(@/)[0]);
}

/**
 * A personal front page without structured data: it names its author, its heading is that name, and it links to the
 * author's own profiles. All three are needed.
 */
function ownLinksPerson(document: Document, key: string): Finding {
  const heading = visibleText(visibleAll(document, "h1")[0]);
  const author = clean(document.querySelector('meta[name="author"]')?.getAttribute("content"));
  const isFront = !key.slice("web:".length).includes("/");
  const name = author !== null && heading?.toLowerCase().includes(author.toLowerCase()) === true ? author : null;
  const own = ownPages(document).filter((link) => identityKey(link) !== null);
  if (!isFront || name === null || own.length === 0) {
    return "nobody";
  }
  const anchors = [...document.querySelectorAll('a[rel~="me"][href]')].map((link) => link.getAttribute("href"));
  const emails = unique(anchors.flatMap((href) => mailAddress(href) ?? []));
  const phones = unique(anchors.flatMap((href) => phoneNumber(href) ?? []));
  return { person: { ...NOBODY, name, emails, phones, links: own }, proof: "rel-me", certain: false };
}
