/** Tables as programs and people write them, with the traps in them (requirements 2.6). Everybody is invented. */
import { describe, expect, it } from "vitest";
import { type CsvField, csvField } from "./csv-columns";
import { csvProfiles, MOST_PEOPLE } from "./csv-profiles";
import { csvText } from "./csv-text";

const read = async (...lines: string[]) => csvProfiles(lines.join("\r\n"));

async function only(...lines: string[]) {
  const { profiles, problems } = await read(...lines);
  expect(problems).toEqual([]);
  expect(profiles).toHaveLength(1);
  const [profile] = profiles;
  if (profile === undefined) {
    throw new Error("nobody");
  }
  return profile;
}

describe("what a column is taken for", () => {
  it.each<[string, CsvField]>([
    ["Name", "name"],
    ["FULL_NAME", "name"],
    ["Candidate Name", "name"],
    ["First Name", "first_name"],
    ["firstName", "first_name"],
    ["Prénom", "first_name"],
    ["Nazwisko", "last_name"],
    ["E-mail", "email"],
    ["Email Address", "email"],
    ["E-mail 1 - Value", "email"],
    ["Email (work)", "email"],
    ["Personal Email", "email"],
    ["Candidate Emails", "email"],
    ["Primary Phone", "phone"],
    ["Phone 2", "phone"],
    ["LinkedIn URL", "link"],
    ["Person Linkedin Url", "link"],
    ["Public Profile URL", "link"],
    ["Profile URL", "link"],
    ["URL", "link"],
    ["GitHub", "link"],
    ["Current Company", "company"],
    ["Organization Name", "company"],
    ["Organization Title", "title"],
    ["Current Title", "title"],
    ["Position", "title"],
    ["Location", "location"],
    ["Headline", "headline"],
    ["School", "school"],
  ])("%s is %s", (header, field) => expect(csvField(header)).toBe(field));

  it.each([
    "Owner",
    "Owner Email",
    "Referrer Name",
    "Job Posting",
    "Stage",
    "Tags",
    "Company Website",
    "Company Linkedin Url",
    "Website",
    "Twitter Url",
    "Email Status",
    "Company Phone",
    "Connected On",
    "Notes",
    "",
    "123",
  ])("%s is not guessed at", (header) => expect(csvField(header)).toBeNull());
});

describe("a person", () => {
  it("has the key of the LinkedIn page, and everything that the row says", async () => {
    const profile = await only(
      "First Name,Last Name,Headline,Location,Current Title,Current Company,Email Address,Phone Number,Profile URL,Notes",
      'Ines,Kowalczyk,"Data, storage",“Gdynia”,Staff Data Engineer,Harbor Labs,Ines@Example.org,+48 555 010 203,https://www.linkedin.com/in/Ines-Kowalczyk-Demo/?trk=x,called',
    );
    expect(profile).toEqual({
      site: "linkedin",
      kind: "profile",
      key: "li:slug:ines-kowalczyk-demo",
      url: "https://www.linkedin.com/in/Ines-Kowalczyk-Demo/?trk=x",
      proof: "csv",
      dialect: "csv",
      ids: ["li:slug:ines-kowalczyk-demo", "email:ines@example.org", "phone:+48555010203"],
      name: "Ines Kowalczyk",
      headline: "Data, storage",
      location: "“Gdynia”",
      current: [{ title: "Staff Data Engineer", company: "Harbor Labs", company_url: null }],
      history: [],
      education: [],
      links: ["https://www.linkedin.com/in/Ines-Kowalczyk-Demo/?trk=x"],
      emails: ["ines@example.org"],
      phones: ["+48 555 010 203"],
      avatar: null,
      lang: null,
      complete: false,
    });
  });

  it("has the key of the GitHub page where there is no LinkedIn", async () => {
    const { key, site } = await only("name,github,email", "Tomasz Abara,github.com/tabara-demo,t@example.org");
    expect([key, site]).toEqual(["gh:login:tabara-demo", "github"]);
  });

  it("else of the email, else of the row, which is the same for an equal row", async () => {
    expect((await only("name,email", "Tomasz Abara,Tomasz <T@Example.org>")).key).toBe("email:t@example.org");
    const one = await only("name;company", "Amara Nwosu;Fjordworks");
    const other = await only("name;company", " Amara  Nwosu ;Fjordworks");
    expect(one.key).toMatch(/^csv:[0-9a-f]{24}$/u);
    expect(other.key).toBe(one.key);
    expect((await only("name;company", "Amara Nwosu;Tidewater")).key).not.toBe(one.key);
  });

  it("is one person in two rows, with what both know", async () => {
    const profile = await only(
      "name,linkedin,email,company",
      "Ines Kowalczyk,linkedin.com/in/ines-kowalczyk-demo,a@example.org,",
      "I. Kowalczyk,https://pl.linkedin.com/in/INES-kowalczyk-demo/,b@example.org,Harbor Labs",
    );
    expect(profile.name).toBe("Ines Kowalczyk");
    expect(profile.emails).toEqual(["a@example.org", "b@example.org"]);
    expect(profile.current).toEqual([{ title: null, company: "Harbor Labs", company_url: null }]);
  });

  it("is not their flatmate who has the same mailbox", async () => {
    const { profiles } = await read("name,email", "Ines Kowalczyk,home@example.org", "Jonas Feld,home@example.org");
    expect(profiles.map(({ name }) => name)).toEqual(["Ines Kowalczyk", "Jonas Feld"]);
    expect(profiles[1]?.key).toMatch(/^csv:/u);
  });

  it("has several emails, phones and links in one cell or in several", async () => {
    const profile = await only(
      "name,email,email 2,phone,links",
      'Ines,"a@example.org; b@example.org",c@example.org,"+48 555 010 203 ::: (555) 010-2040","https://github.com/ines-demo https://ines.example.dev, www.linkedin.com/in/ines-demo"',
    );
    expect(profile.emails).toEqual(["a@example.org", "b@example.org", "c@example.org"]);
    expect(profile.phones).toEqual(["+48 555 010 203", "(555) 010-2040"]);
    expect(profile.key).toBe("li:slug:ines-demo");
    expect(profile.links).toHaveLength(3);
  });

  it("has no link that others have too, nor Lever's, nor a company's", async () => {
    const { profiles } = await read(
      "name,links",
      "Ines Kowalczyk,https://harborlabs.example/ https://hire.lever.co/candidates/x https://www.linkedin.com/company/harbor-labs",
      "Jonas Feld,https://harborlabs.example/",
    );
    expect(profiles.map(({ links, url }) => [links, url])).toEqual([
      [[], ""],
      [[], ""],
    ]);
  });

  it("is not made of what tables write for nothing, nor of what a spreadsheet broke", async () => {
    const profile = await only("name,email,phone,company", "'=Ines,N/A,4.85551E+10,-");
    expect(profile).toMatchObject({ name: "=Ines", emails: [], phones: [], current: [] });
  });

  it("has a place of town, region and country where there is no other", async () => {
    const { location } = await only("name,city,state,country", "Ines,Gdynia,,Poland");
    expect(location).toBe("Gdynia, Poland");
  });
});

describe("a table", () => {
  it.each([";", "\t", "|", ","])("is read whatever stands between its cells: %j", async (mark) => {
    const row = ["Ines Kowalczyk", '"Gdynia, Poland; Europe"', "a@example.org"];
    const profile = await only(["Name", "Location", "Email"].join(mark), row.join(mark));
    expect([profile.name, profile.location]).toEqual(["Ines Kowalczyk", "Gdynia, Poland; Europe"]);
  });

  it("has line breaks and quotes in its cells; problems are told by the file's own lines", async () => {
    const { profiles, problems } = await read(
      "\ufeffName,Headline,Email",
      '"Ines ""Iny"" Kowalczyk","two\r\nlines",a@example.org',
      ",,",
      ",nobody at all,",
      "Jonas Feld,,j@example.org,one too many",
      "Mira Okafor,,m@example.org",
    );
    expect(profiles.map(({ name }) => name)).toEqual(['Ines "Iny" Kowalczyk', "Mira Okafor"]);
    expect(profiles[0]?.headline).toBe("two lines");
    expect(problems).toEqual([
      { line: 5, why: "nobody" },
      { line: 6, why: "cells" },
    ]);
  });

  it("may have notes above its headers, as LinkedIn's connections have", async () => {
    const { profiles, columns, problems } = await read(
      "Notes:",
      '"When exporting your connection data, you may notice that some of the email addresses are missing."',
      "",
      "First Name,Last Name,URL,Email Address,Company,Position,Connected On",
      "Amara,Nwosu,https://www.linkedin.com/in/amara-nwosu-demo,,Fjordworks,Principal Engineer,03 May 2024",
    );
    expect(problems).toEqual([]);
    expect(profiles[0]).toMatchObject({ key: "li:slug:amara-nwosu-demo", name: "Amara Nwosu" });
    expect(columns.at(-1)).toEqual({ header: "Connected On", takenFor: null });
  });

  it("may name its delimiter in a line of its own", async () => {
    const { profiles, problems } = await read("sep=;", "Name;Email", "Ines;a@example.org", ";");
    expect(profiles).toHaveLength(1);
    expect(problems).toEqual([]);
    expect((await read("sep=;", "Name;Email", "x;", "?;")).problems).toEqual([{ line: 4, why: "nobody" }]);
  });

  it("whose quote is never closed says so, and loses nobody before it", async () => {
    const { profiles, problems } = await read(
      "Name,Email",
      "Ines,a@example.org",
      'Jonas,"j@example.org',
      "Mira,m@example.org",
    );
    expect(profiles.map(({ name }) => name)).toEqual(["Ines"]);
    expect(problems).toEqual([{ line: 3, why: "quotes" }]);
  });

  it("without a header that is known is nobody's", async () => {
    const { profiles, columns } = await read("Ines Kowalczyk,Harbor Labs", "Jonas Feld,Tidewater");
    expect(profiles).toEqual([]);
    expect(columns.map(({ takenFor }) => takenFor)).toEqual([null, null]);
    expect(await read("")).toEqual({ profiles: [], columns: [], problems: [] });
  });

  it("made of two files has its headers twice, and nobody is called Name", async () => {
    const { profiles, problems } = await read("Name,Email", "Ines,a@example.org", "Name,Email", "Jonas,j@example.org");
    expect(profiles.map(({ name }) => name)).toEqual(["Ines", "Jonas"]);
    expect(problems).toEqual([]);
  });

  it("with a cell without end is read all the same", async () => {
    const { profiles } = await read("Name,Email", `Ines,${"a".repeat(3_000_000)}`);
    expect(profiles[0]).toMatchObject({ name: "Ines", emails: [] });
  });

  it("of a single column is read", async () => {
    const { profiles } = await read("email", "a@example.org", "b@example.org");
    expect(profiles.map(({ key }) => key)).toEqual(["email:a@example.org", "email:b@example.org"]);
  });

  it("holds as many people as a project; the lines beyond are named", async () => {
    const rows = Array.from({ length: MOST_PEOPLE + 1 }, (_, number) => `p${number}@example.org`);
    const { profiles, problems } = await read("email", ...rows, "p0@example.org");
    expect(profiles).toHaveLength(MOST_PEOPLE);
    expect(problems).toEqual([{ line: MOST_PEOPLE + 2, why: "too_many" }]);
  });

  it("with names of the language's own is only a table", async () => {
    const { profiles } = await read("__proto__,constructor,name", "1,2,Ines");
    expect(profiles[0]?.name).toBe("Ines");
  });
});

describe("the letters of a file", () => {
  const text = "Name;Ort\r\nJürgen Weiß;Köln";
  const utf16 = (isLittle: boolean, mark: boolean) => {
    const codes = [...(mark ? "\ufeff" : ""), ...text].map((letter) => letter.charCodeAt(0));
    return new Uint8Array(codes.flatMap((code) => (isLittle ? [code & 255, code >> 8] : [code >> 8, code & 255])));
  };

  it.each([
    ["UTF-8", new TextEncoder().encode(text)],
    ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff${text}`)],
    ["Windows", new Uint8Array([...text].map((letter) => letter.charCodeAt(0)))],
    ["UTF-16", utf16(true, true)],
    ["UTF-16, the other way round", utf16(false, true)],
    ["UTF-16 without its mark", utf16(true, false)],
  ])("%s", async (_, bytes) => {
    const { profiles } = await csvProfiles(csvText(bytes) ?? "");
    expect(profiles[0]).toMatchObject({ name: "Jürgen Weiß", location: "Köln" });
  });

  it("are none in a workbook", () => {
    expect(csvText(new Uint8Array([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0]))).toBeNull();
  });
});
