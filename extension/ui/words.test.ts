/** Words made from data: reasons, failures, plans, names. */
import "../preview/chrome";
import { describe, expect, test } from "vitest";
import messages from "../_locales/en/messages.json";
import { outcome } from "../preview/core";
import { failure, MIRROR, READING, reason } from "../preview/fixtures";
import type { FailureCode } from "../shared/protocol";
import { marked } from "./combobox";
import { readSentence } from "./connection-words";
import { dayField, endOfDay, momentOfDay } from "./day-field";
import { evidenceWords, mainReason } from "./evidence-words";
import { isEmail } from "./export-draft";
import { failureWords } from "./failure-words";
import { shortName } from "./names";
import { outcomeSentence, plannedFieldName, planSentence } from "./plan-words";
import { sizeWords } from "./size-words";

describe("reasons of a match", () => {
  test("employers are counted in one line", () => {
    const words = evidenceWords([
      reason("linkedin", "equal", 26),
      reason("company", "equal", 8, "Harbor Labs"),
      reason("company", "equal", 3, "Northlight"),
    ]);
    expect(words.map(({ text }) => text)).toEqual(["Same LinkedIn profile", "2 shared employers"]);
    expect(words[1]?.hint).toBe("Harbor Labs, Northlight");
  });

  test("a name that stands alone is called so, and is never strong", () => {
    const [name] = evidenceWords([reason("name", "equal", 20)]);
    expect(name).toMatchObject({ text: "Same name only", strength: 2, against: false });
    expect(evidenceWords([reason("email", "equal", 20), reason("name", "equal", 11)])[1]?.text).toBe("Same name");
  });

  test("what speaks against it is shown too", () => {
    expect(evidenceWords([reason("location", "different", -1.5)])[0]).toMatchObject({
      text: "Different: place",
      against: true,
      strength: 1,
    });
    expect(mainReason([reason("location", "different", -1.5)])).toBeNull();
  });

  test("a field this version does not know is shown under its own name", () => {
    expect(evidenceWords([reason("orcid_id", "equal", 22)])[0]?.text).toBe("Same: orcid id");
  });

  test("two values that differ are both told", () => {
    const [email] = evidenceWords([
      { field: "email", outcome: "compatible", bits: 5, page: "a@example.org", lever: "b@example.org" },
    ]);
    expect(email?.hint).toBe("Here: a@example.org. In Lever: b@example.org.");
  });
});

describe("failures", () => {
  const codes = Object.keys(messages)
    .filter((key) => key.startsWith("failure_") && key.endsWith("_short"))
    .map((key) => key.slice("failure_".length, -"_short".length) as FailureCode);

  test.each(codes)("%s is told in calm words", (code) => {
    const { sentence, short } = failureWords(failure(code));
    expect(sentence).toMatch(/^<b>.+<\/b>.*[.]$/su);
    expect(sentence).not.toMatch(/!|_|undefined|null/u);
    expect(short.length).toBeLessThanOrEqual(28);
  });

  test("a missing permission is named as Lever's screen names it", () => {
    const missing = failure("permission_missing", { permission: "Find all stages", endpoint: "GET /stages" });
    expect(failureWords(missing).sentence).toContain("“Find all stages”</b> (GET /stages)");
  });

  test("a rule of Lever's is told in Lever's words", () => {
    const refused = failure("refused_by_rule", { detail: "perform_as is required" });
    expect(failureWords(refused).sentence).toContain("Lever refused this:</b> perform_as is required.");
  });
});

test("a full disk: what stopped, what stays, what to do", () => {
  const { sentence } = failureWords(failure("storage_full"));
  expect(sentence).toContain("reading Lever has stopped");
  expect(sentence).toContain("What was read stays usable.");
  expect(sentence).toContain("Free some space");
});

describe("how much of Lever is read", () => {
  const earliest = new Date(2024, 2, 1).getTime();

  test("what the settings leave out is said, whether all else is read or not", () => {
    expect(readSentence(MIRROR)).toBe("61,930 opportunities of 48,212 people read.");
    expect(readSentence({ ...MIRROR, complete: false, read: 0.4, earliest })).toBe(
      "61,930 opportunities of 48,212 people read. Opportunities from before March 1, 2024 are left out.",
    );
    expect(readSentence({ ...READING, earliest })).toMatch(/^62 % of Lever read: .* are left out\.$/u);
  });
});

describe("days of date fields", () => {
  test("there and back, whatever the time zone", () => {
    expect(dayField(momentOfDay("2024-03-01") ?? 0)).toBe("2024-03-01");
    expect(dayField(endOfDay("2024-03-01") ?? 0)).toBe("2024-03-01");
    expect(endOfDay("2024-03-31")).toBe((momentOfDay("2024-04-01") ?? 0) - 1);
  });

  test("what is no day is none", () => {
    for (const text of ["", "2024", "2024-3-1", "soon"]) {
      expect(momentOfDay(text)).toBeNull();
      expect(endOfDay(text)).toBeNull();
    }
  });
});

test.each([
  [0, "0 byte"],
  [4_096, "4.1 kB"],
  [21_300_000, "21 MB"],
  [1_400_000_000, "1.4 GB"],
  [74_000_000_000, "74 GB"],
])("%d bytes are %s", (bytes, words) => {
  expect(sizeWords(bytes, "en")).toBe(words);
});

describe("plans and outcomes", () => {
  const names = { job: "Platform Engineer", stage: "New lead", person: "Ines Kowalczyk" };

  test("a new person on a job", () => {
    expect(planSentence({ action: "new_person" }, names)).toBe(
      "<b>New person, one opportunity</b> on Platform Engineer, in New lead.",
    );
  });

  test("somebody known keeps what Lever knows", () => {
    expect(planSentence({ action: "new_opportunity", contact: "c1" }, names)).toContain("What Lever knows is kept.");
  });

  test("nothing is sent, and why", () => {
    const nothing = { action: "nothing", reason: "already_on_this_job", contact: null, opportunity: null } as const;
    expect(planSentence(nothing, names)).toBe("<b>Nothing is sent:</b> this person is on this job already.");
  });

  test("what was added, and that Lever knew the person", () => {
    expect(outcomeSentence(outcome())).toBe("<b>Added to Lever</b> on Platform Engineer, in New lead.");
    expect(outcomeSentence(outcome({ posting: null, deduped: true }))).toBe(
      "<b>Added to Lever</b> as a prospect, in New lead. Lever knew the person and added the opportunity to them.",
    );
  });

  test("Lever's field names become words, unknown ones stay", () => {
    expect(plannedFieldName("perform_as")).toBe("In the name of");
    expect(plannedFieldName("performAs")).toBe("In the name of");
    expect(plannedFieldName("followers")).toBe("followers");
  });
});

test.each([
  ["Maya Okafor", "Maya O."],
  ["  Ana Lúcia   da Silva ", "Ana S."],
  ["Prince", "Prince"],
  ["李 小龙", "李 小."],
  ["", ""],
])("%j shortened is %j", (name, short) => {
  expect(shortName(name)).toBe(short);
});

describe("what was typed is marked", () => {
  const hits = (text: string, typed: string) =>
    marked(text, typed)
      .filter(({ hit }) => hit)
      .map(({ part }) => part);

  test("every word, letter case ignored", () => {
    expect(hits("Data Platform Lead", "plat data")).toEqual(["Data", "Plat"]);
  });

  test("nothing lost, whatever is typed", () => {
    for (const typed of ["(", "C++", "a|b", "[x", "\\", "$1", "-", "*"]) {
      expect(
        marked("C++ (Lead) a|b", typed)
          .map(({ part }) => part)
          .join(""),
      ).toBe("C++ (Lead) a|b");
    }
  });
});

test("an address that cannot be one is left out", () => {
  expect(isEmail("ines@example.org")).toBe(true);
  for (const text of ["", "ines", "ines@", "ines@example", "a b@example.org"]) {
    expect(isEmail(text)).toBe(false);
  }
});
