/**
 * Gives a document or a shadow root our style sheets. Constructed sheets leave no element and no address behind, so a
 * page can neither read nor count them, and an extension page needs no inline style.
 */
import badge from "./badge.css";
import card from "./card.css";
import controls from "./controls.css";
import tokens from "./tokens.css";

export const SHARED_STYLES: readonly string[] = [tokens, controls, badge, card];

export function adoptStyles(root: DocumentOrShadowRoot, texts: readonly string[]): void {
  root.adoptedStyleSheets = texts.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
}
