/** Keys that stand in links, and links that name nobody. */
import { describe, expect, it } from "vitest";
import { emailKey, identityKey, identityKeys, phoneKey } from "./identity-link";

describe("the key in a link", () => {
  it.each([
    ["https://www.linkedin.com/in/Jane-Doe-Demo/?trk=x", "li:slug:jane-doe-demo"],
    ["https://github.com/Jane-Demo", "gh:login:jane-demo"],
    ["https://stackoverflow.com/users/55500077/jane?tab=profile", "so:id:55500077"],
    ["https://x.com/Jane_Demo", "x:handle:jane_demo"],
    ["https://twitter.com/@jane_demo/", "x:handle:jane_demo"],
    ["https://mobile.twitter.com/jane_demo", "x:handle:jane_demo"],
  ])("%s is %s", (link, key) => {
    expect(identityKey(link)).toBe(key);
  });

  it.each([
    "https://www.linkedin.com/company/x",
    "https://github.com/x/y",
    "https://github.com/settings",
    "https://stackoverflow.com/users/login",
    "https://x.com/home",
    "https://x.com/jane_demo/status/1",
    "https://x.com/",
    "https://jane.example/",
    "mailto:jane@jane.example",
    "nonsense",
  ])("%s names nobody", (link) => {
    expect(identityKey(link)).toBeNull();
  });

  it("leaves to the core what needs knowledge of a provider or a country", () => {
    expect(emailKey(" Jane@Jane.example ")).toBe("email:jane@jane.example");
    expect(emailKey("jane.doe@gmail.com")).toBeNull();
    expect(emailKey("jane+jobs@jane.example")).toBeNull();
    expect(emailKey("jane@localhost")).toBeNull();
    expect(phoneKey("+48 555 010 101")).toBe("phone:+48555010101");
    expect(phoneKey("555 010 101")).toBeNull();
    expect(phoneKey("+0 555")).toBeNull();
  });

  it("says every key once, the page's own first", () => {
    const links = ["https://github.com/jane-demo", "https://github.com/JANE-demo", "https://www.linkedin.com/in/jane"];
    expect(identityKeys(["li:slug:jane"], links, ["j@j.example"], [])).toEqual([
      "li:slug:jane",
      "gh:login:jane-demo",
      "email:j@j.example",
    ]);
  });
});
