/**
 * GitHub's lists of people: search, members, stargazers, watchers, contributors. Each person is a link with GitHub's own mark for one;
 * the same person's links are one row. Recorded form: profile-pages §3.
 */
import type { Profile } from "../../shared/profile";
import type { Reading } from "./adapter";
import { asLogin, githubLogin } from "./github-address";
import { webAddress } from "./page-links";
import { clean, isVisible, visibleText } from "./page-text";
import { listReading, peopleRow } from "./people-row";

const PERSON = 'main a[data-hovercard-type="user"][href]';

export function githubPeople(document: Document): Reading {
  const own = asLogin(clean(document.querySelector('meta[name="user-login"]')?.getAttribute("content")) ?? "");
  const names = new Map<string, string | null>();
  for (const link of document.querySelectorAll(PERSON)) {
    const address = webAddress(link.getAttribute("href"), document.baseURI);
    const login = address === null ? null : githubLogin(new URL(address));
    if (login === null || login === own || !isVisible(link)) {
      continue;
    }
    const text = visibleText(link);
    // One of a person's links shows the name, another the login or the picture.
    const name = text === null || asLogin(text.replace(/^@/, "")) === login ? null : text;
    names.set(login, names.get(login) ?? name);
  }
  const rows = [...names].map(
    ([login, name]): Profile =>
      peopleRow({ site: "github", key: `gh:login:${login}`, url: `https://github.com/${login}`, name }, {}, document),
  );
  return listReading(rows);
}
