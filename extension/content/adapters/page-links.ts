/**
 * Links of a page, made absolute and freed of the site's click counters. Only the address is looked at; nothing is
 * requested.
 */

/** The absolute web address behind a link; null for anything else. */
export function webAddress(link: string | null | undefined, base: string): string | null {
  if (link === null || link === undefined || link.trim() === "") {
    return null;
  }
  let url: URL;
  try {
    url = new URL(link.trim(), base);
  } catch {
    return null;
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return null;
  }
  const inner = wrapped(url);
  return inner === null ? url.href : webAddress(inner, base);
}

/** LinkedIn sends outward links through pages of its own; the target is a parameter. */
function wrapped(url: URL): string | null {
  const isLinkedIn = url.hostname === "linkedin.com" || url.hostname.endsWith(".linkedin.com");
  if (isLinkedIn && /^\/(redir\/redirect|safety\/go|redir\/general-malware-page)\/?$/.test(url.pathname)) {
    const target = url.searchParams.get("url");
    return target !== null && /^https?:\/\//i.test(target) ? target : null;
  }
  return null;
}

/** The address of a `mailto:` link as written; null for anything else. */
export function mailAddress(link: string | null | undefined): string | null {
  const match = /^\s*mailto:([^?]+)/i.exec(link ?? "");
  const address = match?.[1] === undefined ? null : decoded(match[1]).trim();
  return address !== null && /^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) ? address : null;
}

/** The number of a `tel:` link as written; null for anything else. */
export function phoneNumber(link: string | null | undefined): string | null {
  const match = /^\s*tel:([^?;]+)/i.exec(link ?? "");
  const number = match?.[1] === undefined ? null : decoded(match[1]).trim();
  return number !== null && /\d{4}/.test(number.replace(/\D/g, "")) ? number : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
