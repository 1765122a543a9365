/**
 * Sites change the address first and the content later. From the moment the address changes the previous person is gone,
 * and the next one is shown only when the page has proved whose it is. Time is moved by the test.
 */
import { type Browser, expect, test } from "@playwright/test";
import type { PageState } from "../../extension/content/navigation";
import { bundleAdapters, launchBrowser, loadPage } from "../extract/page-reader.mjs";
import { savedPage } from "./saved-pages";

const INES = savedPage("linkedin", "ines-kowalczyk");
const LENA = savedPage("linkedin", "sdui-german");
const AGATHE = savedPage("linkedin", "sdui-french-unkeyed");
const RAFAELA = savedPage("linkedin", "pvs-profile");
const TOMASZ = savedPage("github", "tabara-demo");
const HANA = savedPage("github", "mentions");
const LENA_ADDRESS = "https://www.linkedin.com/in/lena-vogt-demo/";
const LENA_KEY = "li:slug:lena-vogt-demo";

let browser: Browser;
let script: string;

test.beforeAll(async () => {
  [browser, script] = await Promise.all([
    launchBrowser(),
    bundleAdapters(new URL("./navigation-entry.ts", import.meta.url)),
  ]);
});

test.afterAll(() => browser.close());

class Tab {
  private constructor(private readonly loaded: Awaited<ReturnType<typeof loadPage>>) {}

  static async open(page: { html: Buffer; url: string }): Promise<Tab> {
    const tab = new Tab(await loadPage(browser, script, page.html, page.url));
    await tab.run("start()");
    return tab;
  }

  run(call: string): Promise<unknown> {
    return this.loaded.evaluate(`fulcrumPage.${call}`);
  }

  async reported(): Promise<PageState[]> {
    return JSON.parse(String(await this.run("reported()"))) as PageState[];
  }

  async after(milliseconds: number): Promise<PageState[]> {
    await this.run(`advance(${milliseconds})`);
    return this.reported();
  }

  async go(address: string): Promise<PageState[]> {
    await this.run(`go(${JSON.stringify(address)})`);
    return this.reported();
  }

  show(page: { html: Buffer }): Promise<unknown> {
    return this.run(`show(${JSON.stringify(page.html.toString())})`);
  }

  close(): Promise<void> {
    return this.loaded.close();
  }
}

function nameOf(state: PageState | undefined): string | null | undefined {
  return state?.state === "profile" ? state.profile.name : undefined;
}

async function withTab(page: { html: Buffer; url: string }, story: (tab: Tab) => Promise<void>): Promise<void> {
  const tab = await Tab.open(page);
  try {
    await story(tab);
  } finally {
    await tab.close();
  }
}

test("a page that is there is read at once", () =>
  withTab(INES, async (tab) => {
    expect(await tab.reported()).toEqual([{ state: "reading", key: "li:slug:ines-kowalczyk-demo" }]);
    expect(await tab.after(0)).toEqual([{ state: "profile", profile: INES.expect }]);
  }));

test("from A to B while A's content stays two seconds, A is never shown as B", () =>
  withTab(INES, async (tab) => {
    await tab.after(3000);
    expect(await tab.go(LENA_ADDRESS)).toEqual([{ state: "reading", key: LENA_KEY }]);
    const meanwhile = await tab.after(2000);
    expect(meanwhile).toEqual([]);
    await tab.show(LENA);
    const [then, ...more] = await tab.after(300);
    expect(more).toEqual([]);
    expect(then).toMatchObject({ state: "profile", profile: { key: LENA_KEY, name: "Lena Vogt" } });
    expect(JSON.stringify(then)).not.toMatch(/Ines|Harbor|Quarry|555000101/);
  }));

test("the back button to A shows A again, not B", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.go(LENA_ADDRESS);
    await tab.show(LENA);
    await tab.after(500);
    await tab.reported();
    expect(await tab.go(INES.url)).toEqual([{ state: "reading", key: "li:slug:ines-kowalczyk-demo" }]);
    expect(await tab.after(1000)).toEqual([]);
    await tab.show(INES);
    expect(nameOf((await tab.after(300)).at(-1))).toBe("Ines Kowalczyk");
  }));

test("a page that never proves its owner is known by its address alone after eight seconds", () =>
  withTab(INES, async (tab) => {
    await tab.after(3000);
    await tab.go(LENA_ADDRESS);
    expect(await tab.after(7900)).toEqual([]);
    const [last] = await tab.after(200);
    expect(last).toMatchObject({
      state: "profile",
      profile: { key: LENA_KEY, name: null, proof: null, complete: false, ids: [LENA_KEY], history: [] },
    });
  }));

test("and is still read when the proof comes later", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.go(LENA_ADDRESS);
    await tab.after(9000);
    await tab.show(LENA);
    expect(nameOf((await tab.after(500)).at(-1))).toBe("Lena Vogt");
  }));

test("a layout nobody knows is said to be unreadable, with what the address proves", () =>
  withTab(savedPage("linkedin", "unknown-dialect"), async (tab) => {
    expect((await tab.after(7900)).map((state) => state.state)).toEqual(["reading"]);
    const [last] = await tab.after(200);
    expect(last).toMatchObject({ state: "unreadable", reason: "no-dialect", profile: { name: null, proof: null } });
  }));

test("cards without an owner that stayed behind are not taken for the next person's", () =>
  withTab(AGATHE, async (tab) => {
    expect((await tab.after(0)).at(-1)).toMatchObject({ profile: { name: "Agathe Morel", history: [{}, {}] } });
    const noel = Buffer.from(
      AGATHE.html
        .toString()
        .replaceAll("agathe-morel-demo", "noel-petit-demo")
        .replaceAll("Agathe Morel", "Noël Petit")
        .replace(/<a href="[^"]*details\/experience[^>]*>[^<]*<\/a>/, "")
        .replaceAll(/ACoAA[\w-]{34}/g, "ACoAACEUoYkBPVmQwNf7RG0x_87R1tfND_pkB70"),
    );
    await tab.go("https://www.linkedin.com/in/noel-petit-demo/");
    await tab.show({ html: noel });
    const [then] = (await tab.after(500)).slice(-1);
    expect(then).toMatchObject({ state: "profile", profile: { name: "Noël Petit", history: [], complete: false } });
  }));

test("links that already lead to B with A's name still above them prove nothing", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.go(LENA_ADDRESS);
    await tab.show({ html: Buffer.from(INES.html.toString().replaceAll("ines-kowalczyk-demo", "lena-vogt-demo")) });
    expect(await tab.after(2000)).toEqual([]);
  }));

test("the other signed-in dialect keeps the same promise", () =>
  withTab(RAFAELA, async (tab) => {
    expect(nameOf((await tab.after(0)).at(-1))).toBe("Rafaela Brandão");
    expect(await tab.go(LENA_ADDRESS)).toEqual([{ state: "reading", key: LENA_KEY }]);
    expect(await tab.after(2000)).toEqual([]);
    await tab.show(LENA);
    expect(nameOf((await tab.after(500)).at(-1))).toBe("Lena Vogt");
  }));

test("opening the contact info of the same person keeps the badge and adds what it shows", () =>
  withTab(savedPage("linkedin", "sdui-hidden-duplicate"), async (tab) => {
    await tab.after(0);
    await tab.reported();
    expect(await tab.go("https://www.linkedin.com/in/ines-kowalczyk-demo/overlay/contact-info/")).toEqual([]);
    await tab.show(savedPage("linkedin", "sdui-contact-info"));
    const [then] = await tab.after(500);
    expect(then).toMatchObject({ state: "profile", profile: { emails: ["ines@ines.example"] } });
  }));

test("leaving for a page about nobody is silent at once", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.reported();
    expect(await tab.go("https://www.linkedin.com/feed/")).toEqual([{ state: "none", reason: "not-a-person" }]);
    expect(await tab.after(10_000)).toEqual([]);
    expect(await tab.go("https://www.linkedin.com/in/me/")).toEqual([]);
    expect(await tab.after(10_000)).toEqual([{ state: "none", reason: "own" }]);
  }));

test("on GitHub a tab of the same person changes nothing, another person is waited for", () =>
  withTab(TOMASZ, async (tab) => {
    await tab.after(0);
    await tab.reported();
    expect(await tab.go("https://github.com/tabara-demo?tab=repositories")).toEqual([]);
    expect(await tab.after(1000)).toEqual([]);
    expect(await tab.go("https://github.com/hana-sato-demo")).toEqual([
      { state: "reading", key: "gh:login:hana-sato-demo" },
    ]);
    expect(await tab.after(2000)).toEqual([]);
    await tab.show(HANA);
    expect(nameOf((await tab.after(500)).at(-1))).toBe("佐藤 花 (Hana)");
  }));

test("history that loads on scrolling completes the profile, although the page had come to rest", () =>
  withTab(savedPage("linkedin", "sdui-no-experience"), async (tab) => {
    expect((await tab.after(0)).at(-1)).toMatchObject({ profile: { history: [], complete: false } });
    await tab.after(5000);
    expect(await tab.run("pendingTimers()")).toBe(0);
    await tab.run(`replacePart('[componentkey$="ExperienceTopLevelSection"]', ${JSON.stringify(EXPERIENCE)})`);
    expect(await tab.after(1000)).toEqual([]);
    await tab.run("scroll()");
    expect((await tab.after(1000)).at(-1)).toMatchObject({
      profile: { history: [{ title: "Joiner", company: "Norrsken Verkstad" }], complete: true },
    });
  }));

const EXPERIENCE = `<div componentkey="com.linkedin.sdui.profile.card.refACoAACEUoSgBAdfh3n4WBrqniWowyI43Ve9Sk2YExperienceTopLevelSection"><section><h2>Experience</h2>
<div componentkey="entity-collection-item-1"><p>Joiner</p><p>Norrsken Verkstad</p><p>2020 - Present</p></div></section></div>`;

test("a page in a tab that is not in view is not read until it is", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.reported();
    await tab.run("setHidden(true)");
    await tab.go(LENA_ADDRESS);
    await tab.show(LENA);
    await tab.reported();
    expect(await tab.after(5000)).toEqual([]);
    await tab.run("setHidden(false)");
    expect(nameOf((await tab.after(500)).at(-1))).toBe("Lena Vogt");
  }));

test("after the end nothing is reported and no timer is left", () =>
  withTab(INES, async (tab) => {
    await tab.after(0);
    await tab.reported();
    await tab.run("abort()");
    expect(await tab.run("pendingTimers()")).toBe(0);
    await tab.go(LENA_ADDRESS);
    await tab.show(LENA);
    expect(await tab.after(10_000)).toEqual([]);
  }));
