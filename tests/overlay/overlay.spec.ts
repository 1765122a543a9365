/**
 * The overlay in its closed root, on a page that listens to everything it can: the page hears and reads nothing, its
 * shortcuts stay asleep, and the recruiter gets along with the keyboard alone.
 */
import { expect, type Page, test } from "@playwright/test";
import type {} from "../../extension/preview/main";
import { openScene } from "./preview-page";

/** What a curious site can do: listen to everything on the window, first in the capture phase, and have shortcuts. */
const CURIOUS_SITE = `
  globalThis.heard = [];
  const types = ["keydown", "keypress", "keyup", "beforeinput", "input", "textInput", "change", "compositionstart",
    "compositionupdate", "compositionend", "focus", "focusin", "blur", "focusout", "copy", "cut", "paste", "select",
    "selectionchange", "dragstart", "drop"];
  for (const type of types) {
    for (const target of [window, document, document.documentElement, document.body]) {
      for (const capture of [true, false]) {
        target.addEventListener(type, (event) => {
          const named = event.target instanceof Element ? event.target.localName : "";
          heard.push(event.type + " " + (event.key ?? event.data ?? "") + " " + named);
        }, { capture });
      }
    }
  }
  window.addEventListener("keydown", (event) => {
    if (event.key === "e" || event.key === "Escape") {
      document.body.dataset.shortcut = event.key;
    }
  });
  const field = document.createElement("input");
  field.id = "own";
  document.body.append(field);
`;

/** What the page heard that has to do with keys, text or focus of ours; the browser's selection event carries nothing. */
function heard(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (globalThis as unknown as { heard: string[] }).heard.filter(
      (line) => line.includes("x-layer") || !line.startsWith("selectionchange"),
    ),
  );
}

function forget(page: Page): Promise<void> {
  return page.evaluate(() => {
    (globalThis as unknown as { heard: string[] }).heard.length = 0;
  });
}

const inCard = {
  open: (page: Page) => page.evaluate(() => globalThis.preview?.overlay.openCard()),
  focus: (page: Page, selector: string) =>
    page.evaluate(
      (wanted) => globalThis.preview?.overlay.host.root.querySelector<HTMLElement>(wanted)?.focus(),
      selector,
    ),
  text: (page: Page, selector: string) =>
    page.evaluate(
      (wanted) => globalThis.preview?.overlay.host.root.querySelector(wanted)?.textContent ?? null,
      selector,
    ),
  value: (page: Page, selector: string) =>
    page.evaluate((wanted) => {
      const field = globalThis.preview?.overlay.host.root.querySelector<HTMLInputElement | HTMLTextAreaElement>(wanted);
      return field?.value ?? null;
    }, selector),
  box: (page: Page, selector: string) =>
    page.evaluate((wanted) => {
      const rect = globalThis.preview?.overlay.host.root.querySelector(wanted)?.getBoundingClientRect();
      return rect === undefined ? null : { x: rect.x, y: rect.y, width: rect.width, height: rect.height };
    }, selector),
  focused: (page: Page) =>
    page.evaluate(() => {
      const active = globalThis.preview?.overlay.host.root.activeElement;
      return active === null || active === undefined ? null : active.id || active.className || active.localName;
    }),
};

function asked(page: Page, command: string): Promise<unknown[]> {
  return page.evaluate(
    (wanted) => globalThis.preview?.core.asked.filter((other) => other.command === wanted) ?? [],
    command,
  );
}

async function openForm(page: Page): Promise<void> {
  await openScene(page, "overlay", CURIOUS_SITE);
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("Not in Lever");
  await inCard.open(page);
  await expect.poll(() => inCard.text(page, ".notice b")).toBe("New person, one opportunity");
}

test("a page hears its own keys, and none of those typed in the card", async ({ page }) => {
  await openForm(page);
  await page.locator("#own").focus();
  await page.keyboard.type("ok");
  expect(await heard(page)).toContain("keydown k input");

  await inCard.focus(page, "#note");
  await forget(page);
  await page.keyboard.type("Knows Rust, see the e");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Control+v");

  expect(await inCard.value(page, "#note")).toContain("Knows Rust, see the e");
  expect(await page.evaluate(() => globalThis.preview?.overlay.shown.value?.card?.draft?.note.value)).toContain("Rust");
  expect(await heard(page)).toEqual([]);
  expect(await page.evaluate(() => document.body.dataset["shortcut"])).toBeUndefined();
});

test("text composed by an input method stays in the card", async ({ page, context }) => {
  await openForm(page);
  await inCard.focus(page, "#note");
  await forget(page);
  const session = await context.newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await session.send("Input.insertText", { text: "日本" });
  await expect.poll(() => inCard.value(page, "#note")).toBe("日本");
  expect(await heard(page)).toEqual([]);
});

test("a job is found, chosen and sent with the keyboard alone", async ({ page }) => {
  await openForm(page);
  await forget(page);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => inCard.text(page, "[role=option]")).toContain("Platform Engineer");
  await page.keyboard.type("data pl");
  await expect.poll(() => inCard.text(page, "[role=listbox]")).toBe("Data Platform LeadData · Remote");
  await page.keyboard.press("Enter");
  await expect.poll(() => inCard.text(page, ".form > .notice")).toContain("on Data Platform Lead, in New lead");
  expect(await asked(page, "export")).toEqual([]);
  await page.keyboard.press("Enter");
  await expect.poll(() => inCard.text(page, ".notice.in")).toContain("Added to Lever");

  const [sent] = await asked(page, "export");
  expect(sent).toMatchObject({ choices: { destination: { destination: "job", posting: "p2" } } });
  expect(await asked(page, "export")).toHaveLength(1);
  await expect.poll(() => inCard.focused(page)).toContain("button main");
  expect(await inCard.text(page, ".badge")).toContain("Added to Lever");
  expect(await heard(page)).toEqual([]);
});

test("Enter in the note is a new line; with Control it sends", async ({ page }) => {
  await openForm(page);
  await inCard.focus(page, "#note");
  await page.keyboard.type("One");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Two");
  expect(await inCard.value(page, "#note")).toBe("One\nTwo");
  expect(await asked(page, "export")).toEqual([]);
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => asked(page, "export")).toHaveLength(1);
  expect((await asked(page, "export"))[0]).toMatchObject({ choices: { note: "One\nTwo" } });
});

test("a script of the page cannot send: made-up keys reach nothing", async ({ page }) => {
  await openForm(page);
  await page.evaluate(() => {
    const host = document.querySelector("x-layer");
    for (const type of ["keydown", "keypress", "keyup"]) {
      host?.dispatchEvent(new KeyboardEvent(type, { key: "Enter", ctrlKey: true, bubbles: true, composed: true }));
    }
  });
  await inCard.focus(page, "#note");
  await page.keyboard.type("still here");
  expect(await inCard.value(page, "#note")).toBe("still here");
  expect(await asked(page, "export")).toEqual([]);
});

test("the page can neither see nor read what the card says", async ({ page }) => {
  await openScene(page, "overlay-known", CURIOUS_SITE);
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  await inCard.open(page);
  await expect.poll(() => inCard.text(page, ".details")).toContain("strong on streaming");
  const box = await inCard.box(page, ".rows");
  if (box === null) {
    throw new Error("the card has no rows");
  }
  // Drawn over with the pointer, as one selects text.
  await page.mouse.move(box.x + 70, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 70, box.y + box.height - 10, { steps: 5 });
  await page.mouse.up();
  const seen = await page.evaluate(() => {
    const host = document.querySelector("x-layer");
    return {
      root: host?.shadowRoot ?? null,
      attributes: host?.getAttributeNames(),
      children: host?.childNodes.length,
      // biome-ignore lint/performance/useDomNodeTextContent: what is drawn counts, not what stands in the document.
      text: document.documentElement.innerText,
      html: document.documentElement.outerHTML,
      selected: getSelection()?.toString(),
    };
  });
  expect(seen).toMatchObject({ root: null, attributes: [], children: 0, selected: "" });
  expect(seen.text).not.toContain("ines.k@example.org");
  expect(seen.html).not.toContain("ines.k@example.org");
  expect(seen.html).not.toContain("strong on streaming");
  expect(seen.html).not.toContain("extension:");
});

test("the badge stands beside the name and moves nothing", async ({ page }) => {
  await openScene(page, "overlay-known");
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  const name = await page.locator("h1").boundingBox();
  await expect
    .poll(async () => (await inCard.box(page, ".badge"))?.x)
    .toBe(Math.round((name?.x ?? 0) + (name?.width ?? 0) + 8));
  const before = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.scrollHeight,
  ]);
  await page.evaluate(() => document.querySelector("x-layer")?.remove());
  // The page took it out; it comes back, and the page's size never depended on it.
  await expect(page.locator("x-layer")).toHaveCount(1);
  const after = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.scrollHeight,
  ]);
  expect(after).toEqual(before);
});

test("a button of the site beside the name is never covered", async ({ page }) => {
  await openScene(
    page,
    "overlay-known",
    `const button = document.createElement("button");
     button.textContent = "Follow this person";
     button.style.cssText = "position:absolute;left:200px;top:20px;width:600px;height:40px";
     document.body.append(button);
     const below = button.cloneNode(true);
     below.style.left = "0px";
     below.style.top = "60px";
     document.body.append(below);`,
  );
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  await expect
    .poll(async () => {
      const badge = await inCard.box(page, ".badge");
      return page.evaluate((box) => {
        const overlaps = [...document.querySelectorAll("button")].some((button) => {
          const rect = button.getBoundingClientRect();
          return (
            box === null ||
            (rect.left < box.x + box.width &&
              rect.right > box.x &&
              rect.top < box.y + box.height &&
              rect.bottom > box.y)
          );
        });
        return overlaps;
      }, badge);
    })
    .toBe(false);
});

test("what is read late moves no button under the pointer", async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 520 });
  await openScene(page, "overlay-known");
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  await page.evaluate(() => {
    const { core } = globalThis.preview ?? {};
    if (core !== undefined) {
      const { ask } = core;
      core.ask = async (command, signal) => {
        if (command.command === "details") {
          await new Promise<void>((go) => Object.assign(globalThis, { go }));
        }
        return ask(command, signal);
      };
    }
  });
  await inCard.open(page);
  await expect.poll(() => inCard.box(page, "[aria-busy=true] .skeleton")).not.toBeNull();
  const before = await inCard.box(page, ".actions");
  await page.evaluate(() => (globalThis as unknown as { go: () => void }).go());
  await expect.poll(() => inCard.text(page, ".details")).toContain("strong on streaming");
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await inCard.box(page, ".actions")).toEqual(before);
  const card = await inCard.box(page, ".card");
  expect((card?.y ?? 0) + (card?.height ?? 0)).toBeLessThanOrEqual(520);
});

/** Where the badge stands once it has come to rest: its words may be drawn a frame before it has found its place. */
async function standing(page: Page): ReturnType<typeof inCard.box> {
  let last: Awaited<ReturnType<typeof inCard.box>> = null;
  await expect
    .poll(async () => {
      const before = last;
      last = await inCard.box(page, ".badge");
      return before !== null && JSON.stringify(before) === JSON.stringify(last);
    })
    .toBe(true);
  return last;
}

test("arrow keys dock the badge, Home puts it back", async ({ page }) => {
  await openScene(page, "overlay-known");
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  await inCard.focus(page, ".badge");
  const home = await standing(page);
  await page.keyboard.press("ArrowRight");
  const width = page.viewportSize()?.width ?? 0;
  await expect.poll(async () => ((await inCard.box(page, ".badge"))?.x ?? 0) > width / 2).toBe(true);
  const docked = await inCard.box(page, ".badge");
  await page.keyboard.press("ArrowDown");
  await expect.poll(async () => ((await inCard.box(page, ".badge"))?.y ?? 0) > (docked?.y ?? 0)).toBe(true);
  await page.keyboard.press("Home");
  await expect.poll(() => inCard.box(page, ".badge")).toEqual(home);
  expect(await inCard.focused(page)).toContain("badge");
});

test("the badge can be dragged, and a drag is not a press", async ({ page }) => {
  await openScene(page, "overlay-known");
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  const box = await standing(page);
  await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move(40, 400, { steps: 6 });
  await page.mouse.up();
  await expect.poll(async () => (await inCard.box(page, ".badge"))?.x).toBe(8);
  expect(await page.evaluate(() => globalThis.preview?.overlay.open.value)).toBe(false);
  expect(await page.evaluate(() => globalThis.preview?.overlay.place.value?.edge)).toBe("left");
});

test("Escape closes the card, tells the page nothing and gives the focus back", async ({ page }) => {
  await openScene(page, "overlay-known", CURIOUS_SITE);
  await expect.poll(() => inCard.text(page, ".badge b")).toBe("In Lever");
  await page.locator("#own").focus();
  await inCard.open(page);
  await expect.poll(() => inCard.focused(page)).toBe("card");
  await forget(page);
  await page.keyboard.press("Escape");
  await expect(page.locator("#own")).toBeFocused();
  expect(await page.evaluate(() => document.body.dataset["shortcut"])).toBeUndefined();
  expect((await heard(page)).filter((line) => line.includes("Escape"))).toEqual([]);
});

test("a form whose page has changed says so and sends nothing", async ({ page }) => {
  await openForm(page);
  await inCard.focus(page, "#note");
  await page.keyboard.type("for Tomasz alone");
  await page.evaluate(() => globalThis.preview?.overlay.clear());
  await expect
    .poll(() => inCard.text(page, ".notice.stop"))
    .toContain("This page has changed since you opened the form.");
  await page.keyboard.press("Enter");
  expect(await asked(page, "export")).toEqual([]);
});

test("a lost reply is not sent again: the form waits for the outcome", async ({ page }) => {
  await openForm(page);
  await page.evaluate(() => {
    const { core } = globalThis.preview ?? {};
    if (core?.exported.reply === "exported") {
      core.exported.outcome = { ...core.exported.outcome, state: "unknown", url: null, opportunity: null };
    }
  });
  await page.keyboard.press("Enter");
  await expect
    .poll(() => inCard.text(page, ".notice.maybe"))
    .toContain("Nothing is sent again until the outcome is found.");
  await page.keyboard.press("Enter");
  expect(await asked(page, "export")).toHaveLength(1);
  expect(await inCard.text(page, ".badge")).toContain("Finding the outcome");
});
