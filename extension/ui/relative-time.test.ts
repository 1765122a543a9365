import { describe, expect, test } from "vitest";
import { ago, agoShort, exactly, lengthOf } from "./relative-time";

const NOW = Date.UTC(2026, 2, 15, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("how long ago", () => {
  test.each([
    [0, "now"],
    [4 * SECOND, "4 seconds ago"],
    [47 * SECOND, "40 seconds ago"],
    [59 * SECOND, "50 seconds ago"],
    [MINUTE, "1 minute ago"],
    [59 * MINUTE, "59 minutes ago"],
    [HOUR, "1 hour ago"],
    [DAY - 1, "23 hours ago"],
    [DAY, "1 day ago"],
    [13 * DAY, "13 days ago"],
    [15 * DAY, "2 weeks ago"],
    [250 * DAY, "8 months ago"],
    [364 * DAY, "11 months ago"],
    [366 * DAY, "1 year ago"],
    [1200 * DAY, "3 years ago"],
  ])("%d ms is %s", (passed, words) => {
    expect(ago(NOW - passed, NOW, "en")).toBe(words);
  });

  test("a clock that runs behind Lever's never shows the future", () => {
    expect(ago(NOW + HOUR, NOW, "en")).toBe("now");
  });

  test("the words are those of the language", () => {
    expect(ago(NOW - 3 * DAY, NOW, "de")).toBe("vor 3 Tagen");
  });
});

test("a narrow column has days within the year and the year before it", () => {
  expect(agoShort(NOW - 3 * DAY, NOW, "en")).toBe("3 days");
  expect(agoShort(NOW - 800 * DAY, NOW, "en")).toBe("2024");
});

test("a time left is never nothing", () => {
  expect(lengthOf(20, "en")).toBe("1 second");
  expect(lengthOf(12.4 * MINUTE, "en")).toBe("12 minutes");
});

test("the exact moment has date and time", () => {
  expect(exactly(NOW, "en")).toMatch(/^March 15, 2026 at /u);
});
