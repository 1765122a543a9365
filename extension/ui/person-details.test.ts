/** What is read beside a person, and the words for it. */
import "../preview/chrome";
import { describe, expect, test, vi } from "vitest";
import { previewCore } from "../preview/core";
import { answer, DETAILS, failure, INES } from "../preview/fixtures";
import { isEmpty, PersonDetails, together } from "./person-details";
import { educationWords, employmentWords, noteStart } from "./resume-words";

const never = new AbortController().signal;

describe("what is known of all candidacies", () => {
  test("stands together, the latest first, and is as old as its oldest part", () => {
    const all = together(DETAILS.map((one, place) => ({ ...one, read_at: 20 - place })));
    expect(all.notes.map(({ id }) => id)).toEqual(["n2", "n1", "n0"]);
    expect(all.resumes.map(({ id }) => id)).toEqual(["v1", "v0"]);
    expect(all.readAt).toBe(19);
  });

  test("has no age where a part was never read", () => {
    expect(together(DETAILS.map((one, place) => ({ ...one, read_at: place === 0 ? 5 : null }))).readAt).toBeNull();
    expect(together([]).readAt).toBeNull();
  });

  test("is nothing only where nothing failed either", () => {
    expect(isEmpty(together([]))).toBe(true);
    const nothing = { opportunity: "o1", resumes: [], notes: [], files: [], read_at: null };
    expect(isEmpty(together([{ ...nothing, failure: failure("network") }]))).toBe(false);
  });
});

describe("reading them", () => {
  test("asks once for a person, however often the card is opened, and again when told to", async () => {
    const core = previewCore(answer("same", [INES]));
    const details = new PersonDetails(core, never);
    const shown = details.of(["c1"]);
    expect(shown.value).toEqual({ at: "reading" });
    expect(details.of(["c1"])).toBe(shown);
    await Promise.resolve();
    await Promise.resolve();
    expect(shown.value.at).toBe("known");
    expect(core.asked).toEqual([{ command: "details", contact: "c1", not_older_than: 600_000 }]);
    await details.again(["c1"]);
    expect(core.asked).toHaveLength(2);
  });

  test("asks once more when what is known has become old, and shows it meanwhile", async () => {
    vi.useFakeTimers();
    const core = previewCore(answer("same", [INES]));
    const details = new PersonDetails(core, never);
    const shown = details.of(["c1"]);
    await vi.advanceTimersByTimeAsync(600_000);
    details.of(["c1"]);
    expect(core.asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    details.of(["c1"]);
    expect(shown.value.at).toBe("known");
    expect(core.asked).toHaveLength(2);
    vi.useRealTimers();
  });

  test("takes every record of one person together", async () => {
    const core = previewCore(answer("same", [INES]));
    const details = new PersonDetails(core, never);
    const shown = details.of(["c1", "c2"]);
    await expect.poll(() => shown.value.at).toBe("known");
    expect(core.asked.map((command) => "contact" in command && command.contact)).toEqual(["c1", "c2"]);
  });

  test("a failure is kept as one", async () => {
    const core = previewCore(answer("same", [INES]));
    core.details = () => ({ reply: "failed", failure: failure("network") });
    const shown = new PersonDetails(core, never).of(["c1"]);
    await expect.poll(() => shown.value).toEqual({ at: "failed", failure: failure("network") });
  });
});

describe("lines of a resume", () => {
  const job = { company: "Harbor Labs", title: "Data Engineer", location: "" };

  test.each([
    ["2017-02", "2021-03", "2017–2021"],
    ["2017", "2017-11", "2017"],
    ["2021-04", null, "since 2021"],
    [null, "2015", "until 2015"],
    [null, null, ""],
  ])("from %s to %s is %j", (start, end, span) => {
    expect(employmentWords({ ...job, start, end })).toEqual({ text: "Data Engineer, Harbor Labs", span });
  });

  test("the place stands behind the employer", () => {
    const there = { ...job, location: "Gdańsk", start: null, end: null };
    expect(employmentWords(there).text).toBe("Data Engineer, Harbor Labs, Gdańsk");
  });

  test("a school without an end is not said to go on", () => {
    const school = { school: "Gdynia Polytechnic", degree: "", start: "2010", end: null };
    expect(educationWords(school)).toEqual({ text: "Gdynia Polytechnic", span: "2010" });
  });
});

describe("long notes", () => {
  test("begin with whole words", () => {
    const start = noteStart("word ".repeat(100));
    expect(start).toMatch(/^(word )+…$/u);
    expect(start.length).toBeLessThan(170);
  });

  test("are not cut inside a letter, nor where they are short", () => {
    expect(noteStart("🙂".repeat(300))).toBe(`${"🙂".repeat(160)} …`);
    expect(noteStart("Short.")).toBe("Short.");
  });
});
