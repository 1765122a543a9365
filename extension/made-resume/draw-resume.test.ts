/**
 * What is made is read again: by our own reader of resumes, which is how Lever's may be expected to fare. Requirements 2.11,
 * 2.15. What the browser paints is looked at in a browser (tests/e2e/files.spec.ts); here a painter that paints nothing counts.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as fontkit from "fontkit";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, test } from "vitest";
import { linesOfPage, type ResumeLine } from "../resume/page-lines";
import { resumeProfile } from "../resume/resume-profile";
import type { ResumeContent, ResumeEntry } from "../shared/protocol";
import { drawResume, type Typeface } from "./draw-resume";
import type { Painter } from "./painter";

const FONTS = resolve(import.meta.dirname, "../../node_modules/@expo-google-fonts/inter");
const regular = new Uint8Array(readFileSync(resolve(FONTS, "400Regular/Inter_400Regular.ttf")));
const bold = new Uint8Array(readFileSync(resolve(FONTS, "600SemiBold/Inter_600SemiBold.ttf")));
const letters = new Set(fontkit.create(regular).characterSet);
const INTER: Typeface = { regular, bold, canWrite: (letter) => letters.has(letter.codePointAt(0) ?? 0) };

/** A white dot. */
const DOT = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC",
  "base64",
);

function painter(painted: string[], knows = true): Painter {
  return {
    knows: () => knows,
    measure: (text, size) => [...text].length * size,
    async paint(text, size) {
      painted.push(text);
      const png = DOT.buffer.slice(DOT.byteOffset, DOT.byteOffset + DOT.length) as ArrayBuffer;
      return { png, width: [...text].length * size, ascent: size, descent: size / 4 };
    },
  };
}

function job(place: string, what: string, start: string | null, end: string | null): ResumeEntry {
  return { place, what, start, end, ongoing: end === null };
}

function content(rest: Partial<ResumeContent> = {}): ResumeContent {
  return {
    name: "Ada Example",
    headline: "Senior Data Engineer, streaming",
    location: "Gdynia, Poland",
    emails: ["ada@example.org"],
    phones: ["+48 555 010 203"],
    links: ["https://www.linkedin.com/in/ada-example-demo/", "https://ada.example.dev"],
    experience: [
      job("Harbor Labs", "Senior Data Engineer", "2021-01", null),
      job("Quarry & Co", "Data Engineer", "2017-02", "2020-12"),
      job("Larch & Sons", "Intern", "2016", "2016"),
    ],
    education: [job("Gdynia Polytechnic", "MSc, Computer Science", "2010", "2015")],
    captured_from: "https://www.linkedin.com/in/ada-example-demo/",
    captured_on: "2026-11-27",
    ...rest,
  };
}

interface Read {
  lines: ResumeLine[];
  pages: number;
  links: string[];
}

async function read(bytes: Uint8Array): Promise<Read> {
  const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
  const all: Read = { lines: [], pages: file.numPages, links: [] };
  for (let number = 1; number <= file.numPages; number += 1) {
    const page = await file.getPage(number);
    const pieces = (await page.getTextContent()).items.flatMap((item) => {
      if (!("str" in item)) {
        return [];
      }
      const [, , , , x, y] = item.transform as [number, number, number, number, number, number];
      return [{ text: item.str, x, y, width: item.width, size: item.height }];
    });
    const areas = (await page.getAnnotations()).map(({ url, unsafeUrl, rect: [left, bottom, right, top] }) => {
      all.links.push(url ?? unsafeUrl);
      return { url: url ?? unsafeUrl, x: left, y: bottom, width: right - left, height: top - bottom };
    });
    all.lines.push(...linesOfPage(pieces, areas, number - 1));
  }
  return all;
}

async function made(of: ResumeContent, painted: string[] = []): Promise<Uint8Array> {
  return await drawResume(of, INTER, painter(painted));
}

describe("a resume that is made of a page", () => {
  test("is read again as the same person, at the same employers and schools", async () => {
    const { lines, pages, links } = await read(await made(content()));
    const profile = resumeProfile(lines, "resume:1");
    expect(pages).toBe(1);
    expect(profile).toMatchObject({
      name: "Ada Example",
      headline: "Senior Data Engineer, streaming",
      location: "Gdynia, Poland",
      emails: ["ada@example.org"],
      phones: ["+48 555 010 203"],
      history: [
        { company: "Harbor Labs", title: "Senior Data Engineer", start: "2021-01", end: null },
        { company: "Quarry & Co", title: "Data Engineer", start: "2017-02", end: "2020-12" },
        { company: "Larch & Sons", title: "Intern", start: "2016", end: null },
      ],
      education: [
        { school: "Gdynia Polytechnic", degree: "MSc", field: "Computer Science", start: "2010", end: "2015" },
      ],
    });
    expect(profile.current).toMatchObject([{ company: "Harbor Labs" }]);
    expect(profile.links).toContain("https://www.linkedin.com/in/ada-example-demo/");
    expect(links).toEqual(
      expect.arrayContaining(["mailto:ada@example.org", "tel:+48555010203", "https://ada.example.dev/"]),
    );
    expect(lines.at(-1)?.text).toBe("Captured from linkedin.com/in/ada-example-demo on 2026-11-27 by Fulcrum");
  });

  test.each([
    ["Żaneta Wójcik-Łęcka", "Zakład Doświadczalny Gąsień"],
    ["Ğülşen İpekçioğlu", "Çağdaş Yazılım"],
    ["Nguyễn Thị Bích Ngọc", "Công ty Đường Sắt"],
    ["Анна Королёва", "Северные Верфи"],
    ["Ελένη Παπαδοπούλου", "Ναυπηγεία Αιγαίου"],
  ])("writes %s as text, not as a picture", async (name, company) => {
    const painted: string[] = [];
    const bytes = await made(content({ name, experience: [job(company, "Engineer", "2020", null)] }), painted);
    const { lines } = await read(bytes);
    expect(painted).toEqual([]);
    const profile = resumeProfile(lines, "resume:1");
    expect(profile.name).toBe(name);
    expect(profile.history).toMatchObject([{ company, title: "Engineer" }]);
  });

  test.each([
    ["王小明", "海港实验室", ["王小明", "海港实验室"]],
    ["Wei Chen (陈伟)", "Harbor Labs 🚀", ["陈伟", "🚀"]],
    ["ليلى حداد", "شركة المرفأ 42", ["ليلى حداد", "شركة المرفأ 42"]],
    ["נועה לוי", "מעבדות הנמל", ["נועה לוי", "מעבדות הנמל"]],
  ])("has %s painted, and holds the text all the same", async (name, company, pictures) => {
    const painted: string[] = [];
    const bytes = await made(content({ name, experience: [job(company, "Engineer", "2020", null)] }), painted);
    expect(painted).toEqual(pictures);
    const { lines } = await read(bytes);
    const text = lines.map((line) => line.text).join("\n");
    expect(text).toContain(name);
    expect(text).toContain(company);
  });

  test("says so where this computer has no letters for something", async () => {
    const of = content({ name: "王小明" });
    const { lines } = await read(await drawResume(of, INTER, painter([], false)));
    const text = lines.map((line) => line.text).join(" ");
    expect(text).toContain("by Fulcrum. Signs shown as boxes are in this file as text");
    expect(text).toContain("王小明");
  });

  test("of the same content is the same, byte for byte", async () => {
    const [one, other] = [await made(content()), await made(content())];
    expect(Buffer.compare(one, other)).toBe(0);
    expect(Buffer.compare(one, await made(content({ captured_on: "2026-11-28" })))).not.toBe(0);
  });

  test("of forty employers goes on over pages, and loses none", async () => {
    const employers = Array.from({ length: 40 }, (_, at) => `Employer ${"ABCDEFGH"[at % 8]}${at} Ltd`);
    const of = content({
      experience: employers.map((name, at) => job(name, "Engineer", `${2020 - at}`, `${2021 - at}`)),
    });
    const { lines, pages } = await read(await made(of));
    expect(pages).toBeGreaterThan(1);
    const text = lines.map((line) => line.text).join("\n");
    for (const employer of employers) {
      expect(text).toContain(employer);
    }
    expect(resumeProfile(lines, "resume:1").history).toHaveLength(40);
  });

  test("keeps every word of a line that is far too long, inside the page", async () => {
    const endless = `https://example.org/${"a1".repeat(400)}`;
    const words = Array.from({ length: 120 }, (_, at) => `word${at}`);
    const of = content({ headline: words.join(" "), links: [endless] });
    const bytes = await made(of);
    const { lines } = await read(bytes);
    const text = lines.map((line) => line.text).join(" ");
    for (const word of words) {
      expect(text).toContain(word);
    }
    expect(text.replaceAll(/\s/gu, "")).toContain("a1".repeat(400));
    const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    const { items } = await (await file.getPage(1)).getTextContent();
    for (const item of items) {
      const right = "str" in item ? item.transform[4] + item.width : 0;
      expect(right).toBeLessThan(595 - 50);
    }
  });

  test("of somebody of whom hardly anything is known has no empty parts", async () => {
    const of = content({
      headline: null,
      location: null,
      emails: [],
      phones: [],
      links: [],
      experience: [],
      education: [],
    });
    const { lines } = await read(await made(of));
    expect(lines.map((line) => line.text)).toEqual([
      "Ada Example",
      "Captured from linkedin.com/in/ada-example-demo on 2026-11-27 by Fulcrum",
    ]);
  });

  test("leads nowhere but to addresses", async () => {
    const of = content({
      links: ["javascript:alert(1)", "https://ok.example.org", "file:///etc/passwd", "no address"],
      name: "Ada \u202etpircs) /OpenAction (x",
    });
    const bytes = await made(of);
    const { links } = await read(bytes);
    expect(links.filter((link) => !/^(?:https?|mailto|tel):/u.test(link))).toEqual([]);
    const file = await getDocument({ data: bytes.slice(), verbosity: 0 }).promise;
    expect([await file.getOpenAction(), await file.getJSActions()]).toEqual([null, null]);
    const { info } = await file.getMetadata();
    expect(info).toMatchObject({ Title: "Ada tpircs) /OpenAction (x" });
  });
});
