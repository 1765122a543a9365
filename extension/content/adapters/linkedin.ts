/**
 * LinkedIn: the member's profile page, signed in (two dialects live side by side) and signed out. Exactly one dialect must
 * claim the page; none or two is reported, and there is no reading of last resort.
 */
import type { Before, Page, Reading, SiteAdapter } from "./adapter";
import { detectLinkedin } from "./linkedin/address";
import { guest } from "./linkedin/guest";
import { isOwnPage } from "./linkedin/ownership";
import { peopleList } from "./linkedin/people-list";
import { pvs2022 } from "./linkedin/pvs-2022";
import { sdui2026 } from "./linkedin/sdui-2026";

/** One form of the site's markup. */
export interface Dialect {
  name: string;
  /** The element everything is read inside of; null where the dialect's exclusive anchor is missing. */
  root(document: Document, page: Page): Element | null;
  read(root: Element, page: Page & { key: string }, document: Document, before: Before): Reading;
}

const DIALECTS: readonly Dialect[] = [sdui2026, pvs2022, guest];

export const linkedin: SiteAdapter = {
  site: "linkedin",
  detect: detectLinkedin,
  read(page: Page, document: Document, before: Before): Reading {
    const { key } = page;
    if (isWall(document)) {
      return { state: "nobody", reason: "wall" };
    }
    if (page.kind === "list" || key === null) {
      return peopleList(document);
    }
    const claims = DIALECTS.flatMap((dialect) => {
      const root = dialect.root(document, page);
      return root === null ? [] : [{ dialect, root }];
    });
    const [claim, ...more] = claims;
    if (claim === undefined) {
      return { state: "unreadable", reason: "no-dialect" };
    }
    if (more.length > 0) {
      return { state: "unreadable", reason: "two-dialects" };
    }
    if (isOwnPage(document, claim.root, key)) {
      return { state: "nobody", reason: "own" };
    }
    return claim.dialect.read(claim.root, { ...page, key }, document, before);
  },
};

/** A login form that is served at the profile's own address. */
function isWall(document: Document): boolean {
  const isForm =
    document.querySelector(".authwall-join-form") !== null && document.querySelector(".top-card-layout") === null;
  return (
    isForm || document.querySelector('meta[name="pageKey"]:is([content*="authwall"], [content*="auth_wall"])') !== null
  );
}
