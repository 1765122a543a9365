/**
 * Identity keys that stand in a link. The core derives keys from every link again, with all its sites; these few are the
 * ones adapters need to compare people on a page. Rules: LinkedIn, GitHub, Stack Overflow, X as in matching §4.
 */
import { githubLogin } from "./github-address";
import { linkedinKey } from "./linkedin/address";

const X_PAGES = new Set(
  "home explore i search intent share hashtag settings messages notifications compose jobs tos privacy login signup about".split(
    " ",
  ),
);

/** The identity key a link states; null where it states none. */
export function identityKey(link: string): string | null {
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return null;
  }
  const linkedin = linkedinKey(url);
  if (linkedin !== null) {
    return linkedin;
  }
  const login = githubLogin(url);
  if (login !== null) {
    return `gh:login:${login}`;
  }
  const host = url.hostname.replace(/^www\./, "");
  if (host === "stackoverflow.com") {
    const id = /^\/users\/([1-9]\d*)(\/|$)/.exec(url.pathname)?.[1];
    return id === undefined ? null : `so:id:${id}`;
  }
  if (host === "x.com" || host === "twitter.com" || host === "mobile.twitter.com") {
    const handle = /^\/@?([A-Za-z0-9_]{1,15})\/?$/.exec(url.pathname)?.[1]?.toLowerCase();
    return handle === undefined || X_PAGES.has(handle) ? null : `x:handle:${handle}`;
  }
  return null;
}

/** The key of an address whose normal form needs no knowledge of its provider; the core makes the others. */
export function emailKey(email: string): string | null {
  const plain = /^[^@+\s]+@((?:[a-z0-9-]+\.)+[a-z]{2,})$/.exec(email.trim().toLowerCase());
  const domain = plain?.[1];
  return plain === null || domain === undefined || /^(gmail|googlemail)\.com$/.test(domain)
    ? null
    : `email:${plain[0]}`;
}

/** The key of a number that already is international; the core makes the others, since they need a country. */
export function phoneKey(phone: string): string | null {
  const digits = phone.replace(/[\s().-]/g, "");
  return /^\+[1-9]\d{6,14}$/.test(digits) ? `phone:${digits}` : null;
}

/** `first`, then every key that links, emails and phones state, without repetition. */
export function identityKeys(first: readonly string[], links: string[], emails: string[], phones: string[]): string[] {
  const found = [...first, ...links.map(identityKey), ...emails.map(emailKey), ...phones.map(phoneKey)];
  return [...new Set(found.filter((key): key is string => key !== null))];
}
