/**
 * Text that is there without being seen, over what was painted as a picture: so that it is found, copied and read by
 * programs. PDFs of scanned paper do the same. The font draws nothing; all it says is which character each code means.
 */
import type PDFDocument from "pdfkit";
import type { PdfReference } from "pdfkit";

const NAME = "Hidden";
/** Each sign takes so many thousandths of the size; the line is then drawn out to the picture's width. */
const ADVANCE = 1_000;
/** A blank as wide as a letter would part the line for those who read it. */
const BLANK = { letter: " ", code: 1, advance: 280 };

export class HiddenText {
  readonly #document: PDFDocument;
  readonly #codes = new Map<string, number>([[BLANK.letter, BLANK.code]]);
  #font: PdfReference | null = null;

  constructor(document: PDFDocument) {
    this.#document = document;
  }

  /** Lays `text`, in the order in which it is seen, over the picture whose line stands on `baseline`. */
  lay(text: string, x: number, baseline: number, width: number, size: number): void {
    const letters = [...text];
    const codes = letters.map((letter) => this.#code(letter).toString(16).padStart(4, "0"));
    const document = this.#document;
    this.#font ??= document.ref({ Type: "Font" });
    document.page.fonts[NAME] = this.#font;
    const advances = letters.map((letter) => (letter === BLANK.letter ? BLANK.advance : ADVANCE));
    const stretch = (width / ((advances.reduce((sum, advance) => sum + advance, 0) * size) / 1_000)) * 100;
    const { height } = document.page;
    // pdfkit counts from the top: turned round once more, as it does for its own text.
    document.addContent(
      `q 1 0 0 -1 0 ${number(height)} cm BT 3 Tr /${NAME} ${number(size)} Tf ${number(stretch)} Tz ` +
        `1 0 0 1 ${number(x)} ${number(height - baseline)} Tm <${codes.join("")}> Tj ET Q`,
    );
  }

  /** Writes the font; nothing where no text was laid. */
  end(): void {
    if (this.#font === null) {
      return;
    }
    const document = this.#document;
    const descriptor = document.ref({
      Type: "FontDescriptor",
      FontName: NAME,
      Flags: 4,
      FontBBox: [0, 0, ADVANCE, ADVANCE],
      ItalicAngle: 0,
      Ascent: ADVANCE,
      Descent: 0,
      CapHeight: ADVANCE,
      StemV: 80,
    });
    descriptor.end();
    const descendant = document.ref({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: NAME,
      // A plain object's strings would become names.
      CIDSystemInfo: { Registry: text("Adobe"), Ordering: text("Identity"), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: ADVANCE,
      W: [BLANK.code, [BLANK.advance]],
      CIDToGIDMap: "Identity",
    });
    descendant.end();
    const meaning = document.ref({});
    meaning.end(this.#meanings());
    Object.assign(this.#font.data, {
      Subtype: "Type0",
      BaseFont: NAME,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: meaning,
    });
    this.#font.end();
  }

  #code(letter: string): number {
    const code = this.#codes.get(letter) ?? this.#codes.size + 1;
    this.#codes.set(letter, code);
    return code;
  }

  /** The table of meanings (PDF 32000-1, 9.10.3); a block of it has at most a hundred lines. */
  #meanings(): string {
    const lines = [...this.#codes].map(([letter, code]) => {
      const units = Array.from({ length: letter.length }, (_, at) => hex(letter.charCodeAt(at)));
      return `<${hex(code)}> <${units.join("")}>`;
    });
    const blocks: string[] = [];
    for (let from = 0; from < lines.length; from += 100) {
      const block = lines.slice(from, from + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
    }
    return [
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
      "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
      ...blocks,
      "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
    ].join("\n");
  }
}

function hex(value: number): string {
  return value.toString(16).padStart(4, "0");
}

function number(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}

/** A string of a PDF: pdfkit writes objects of this class in parentheses, and plain strings as names. */
function text(value: string): object {
  return new String(value);
}
