/**
 * Schema.org data in `script[type="application/ld+json"]`, read leniently: sites write comments, raw control characters,
 * HTML comment marks and arrays of types. Only data is parsed; nothing is run.
 */

export type DataNode = Record<string, unknown>;

/** Every top-level node of the page, `@graph` unfolded. Scripts that cannot be parsed are left out. */
export function jsonLdNodes(document: Document): DataNode[] {
  const scripts = document.querySelectorAll('script[type="application/ld+json" i]');
  return [...scripts].flatMap((script) => topLevel(parse(script.textContent ?? "")));
}

function topLevel(value: unknown): DataNode[] {
  if (Array.isArray(value)) {
    return value.flatMap(topLevel);
  }
  if (!isNode(value)) {
    return [];
  }
  const graph = value["@graph"];
  return graph === undefined ? [value] : topLevel(graph);
}

function parse(text: string): unknown {
  const bare = text
    .replace(/^\s*(?:<!--|\/\*<!\[CDATA\[\*\/|\/\/<!\[CDATA\[|<!\[CDATA\[)/, "")
    .replace(/(?:-->|\/\*\]\]>\*\/|\/\/\]\]>|\]\]>)\s*;?\s*$/, "")
    .trim();
  try {
    return JSON.parse(bare);
  } catch {
    try {
      return JSON.parse(repaired(bare));
    } catch {
      return null;
    }
  }
}

/** Walks the text once: comments and trailing commas go, control characters inside strings become spaces. */
function repaired(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === '"') {
      const end = stringEnd(text, at);
      out += text.slice(at, end).replace(/\p{Cc}/gu, " ");
      at = end - 1;
    } else if (text.startsWith("/*", at)) {
      const close = text.indexOf("*/", at + 2);
      at = close < 0 ? text.length : close + 1;
    } else if (text.startsWith("//", at)) {
      const close = text.indexOf("\n", at);
      at = close < 0 ? text.length : close;
    } else if (letter === "," && /^\s*[}\]]/.test(text.slice(at + 1, at + 200))) {
      // A comma before a closing bracket says nothing.
    } else {
      out += letter;
    }
  }
  return out;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (letter === "\\") {
      at += 1;
    } else if (letter === '"') {
      return at + 1;
    }
  }
  return text.length;
}

export function isNode(value: unknown): value is DataNode {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether the node has the type, written as a name or an address, alone or among others. */
export function hasType(node: DataNode, type: RegExp): boolean {
  return list(node["@type"]).some((name) => typeof name === "string" && type.test(name.replace(/^.*[/#:]/, "")));
}

/** A value that may stand alone or in an array. */
export function list(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The texts of a value: strings, or the names of nodes. */
export function texts(value: unknown): string[] {
  return list(value).flatMap((one) => {
    if (typeof one === "string") {
      return one.trim() === "" ? [] : [decodeEntities(one.trim())];
    }
    return isNode(one) ? texts(one["@value"] ?? one.name) : [];
  });
}

// Many sites escape their data for HTML although scripts are not HTML.
function decodeEntities(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
  return text.replace(
    /&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, decimal, hex, name) => {
      const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : null;
      return code === null
        ? (named[String(name).toLowerCase()] ?? whole)
        : code <= 0x10ffff
          ? String.fromCodePoint(code)
          : whole;
    },
  );
}
