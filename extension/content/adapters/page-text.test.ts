/** Names as the page shows them: marks that only steer the display go, letters stay. */
import { describe, expect, it } from "vitest";
import { clean } from "./page-text";

describe("one line of text", () => {
  it.each([
    ["  Ines \n Kowalczyk\t", "Ines Kowalczyk"],
    ["Ines\u00a0Kowalczyk", "Ines Kowalczyk"],
    ["\u202aInes\u202c \u200eKowalczyk\u200f", "Ines Kowalczyk"],
    ["\u2067سلمى حداد\u2069", "سلمى حداد"],
    ["In\u200bes\ufeff Kowal\u00adczyk", "Ines Kowalczyk"],
    ["Ines\u200d Kowalczyk\u200c", "Ines Kowalczyk"],
    ["علی\u200cرضا", "علی\u200cرضا"],
    ["Ines 👩\u200d💻", "Ines 👩\u200d💻"],
    ["O’Brien-Łukasz, PhD (she/her)", "O’Brien-Łukasz, PhD (she/her)"],
  ])("%j", (text, line) => {
    expect(clean(text)).toBe(line);
    expect(clean(line)).toBe(line);
  });

  it.each([null, undefined, "", " \n ", "\u200b\u200e"])("%j is nothing", (text) => {
    expect(clean(text)).toBeNull();
  });
});
