/**
 * LinkedIn's addresses: which belong to one member, and to whom. Rules: matching §4.3, profile-pages §2.1. No DOM.
 */
import type { Page } from "../adapter";
import { looksLikeToken, memberId } from "./member-token";

const SITE = "linkedin";

export function isLinkedinHost(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  return (host === "linkedin.com" || host.endsWith(".linkedin.com")) && url.port === "" && url.username === "";
}

/** The slug in its normal form: decoded once, NFC, lower-case; null where it cannot be one. */
export function normalSlug(segment: string): string | null {
  let slug: string;
  try {
    slug = decodeURIComponent(segment).normalize("NFC").toLowerCase();
  } catch {
    return null;
  }
  return /^[\p{L}\p{M}\p{N}_-]{1,100}$/u.test(slug) && slug !== "me" ? slug : null;
}

/** The key of what stands after `/in/`: a slug, or an opaque id. */
export function memberKey(segment: string): string | null {
  if (looksLikeToken(segment)) {
    const id = memberId(segment);
    if (id !== null) {
      return `li:member:${id}`;
    }
    if (segment.length === 39) {
      return `li:opaque:${segment.toLowerCase()}`;
    }
  }
  const slug = normalSlug(segment);
  return slug === null ? null : `li:slug:${slug}`;
}

/** The key of any LinkedIn address of one member; null for everything else. */
export function linkedinKey(url: URL): string | null {
  if (!isLinkedinHost(url) || !/^https?:$/.test(url.protocol)) {
    return null;
  }
  const path = url.pathname.replace(/\/{2,}/g, "/");
  const slug = /^\/(?:mwlite\/(?:profile\/)?)?in\/([^/]+)/.exec(path)?.[1];
  if (slug !== undefined) {
    return memberKey(slug);
  }
  const old = /^\/pub\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/?$/.exec(path);
  if (old !== null) {
    return oldPublicKey(old.slice(1));
  }
  const token = /^\/(?:sales\/(?:lead|people)|talent\/profile)\/([^/,]+)/.exec(path)?.[1];
  if (token !== undefined) {
    const id = memberId(token);
    return id === null ? `li:opaque:${token.toLowerCase()}` : `li:member:${id}`;
  }
  if (/^\/profile\/view\/?$/.test(path)) {
    const id = url.searchParams.get("id") ?? "";
    if (/^[1-9]\d{0,9}$/.test(id)) {
      return `li:member:${id}`;
    }
    const decodedId = memberId(id);
    return decodedId === null ? null : `li:member:${decodedId}`;
  }
  return null;
}

/** `/pub/jane-doe/5a/7b/1c2` of before 2015 lives on as the slug `jane-doe-1c207b5a`. */
function oldPublicKey(parts: string[]): string | null {
  const [name = "", a = "", b = "", c = ""] = parts;
  if (name === "dir" || ![a, b, c].every((part) => /^[0-9a-f]{1,3}$/i.test(part))) {
    return null;
  }
  const slug = normalSlug(`${name}-${c.padStart(3, "0")}${b.padStart(3, "0")}${a}`);
  return slug === null ? null : `li:slug:${slug}`;
}

const OWN = /^\/(?:mwlite\/(?:profile\/)?)?in\/(me|[^/]+\/(add-)?edit|[^/]+\/details\/[^/]+\/(edit|new))(\/|$)/;
const WALLS = /^\/(authwall|checkpoint|login|uas|signup|m\/login|cold-join)(\/|$)/;
const LISTS =
  /^\/(search\/results\/(people|all)|(company|school)\/[^/]+\/people|mynetwork|pub\/dir|people\/|sales\/(search|lists)\/people|talent\/(search|hire)|events\/[^/]+\/attendees)(\/|$)/;

/** What a LinkedIn address promises; null where the host is another's. */
export function detectLinkedin(url: URL): Page | null {
  if (!isLinkedinHost(url)) {
    return null;
  }
  const path = url.pathname.replace(/\/{2,}/g, "/");
  const page = (kind: Page["kind"]): Page => ({ site: SITE, kind, key: null, url: url.href });
  if (WALLS.test(path)) {
    return page("wall");
  }
  if (OWN.test(path)) {
    return page("own");
  }
  if (LISTS.test(path)) {
    return page("list");
  }
  const key = linkedinKey(url);
  if (key === null) {
    return page("none");
  }
  const segment = /^\/(?:mwlite\/(?:profile\/)?)?in\/([^/]+)/.exec(path)?.[1];
  if (segment !== undefined) {
    return { site: SITE, kind: "profile", key, url: `https://www.linkedin.com/in/${segment}/` };
  }
  return {
    site: SITE,
    kind: "profile",
    key,
    url: key.startsWith("li:slug:") ? slugAddress(key) : `${url.origin}${path}`,
  };
}

function slugAddress(key: string): string {
  return `https://www.linkedin.com/in/${encodeURIComponent(key.slice("li:slug:".length))}/`;
}
