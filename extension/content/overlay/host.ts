/**
 * The one element Fulcrum adds to a page: a closed shadow root in a neutral element beside the body, so that neither a
 * transformed body nor the page's style sheets reach it. Making it changes nothing on the page.
 */

/** Says nothing of who made it; pages look for extensions by name. */
const ELEMENT = "x-layer";
/** After so many removals the page has won: the toolbar badge remains. */
const RETURNS = 8;

export interface Host {
  element: HTMLElement;
  root: ShadowRoot;
}

export function createHost(document: Document): Host {
  const element = document.createElement(ELEMENT);
  return { element, root: element.attachShadow({ mode: "closed" }) };
}

/** Puts the element into the page and keeps it there: a page that takes it out gets it back, but not for ever. */
export function attachHost(element: HTMLElement, signal: AbortSignal): void {
  const document = element.ownerDocument;
  let returns = 0;
  const insert = () => {
    if (!signal.aborted && !element.isConnected) {
      document.documentElement?.append(element);
    }
  };
  // Children of the root element alone: what happens inside the body is the page's business.
  const watch = new MutationObserver(() => {
    if (!element.isConnected && returns < RETURNS) {
      returns += 1;
      insert();
    }
  });
  const begin = () => {
    if (!signal.aborted && document.documentElement !== null) {
      insert();
      watch.observe(document.documentElement, { childList: true });
    }
  };
  if (document.readyState === "loading") {
    // While the page is still being parsed, an element after the missing body would be put in its way.
    document.addEventListener("DOMContentLoaded", begin, { once: true, signal });
  } else {
    begin();
  }
  signal.addEventListener("abort", () => {
    watch.disconnect();
    element.remove();
  });
}
