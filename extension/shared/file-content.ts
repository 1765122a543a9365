/** A file's bytes as the protocol carries them. */

/** Bytes that Lever takes in one file (lever-api §3.2); what is larger is not even read. */
export const MOST_BYTES = 30 * 1024 * 1024;

/** In base64; null where the file cannot be read: moved or deleted since it was chosen, or a folder. */
export function base64Of(file: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    // The browser does it beside the page's own thread.
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}

/** The bytes of base64. Throws where it is none. */
export function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  // A loop: what takes a function for each byte takes seconds for 30 MB.
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = letters.charCodeAt(at);
  }
  return bytes;
}
