import { expect, test } from "vitest";
import { isLow, spaceLeft } from "./space";

test.each([
  [25_000_000, 74_000_000_000, false],
  [70_000_000_000, 74_000_000_000, true],
  [1_000_000_000, 1_250_000_000, false],
  [1_130_000_000, 1_250_000_000, true],
  [0, 150_000_000, true],
])("%d of %d bytes used: little left is %s", (usage, quota, low) => {
  expect(isLow({ usage, quota })).toBe(low);
});

test("more used than given leaves nothing", () => {
  expect(spaceLeft({ usage: 3, quota: 2 })).toBe(0);
});
