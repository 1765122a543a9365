/** Identity keys and addresses as a person would say them. The journal and the list of corrections show keys of pages. */
import { t } from "../shared/i18n";

/** "github.com/tabara": without scheme, `www.` and the slash at the end. */
export function bareAddress(address: string): string {
  try {
    const { hostname, pathname } = new URL(address);
    return `${hostname.replace(/^www\./u, "")}${decodeURI(pathname).replace(/\/$/u, "")}`;
  } catch {
    return address;
  }
}

/** Where pages of a kind of key are, by the key's first words. */
const PLACES: readonly [scheme: string, address: string][] = [
  ["li:slug:", "linkedin.com/in/"],
  ["gh:login:", "github.com/"],
  ["x:handle:", "x.com/"],
  ["so:id:", "stackoverflow.com/users/"],
  ["web:", ""],
  ["email:", ""],
  ["phone:", ""],
];

/** A profile's key: "li:slug:ines-k" is "linkedin.com/in/ines-k". What has no readable form is told by its kind. */
export function keyWords(key: string): string {
  const place = PLACES.find(([scheme]) => key.startsWith(scheme));
  if (place !== undefined) {
    const [scheme, address] = place;
    return `${address}${key.slice(scheme.length)}`;
  }
  if (key.startsWith("li:")) {
    return t("key_linkedin");
  }
  return key.startsWith("resume:") ? t("key_resume") : key;
}
