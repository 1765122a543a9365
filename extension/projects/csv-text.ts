/**
 * The text of a CSV file, in whatever letters the program wrote it: UTF-8, UTF-16 (Excel's "Unicode text"), else the letters of
 * western Windows, in which every byte means something. Null where the bytes are no text, but a workbook or a picture.
 */
export function csvText(bytes: Uint8Array): string | null {
  const unicode = utf16(bytes);
  if (unicode !== null) {
    return new TextDecoder(unicode).decode(bytes);
  }
  if (bytes.includes(0)) {
    return null;
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** By its mark, or by every second byte of its beginning being empty, as Latin letters are in it. */
function utf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) {
    return "utf-16le";
  }
  if (first === 0xfe && second === 0xff) {
    return "utf-16be";
  }
  const head = bytes.subarray(0, 200);
  const empty = (rest: number) => head.filter((byte, place) => place % 2 === rest && byte === 0).length;
  const most = (head.length / 2) * 0.8;
  if (head.length < 4) {
    return null;
  }
  if (empty(1) >= most && empty(0) === 0) {
    return "utf-16le";
  }
  return empty(0) >= most && empty(1) === 0 ? "utf-16be" : null;
}
