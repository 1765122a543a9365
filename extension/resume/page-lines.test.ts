/** Lines from pieces with places: columns, rows with dates at the edge, letters that stand apart. */
import { describe, expect, test } from "vitest";
import { linesOfPage, type Piece } from "./page-lines";

function piece(text: string, x: number, y: number, size = 10): Piece {
  return { text, x, y, width: text.length * size * 0.5, size };
}

const texts = (pieces: readonly Piece[]) => linesOfPage(pieces, [], 0).map(({ text }) => text);

describe("lines of a page", () => {
  test("pieces of one line are one line, in their order", () => {
    expect(texts([piece("Labs", 95, 700), piece("Harbor", 60, 700.4), piece("next", 60, 680)])).toEqual([
      "Harbor Labs",
      "next",
    ]);
  });

  test("a word drawn in pieces stays one word", () => {
    expect(texts([piece("Har", 60, 700), piece("bor", 75, 700)])).toEqual(["Harbor"]);
  });

  test("what stands far apart is told apart", () => {
    expect(texts([piece("Engineer", 60, 700), piece("2019 – 2021", 450, 700)])).toEqual(["Engineer\t2019 – 2021"]);
  });

  test("two columns are read one after the other, below what runs across both", () => {
    const left = ["Contact", "a@example.org", "Skills", "Rust", "Go"].map((text, place) =>
      piece(text, 40, 700 - place * 20),
    );
    const right = [
      "Experience",
      "Engineer, Harbor Labs",
      "Built many things there",
      "Education",
      "Gdynia Polytechnic",
    ].map((text, place) => piece(text, 220, 700 - place * 20));
    const across = piece("Ines Kowalczyk, Staff Data Engineer, Gdynia, Poland", 40, 760);
    expect(texts([...right, ...left, across])).toEqual([
      across.text,
      ...left.map(({ text }) => text),
      ...right.map(({ text }) => text),
    ]);
  });

  test("a column of dates is no column: they belong to their lines", () => {
    const rows = ["Engineer", "Analyst", "Intern", "Student", "Pupil"].flatMap((text, place) => [
      piece(`${2015 + place} – ${2016 + place}`, 40, 700 - place * 20),
      piece(text, 220, 700 - place * 20),
    ]);
    expect(texts(rows)[0]).toBe("2015 – 2016\tEngineer");
  });

  test("letters that stand apart for looks are a word", () => {
    expect(texts([piece("J A N E  R O E", 60, 700)])).toEqual(["JANE ROE"]);
  });

  test("ligatures and soft hyphens are spelled out", () => {
    expect(texts([piece("of\ufb01ce co\u00adworker", 60, 700)])).toEqual(["office coworker"]);
  });

  test("a line carries the addresses it leads to", () => {
    const link = { url: "mailto:a@example.org", x: 58, y: 696, width: 40, height: 14 };
    const lines = linesOfPage([piece("Email me", 60, 700), piece("Other", 60, 600)], [link], 0);
    expect(lines.map(({ links }) => links)).toEqual([["mailto:a@example.org"], []]);
  });

  test("an empty page has no lines", () => {
    expect(texts([])).toEqual([]);
    expect(texts([piece(" ", 1, 1)])).toEqual([]);
  });
});
