/**
 * Which GitHub addresses are a person's (or an organisation's: the address cannot tell). Rules: matching §4.5.
 * `github-reserved-names` keeps the list of first segments that GitHub uses itself; only its data is bundled.
 */
import reservedNames from "github-reserved-names/reserved-names.json";

const RESERVED: ReadonlySet<string> = new Set(reservedNames);
const LOGIN = /^[a-z0-9](?:-?[a-z0-9]){0,38}$/;

/** The login as GitHub compares it, lower-case; null where the segment cannot be one. */
export function asLogin(segment: string): string | null {
  const login = segment.toLowerCase();
  return LOGIN.test(login) && !RESERVED.has(login) ? login : null;
}

export function isGithubHost(url: URL): boolean {
  const host = url.hostname.replace(/\.$/, "");
  return (host === "github.com" || host === "www.github.com") && url.port === "";
}

/** The login of a profile address (`github.com/LOGIN`, any tab); null for everything else. */
export function githubLogin(url: URL): string | null {
  const host = url.hostname.replace(/\.$/, "");
  if (!isGithubHost(url) && !(host === "gist.github.com" && url.port === "")) {
    return null;
  }
  const segment = /^\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  return segment === undefined ? null : asLogin(segment);
}
