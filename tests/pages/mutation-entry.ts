/**
 * Damages an open page the way a redesign would, from a seed, and reads it. Runs inside the page.
 */
import { readPage } from "../extract/page-entry";

/** mulberry32: a small generator with a seed, so that a failing mutation can be made again. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

let original: Element | null = null;

/** Restores the page, damages it by the seed and tells what is read now. */
export function readMutated(seed: number): string {
  original ??= document.documentElement.cloneNode(true) as Element;
  document.replaceChild(original.cloneNode(true), document.documentElement);
  const random = generator(seed);
  const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
  const all = (): Element[] => [...document.body.querySelectorAll("*")].filter((one) => one.closest("svg") === null);
  const damages: (() => void)[] = [
    () => renameClasses(all(), random),
    () => dropIds(all(), random),
    () => drop(pick(ATTRIBUTES), random),
    () => wrap(pick(all())),
    () => wrap(pick(all())),
    () => duplicateHidden(pick(all())),
    () => duplicateHidden(pick(all())),
    () => pick(all())?.remove(),
    () => translateHeadings(),
    () => swapSiblings(pick(all())),
  ];
  const times = 1 + Math.floor(random() * 4);
  for (let time = 0; time < times; time += 1) {
    pick(damages)?.();
  }
  return JSON.stringify(readPage().answer);
}

function renameClasses(elements: readonly Element[], random: () => number): void {
  const renamed = new Map<string, string>();
  for (const element of elements) {
    for (const name of [...element.classList]) {
      if (!renamed.has(name)) {
        renamed.set(name, random() < 0.6 ? `_${Math.floor(random() * 1e8).toString(16)}` : name);
      }
      element.classList.replace(name, renamed.get(name) ?? name);
    }
  }
}

const ATTRIBUTES = ["componentkey", "data-testid", "itemprop", "rel", "href", "data-section", "itemtype", "lang"];

function dropIds(elements: readonly Element[], random: () => number): void {
  for (const element of elements) {
    if (random() < 0.5) {
      element.removeAttribute("id");
    }
  }
}

function drop(attribute: string | undefined, random: () => number): void {
  if (attribute === undefined) {
    return;
  }
  for (const element of document.querySelectorAll(`[${attribute}]`)) {
    if (random() < 0.5) {
      element.removeAttribute(attribute);
    }
  }
}

function wrap(element: Element | undefined): void {
  const wrapper = document.createElement("div");
  element?.replaceWith(wrapper);
  if (element !== undefined) {
    wrapper.append(element);
  }
}

function duplicateHidden(element: Element | undefined): void {
  const twin = element?.cloneNode(true);
  if (twin instanceof HTMLElement) {
    twin.style.display = "none";
    element?.before(twin);
  }
}

function translateHeadings(): void {
  for (const heading of document.querySelectorAll("main h2, section > h2")) {
    if (heading.closest("a") === null && /^[A-Z][a-z]+$/.test(heading.textContent ?? "")) {
      heading.textContent = "Überschrift";
    }
  }
}

/** Order means something in a list, and between the badges of company and school: there it stays. */
function swapSiblings(element: Element | undefined): void {
  if (element?.matches("li, [role='button']") === true) {
    return;
  }
  const next = element?.nextElementSibling;
  if (element !== undefined && next !== null && next !== undefined) {
    next.after(element);
  }
}
