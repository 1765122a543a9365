/**
 * GitHub profiles. Microdata names every field; the login in the address must be the one the page states. The profile's
 * README is user text that may hold the same microdata: nothing inside it is read.
 */
import type { CurrentPosition, Profile } from "../../shared/profile";
import { addressOnly, NO_TRACE, type Page, type Reading, type SiteAdapter } from "./adapter";
import { asLogin, githubLogin, isGithubHost } from "./github-address";
import { githubPeople } from "./github-people";
import { identityKeys } from "./identity-link";
import { mailAddress, webAddress } from "./page-links";
import { clean, pageLanguage, unique, visibleText } from "./page-text";

const SITE = "github";
const DIALECT = "vcard";
const PICTURES = "avatars.githubusercontent.com/u/";

export const github: SiteAdapter = {
  site: SITE,

  detect(url: URL): Page | null {
    const host = url.hostname.replace(/\.$/, "");
    if (!isGithubHost(url) && host !== "gist.github.com") {
      return null;
    }
    const page = (kind: Page["kind"]): Page => ({ site: SITE, kind, key: null, url: url.href });
    if (/^\/(login|join|signup|sessions|password_reset)(\/|$)/.test(url.pathname)) {
      return page("wall");
    }
    if (isList(url)) {
      return page("list");
    }
    const login = githubLogin(url);
    if (login === null) {
      return page("none");
    }
    const written = url.pathname.split("/")[1] ?? login;
    return { site: SITE, kind: "profile", key: `gh:login:${login}`, url: `https://github.com/${written}` };
  },

  read(page: Page, document: Document): Reading {
    const { key } = page;
    if (page.kind === "list" || key === null) {
      return githubPeople(document);
    }
    const login = key.slice("gh:login:".length);
    const subject = meta(document, "hovercard-subject-tag");
    const organisation = document.querySelector('[itemtype$="schema.org/Organization"]');
    if (subject?.startsWith("organization:") === true || (subject === null && organisation !== null)) {
      return { state: "nobody", reason: "organisation" };
    }
    if (asLogin(meta(document, "user-login") ?? "") === login) {
      return { state: "nobody", reason: "own" };
    }
    const card = document.querySelector('[itemtype$="schema.org/Person"]');
    if (card === null) {
      return { state: "unreadable", reason: "no-dialect" };
    }
    const nickname = field(card, '[itemprop="additionalName"]');
    const stated = [
      document.querySelector('meta[property="profile:username"]')?.getAttribute("content"),
      visibleText(nickname)?.split(/\s*·\s*/)[0],
    ].flatMap((text) => asLogin(clean(text) ?? "") ?? []);
    if (stated.length === 0) {
      return { state: "waiting", reason: "loading" };
    }
    if (stated.some((other) => other !== login)) {
      return { state: "waiting", reason: "another-person" };
    }

    const picture = field(card, `a[href*="${PICTURES}"], img[src*="${PICTURES}"]`);
    const avatar = webAddress(picture?.getAttribute("href") ?? picture?.getAttribute("src"), document.baseURI);
    const id = idOf(subject, avatar);
    if (id === "contradiction") {
      return { state: "waiting", reason: "another-person" };
    }
    const links = unique(
      fields(card, 'li[itemprop="url"] a, li[itemprop="social"] a').flatMap(
        (link) => webAddress(link.getAttribute("href"), document.baseURI) ?? [],
      ),
    );
    const emails = unique(
      fields(card, 'li[itemprop="email"] a').flatMap((link) => mailAddress(link.getAttribute("href")) ?? []),
    );
    const profile: Profile = {
      ...addressOnly({ ...page, key }),
      proof: nickname === null ? "profile-username" : "additional-name",
      dialect: DIALECT,
      ids: identityKeys(id === null ? [key] : [key, id], links, emails, []),
      name: visibleText(field(card, '[itemprop="name"]')),
      headline: bioOf(card),
      location: visibleText(labelOf(field(card, 'li[itemprop="homeLocation"]'))),
      current: companiesOf(card, document),
      links,
      emails,
      avatar,
      lang: pageLanguage(document),
      complete: true,
    };
    return { state: "profile", profile, trace: NO_TRACE };
  },
};

function isList(url: URL): boolean {
  return (
    (url.pathname === "/search" && url.searchParams.get("type")?.toLowerCase() === "users") ||
    /^\/orgs\/[^/]+\/people\/?$/.test(url.pathname) ||
    /^\/[^/]+\/[^/]+\/(stargazers|watchers|graphs\/contributors)\/?$/.test(url.pathname)
  );
}

function meta(document: Document, name: string): string | null {
  return clean(document.querySelector(`meta[name="${name}"]`)?.getAttribute("content"));
}

/** The first matching element that is not user text. */
function field(card: Element, selector: string): Element | null {
  return fields(card, selector)[0] ?? null;
}

function fields(card: Element, selector: string): Element[] {
  return [...card.querySelectorAll(selector)].filter((element) => element.closest("article, .markdown-body") === null);
}

/** Details carry an icon and a label for screen readers beside the text. */
function labelOf(detail: Element | null): Element | null {
  return detail?.querySelector(".p-label, .p-org") ?? detail;
}

function bioOf(card: Element): string | null {
  const bio = field(card, "[data-bio-text]");
  return clean(bio?.getAttribute("data-bio-text")) ?? visibleText(bio ?? field(card, ".user-profile-bio"));
}

/** `@quarry` links to the organisation; several mentions are several employers. */
function companiesOf(card: Element, document: Document): CurrentPosition[] {
  const detail = labelOf(field(card, 'li[itemprop="worksFor"]'));
  const text = visibleText(detail);
  if (detail === null || text === null) {
    return [];
  }
  const mentions = text.split(/\s+|(?=@)/).filter((mention) => mention !== "");
  const companies = mentions.length > 1 && mentions.every((mention) => /^@[\w-]+$/.test(mention)) ? mentions : [text];
  const links = [...detail.querySelectorAll("a[href]")];
  return companies.map((company) => {
    const link = links.find((one) => visibleText(one) === company);
    return { title: null, company, company_url: webAddress(link?.getAttribute("href"), document.baseURI) };
  });
}

/** The page's mark and the picture both state the numeric id; if they differ, the page is between two people. */
function idOf(subject: string | null, avatar: string | null): string | null | "contradiction" {
  const marked = /^user:([1-9]\d*)$/.exec(subject ?? "")?.[1];
  const pictured = /^https:\/\/(?:private-)?avatars\.githubusercontent\.com\/u\/([1-9]\d*)/.exec(avatar ?? "")?.[1];
  if (marked !== undefined && pictured !== undefined && marked !== pictured) {
    return "contradiction";
  }
  const id = marked ?? pictured;
  return id === undefined ? null : `gh:id:${id}`;
}
