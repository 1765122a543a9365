/**
 * Files go along (requirements 2.11, 2.15): attached on the page, kept until Lever has them, equal byte for byte; and a resume
 * made of the page, which is looked at in pictures (`target/screenshots/made-resumes`).
 */
import type { BrowserContext, Locator } from "@playwright/test";
import type { Profile } from "../../extension/shared/protocol";
import { writePdf } from "../pdf/write-pdf";
import { askCore, connect, expect, openExtensionPage, type Sandbox, shoot, shootVariants, test } from "./harness";
import { drawPdf } from "./support/pdf-pictures";
import { expectBadge, openCard, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [TOMASZ] } });

const MEGABYTE = 1024 * 1024;

function pdf(size: number): Buffer {
  const bytes = Buffer.alloc(size, "Tomasz ");
  bytes.write("%PDF-1.7\n");
  return bytes;
}

/** What Lever holds of an opportunity, oldest first. */
async function filesOf(sandbox: Sandbox, opportunity: string): Promise<{ name: string; bytes: Buffer }[]> {
  const { data } = (await sandbox.lever(`/opportunities/${opportunity}/files`)) as {
    data: { id: string; name: string }[];
  };
  const authorization = `Basic ${Buffer.from(`${sandbox.key}:`).toString("base64")}`;
  return await Promise.all(
    data.map(async ({ id, name }) => {
      const address = `${sandbox.baseUrl}/opportunities/${opportunity}/files/${id}/download`;
      const reply = await fetch(address, { headers: { authorization } });
      return { name, bytes: Buffer.from(await reply.arrayBuffer()) };
    }),
  );
}

async function created(sandbox: Sandbox): Promise<string> {
  const [create] = await sandbox.log();
  return create?.opportunity ?? "";
}

function field(card: Locator): Locator {
  return card.locator('input[type="file"]');
}

async function drop(target: Locator, name: string, bytes: Buffer): Promise<void> {
  await target.evaluate(
    (element, { base64, name }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name));
      for (const type of ["dragover", "drop"]) {
        element.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }
    },
    { base64: bytes.toString("base64"), name },
  );
}

async function send(card: Locator): Promise<void> {
  const button = card.getByRole("button", { name: "Add to Lever" });
  await expect(button).toHaveAttribute("aria-disabled", "false");
  await button.click();
}

test("files are attached on the page, those that Lever refuses are said to be so, and the rest arrives whole", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  const portfolio = pdf(48_000);
  await field(card).setInputFiles([
    { name: "Tomasz Abara, portfolio.pdf", mimeType: "application/pdf", buffer: portfolio },
    { name: "setup.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ") },
    { name: "empty.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) },
    { name: "recording.pdf", mimeType: "application/pdf", buffer: pdf(30 * MEGABYTE + 1) },
  ]);
  const list = card.getByRole("list", { name: "Files" });
  await expect(list.getByRole("listitem")).toHaveCount(4);
  await expect(list).toContainText("48 kB");
  await expect(list).toContainText("Not a kind that Lever takes");
  await expect(list).toContainText("Empty, and is not sent");
  await expect(list).toContainText("Over 30 MB, and is not sent");
  await drop(card.locator(".form"), "cover letter.txt", Buffer.from("Hello."));
  await expect(list.getByRole("listitem")).toHaveCount(5);
  await expect(list).toContainText("6 byte");
  await card.getByRole("button", { name: "Show" }).click();
  await expect(card.locator("dl.sent")).toContainText("Tomasz Abara, portfolio.pdf");
  await shootVariants(page, info, "1 files in the form");
  await test.step("what will be sent can be looked at before", async () => {
    const opening = context.waitForEvent("page");
    await card.getByRole("button", { name: "Look at cover letter.txt" }).click();
    const shown = await opening;
    await expect(shown.locator("body")).toHaveText("Hello.");
    await shown.close();
  });
  for (const name of ["setup.exe", "empty.txt", "recording.pdf"]) {
    await card.getByRole("button", { name: `Remove ${name}` }).click();
  }
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await send(card);
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible({ timeout: 20_000 });
  await shoot(page, info, "2 sent");
  const files = await filesOf(sandbox, await created(sandbox));
  expect(files.map(({ name }) => name)).toEqual(["Tomasz Abara, portfolio.pdf", "cover letter.txt"]);
  expect(files[0]?.bytes.equals(portfolio)).toBe(true);
  expect(files[1]?.bytes.toString()).toBe("Hello.");
  const { entries } = (await askCore(context, { command: "journal", limit: 10 })) as { entries: { step: object }[] };
  expect(entries.map(({ step }) => step)).toMatchObject([
    { step: "upload_file", state: "confirmed" },
    { step: "upload_file", state: "confirmed" },
    { step: "create_opportunity", state: "confirmed" },
  ]);
});

test("the largest file that Lever takes goes from the page to Lever", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  const bytes = pdf(30 * MEGABYTE);
  await field(card).setInputFiles({ name: "film.pdf", mimeType: "application/pdf", buffer: bytes });
  await expect(card.getByRole("list", { name: "Files" })).toContainText("31 MB", { timeout: 30_000 });
  await send(card);
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible({ timeout: 40_000 });
  const [file, ...rest] = await filesOf(sandbox, await created(sandbox));
  expect(rest).toEqual([]);
  expect(file?.bytes.equals(bytes)).toBe(true);
});

test("taken back, the files are gone here, and sent after all they are attached again by themselves", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  await askCore(context, { command: "set_export_rules", rules: { undo_ms: 3_000 } });
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  const card = await openCard(page);
  await field(card).setInputFiles({ name: "cv.pdf", mimeType: "application/pdf", buffer: pdf(2_000) });
  await expect(card.getByRole("list", { name: "Files" })).toContainText("2 kB");
  await send(card);
  await card.getByRole("button", { name: "Undo" }).click();
  await expect(card.getByText("Taken back.")).toBeVisible();
  await expect(card.getByRole("list", { name: "Files" })).toContainText("2 kB");
  await shoot(page, info, "1 taken back");
  expect(await sandbox.log()).toEqual([]);
  await send(card);
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible({ timeout: 20_000 });
  expect(await filesOf(sandbox, await created(sandbox))).toHaveLength(1);
});

test("a resume that was dropped goes along with the person it is of", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const panel = await openExtensionPage(context, "sidepanel.html");
  await panel.setViewportSize({ width: 420, height: 900 });
  const lines = ["Tomasz Abara", "tomasz@tabara.example | Kraków, Poland", "Experience"];
  const texts = lines.map((text, at) => ({ text, x: 60, y: 60 + at * 20, size: at === 0 ? 18 : 11 }));
  const resume = writePdf([texts]);
  await panel
    .locator('input[type="file"][accept="application/pdf,.pdf"]')
    .setInputFiles({ name: "tomasz-2026.pdf", mimeType: "application/pdf", buffer: resume });
  const desk = panel.getByRole("region", { name: "From a resume" });
  await desk.getByRole("button", { name: "Add to Lever" }).click();
  const list = desk.getByRole("list", { name: "Files" });
  await expect(list).toContainText("tomasz-2026.pdf");
  // While somebody is being added, what is dropped is for them: it does not look somebody else up.
  await drop(desk.locator(".form"), "letter.txt", Buffer.from("Hello."));
  await drop(panel.locator("body"), "beside.pdf", resume);
  await expect(list.getByRole("listitem")).toHaveCount(2);
  await send(desk);
  await expect(desk.getByText(/Added to Lever/u)).toBeVisible({ timeout: 20_000 });
  const files = await filesOf(sandbox, await created(sandbox));
  expect(files.map(({ name }) => name)).toEqual(["tomasz-2026.pdf", "letter.txt"]);
  const [file] = files;
  expect(file?.bytes.equals(resume)).toBe(true);
});

test("a resume is made of the page, shown in the plan, and arrives", async ({
  context,
  sandbox,
  openProfile,
}, info) => {
  await connect(context, sandbox);
  const options = await openExtensionPage(context, "options.html");
  const rules = options.getByRole("region", { name: "What is sent" });
  const page = await openProfile(TOMASZ.address);
  await expectBadge(page, "Not in Lever · Add");
  await options.bringToFront();
  await rules.getByRole("checkbox", { name: "A resume, made from the page as a PDF" }).check();
  await expect(rules.getByRole("complementary")).toContainText("Tomasz Abara.pdf");
  await shootVariants(options, info, "1 rule");
  await page.bringToFront();
  const card = await openCard(page);
  await card.getByRole("button", { name: "Show" }).click();
  await expect(card.locator("dl.sent")).toContainText("Tomasz Abara.pdf");
  await shoot(page, info, "2 plan");
  await send(card);
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible({ timeout: 20_000 });
  const [file] = await filesOf(sandbox, await created(sandbox));
  expect(file?.name).toBe("Tomasz Abara.pdf");
  const [text] = await drawPdf(context, file?.bytes ?? Buffer.alloc(0), "tomasz");
  for (const told of [
    "Tomasz Abara",
    "Kraków, Poland",
    "tomasz@tabara.example",
    "Quarry & Co",
    "Captured from github.com/tabara-demo",
  ]) {
    expect(text).toContain(told);
  }
});

/** Somebody on an invented page, of whom more or less is known. */
function somebody(login: string, rest: Partial<Profile>): Profile {
  return {
    site: "linkedin",
    kind: "profile",
    key: `li:slug:${login}`,
    url: `https://www.linkedin.com/in/${login}/`,
    proof: "address",
    dialect: "sdui-2026",
    ids: [],
    name: null,
    headline: null,
    location: null,
    current: [],
    history: [],
    education: [],
    links: [],
    emails: [],
    phones: [],
    avatar: null,
    lang: null,
    complete: true,
    ...rest,
  };
}

function held(company: string, title: string, start: string | null, end: string | null) {
  return { company, title, start, end };
}

async function resumeOf(context: BrowserContext, profile: Profile): Promise<Buffer> {
  const planned = await askCore(context, { command: "plan", profile, choices: {} });
  if (planned.reply !== "plan") {
    throw new Error(`asked for a plan, got ${JSON.stringify(planned)}`);
  }
  const upload = planned.plan.requests.find(({ step }) => step === "upload_file");
  if (upload === undefined) {
    throw new Error(`no resume in the plan: ${planned.plan.warnings.join(", ")}`);
  }
  const read = await askCore(context, { command: "read_file", file: JSON.parse(upload.body) });
  if (read.reply !== "file") {
    throw new Error(`asked for a file, got ${read.reply}`);
  }
  return Buffer.from(read.content.content, "base64");
}

const PEOPLE: readonly [string, Profile, readonly string[]][] = [
  [
    "latin",
    somebody("zaneta-demo", {
      name: "Żaneta Wójcik-Łęcka",
      headline: "Inżynierka danych · Ğülşen’s and Nguyễn Thị Bích Ngọc’s colleague",
      location: "Gdańsk, Poland",
      emails: ["zaneta@example.org", "z.wojcik@example.com"],
      phones: ["+48 555 010 203"],
      links: ["https://zaneta.example.dev/", "https://github.com/zaneta-demo"],
      history: [
        held("Stocznia Północna", "Inżynierka danych", "2021-03", null),
        held("Çağdaş Yazılım A.Ş.", "Kıdemli Mühendis", "2018", "2021-02"),
        held("Công ty Đường Sắt", "Kỹ sư", "2016-09", "2018"),
      ],
      current: [{ company: "Stocznia Północna", title: "Inżynierka danych", company_url: null }],
      education: [
        { school: "Politechnika Gdańska", degree: "Magister", field: "Informatyka", start: "2011", end: "2016" },
      ],
    }),
    ["Żaneta Wójcik-Łęcka", "Stocznia Północna", "Công ty Đường Sắt", "Mar 2021 – Present", "Politechnika Gdańska"],
  ],
  [
    "cyrillic-greek",
    somebody("anna-demo", {
      name: "Анна Королёва",
      headline: "Ведущий инженер",
      location: "Αθήνα, Ελλάδα",
      history: [
        held("Ναυπηγεία Αιγαίου", "Μηχανικός", "2019", null),
        held("Северные Верфи", "Інженер", "2015", "2019"),
      ],
    }),
    ["Анна Королёва", "Ναυπηγεία Αιγαίου", "Северные Верфи"],
  ],
  [
    "chinese-japanese",
    somebody("wang-demo", {
      name: "王小明 (Xiaoming Wang)",
      headline: "高级软件工程师，专注于分布式系统与编译器。".repeat(5),
      location: "上海",
      history: [
        held("海港实验室 Harbor Labs", "编译器工程师", "2020-01", null),
        held("さくら電機", "エンジニア", "2016", "2019"),
      ],
      education: [{ school: "東京大学", degree: "修士", field: null, start: "2014", end: "2016" }],
    }),
    ["王小明", "海港实验室", "さくら電機", "東京大学"],
  ],
  [
    "arabic-hebrew",
    somebody("layla-demo", {
      name: "ليلى حداد",
      headline: "مهندسة برمجيات في شركة المرفأ 2024",
      location: "بيروت",
      history: [
        held("شركة المرفأ", "مهندسة برمجيات", "2020", null),
        held("מעבדות הנמל", "מהנדסת תוכנה", "2016", "2019"),
      ],
    }),
    ["ليلى حداد", "شركة المرفأ", "מעבדות הנמל"],
  ],
  [
    "long",
    somebody("long-demo", {
      name: "Maximilian Alexander Bartholomew Featherstonehaugh-Cholmondeley von und zu Hohenstein-Waldburg",
      headline: "Emoji 🚀 lover, Thai ภาษาไทย speaker and writer of very long headlines. ".repeat(6),
      links: [`https://example.org/${"very-long-path/".repeat(20)}`],
      history: Array.from({ length: 40 }, (_, at) =>
        held(
          at % 7 === 0
            ? `Department ${at} of the Ministry for the Simplification of Names of Departments and their Directorates`
            : `Employer ${at} Ltd`,
          "Engineer",
          `${2020 - at}-0${(at % 9) + 1}`,
          `${2021 - at}`,
        ),
      ),
    }),
    ["Employer 39 Ltd", "🚀"],
  ],
];

test("resumes of people of many scripts hold their text, and look as they should", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  await askCore(context, { command: "set_export_rules", rules: { undo_ms: 0, resume: true } });
  for (const [name, profile, told] of PEOPLE) {
    await test.step(name, async () => {
      const bytes = await resumeOf(context, profile);
      const text = (await drawPdf(context, bytes, name)).join("\n");
      for (const words of told) {
        expect(text).toContain(words);
      }
      expect(bytes.length).toBeLessThan(MEGABYTE);
    });
  }
});
