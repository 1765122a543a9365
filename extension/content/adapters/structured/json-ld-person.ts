/**
 * The subject of a page in its JSON-LD: the main entity of a `ProfilePage`, or the only top-level `Person`. Persons inside
 * articles, reviews and comments are not subjects.
 */
import type { Education } from "../../../shared/profile";
import { mailAddress, webAddress } from "../page-links";
import { clean, unique } from "../page-text";
import { type DataNode, hasType, isNode, jsonLdNodes, list, texts } from "./json-ld";
import { employed, type Finding, type Person, samePage } from "./person";

const PERSON = /^Person$/;
const ORGANISATION = /(?:Organization|Corporation|Business|Company|Store|Restaurant|Agency|NGO)$/;
const WRITING =
  /(?:Article|Posting|Report|Review|Question|QAPage|Recipe|Product|Event|JobPosting|Book|Course|VideoObject)$/;

export function jsonLdPerson(document: Document, address: string): Finding {
  const nodes = jsonLdNodes(document);
  const byId = new Map(
    nodes.flatMap((node) => (typeof node["@id"] === "string" ? [[node["@id"], node] as const] : [])),
  );
  const resolve = (value: unknown): DataNode | null => {
    if (!isNode(value)) {
      return typeof value === "string" ? (byId.get(value) ?? null) : null;
    }
    const known = typeof value["@id"] === "string" ? byId.get(value["@id"]) : undefined;
    return known === undefined ? value : { ...value, ...known };
  };

  const mains = nodes
    .filter((node) => hasType(node, /^ProfilePage$/))
    .flatMap((node) => list(node.mainEntity ?? node.author ?? node.about).flatMap((main) => present(resolve(main))));
  const mainPersons = different(mains.filter((main) => hasType(main, PERSON)));
  if (mainPersons.length > 1) {
    return "several";
  }
  const [main] = mainPersons;
  if (main !== undefined) {
    return { person: personOf(main, document.baseURI, address, resolve), proof: "json-ld-profile-page", certain: true };
  }
  if (mains.some((node) => hasType(node, ORGANISATION))) {
    return "organisation";
  }
  if (nodes.some((node) => hasType(node, WRITING))) {
    return "nobody";
  }

  const owners = nodes.filter((node) => hasType(node, /^(?:WebSite|WebPage|AboutPage|ContactPage)$/));
  const persons = different([
    ...nodes.filter((node) => hasType(node, PERSON)),
    ...owners.flatMap((node) =>
      [node.mainEntity, node.author, node.publisher, node.about]
        .flatMap(list)
        .flatMap((value) => present(resolve(value)))
        .filter((value) => hasType(value, PERSON)),
    ),
  ]);
  const here = persons.filter((node) => addressesOf(node, document.baseURI).some((url) => samePage(url, address)));
  const [only] = here.length === 1 ? here : persons;
  if (only === undefined) {
    return nodes.some((node) => hasType(node, ORGANISATION)) ? "organisation" : "nobody";
  }
  if (persons.length > 1 && here.length !== 1) {
    return "several";
  }
  if (here.length !== 1 && nodes.some((node) => hasType(node, ORGANISATION) && !hasType(node, PERSON))) {
    return "organisation";
  }
  const certain = here.length === 1 && persons.length === 1;
  return {
    person: personOf(only, document.baseURI, address, resolve),
    proof: certain ? "json-ld-url" : "json-ld-person",
    certain,
  };
}

function present(node: DataNode | null): DataNode[] {
  return node === null ? [] : [node];
}

/** The same person may stand in a page several times, by id or by name. */
function different(nodes: DataNode[]): DataNode[] {
  const found = new Map<string, DataNode>();
  for (const node of nodes) {
    const name = texts(node.name)[0] ?? "";
    const id = typeof node["@id"] === "string" ? node["@id"] : name;
    const known = [...found.entries()].find(
      ([other, one]) => other === id || (name !== "" && texts(one.name)[0] === name),
    );
    found.set(known?.[0] ?? id, known === undefined ? node : { ...node, ...known[1] });
  }
  return [...found.values()];
}

function addressesOf(node: DataNode, base: string): string[] {
  return [...list(node.url), ...list(node.mainEntityOfPage), ...list(node["@id"])].flatMap((value) => {
    const text = isNode(value) ? value["@id"] : value;
    const address = typeof text === "string" ? webAddress(text, base) : null;
    return address === null ? [] : [address];
  });
}

function personOf(node: DataNode, base: string, page: string, resolve: (value: unknown) => DataNode | null): Person {
  const urls = (value: unknown): string[] =>
    list(value).flatMap((one) => {
      const text = isNode(one) ? (one.url ?? one.contentUrl ?? one["@id"]) : one;
      return typeof text === "string" ? (webAddress(text, base) ?? []) : [];
    });
  const title = texts(node.jobTitle).join(", ") || null;
  const companies = list(node.worksFor).flatMap((value) => {
    const company = typeof value === "string" && !/^https?:/.test(value) ? { name: value } : resolve(value);
    const name = clean(texts(company?.name)[0]);
    return name === null ? [] : [{ name, url: urls(company?.url)[0] ?? null }];
  });
  const whole = [texts(node.givenName)[0], texts(node.familyName)[0]].filter((part) => part !== undefined).join(" ");
  return {
    name: clean(texts(node.name)[0]) ?? clean(whole),
    headline: clean(title) ?? brief(texts(node.description)[0]),
    location: placeOf(node.address ?? node.homeLocation ?? node.location),
    current: employed(clean(title), companies),
    education: list(node.alumniOf).flatMap((value) =>
      schoolOf(typeof value === "string" ? { name: value } : resolve(value)),
    ),
    links: unique([
      ...urls(list(node.sameAs).filter(isAddress)),
      ...urls(node.url).filter((url) => !samePage(url, page)),
    ]),
    emails: unique(list(node.email).flatMap((value) => (typeof value === "string" ? (emailOf(value) ?? []) : []))),
    phones: unique(
      list(node.telephone).flatMap((value) =>
        typeof value === "string" ? (clean(value.replace(/^tel:/i, "")) ?? []) : [],
      ),
    ),
    avatar: urls(node.image)[0] ?? null,
  };
}

/** Some sites write handles where addresses belong. */
function isAddress(value: unknown): boolean {
  return typeof value !== "string" || /^\s*(?:https?:)?\/\/|^\s*\.{0,2}\//i.test(value);
}

function emailOf(text: string): string | null {
  return mailAddress(/^\s*mailto:/i.test(text) ? text : `mailto:${text}`);
}

function brief(text: string | undefined): string | null {
  const line = clean(text);
  return line !== null && line.length <= 300 ? line : null;
}

function placeOf(value: unknown): string | null {
  const [first] = list(value);
  if (typeof first === "string") {
    return clean(first);
  }
  if (!isNode(first)) {
    return null;
  }
  const inner = first.address;
  if (isNode(inner)) {
    return placeOf(inner);
  }
  const parts = ["addressLocality", "addressRegion", "addressCountry"].flatMap((part) => texts(first[part])[0] ?? []);
  return clean(parts.join(", ")) ?? clean(texts(first.name)[0]) ?? (typeof inner === "string" ? clean(inner) : null);
}

function schoolOf(node: DataNode | null): Education[] {
  const school = clean(texts(node?.name)[0]);
  return school === null ? [] : [{ school, degree: null, field: null, start: null, end: null }];
}
