/** What a person who calls the program wrongly is told. Reading pages is proved in `tests/pages`. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

function extract(...words: string[]): { status: number | null; out: string; error: string } {
  const program = fileURLToPath(new URL("./extract.mjs", import.meta.url));
  const done = spawnSync(process.execPath, [program, ...words], { encoding: "utf8" });
  return { status: done.status, out: done.stdout, error: done.stderr };
}

describe("extract, called wrongly", () => {
  it.each([[[]], [["page.html"]], [["page.html", "https://x.example/", "other.html"]]])(
    "%j is answered with the usage",
    (words) => {
      const { status, out, error } = extract(...words);
      expect(status).toBe(2);
      expect(out).toBe("");
      expect(error).toContain("usage: ./build.sh extract FILE.html URL");
    },
  );

  it.each(["linkedin.com/in/jane", "file:///etc/hosts", "javascript:alert(1)", "https://"])(
    "%s is no web address",
    (address) => {
      const { status, error } = extract("page.html", address);
      expect(status).toBe(2);
      expect(error).toContain("not a web address");
    },
  );

  it("says which file is missing", () => {
    const { status, out, error } = extract("/nowhere/page.html", "https://x.example/");
    expect(status).toBe(1);
    expect(out).toBe("");
    expect(error).toContain("cannot read /nowhere/page.html");
  });
});
