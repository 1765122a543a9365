/** The opaque id is trusted only when every check of matching §4.4 passes. */
import { describe, expect, it } from "vitest";
import { memberId } from "./member-token";

/** A token with the given bytes; 20 bytes of filler behind them. */
function token(...head: number[]): string {
  const bytes = [...head, ...Array.from({ length: 20 }, (_, index) => (index * 37) % 256)];
  const text = btoa(String.fromCharCode(...bytes));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

describe("the member id in an opaque profile id", () => {
  it.each([
    ["ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPuc", 123456789],
    ["ACwAAAdbzRUBhcM8ikfQ2JskUFRNbiMj2P4W3vI", 123456789],
    ["AEMAAAdbzRUBGdEREcSfcSXEJ16ee4SaSRDCUnk", 123456789],
    ["ACoAACEUoSUBieAR3w2tkmUvwyYypNMAwB1yIZ4", 555000101],
    [token(0, 0x2a, 0, 0, 0, 0, 0, 1, 1), 1],
    [token(0, 0x2a, 0, 0, 0xee, 0x6b, 0x28, 0, 1), 4_000_000_000],
  ])("%s is %i", (text, id) => {
    expect(memberId(text)).toBe(id);
  });

  it.each([
    ["lower-cased", "acoaaadbzrubsxapnnkkn8d1zpkc2hwvyh7fpuc"],
    ["too short", "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPu"],
    ["too long", "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fPucA"],
    ["with a letter that is no base64url", "ACoAAAdbzRUBSxapnNkkN8d1zpKC2hWVyh7fP+c"],
    ["an unknown tag", token(0, 0x2b, 0, 0, 7, 91, 205, 21, 1)],
    ["upper bytes set", token(0, 0x2a, 0, 1, 7, 91, 205, 21, 1)],
    ["a wrong version", token(0, 0x2a, 0, 0, 7, 91, 205, 21, 2)],
    ["member zero", token(0, 0x2a, 0, 0, 0, 0, 0, 0, 1)],
    ["a member beyond any", token(0, 0x2a, 0, 0, 0xee, 0x6b, 0x28, 1, 1)],
    ["made up", "ACoAAExampleExampleExampleExampleExampl"],
    ["a slug", "jane-doe"],
    ["nothing", ""],
  ])("%s stays opaque", (_, text) => {
    expect(memberId(text)).toBeNull();
  });
});
