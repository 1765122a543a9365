/**
 * A resume as a PDF: who, how to reach them, where they worked and learned, and where it was read. It draws what it is given
 * and decides nothing about it. Equal contents give equal bytes: no random names, no date but the day of capture.
 *
 * pdfkit is the oldest of the libraries that are still looked after: one that writes PDFs and nothing else, makes no code of
 * text and runs in a worker. Inter is a typeface made for screens with all of Latin, Greek, Cyrillic and Vietnamese in one
 * file, so that a name of any of them is one piece of text; only the letters that are used get into a PDF.
 */
import PDFDocument from "pdfkit";
import { toBytes } from "pdfkit/output";
import type { ResumeContent, ResumeEntry } from "../shared/protocol";
import { HiddenText } from "./hidden-text";
import type { Painter } from "./painter";
import { breakable, graphemes, partsOf, tidy, visualOrder } from "./text-parts";

/** The typeface, by weight: whole TrueType files. */
export interface Typeface {
  regular: Uint8Array;
  bold: Uint8Array;
  /** Whether it has a sign. */
  canWrite(letter: string): boolean;
}

interface Style {
  size: number;
  bold: boolean;
  color: string;
  /** From one line to the next, in sizes. */
  leading: number;
}

const INK = "#191c20";
const DIM = "#5a6069";
const ACCENT = "#3150c8";
const LINE = "#d9dde3";

const NAME: Style = { size: 22, bold: true, color: INK, leading: 1.2 };
const HEADLINE: Style = { size: 11, bold: false, color: INK, leading: 1.4 };
const CONTACT: Style = { size: 9.5, bold: false, color: DIM, leading: 1.5 };
const HEADING: Style = { size: 12, bold: true, color: ACCENT, leading: 1.5 };
const PLACE: Style = { size: 10.5, bold: true, color: INK, leading: 1.35 };
const WHAT: Style = { size: 10, bold: false, color: INK, leading: 1.4 };
const DATES: Style = { size: 9.5, bold: false, color: DIM, leading: 1.35 };
const FOOT: Style = { size: 8, bold: false, color: DIM, leading: 1.4 };

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89 };
const MARGIN = 56;
const FOOT_ROOM = 40;
const COLUMN = PAGE.width - 2 * MARGIN;
/** Between an employer and the dates at the edge. */
const DATES_GAP = 16;
/** Nobody held more positions; a page that says so is no profile. */
const MOST_ENTRIES = 150;
/** How far letters reach over their line, in sizes. */
const ASCENT = 0.97;

interface Piece {
  text: string;
  painted: boolean;
  width: number;
}

interface DrawnLine {
  pieces: Piece[];
  width: number;
}

export async function drawResume(
  content: ResumeContent,
  typeface: Typeface,
  painter: Painter,
): Promise<Uint8Array<ArrayBuffer>> {
  const day = new Date(`${content.captured_on}T00:00:00Z`);
  const document = new PDFDocument({
    size: [PAGE.width, PAGE.height],
    margin: 0,
    font: null,
    bufferPages: true,
    displayTitle: true,
    info: { Title: tidy(content.name), Creator: "Fulcrum", Producer: "Fulcrum", CreationDate: day, ModDate: day },
  });
  const bytes = toBytes(document);
  const pen = new Pen(document, typeface, painter);
  await head(pen, content);
  await section(pen, "Experience", content.experience);
  await section(pen, "Education", content.education);
  await foot(pen, content);
  pen.end();
  return await bytes;
}

async function head(pen: Pen, content: ResumeContent): Promise<void> {
  await pen.paragraph(content.name, NAME);
  if (content.headline !== null) {
    pen.space(4);
    await pen.paragraph(content.headline, HEADLINE);
  }
  const reach: Item[] = [
    ...content.emails.map((email): Item => ({ text: email, url: `mailto:${email}` })),
    ...content.phones.map((phone): Item => ({ text: phone, url: `tel:${phone.replace(/[^+\d]/gu, "")}` })),
  ];
  pen.space(4);
  if (content.location !== null) {
    await pen.paragraph(content.location, CONTACT);
  }
  await pen.items(reach, CONTACT);
  for (const link of content.links) {
    await pen.items([{ text: shownLink(link), url: link }], CONTACT);
  }
}

interface Item {
  text: string;
  url: string;
}

/** An address without what every address has. */
function shownLink(link: string): string {
  const shown = link.replace(/^https?:\/\/(?:www\.)?/iu, "").replace(/\/$/u, "");
  try {
    return decodeURI(shown);
  } catch {
    return shown;
  }
}

async function section(pen: Pen, heading: string, entries: readonly ResumeEntry[]): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  // A heading does not stand alone at the foot of a page.
  pen.room(HEADING.size * HEADING.leading + 14 + 2 * PLACE.size * PLACE.leading);
  pen.space(14);
  pen.rule();
  pen.space(8);
  await pen.paragraph(heading, HEADING);
  for (const entry of entries.slice(0, MOST_ENTRIES)) {
    pen.space(3);
    await pen.entry(entry.place || entry.what, datesOf(entry), entry.place === "" ? "" : entry.what);
    pen.space(3);
  }
}

/** Never silently: who reads it can copy what stands there. */
const BOXES = "Signs shown as boxes are in this file as text: the computer it was made on has no letters for them.";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** "Mar 2019 – Present". */
function datesOf({ start, end, ongoing }: ResumeEntry): string {
  const from = start === null ? "" : month(start);
  const until = ongoing ? "Present" : end === null ? "" : month(end);
  if (from === "" || until === "" || from === until) {
    return from || until;
  }
  return `${from} – ${until}`;
}

function month(date: string): string {
  const [year = "", number = ""] = date.split("-");
  const name = MONTHS[Number(number) - 1];
  return tidy(name === undefined ? year : `${name} ${year}`);
}

async function foot(pen: Pen, { captured_from, captured_on }: ResumeContent): Promise<void> {
  const pages = pen.pages();
  for (let page = 0; page < pages; page += 1) {
    await pen.foot(
      page,
      `Captured from ${shownLink(captured_from)} on ${captured_on} by Fulcrum${pen.hasBoxes ? `. ${BOXES}` : ""}`,
      pages > 1 ? `${page + 1} / ${pages}` : "",
      captured_from,
    );
  }
}

/** Where the next line goes, and how lines get there. */
class Pen {
  readonly #document: PDFDocument;
  readonly #typeface: Typeface;
  readonly #painter: Painter;
  readonly #hidden: HiddenText;
  #y = MARGIN;
  #hasBoxes = false;

  constructor(document: PDFDocument, typeface: Typeface, painter: Painter) {
    this.#document = document;
    this.#typeface = typeface;
    this.#painter = painter;
    this.#hidden = new HiddenText(document);
    document.registerFont("regular", typeface.regular);
    document.registerFont("bold", typeface.bold);
  }

  /** Whether something was painted that no font of this computer has. */
  get hasBoxes(): boolean {
    return this.#hasBoxes;
  }

  space(points: number): void {
    this.#y += points;
  }

  /** Goes on to the next page where less than so much is left of this one. */
  room(points: number): void {
    if (this.#y + points > PAGE.height - MARGIN - FOOT_ROOM) {
      this.#document.addPage();
      this.#y = MARGIN;
    }
  }

  rule(): void {
    this.#document.rect(MARGIN, this.#y, COLUMN, 0.6).fill(LINE);
  }

  async paragraph(text: string, style: Style): Promise<void> {
    for (const line of this.#lines(text, style, COLUMN)) {
      await this.#next(line, style);
    }
  }

  /** Things to reach somebody by, one after the other, each leading where it says. */
  async items(items: readonly Item[], style: Style): Promise<void> {
    let x = MARGIN;
    const height = style.size * style.leading;
    for (const { text, url } of items) {
      const [line, ...rest] = this.#lines(text, style, COLUMN);
      if (line === undefined) {
        continue;
      }
      const between = x === MARGIN ? "" : "  ·  ";
      const gap = between === "" ? 0 : this.#width(between, style);
      if (x > MARGIN && x + gap + line.width > MARGIN + COLUMN) {
        this.#y += height;
        x = MARGIN;
      } else if (gap > 0) {
        await this.#draw({ pieces: [{ text: between, painted: false, width: gap }], width: gap }, style, x, this.#y);
        x += gap;
      }
      this.room(height);
      await this.#draw(line, style, x, this.#y);
      this.#link(x, line.width, height, url);
      x += line.width;
      for (const more of rest) {
        this.#y += height;
        this.room(height);
        x = MARGIN;
        await this.#draw(more, style, x, this.#y);
        this.#link(x, more.width, height, url);
        x += more.width;
      }
    }
    if (x > MARGIN) {
      this.#y += height;
    }
  }

  /** An employer or a school with dates at the edge, and below what somebody was there. */
  async entry(place: string, dates: string, what: string): Promise<void> {
    const right = dates === "" ? 0 : this.#width(dates, DATES);
    const lines = this.#lines(place, PLACE, COLUMN - (right === 0 ? 0 : right + DATES_GAP));
    const below = this.#lines(what, WHAT, COLUMN);
    // What belongs together stays together, as far as a page goes.
    this.room(Math.min(6, lines.length + below.length) * PLACE.size * PLACE.leading);
    for (const [number, line] of lines.entries()) {
      if (number === 0 && right > 0) {
        const baseline = this.#y + PLACE.size * ASCENT - DATES.size * ASCENT;
        await this.#draw(
          { pieces: [{ text: dates, painted: false, width: right }], width: right },
          DATES,
          MARGIN + COLUMN - right,
          baseline,
        );
      }
      await this.#next(line, PLACE);
    }
    for (const line of below) {
      await this.#next(line, WHAT);
    }
  }

  async foot(page: number, text: string, number: string, url: string): Promise<void> {
    this.#document.switchToPage(page);
    const height = FOOT.size * FOOT.leading;
    const right = number === "" ? 0 : this.#width(number, FOOT) + DATES_GAP;
    const lines = this.#lines(text, FOOT, COLUMN - right).slice(0, 3);
    let y = PAGE.height - MARGIN - (lines.length - 1) * height;
    this.#document.rect(MARGIN, y - 8, COLUMN, 0.6).fill(LINE);
    this.#y = y;
    if (right > 0) {
      const width = right - DATES_GAP;
      await this.#draw({ pieces: [{ text: number, painted: false, width }], width }, FOOT, MARGIN + COLUMN - width, y);
    }
    for (const line of lines) {
      this.#y = y;
      await this.#draw(line, FOOT, MARGIN, y);
      this.#link(MARGIN, line.width, height, url);
      y += height;
    }
  }

  pages(): number {
    return this.#document.bufferedPageRange().count;
  }

  end(): void {
    this.#hidden.end();
    this.#document.end();
  }

  async #next(line: DrawnLine, style: Style): Promise<void> {
    const height = style.size * style.leading;
    this.room(height);
    await this.#draw(line, style, MARGIN, this.#y);
    this.#y += height;
  }

  async #draw({ pieces }: DrawnLine, style: Style, left: number, top: number): Promise<void> {
    const baseline = top + style.size * ASCENT;
    let x = left;
    for (const { text, painted, width } of pieces) {
      if (painted) {
        this.#hasBoxes ||= !this.#painter.knows(text);
        const picture = await this.#painter.paint(text, style.size, style.bold, style.color);
        const height = picture.ascent + picture.descent;
        this.#document.image(picture.png, x, baseline - picture.ascent, { width: picture.width, height });
        this.#hidden.lay(visualOrder(text), x, baseline, width, style.size);
      } else {
        this.#choose(style)
          .fillColor(style.color)
          .text(text, x, baseline, { lineBreak: false, baseline: "alphabetic" });
      }
      x += width;
    }
  }

  #link(x: number, width: number, height: number, url: string): void {
    const address = safeAddress(url);
    if (address !== null) {
      this.#document.link(x, this.#y, width, height, address);
    }
  }

  #choose(style: Style): PDFDocument {
    return this.#document.font(style.bold ? "bold" : "regular").fontSize(style.size);
  }

  #width(text: string, style: Style): number {
    return this.#choose(style).widthOfString(text);
  }

  /** The text in lines no wider than so much; a word that is wider is broken. */
  #lines(text: string, style: Style, width: number): DrawnLine[] {
    const lines: string[] = [];
    let line = "";
    const fits = (candidate: string) => this.#measured(candidate.trimEnd(), style) <= width;
    for (const piece of breakable(tidy(text))) {
      if (fits(line + piece)) {
        line += piece;
        continue;
      }
      if (line !== "") {
        lines.push(line);
        line = "";
      }
      for (const sign of fits(piece) ? [piece] : graphemes(piece)) {
        if (line !== "" && !fits(line + sign)) {
          lines.push(line);
          line = "";
        }
        line += sign;
      }
    }
    return [...lines, line]
      .map((drawn) => drawn.trim())
      .filter((drawn) => drawn !== "")
      .map((drawn) => {
        const pieces = this.#pieces(drawn, style);
        return { pieces, width: pieces.reduce((sum, piece) => sum + piece.width, 0) };
      });
  }

  #measured(text: string, style: Style): number {
    return this.#pieces(text, style).reduce((sum, { width }) => sum + width, 0);
  }

  #pieces(text: string, style: Style): Piece[] {
    return partsOf(text, this.#typeface.canWrite).map((part) => ({
      ...part,
      width: part.painted ? this.#painter.measure(part.text, style.size, style.bold) : this.#width(part.text, style),
    }));
  }
}

/** An address that a reader of PDFs may open; null for anything else. */
function safeAddress(url: string): string | null {
  try {
    const { href, protocol } = new URL(url);
    return ["http:", "https:", "mailto:", "tel:"].includes(protocol) ? href : null;
  } catch {
    return null;
  }
}
