/**
 * A `schema.org/Person` in microdata attributes, if the page has exactly one that is not part of something else.
 */
import { mailAddress, phoneNumber, webAddress } from "../page-links";
import { clean, unique, visibleText } from "../page-text";
import { employed, type Finding, type Person, samePage } from "./person";

export function microdataPerson(document: Document, address: string): Finding {
  const persons = [...document.querySelectorAll('[itemscope][itemtype*="schema.org/Person"]')].filter(isSubject);
  const named = persons.filter((item) => propertyText(propertiesOf(item, "name")[0]) !== null);
  const names = new Set(named.map((item) => propertyText(propertiesOf(item, "name")[0])));
  const [item] = named;
  if (item === undefined) {
    return "nobody";
  }
  if (names.size > 1) {
    return "several";
  }
  const person = personOf(item, document.baseURI, address);
  const urls = propertiesOf(item, "url").flatMap((one) => linkOf(one, document.baseURI) ?? []);
  const certain = urls.some((url) => samePage(url, address));
  return { person, proof: certain ? "microdata-url" : "microdata-person", certain };
}

/** On its own, or the `mainEntity` or `about` of the page; an author or reviewer is part of something else. */
function isSubject(item: Element): boolean {
  const owner = item.parentElement?.closest("[itemscope]") ?? null;
  const role = item.getAttribute("itemprop");
  if (owner === null) {
    return role === null || /^(?:mainEntity|about|author)$/.test(role);
  }
  const isPage = /(?:ProfilePage|AboutPage|WebPage)$/.test(owner.getAttribute("itemtype") ?? "");
  return isPage && (role === null || /^(?:mainEntity|about)$/.test(role));
}

function propertiesOf(item: Element, name: string): Element[] {
  return [...item.querySelectorAll(`[itemprop~="${name}"]`)].filter(
    (one) => one.parentElement?.closest("[itemscope]") === item,
  );
}

function propertyText(element: Element | undefined): string | null {
  if (element === undefined) {
    return null;
  }
  if (element.hasAttribute("itemscope")) {
    return propertyText(propertiesOf(element, "name")[0]) ?? visibleText(element);
  }
  return clean(element.getAttribute("content")) ?? visibleText(element);
}

function linkOf(element: Element, base: string): string | null {
  return webAddress(
    element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("content"),
    base,
  );
}

function personOf(item: Element, base: string, address: string): Person {
  const title = propertyText(propertiesOf(item, "jobTitle")[0]);
  const companies = propertiesOf(item, "worksFor").flatMap((company) => {
    const name = propertyText(company);
    const link = propertiesOf(company, "url")[0] ?? (company.matches("a") ? company : undefined);
    return name === null ? [] : [{ name, url: link === undefined ? null : linkOf(link, base) }];
  });
  const place = propertiesOf(item, "address")[0] ?? propertiesOf(item, "homeLocation")[0];
  const parts =
    place === undefined
      ? []
      : ["addressLocality", "addressRegion", "addressCountry"].map((name) =>
          propertyText(propertiesOf(place, name)[0]),
        );
  const links = [...propertiesOf(item, "url"), ...propertiesOf(item, "sameAs")].flatMap(
    (one) => linkOf(one, base) ?? [],
  );
  return {
    name: propertyText(propertiesOf(item, "name")[0]),
    headline: title ?? briefOf(propertiesOf(item, "description")[0]),
    location:
      clean(parts.filter((part) => part !== null).join(", ")) ?? (place === undefined ? null : propertyText(place)),
    current: employed(title, companies),
    education: propertiesOf(item, "alumniOf").flatMap((school) => {
      const name = propertyText(school);
      return name === null ? [] : [{ school: name, degree: null, field: null, start: null, end: null }];
    }),
    links: unique(links.filter((link) => !samePage(link, address))),
    emails: unique(
      propertiesOf(item, "email").flatMap(
        (one) => mailAddress(one.getAttribute("href")) ?? mailAddress(`mailto:${propertyText(one) ?? ""}`) ?? [],
      ),
    ),
    phones: unique(
      propertiesOf(item, "telephone").flatMap(
        (one) => phoneNumber(one.getAttribute("href")) ?? propertyText(one) ?? [],
      ),
    ),
    avatar: propertiesOf(item, "image").flatMap((one) => linkOf(one, base) ?? [])[0] ?? null,
  };
}

function briefOf(element: Element | undefined): string | null {
  const text = propertyText(element);
  return text !== null && text.length <= 300 ? text : null;
}
