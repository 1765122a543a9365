import { describe, expect, test } from "vitest";
import { besideText, boxAt, cardBeside, dockedAt, isInside, keptInside, placeOf } from "./placement";

const WINDOW = { width: 1280, height: 800 };
const BADGE = { width: 240, height: 26 };
const CARD = { width: 344, height: 420 };

describe("beside the name", () => {
  test("first to its right, on the same middle", () => {
    const [right] = besideText({ left: 100, top: 100, right: 300, bottom: 132 }, BADGE);
    expect(right).toEqual({ left: 308, top: 103 });
  });

  test("further along the line where pronouns stand behind the name, then under and above it", () => {
    const lefts = besideText({ left: 100, top: 100, right: 300, bottom: 132 }, BADGE).map(({ left }) => left);
    expect(lefts.slice(0, 3)).toEqual([308, 348, 388]);
    expect(lefts.slice(-2)).toEqual([100, 100]);
  });

  test("a place that would leave the window is none", () => {
    const [right] = besideText({ left: 900, top: 100, right: 1100, bottom: 132 }, BADGE);
    expect(right !== undefined && isInside(boxAt(right, BADGE), WINDOW)).toBe(false);
  });
});

describe("docked", () => {
  test("at the right edge until the recruiter chooses", () => {
    expect(dockedAt(null, BADGE, WINDOW)).toEqual({ left: 1032, top: 144 });
  });

  test("where it was put, in a window of any height", () => {
    const place = placeOf(boxAt({ left: 30, top: 400 }, BADGE), WINDOW);
    expect(place).toEqual({ edge: "left", offset: 50 });
    expect(dockedAt(place, BADGE, { width: 1280, height: 600 })).toEqual({ left: 8, top: 300 });
  });

  test("never outside a small window", () => {
    expect(dockedAt({ edge: "right", offset: 100 }, BADGE, { width: 200, height: 100 })).toEqual({ left: 8, top: 66 });
  });
});

describe("the card", () => {
  test("under the badge", () => {
    expect(cardBeside(boxAt({ left: 300, top: 100 }, BADGE), CARD, WINDOW)).toEqual({ left: 300, top: 130 });
  });

  test("above it where it fits there alone", () => {
    expect(cardBeside(boxAt({ left: 300, top: 700 }, BADGE), CARD, WINDOW)).toEqual({ left: 300, top: 276 });
  });

  test("inside the window at its right edge", () => {
    expect(cardBeside(boxAt({ left: 1032, top: 144 }, BADGE), CARD, WINDOW)).toEqual({ left: 928, top: 174 });
  });

  test("at the badge's side where it fits neither under nor above it, so that the badge stays in view", () => {
    const tall = { width: 344, height: 640 };
    expect(cardBeside(boxAt({ left: 300, top: 340 }, BADGE), tall, WINDOW)).toEqual({ left: 548, top: 152 });
    expect(cardBeside(boxAt({ left: 1000, top: 340 }, BADGE), tall, WINDOW)).toEqual({ left: 648, top: 152 });
  });

  test("in a window too small for both it covers the badge rather than leave the window", () => {
    expect(cardBeside(boxAt({ left: 40, top: 100 }, BADGE), CARD, { width: 360, height: 300 })).toEqual({
      left: 8,
      top: 8,
    });
  });

  test("moved no further than it must when it grows", () => {
    expect(keptInside({ left: 300, top: 130, right: 644, bottom: 550 }, WINDOW)).toEqual({ left: 300, top: 130 });
    expect(keptInside({ left: 300, top: 400, right: 644, bottom: 900 }, WINDOW)).toEqual({ left: 300, top: 292 });
  });
});
