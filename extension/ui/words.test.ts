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
import { compared, evidenceWords, mainReason, shortReasons } from "./evidence-words";
import { isEmail } from "./export-draft";
import { failureWords } from "./failure-words";
import { keyWords } from "./key-words";
import { shortName } from "./names";
import { outcomeSentence, plannedFieldName, planSentence } from "./plan-words";
import { sizeWords } from "./size-words";

describe("reasons of a match", () => {
  test("employers and schools are counted in one line", () => {
    const words = evidenceWords([
      reason("linkedin", "equal", 26),
      reason("company", "equal", 8, "Harbor Labs"),
      reason("company", "equal", 3, "Northlight"),
      reason("school", "equal", 2, "Gdynia Polytechnic"),
    ]);
    expect(words.map(({ text }) => text)).toEqual([
      "Same LinkedIn profile",
      "2 shared employers",
      "Same school: Gdynia Polytechnic",
    ]);
    expect(words.map(({ strength }) => strength)).toEqual([3, 2, 1]);
  });

  test("a name that stands alone is called so, and is never strong", () => {
    const [name] = evidenceWords([reason("name", "equal", 20), reason("location", "different", -2)]);
    expect(name).toMatchObject({ text: "Same name only", strength: 2, side: "for" });
    expect(evidenceWords([reason("email", "equal", 20), reason("name", "equal", 11)])[1]?.text).toBe("Same name");
  });

  test("strongest first, then what speaks against, strongest first too, then what says little", () => {
    const words = evidenceWords([
      reason("location", "different", -1.5),
      reason("phone", "shared", 1),
      reason("name", "compatible", 6),
      reason("generation", "different", -9),
      reason("email", "equal", 20),
    ]);
    expect(words.map(({ side, text }) => `${side}: ${text}`)).toEqual([
      "for: Same email",
      "for: Name fits",
      "against: Different suffix, such as Jr. and Sr.",
      "against: Different city",
      "little: Phone several people share",
    ]);
    expect(mainReason([reason("location", "different", -1.5)])).toBeNull();
  });

  test("what has no weight is not called a reason", () => {
    expect(evidenceWords([reason("title", "equal", 0.1)])[0]?.side).toBe("little");
    expect(evidenceWords([reason("title", "different", -0.1)])[0]?.side).toBe("little");
    // Fields fit, and yet it makes one person less probable: a first name where a whole one was to be expected.
    expect(evidenceWords([reason("name", "compatible", -2)])[0]?.side).toBe("against");
  });

  test("a line has room for the two strongest for, and the strongest against", () => {
    const short = shortReasons([
      reason("name", "equal", 11),
      reason("company", "equal", 6, "Harbor Labs"),
      reason("title", "compatible", 2),
      reason("location", "different", -1.5),
      reason("middle", "different", -6),
    ]);
    expect(short.map(({ text }) => text)).toEqual(["Same name", "Same employer: Harbor Labs", "Different middle name"]);
    expect(shortReasons([reason("phone", "shared", 1)]).map(({ side }) => side)).toEqual(["little"]);
  });

  test("a field this version does not know is shown under its own name", () => {
    expect(evidenceWords([reason("orcid_id", "equal", 22)])[0]?.text).toBe("Same: orcid id");
  });

  test("page and Lever stand beside each other, addresses as a person says them", () => {
    const rows = compared([
      { field: "location", outcome: "different", bits: -1.5, page: "Berlin", lever: "Gdynia" },
      { field: "link", outcome: "equal", bits: 20, page: "ines.example", lever: "https://www.ines.example/" },
      { field: "correction", outcome: "confirmed", bits: 60, page: null, lever: null },
      { field: "title", outcome: "compatible", bits: 1, page: "Engineer", lever: null },
    ]);
    expect(rows.map(({ name, page, lever }) => [name, page, lever])).toEqual([
      ["Link", "ines.example", "ines.example"],
      ["Job title", "Engineer", null],
      ["Place", "Berlin", "Gdynia"],
    ]);
  });

  const fields = Object.keys(messages)
    .filter((key) => key.startsWith("field_"))
    .map((key) => key.slice("field_".length))
    .filter((field) => !["correction", "website"].includes(field));

  test.each(fields)("%s has words for every outcome", (field) => {
    for (const outcome of ["equal", "compatible", "different", "shared"] as const) {
      const [words] = evidenceWords([
        reason(field, outcome, outcome === "different" ? -2 : 2, "X"),
        reason("x", "equal", 9),
      ]).filter((item) => item.field === field);
      expect(words?.text).not.toMatch(/^(Same|Fits|Different|Shared with others): (?!X)|undefined|null|_|\$/u);
      expect(words?.text.length).toBeGreaterThan(4);
    }
  });

  test("the recruiter's own word is told as such", () => {
    expect(evidenceWords([reason("correction", "confirmed", 60)])[0]?.text).toBe("You said: same person");
    expect(evidenceWords([reason("correction", "different", -60)])[0]?.text).toBe("You said: not this person");
  });
});

test.each([
  ["li:slug:ines-k", "linkedin.com/in/ines-k"],
  ["li:member:12345", "a LinkedIn page"],
  ["gh:login:tabara", "github.com/tabara"],
  ["web:ines.example", "ines.example"],
  ["email:ines@example.org", "ines@example.org"],
  ["resume:0123456789abcdef", "a resume"],
  ["orcid:0000-0001", "orcid:0000-0001"],
])("the key %s is shown as %s", (key, shown) => {
  expect(keyWords(key)).toBe(shown);
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
    expect(plannedFieldName("followers")).toBe("Followers");
    expect(plannedFieldName("opportunityLocation")).toBe("opportunityLocation");
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
