/** A table as CSV (RFC 4180), safe to open in a spreadsheet: no cell is taken for a formula. */

/** Cells that begin so are formulas to spreadsheets; so do numbers with a sign, which a name or a phone number may begin with. */
const FORMULA = /^[=+\-@\t\r]/u;
const QUOTED = /[",\r\n]/u;

export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
