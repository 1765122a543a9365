/** CSV as spreadsheets read it. */
import { describe, expect, test } from "vitest";
import { csv } from "./csv";

describe("a table as CSV", () => {
  test("ends each row, and quotes what would end a cell", () => {
    expect(
      csv([
        ["When", "Who"],
        ["2026-11-27", 'Abara, Tomasz "Tom"'],
        ["two\nlines", ""],
      ]),
    ).toBe('When,Who\r\n2026-11-27,"Abara, Tomasz ""Tom"""\r\n"two\nlines",\r\n');
  });

  test.each(['=HYPERLINK("https://example.org")', "+47 555 01 001", "-1", "@fjordworks", "\tx", "\rx"])(
    "%j is text, not a formula",
    (text) => {
      expect(csv([[text]])).toMatch(/^"?'/u);
    },
  );

  test("nothing is nothing", () => {
    expect(csv([])).toBe("");
  });
});
