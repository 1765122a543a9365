/**
 * Text as a reader of the page sees it. Names are not cleaned here beyond marks that only steer their display; the core
 * does the rest.
 */

// Zero-width spaces, direction marks, soft hyphens, byte-order marks: they show nothing.
const STEERING = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
// Joiners shape the letters of some scripts and hold emoji together; elsewhere they show nothing.
const IDLE_JOINER =
  /(?<![\p{Script=Arabic}\p{Script=Syriac}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}|\ufe0f)[\u200c\u200d]/gu;

/** One line without steering marks; null where nothing is left. */
export function clean(text: string | null | undefined): string | null {
  if (text === null || text === undefined) {
    return null;
  }
  const line = text.replace(STEERING, "").replace(IDLE_JOINER, "").replace(/\s+/g, " ").trim();
  return line === "" ? null : line;
}

// Sites agree on these names for text meant for screen readers only; a saved page may lack the style that hides it.
const READER_ONLY = ".visually-hidden, .sr-only, .a11y-text, .screen-reader-text, .show-for-sr";

/** Whether a sighted reader sees the element. Twins that sites keep ready with no size or no display are not seen. */
export function isVisible(element: Element): boolean {
  if (element.closest(READER_ONLY) !== null || !element.checkVisibility({ visibilityProperty: true })) {
    return false;
  }
  const box = element.getBoundingClientRect();
  return box.width > 1 || box.height > 1 || element.getClientRects().length > 1;
}

/** The element's visible text as one line. Scripts, styles, buttons' menus and hidden twins are left out. */
export function visibleText(element: Element | null | undefined): string | null {
  if (element === null || element === undefined || !isVisible(element)) {
    return null;
  }
  return clean(collect(element));
}

function collect(element: Element): string {
  let text = "";
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      text += node.nodeValue ?? "";
    } else if (node instanceof Element) {
      if (node.tagName === "BR") {
        text += " ";
      } else if (!/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE|svg)$/i.test(node.tagName) && isShown(node)) {
        text += isBlock(node) ? ` ${collect(node)} ` : collect(node);
      }
    }
  }
  return text;
}

// Cheaper than `isVisible`, for descendants of an element that is visible: no box is measured for bare wrappers.
function isShown(element: Element): boolean {
  return !element.matches(READER_ONLY) && element.checkVisibility({ visibilityProperty: true });
}

function isBlock(element: Element): boolean {
  return /^(DIV|P|LI|UL|OL|SECTION|H[1-6]|DT|DD|TD|TR)$/.test(element.tagName);
}

/** Visible elements that match, in the page's order. */
export function visibleAll(root: ParentNode, selector: string): Element[] {
  return [...root.querySelectorAll(selector)].filter(isVisible);
}

/** The language the page states. */
export function pageLanguage(document: Document): string | null {
  const stated =
    clean(document.documentElement.lang) ??
    clean(document.querySelector('meta[name="locale"]')?.getAttribute("content")) ??
    clean(document.querySelector('meta[property="og:locale"]')?.getAttribute("content"));
  return stated === null ? null : stated.replace("_", "-");
}

/** Removes repetitions, keeps the order. */
export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
