/**
 * Writes PDFs of invented people for the tests: text at places, in one of the fonts that every reader has. No library is
 * needed for that, and nobody's real resume ever is.
 */

export interface PdfText {
  text: string;
  x: number;
  /** From the top of the page, in points. */
  y: number;
  size?: number;
}

export interface PdfOptions {
  /** Addresses that places lead to. */
  links?: readonly { url: string; x: number; y: number; width: number }[];
  /** As a file that opens with a password only. */
  locked?: boolean;
}

const HEIGHT = 842;

/** One page of A4 for each list of texts. */
export function writePdf(
  pages: readonly (readonly PdfText[])[],
  { links = [], locked = false }: PdfOptions = {},
): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const kids = pages.map((_, place) => `${4 + place * 2} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  pages.forEach((texts, place) => {
    const areas = place > 0 ? [] : links;
    const annotations = areas
      .map(
        ({ url, x, y, width }) =>
          `<< /Type /Annot /Subtype /Link /Rect [${x} ${HEIGHT - y - 4} ${x + width} ${HEIGHT - y + 12}] /A << /S /URI /URI (${escaped(url)}) >> >>`,
      )
      .join(" ");
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 ${HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + place * 2} 0 R /Annots [${annotations}] >>`,
    );
    const content = texts
      .map(({ text, x, y, size = 10 }) => `BT /F1 ${size} Tf ${x} ${HEIGHT - y} Td (${escaped(text)}) Tj ET`)
      .join("\n");
    add(`<< /Length ${Buffer.byteLength(content, "latin1")} >>\nstream\n${content}\nendstream`);
  });
  let trailer = `/Size ${objects.length + 1} /Root 1 0 R`;
  if (locked) {
    const thirtyTwo = "0123456789abcdef".repeat(4);
    add(`<< /Filter /Standard /V 1 /R 2 /O <${thirtyTwo}> /U <${thirtyTwo}> /P -4 >>`);
    trailer = `/Size ${objects.length + 1} /Root 1 0 R /Encrypt ${objects.length} 0 R /ID [<00> <00>]`;
  }
  return assembled(objects, trailer);
}

function assembled(objects: readonly string[], trailer: string): Buffer {
  let file = "%PDF-1.4\n";
  const offsets = objects.map((body, place) => {
    const at = Buffer.byteLength(file, "latin1");
    file += `${place + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const start = Buffer.byteLength(file, "latin1");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join("")}trailer\n<< ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

/** Latin-1 with the two dashes that WinAnsi has elsewhere. */
function escaped(text: string): string {
  return text
    .replace(/[\\()]/gu, (mark) => `\\${mark}`)
    .replace(/–/gu, "\u0096")
    .replace(/•/gu, "\u0095");
}
