/**
 * The contact-info overlay. LinkedIn shows email, phone and websites only there, and only the recruiter opens it. It counts
 * when it lists the subject's own profile address. The birthday, chat handles and the street are left alone.
 */
import { mailAddress, phoneNumber, webAddress } from "../page-links";
import { clean, unique, visibleText } from "../page-text";
import { isLinkedinHost, linkedinKey } from "./address";
import { isPhoneLabel } from "./words";

export interface ContactInfo {
  emails: string[];
  phones: string[];
  websites: string[];
}

const NONE: ContactInfo = { emails: [], phones: [], websites: [] };

/** What the open overlay of this member says; empty lists where none is open. */
export function contactInfo(document: Document, key: string): ContactInfo {
  for (const dialog of document.querySelectorAll(
    '[role="dialog"], dialog[open], [data-test-modal], [data-sdui-screen$="ProfileContactDetailsOverlay"]',
  )) {
    const owners = linksOf(dialog).flatMap((url) => linkedinKey(url) ?? []);
    if (owners.length > 0 && owners.every((owner) => owner === key)) {
      return readDialog(dialog);
    }
  }
  return NONE;
}

function linksOf(root: Element): URL[] {
  return [...root.querySelectorAll("a[href]")].flatMap((link) => {
    const address = webAddress(link.getAttribute("href"), root.ownerDocument.baseURI);
    return address === null ? [] : [new URL(address)];
  });
}

function readDialog(dialog: Element): ContactInfo {
  const links = [...dialog.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"));
  return {
    emails: unique(links.flatMap((link) => mailAddress(link) ?? [])),
    phones: unique([...links.flatMap((link) => phoneNumber(link) ?? []), ...phonesIn(dialog)]),
    websites: unique(
      linksOf(dialog)
        .filter((url) => !isLinkedinHost(url) && !isMap(url))
        .map((url) => url.href),
    ),
  };
}

function isMap(url: URL): boolean {
  return /^(www\.)?bing\.com$|^maps\.google\.|^(www\.)?google\.[a-z.]+$/.test(url.hostname) && /maps/.test(url.href);
}

/** Numbers without a link: lines under a heading that says phone. */
function phonesIn(dialog: Element): string[] {
  const labels = [...dialog.querySelectorAll("h3, h4, p, dt")].filter((label) =>
    isPhoneLabel(visibleText(label) ?? ""),
  );
  return labels.flatMap((label) => {
    const rows = label.parentElement === null ? [] : [...label.parentElement.querySelectorAll("p, span, dd, li")];
    const numbers = rows.filter((row) => row.children.length === 0 || row.tagName === "P").flatMap(numberIn);
    return numbers.slice(0, 3);
  });
}

function numberIn(row: Element): string[] {
  const text = clean(row.textContent)?.replace(/\s*\([^()]*\p{L}[^()]*\)$/u, "") ?? "";
  const digits = text.replace(/\D/g, "").length;
  return /^\+?[\d\s().\-/]+$/.test(text) && digits >= 6 && digits <= 15 ? [text] : [];
}
