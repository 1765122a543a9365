/** The page of the extension that shows a kept file, and which file it is asked for. */
import type { KeptFile } from "./protocol";

export function fileAddress(file: KeptFile): string {
  return `file.html#${encodeURIComponent(JSON.stringify(file))}`;
}

/** Null where an address names none. */
export function fileOf(hash: string): KeptFile | null {
  try {
    const file: unknown = JSON.parse(decodeURIComponent(hash.slice(1)));
    return isKeptFile(file) ? file : null;
  } catch {
    return null;
  }
}

/** Whether it is one, wherever it comes from. */
export function isKeptFile(file: unknown): file is KeptFile {
  const { file: digest, name, media_type: type, size } = (file ?? {}) as Partial<Record<keyof KeptFile, unknown>>;
  return (
    typeof digest === "string" &&
    /^[0-9a-f]{32}$/u.test(digest) &&
    typeof name === "string" &&
    typeof type === "string" &&
    typeof size === "number"
  );
}
