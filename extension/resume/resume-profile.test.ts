/** Resumes of invented people, line by line: what must be read, and above all what must not. */
import { describe, expect, test } from "vitest";
import type { ResumeLine } from "./page-lines";
import { datesIn, resumeProfile } from "./resume-profile";

const KEY = "resume:00000000000000000000000000000000";

/** Lines as typed; "# " makes one as large as a name, "## " a heading. */
function read(text: string) {
  const lines = text
    .split("\n")
    .map((line) => line.trim().replace(/ {3,}/gu, "\t"))
    .filter((line) => line !== "")
    .map((line): ResumeLine => {
      const size = line.startsWith("# ") ? 20 : line.startsWith("## ") ? 13 : 10;
      return { text: line.replace(/^#+ /u, ""), size, page: 0, column: "whole", links: [] };
    });
  return resumeProfile(lines, KEY);
}

const INES = `
  # Ines Kowalczyk
  Staff Data Engineer
  Gdynia, Poland | ines.k@example.org | +48 555 010 203
  linkedin.com/in/ines-kowalczyk-example | https://ines.example/
  ## Summary
  Builds pipelines that nobody has to watch.
  ## Work experience
  Staff Data Engineer, Harbor Labs - Jan 2021 – Present
  • Led the move off nightly batches in Jan 2022 - Mar 2022 with a team.
  Data Engineer, Northlight - 02/2017 – 12/2020
  Analyst, Kestrel Foods - 2015 – 2017
  ## Education
  Gdynia Polytechnic, MSc, Informatics   2010 – 2015
  ## References
  Jane Roe, Northlight, jane.roe@example.com, +1 555 010 999
`;

describe("a resume in the usual form", () => {
  test("is read whole", () => {
    expect(read(INES)).toEqual({
      site: "resume",
      kind: "profile",
      key: KEY,
      url: "",
      proof: "resume",
      dialect: "pdf",
      ids: [],
      name: "Ines Kowalczyk",
      headline: "Staff Data Engineer",
      location: "Gdynia, Poland",
      current: [{ title: "Staff Data Engineer", company: "Harbor Labs", company_url: null }],
      history: [
        { title: "Staff Data Engineer", company: "Harbor Labs", start: "2021-01", end: null },
        { title: "Data Engineer", company: "Northlight", start: "2017-02", end: "2020-12" },
        { title: "Analyst", company: "Kestrel Foods", start: "2015", end: "2017" },
      ],
      education: [{ school: "Gdynia Polytechnic", degree: "MSc", field: "Informatics", start: "2010", end: "2015" }],
      links: ["https://linkedin.com/in/ines-kowalczyk-example", "https://ines.example/"],
      emails: ["ines.k@example.org"],
      phones: ["+48 555 010 203"],
      avatar: null,
      lang: null,
      complete: true,
    });
  });
});

describe("the name", () => {
  test.each([
    ["a title of the document above it", "# Curriculum Vitae\n# Ines Kowalczyk\nines.k@example.org", "Ines Kowalczyk"],
    ["a title of the document before it", "# Curriculum Vitae – Ines Kowalczyk", "Ines Kowalczyk"],
    ["a label", "Lebenslauf\nName: Jürgen Groß-Müller\nAdresse: Seestr. 5, 10115 Berlin", "Jürgen Groß-Müller"],
    ["capitals", "# INES O'BRIEN-KOWALCZYK\nEngineer", "Ines O'Brien-Kowalczyk"],
    ["credentials after it", "# Ines Kowalczyk, PhD, MBA\nEngineer", "Ines Kowalczyk"],
    ["small words in it", "# Noor van der Meer", "Noor van der Meer"],
    ["what stands beside it", "# Ines Kowalczyk   +48 555 010 203", "Ines Kowalczyk"],
    ["another script", "# 李小龙\n电话: +86 555 0102 0304", "李小龙"],
    [
      "a sidebar read first",
      "## Contact\nines.k@example.org\n## Skills\nRust\nGreat Teamwork\n# Ines Kowalczyk\n## Experience",
      "Ines Kowalczyk",
    ],
    ["a larger slogan above it", "# Great Products Matter\nInes Kowalczyk\nines.k@example.org", "Ines Kowalczyk"],
  ])("is found despite %s", (_, text, name) => {
    expect(read(text).name).toBe(name);
  });

  test.each([
    ["only a title of the document", "# Curriculum Vitae\n## Work experience\nEngineer, Harbor Labs   2019 – 2021"],
    ["only a job title", "# Senior Software Engineer\n## Experience"],
    ["only an employer", "# Harbor Labs GmbH\n## Experience"],
    ["a school", "# Gdynia Polytechnic\n## Education"],
    ["a referee's name", "## Experience\nEngineer, Harbor Labs   2019 – 2021\n## References\n# Jane Roe"],
    ["nothing", ""],
  ])("is nobody's where there is %s", (_, text) => {
    expect(read(text).name).toBeNull();
  });
});

describe("addresses of other people", () => {
  test("a referee's email, phone and page are not the owner's", () => {
    const { emails, phones, links } = read(`
      # Ines Kowalczyk
      ## Experience
      Engineer, Harbor Labs   2019 – 2021
      Supervisor: Jane Roe, jane.roe@example.com
      ## References
      Jane Roe, jane.roe@example.com, +1 555 010 999, linkedin.com/in/jane-roe-example
    `);
    expect({ emails, phones, links }).toEqual({ emails: [], phones: [], links: [] });
  });

  test("a referee at the head of the page is not the owner either", () => {
    expect(read("# Ines Kowalczyk\nines.k@example.org\nReference: jane.roe@example.com").emails).toEqual([
      "ines.k@example.org",
    ]);
  });

  test("at the foot, in no section of its own, an email counts only with the owner's name in it", () => {
    const foot = (email: string) => read(`# Ines Kowalczyk\n## Skills\nRust\n${email}`).emails;
    expect(foot("ines.kowalczyk@example.org")).toEqual(["ines.kowalczyk@example.org"]);
    expect(foot("jobs@example.org")).toEqual([]);
  });
});

describe("phones", () => {
  test.each([
    ["+48 555 010 203", ["+48 555 010 203"]],
    ["(555) 010-2030", ["(555) 010-2030"]],
    ["Born 01.02.1990", []],
    ["2015 – 2019", []],
    ["01/2019 - 12/2020", []],
    ["Passport 12", []],
    ["mobile: 0555-010203 | 0555-010204", ["0555-010203", "0555-010204"]],
  ])("%s", (line, phones) => {
    expect(read(`# Ines Kowalczyk\n${line}`).phones).toEqual(phones);
  });
});

describe("the place", () => {
  test.each([
    ["Gdynia, Poland", "Gdynia, Poland"],
    ["Address: 12 Pier Road, 81-001 Gdynia, Poland", "Gdynia, Poland"],
    ["Wohnort: 10115 Berlin", "Berlin"],
    ["San Francisco, CA 94110 | ines.k@example.org", "San Francisco, CA"],
    ["Rust, Python, Go", null],
    ["Engineer, Berlin", null],
    ["Staff Engineer, Poland", null],
    ["Gdańsk, Polska", "Gdańsk, Polska"],
    ["Germany", null],
  ])("%s", (line, place) => {
    expect(read(`# Ines Kowalczyk\n${line}`).location).toBe(place);
  });
});

describe("positions", () => {
  const positions = (lines: string) =>
    read(`# Ines Kowalczyk\n## Experience\n${lines}`).history.map(({ title, company, start, end }) => [
      title,
      company,
      start,
      end,
    ]);

  test.each<[string, string, (string | null)[][]]>([
    [
      "dates at the end of the line",
      "Senior Engineer, Harbor Labs - Jan 2019 – Present",
      [["Senior Engineer", "Harbor Labs", "2019-01", null]],
    ],
    [
      "dates at its beginning",
      "Jan 2019 – Mar 2021   Senior Engineer, Harbor Labs",
      [["Senior Engineer", "Harbor Labs", "2019-01", "2021-03"]],
    ],
    [
      "dates in brackets",
      "Senior Engineer at Harbor Labs (2019 – 2021)",
      [["Senior Engineer", "Harbor Labs", "2019", "2021"]],
    ],
    [
      "the employer above, dates beside the title",
      "Harbor Labs, Gdynia\nSenior Engineer   2019 – 2021\n• Built things.",
      [["Senior Engineer", "Harbor Labs", "2019", "2021"]],
    ],
    [
      "dates beside the employer, the title below",
      "Harbor Labs, Gdynia   2019 – 2021\nSenior Engineer\n• Built things.\nNorthlight   2017 – 2019\nEngineer",
      [
        ["Senior Engineer", "Harbor Labs", "2019", "2021"],
        ["Engineer", "Northlight", "2017", "2019"],
      ],
    ],
    [
      "dates on a line of their own, below",
      "Senior Engineer\nHarbor Labs\n2019 – 2021\n• Built things.\nEngineer\nNorthlight\n2017 – 2019",
      [
        ["Senior Engineer", "Harbor Labs", "2019", "2021"],
        ["Engineer", "Northlight", "2017", "2019"],
      ],
    ],
    [
      "dates on a line of their own, above",
      "2019 – 2021\nSenior Engineer\nHarbor Labs\n• Built things.\n2017 – 2019\nEngineer\nNorthlight",
      [
        ["Senior Engineer", "Harbor Labs", "2019", "2021"],
        ["Engineer", "Northlight", "2017", "2019"],
      ],
    ],
    [
      "German",
      "03/2019 – heute   Softwareentwicklerin bei Hafen GmbH",
      [["Softwareentwicklerin", "Hafen GmbH", "2019-03", null]],
    ],
    [
      "French",
      "Ingénieure, Atelier du Port   févr. 2019 – aujourd'hui",
      [["Ingénieure", "Atelier du Port", "2019-02", null]],
    ],
    [
      "Spanish",
      "Desarrolladora | Puerto Digital | ene. de 2020 - actualidad",
      [["Desarrolladora", "Puerto Digital", "2020-01", null]],
    ],
    [
      "Polish",
      "Programistka, Latarnia Sp. z o.o.   sty 2020 – obecnie",
      [["Programistka", "Latarnia Sp. z o.o.", "2020-01", null]],
    ],
  ])("%s", (_, lines, wanted) => {
    expect(positions(lines)).toEqual(wanted);
  });

  test("a sentence with dates in it is no position", () => {
    expect(positions("Engineer, Harbor Labs   2019 – 2021\n• Led a migration from Jan 2020 - Mar 2020")).toHaveLength(
      1,
    );
  });
});

test.each([
  ["Jan 2019 – Present", "", "2019-01"],
  ["Engineer | Harbor Labs | 2019 – 2021", "Engineer | Harbor Labs", "2019"],
  ["2019 – 2021: Engineer", "Engineer", "2019"],
])("dates in %j", (line, rest, start) => {
  expect(datesIn(line)).toMatchObject({ rest, range: { start } });
});

test("schools, with the degree beside or below", () => {
  const { education } = read(`
    # Ines Kowalczyk
    ## Education
    University of Utrecht   2012 – 2016
    BSc Physics
    Master of Science, Hogeschool Noordzee   2018
  `);
  expect(education).toEqual([
    { school: "University of Utrecht", degree: "BSc Physics", field: null, start: "2012", end: "2016" },
    { school: "Hogeschool Noordzee", degree: "Master of Science", field: null, start: null, end: "2018" },
  ]);
});

test("what ends the left column says nothing about the head of the right one", () => {
  const left = ["Contact", "ines.k@example.org", "References", "Jane Roe", "jane.roe@example.com"];
  const right = ["Ines Kowalczyk", "Staff Data Engineer", "Experience", "Engineer, Harbor Labs   2019 – 2021"];
  const profile = resumeProfile(
    [
      ...left.map((text): ResumeLine => ({ text, size: 10, page: 0, column: "left", links: [] })),
      ...right.map(
        (text, place): ResumeLine => ({
          text: text.replace(/ {3}/u, "\t"),
          size: place === 0 ? 20 : 10,
          page: 0,
          column: "right",
          links: [],
        }),
      ),
    ],
    KEY,
  );
  expect(profile).toMatchObject({
    name: "Ines Kowalczyk",
    headline: "Staff Data Engineer",
    emails: ["ines.k@example.org"],
    history: [{ title: "Engineer", company: "Harbor Labs" }],
  });
});

test("nothing of any text makes it fail", () => {
  for (const text of [
    "",
    "\t",
    "@",
    "2019",
    "- - -",
    "(((",
    "# ",
    "A".repeat(10_000),
    "١٢٣ ٢٠٢١ – الحالي",
    "\u0000\uffff",
  ]) {
    expect(() => read(text)).not.toThrow();
    expect(() => read(`# Ines Kowalczyk\n## Experience\n${text}\n## Education\n${text}`)).not.toThrow();
  }
});
