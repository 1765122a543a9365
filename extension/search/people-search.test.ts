/** What the search page asks, what it keeps, and how it speaks of what it found. */
import "../preview/chrome";
import { describe, expect, test, vi } from "vitest";
import { previewCore } from "../preview/core";
import { answer, FOUND, failure, MIRROR, READING } from "../preview/fixtures";
import type { Command, Reply, SearchFound } from "../shared/protocol";
import { momentOfDay } from "../ui/day-field";
import { offered } from "./filter-field";
import { NO_FILTERS, PeopleSearch } from "./people-search";
import { blindSpots, countWords, roundBelow } from "./search-words";

const NOBODY: SearchFound = { people: [], count: { count: "exactly", people: 0 } };

function searchWith(ask: (command: Command) => Promise<Reply>) {
  return new PeopleSearch({ ask, onChanged: () => undefined });
}

describe("the question", () => {
  test("has the text without blanks around it, the filters, and whole days", () => {
    const search = searchWith(previewCore(answer("none", [])).ask);
    search.text.value = "  harbor  ";
    search.filters.value = {
      ...NO_FILTERS,
      statuses: ["rejected"],
      stages: ["s1"],
      activeSince: "2024-03-01",
      activeUntil: "2024-03-01",
    };
    const { active, ...query } = search.query();
    expect(query).toEqual({
      text: "harbor",
      statuses: ["rejected"],
      stages: ["s1"],
      archive_reasons: [],
      owners: [],
      postings: [],
      tags: [],
      sources: [],
      origins: [],
      order: "activity",
      limit: 50,
    });
    expect(active).toEqual({
      since: momentOfDay("2024-03-01"),
      until: (momentOfDay("2024-03-02") ?? 0) - 1,
    });
    expect(search.narrowed.value).toBe(4);
  });

  test("waits while one types, and is asked once", async () => {
    vi.useFakeTimers();
    const core = previewCore(answer("none", []));
    const search = searchWith(core.ask);
    search.type("i");
    search.type("in");
    await vi.advanceTimersByTimeAsync(249);
    expect(core.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(core.asked).toHaveLength(1);
    search.type("ine");
    await search.now();
    await vi.runAllTimersAsync();
    expect(core.asked).toHaveLength(2);
    vi.useRealTimers();
  });
});

describe("the answer", () => {
  test("of an earlier question that comes late is left", async () => {
    const answers: ((reply: Reply) => void)[] = [];
    const search = searchWith(() => new Promise((resolve) => answers.push(resolve)));
    const [first, second] = [search.now(), search.now()];
    answers[1]?.({ reply: "found", found: FOUND });
    answers[0]?.({ reply: "found", found: NOBODY });
    await Promise.all([first, second]);
    expect(search.found.value).toBe(FOUND);
  });

  test("that is a failure leaves who was found before; a disconnection does not", async () => {
    let reply: Reply = { reply: "found", found: FOUND };
    const search = searchWith(async () => reply);
    await search.now();
    reply = { reply: "failed", failure: failure("storage") };
    await search.now();
    expect(search.found.value).toBe(FOUND);
    expect(search.failure.value?.code).toBe("storage");
    reply = { reply: "failed", failure: failure("not_connected") };
    await search.now();
    expect(search.found.value).toBeNull();
  });
});

describe("the count", () => {
  const [one] = FOUND.people;
  const shown = (people: number) => Array.from({ length: people }, () => one).filter((found) => found !== undefined);

  test("is exact where it was counted", () => {
    expect(countWords(NOBODY)).toBe("0 people");
    expect(countWords({ people: shown(1), count: { count: "exactly", people: 1 } })).toBe("1 person");
    expect(countWords({ people: shown(50), count: { count: "exactly", people: 1_234 } })).toBe(
      "1,234 people, 50 shown",
    );
  });

  test("is a round number that is surely exceeded where it was not", () => {
    const count = { count: "at_least", people: 51 } as const;
    expect(countWords({ people: shown(50), count })).toBe("More than 50 people, 50 shown");
    expect([1, 10, 51, 100, 101, 1_000, 100_001].map(roundBelow)).toEqual([0, 9, 50, 99, 100, 990, 100_000]);
  });
});

test("what cannot be found is said", () => {
  expect(blindSpots(MIRROR, false)).toEqual([]);
  expect(blindSpots(READING, false)).toEqual(["62 % of Lever read. Whoever is in the rest may be missing here."]);
  expect(blindSpots({ ...READING, read: 0 }, true)).toEqual([
    "Only people who are looked up are added here, as the settings say. Others are not found.",
  ]);
  const partly = { ...MIRROR, complete: false, read: 0.4, earliest: momentOfDay("2024-03-01") };
  expect(blindSpots(partly, false)).toEqual(["Opportunities from before March 1, 2024 are left out."]);
});

test("a filter offers what fits and is not chosen yet", () => {
  const values = ["Data Platform Lead", "Platform Engineer", "Backend Engineer"].map((text) => ({ id: text, text }));
  expect(offered(values, [], "").map(({ id }) => id)).toHaveLength(3);
  expect(offered(values, ["Platform Engineer"], "plat").map(({ id }) => id)).toEqual(["Data Platform Lead"]);
  expect(offered(values, [], "eng plat").map(({ id }) => id)).toEqual(["Platform Engineer"]);
});
