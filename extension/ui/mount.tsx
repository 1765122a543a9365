/** Starts a page of the extension: style sheets, language, direction, clock, and the tree in the body. */
import { type JSX, render } from "preact";
import { direction, language } from "../shared/i18n";
import { runClock } from "./clock";
import page from "./page.css";
import { adoptStyles, SHARED_STYLES } from "./styles";

export function mountPage(title: string, tree: JSX.Element): void {
  adoptStyles(document, [...SHARED_STYLES, page]);
  document.title = title;
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  document.body.classList.add("fulcrum");
  runClock(new AbortController().signal);
  render(tree, document.body);
}
