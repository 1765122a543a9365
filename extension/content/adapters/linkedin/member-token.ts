/**
 * LinkedIn's opaque profile ids hold the numeric member id. Rules: matching §4.4. Anything that fails one of the checks
 * stays opaque, since a made-up or lower-cased token decodes to a stranger.
 */

const TAGS = new Set([0x002a, 0x002c, 0x0043]); // ACoA profile, ACwA Sales Navigator, AEMA Recruiter
const TOKEN = /^A(?:Co|Cw|EM)A[\w-]{35}$/;

/** Whether the text has the shape of a token, whatever its case. */
export function looksLikeToken(text: string): boolean {
  return /^a(?:co|cw|em)a[\w-]{8,}$/i.test(text);
}

/** The member id inside the token; null where the token does not pass. */
export function memberId(token: string): number | null {
  if (!TOKEN.test(token)) {
    return null;
  }
  const bytes = decode(token);
  const at = (index: number): number => bytes[index] ?? -1;
  const id = ((at(4) * 256 + at(5)) * 256 + at(6)) * 256 + at(7);
  const trusted =
    bytes.length === 29 &&
    TAGS.has(at(0) * 256 + at(1)) &&
    at(2) === 0 &&
    at(3) === 0 &&
    at(8) === 1 &&
    id >= 1 &&
    id <= 4e9;
  return trusted ? id : null;
}

function decode(token: string): number[] {
  return Array.from(atob(token.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
}
