/**
 * The way of the stories into badge and card, which live in a closed shadow root that no script can open. The debugger
 * can: it hands the root to Playwright's own isolated world, where a selector engine starts from it. From there on all
 * of Playwright works as usual: roles, names, real clicks and keys. The page itself still sees nothing.
 */
import { type CDPSession, type Locator, type Page, selectors } from "@playwright/test";

/** Name of the selector engine, and of the global in Playwright's world that it reads. */
const ENGINE = "closed";
const HANDOVER = "__closedRoots";

let registered: Promise<void> | undefined;

/** Registers the selector engine, once a process and before a page is opened. */
export function registerClosedRootEngine(): Promise<void> {
  registered ??= selectors.register(
    ENGINE,
    () => {
      // The selector engine gives the roots themselves, so that what stands directly in them is found as well.
      const roots = (): ShadowRoot[] => Reflect.get(globalThis, "__closedRoots") ?? [];
      return { query: () => roots()[0] ?? null, queryAll: () => roots() };
    },
    { contentScript: true },
  );
  return registered;
}

/**
 * The closed root as the start of locators: `(await overlay(page)).getByRole("button", …)`. Waits until there is one.
 * After a navigation, or after the root was made anew, ask again.
 */
export async function overlay(page: Page): Promise<Locator> {
  const session = await sessionOf(page);
  await waitUntil(async () => (await handOver(session, page)) > 0);
  return page.locator(`${ENGINE}=root`);
}

/** How many closed roots the page has now; the quiet mode's is none. */
export async function closedRootCount(page: Page): Promise<number> {
  return (await closedRoots(await sessionOf(page))).length;
}

/** Gives what is in the page's closed roots to Playwright's world. Returns how many there are. */
async function handOver(session: CDPSession, page: Page): Promise<number> {
  const roots = await closedRoots(session);
  if (roots.length === 0) {
    return 0;
  }
  const context = await playwrightWorld(session, page);
  for (const [index, backendNodeId] of roots.entries()) {
    const { object } = await session.send("DOM.resolveNode", { backendNodeId, executionContextId: context });
    if (object.objectId === undefined) {
      return 0;
    }
    await session.send("Runtime.callFunctionOn", {
      objectId: object.objectId,
      functionDeclaration: `function (index) {
        const known = index === 0 ? [] : globalThis.${HANDOVER};
        known.push(this);
        globalThis.${HANDOVER} = known;
      }`,
      arguments: [{ value: index }],
    });
  }
  return roots.length;
}

interface DomNode {
  backendNodeId: number;
  shadowRootType?: string;
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

async function closedRoots(session: CDPSession): Promise<number[]> {
  const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
  const found: number[] = [];
  const visit = (node: DomNode) => {
    if (node.shadowRootType === "closed") {
      found.push(node.backendNodeId);
    }
    for (const next of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) {
      visit(next);
    }
  };
  visit(root as DomNode);
  return found;
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();
const worlds = new WeakMap<CDPSession, Map<number, string>>();

function sessionOf(page: Page): Promise<CDPSession> {
  let session = sessions.get(page);
  if (session === undefined) {
    session = openSession(page);
    sessions.set(page, session);
  }
  return session;
}

async function openSession(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  const known = new Map<number, string>();
  worlds.set(session, known);
  session.on("Runtime.executionContextCreated", ({ context }) => known.set(context.id, context.name));
  session.on("Runtime.executionContextDestroyed", ({ executionContextId }) => known.delete(executionContextId));
  session.on("Runtime.executionContextsCleared", () => known.clear());
  await session.send("Runtime.enable");
  return session;
}

/** The world in which Playwright evaluates selectors; it exists once a locator was used in the page. */
async function playwrightWorld(session: CDPSession, page: Page): Promise<number> {
  let id: number | undefined;
  await waitUntil(async () => {
    await page.locator("html").count();
    const entries = [...(worlds.get(session) ?? [])].filter(([, name]) =>
      name.startsWith("__playwright_utility_world"),
    );
    id = entries.at(-1)?.[0];
    return id !== undefined;
  });
  if (id === undefined) {
    throw new Error("Playwright's world was not found");
  }
  return id;
}

async function waitUntil(condition: () => Promise<boolean>, milliseconds = 20_000): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > end) {
      throw new Error("waited in vain for the closed root");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
