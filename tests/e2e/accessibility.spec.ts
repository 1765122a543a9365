/**
 * axe finds nothing serious in the real build. The settings page is looked at where it is; popup, card and form, which no
 * script of a page can enter, are looked at as copies of what they draw, with their style sheets.
 */
import type { Page } from "@playwright/test";
import axe from "axe-core";
import { askCore, connect, expect, openExtensionPage, test } from "./harness";
import { Popup } from "./support/popup";
import { cardOf, expectBadge, INES, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

interface Copy {
  html: string;
  css: string;
}

/** In the page: the tree around an element, and the style sheets of its root. */
function copyAround(inside: Element): Copy {
  const root = inside.getRootNode() as Document | ShadowRoot;
  const css = [...root.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
  if (!(root instanceof ShadowRoot)) {
    return { html: root.body.innerHTML, css: css.join("\n").replaceAll(":host", ".copied") };
  }
  // The overlay's outermost element is one that serialises as empty, so its children are copied one by one.
  const children = [...(root.querySelector(".fulcrum")?.children ?? [])].map((child) => child.outerHTML);
  return {
    html: `<div class="fulcrum">${children.join("")}</div>`,
    css: css.join("\n").replaceAll(":host", ".copied"),
  };
}

async function serious(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document);
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
  });
}

async function seriousInCopy(page: Page, { html, css }: Copy, colorScheme: "light" | "dark"): Promise<string[]> {
  const copy = await page.context().newPage();
  await copy.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await copy.setContent(
    `<!doctype html><html lang="en"><title>Copy</title><style>${css}</style><main class="copied">${html}</main></html>`,
  );
  const found = await serious(copy);
  await copy.close();
  return found;
}

test("settings, before and after the connection", async ({ context, sandbox }) => {
  const options = await openOptions(context);
  await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await options.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await serious(options)).toEqual([]);
  }
  await connect(context, sandbox);
  await expect(options.getByText("Up to date")).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await options.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    expect(await serious(options)).toEqual([]);
  }
});

test("projects: people, the plan for them, and what became of them", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const profile = { key: "gh:login:noor-demo", url: "https://github.com/noor-demo", name: "Noor Vand", site: "github" };
  const named = await askCore(context, { command: "name_project", project: null, name: "Platform" });
  const project = named.reply === "projects" ? (named.projects[0]?.project ?? 0) : 0;
  await askCore(context, { command: "add_to_project", project, profiles: [profile] });
  const page = await openExtensionPage(context, `projects.html#project=${project}`);
  await expect(page.getByRole("row", { name: /Noor Vand/ })).toBeVisible();
  const everyLook = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await serious(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 900 });
    const wide = () => document.documentElement.scrollWidth - innerWidth;
    expect(await page.evaluate(wide)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await everyLook();
  await page.getByRole("checkbox", { name: "Select everybody" }).check();
  await page.getByRole("button", { name: "Export 1 person to Lever" }).click();
  await page.getByRole("button", { name: "What Lever gets" }).click();
  await everyLook();
  await page.getByRole("button", { name: "Export 1 person", exact: true }).click();
  await expect(page.getByText("1 exported")).toBeVisible();
  await everyLook();
});

test("search, with people and with nobody", async ({ context, sandbox }) => {
  await connect(context, sandbox);
  const search = await openExtensionPage(context, "search.html");
  await expect(search.getByRole("status")).toHaveText(/ shown$/);
  await expect(search.getByRole("link").first()).toBeVisible();
  for (const words of ["", "nobody-is-called-so"]) {
    await search.getByRole("searchbox").fill(words);
    await expect(search.getByText("Nobody fits.")).toHaveCount(words === "" ? 0 : 1);
    for (const colorScheme of ["light", "dark"] as const) {
      await search.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      expect(await serious(search)).toEqual([]);
    }
    await search.setViewportSize({ width: 320, height: 900 });
    const wide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await search.evaluate(wide)).toBeLessThanOrEqual(0);
    await search.getByRole("button", { name: "Filters" }).click();
    expect(await serious(search)).toEqual([]);
    await search.getByRole("button", { name: "Filters" }).click();
    await search.setViewportSize({ width: 1280, height: 900 });
  }
});

test("badge, card, form and popup", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const ines = await openProfile(INES.address);
  await expectBadge(ines, INES.badge);
  await expect((await openCard(ines)).getByText("Resume, notes and files read")).toBeVisible();
  const card = await (await cardOf(ines)).evaluate(copyAround);
  const tomasz = await openProfile(TOMASZ.address);
  await expectBadge(tomasz, "Not in Lever · Add");
  await openCard(tomasz);
  await expect((await cardOf(tomasz)).getByText("New person, one opportunity")).toBeVisible();
  const form = await (await cardOf(tomasz)).evaluate(copyAround);
  const popup = await Popup.open(context, ines);
  await expect.poll(() => popup.text()).toContain("ines.k@example.org");
  const bar = (await popup.evaluate(`(${copyAround})(document.body.firstElementChild)`)) as Copy;
  await popup.close();
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [what, copy] of Object.entries({ card, form, popup: bar })) {
      expect(copy.css.length, what).toBeGreaterThan(1_000);
      expect(copy.html.length, what).toBeGreaterThan(1_000);
      expect(await seriousInCopy(ines, copy, colorScheme), `${what}, ${colorScheme}`).toEqual([]);
    }
  }
});
