import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Message {
  message: string;
}

const folder = new URL("../_locales/", import.meta.url);
const locales = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

function messages(locale: string): Record<string, Message> {
  return JSON.parse(readFileSync(new URL(`${locale}/messages.json`, folder), "utf8"));
}

const english = messages("en");
const filledIn = (message: Message | undefined) => [...new Set(message?.message.match(/\$\d/g) ?? [])].sort();

describe("the English messages", () => {
  it("neither shout nor are empty", () => {
    const bad = Object.keys(english).filter((key) => !english[key]?.message || english[key]?.message.includes("!"));
    expect(bad).toEqual([]);
  });

  it("have both forms where they count", () => {
    const counted = Object.keys(english).filter((key) => key.endsWith("_other"));
    const lonely = counted.filter((key) => english[key.replace(/_other$/, "_one")] === undefined);
    expect(lonely).toEqual([]);
  });

  it("keep to the stores' limits", () => {
    expect(english.extension_name?.message.length).toBeLessThanOrEqual(75);
    expect(english.extension_description?.message.length).toBeLessThanOrEqual(132);
  });
});

describe.each(locales)("locale %s", (locale) => {
  it("has the English keys, each with the same blanks", () => {
    const own = messages(locale);
    expect(Object.keys(own).sort()).toEqual(Object.keys(english).sort());
    for (const key of Object.keys(english)) {
      expect(filledIn(own[key]), key).toEqual(filledIn(english[key]));
    }
  });
});
