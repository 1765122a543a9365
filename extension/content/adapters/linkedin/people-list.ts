/**
 * LinkedIn's lists of people: the searches of three generations, Sales Navigator and Recruiter. One row, one subject: the first named
 * link to a member; later ones are mutual connections. Who is shown without a link stays out. Recorded forms: profile-pages §2.3, §2.4.
 */
import type { Profile } from "../../../shared/profile";
import type { Reading } from "../adapter";
import { webAddress } from "../page-links";
import { clean, isVisible, visibleText } from "../page-text";
import { listReading, peopleRow } from "../people-row";
import { linkedinKey } from "./address";

const ROWS = [
  "li.reusable-search__result-container",
  ".entity-result__item",
  '[data-view-name="search-entity-result-universal-template"]',
  '[data-view-name="people-search-result"]',
  'main [role="listitem"]',
  '[data-x-search-result="LEAD"]',
  'li[class*="artdeco-list__item"]:has([data-anonymize="person-name"])',
  "li[data-test-paginated-profile-list-item-container]",
  "ol[data-test-paginated-list] > li",
].join(",");
/** Where a row has its name marked as one. */
const NAME = [
  'a[data-view-name="search-result-lockup-title"]',
  ".entity-result__title-text a",
  "[data-test-row-lockup-full-name]",
  '[data-anonymize="person-name"]',
].join(",");
const HEADLINE = '.entity-result__primary-subtitle, [data-anonymize="headline"], [data-test-row-lockup-headline]';
const PLACE = '.entity-result__secondary-subtitle, [data-anonymize="location"], [data-test-row-lockup-location]';
const TITLE = '[data-anonymize="title"], [data-anonymize="job-title"]';
const COMPANY = '[data-anonymize="company-name"]';

export function peopleList(document: Document): Reading {
  const rows = [...document.querySelectorAll(ROWS)].filter(
    // A row may hold elements that other generations used for rows; the outermost counts. Beside the list stand recommendations.
    (row) => row.parentElement?.closest(ROWS) == null && row.closest("aside") === null && isVisible(row),
  );
  return listReading(rows.flatMap((row) => rowOf(row, document) ?? []));
}

function rowOf(row: Element, document: Document): Profile | null {
  const links = [...row.querySelectorAll("a[href]")].flatMap((link) => {
    const address = webAddress(link.getAttribute("href"), document.baseURI);
    const url = address === null ? null : new URL(address);
    const key = url === null ? null : linkedinKey(url);
    return url === null || key === null ? [] : [{ link, url, key }];
  });
  const marked = [...row.querySelectorAll(NAME)].find(isVisible);
  // The marked name's own link; else the first that shows a name of one line. A picture's link shows none.
  const subject =
    links.find(({ link }) => marked !== undefined && (link.contains(marked) || marked.contains(link))) ??
    links.find(({ link }) => nameIn(link) !== null);
  if (subject === undefined) {
    return null;
  }
  const { key, url } = subject;
  // The rows of Sales Navigator have the name beside the link that opens the person.
  const name = nameIn(marked ?? subject.link);
  const texts = lines(row, subject.link, name);
  const title = visibleText(row.querySelector(TITLE));
  const company = visibleText(row.querySelector(COMPANY));
  const said = {
    headline: visibleText(row.querySelector(HEADLINE)) ?? texts[0] ?? null,
    location: visibleText(row.querySelector(PLACE)) ?? texts[1] ?? null,
    current: title === null && company === null ? [] : [{ title, company, company_url: null }],
  };
  const member = memberOf(row);
  const address = `${url.origin}${url.pathname.replace(/,.*$/, "")}`;
  return peopleRow({ site: "linkedin", key, ids: member === null ? [] : [member], url: address, name }, said, document);
}

/** The name without the degree of connection and the words for screen readers; null where the element shows more than a line. */
function nameIn(element: Element): string | null {
  const shown = [...element.querySelectorAll('span[aria-hidden="true"]')].find(isVisible) ?? element;
  const name = visibleText(shown)?.split(/\s+[•·]\s*/u)[0] ?? null;
  return name === null || name.length > 80 || element.querySelector("p + p, div + div") !== null ? null : name;
}

/** The row's plain texts after the name in generations whose marks are random: headline, place. */
function lines(row: Element, subject: Element, name: string | null): string[] {
  const isAfter = (element: Element) =>
    Boolean(subject.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) && !subject.contains(element);
  return [...row.querySelectorAll("p, .t-14")]
    .filter((element) => isAfter(element) && element.querySelector("p, .t-14, button") === null)
    .flatMap((element) => clean(visibleText(element)) ?? [])
    .filter((text) => text !== name && !/^[•·]|^.{1,5}$/u.test(text));
}

/** The member's number where the row states exactly one. */
function memberOf(row: Element): string | null {
  const stated = [row, ...row.querySelectorAll("[data-chameleon-result-urn], [componentkey]")].flatMap((element) => {
    const text = element.getAttribute("data-chameleon-result-urn") ?? element.getAttribute("componentkey") ?? "";
    return /urn:li:member:([1-9]\d*)/.exec(text)?.[1] ?? [];
  });
  const [first] = stated;
  return first !== undefined && stated.every((other) => other === first) ? `li:member:${first}` : null;
}
