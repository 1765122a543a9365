/**
 * The element of the page that shows the person's name: the place the badge stands beside. It only looks at headings and
 * marked names, and only at text that equals the name that was read; where there is none, the badge docks.
 */
const PLACES = "h1, h2, [itemprop='name'], .p-name";

export function findNamePlace(document: Document, name: string | null): Element | null {
  const wanted = name === null ? "" : plain(name);
  if (wanted === "") {
    return null;
  }
  let found: Element | null = null;
  for (const element of document.querySelectorAll(PLACES)) {
    // The innermost one that still says the whole name: a heading may hold more than the name.
    const says = plain(element.textContent ?? "");
    if (says.startsWith(wanted) && (found === null || found.contains(element)) && isShown(element)) {
      found = element;
    }
  }
  return found;
}

function isShown(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}

function plain(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
