/**
 * The content script's own world in one page, entered by the debugger, with a stopwatch in it: it hears when the content
 * script sends something and sees the closed root from inside. Only `sendMessage` is wrapped, to note the time; the page
 * itself, the package and what is sent stay as they are.
 */
import type { BrowserContext, CDPSession, Page } from "@playwright/test";

/** Moments of the world's `performance.now()`, in milliseconds. */
export interface BadgeTimes {
  /** The first message of any kind after the start. */
  firstMessage: number;
  /** The first message that carried the profile. */
  profileSent: number;
  /** After the first frame that showed the answer. */
  painted: number;
  /** What the badge says. */
  kind: string;
  text: string;
}

export interface ExportTimes {
  pressed: number;
  painted: number;
  text: string;
}

/** Resolves with what was awaited; started before what it times begins. */
interface Started<Times> {
  times: Promise<Times>;
}

interface Stopwatch {
  badge(): Started<BadgeTimes>;
  badgeSays(part: string): Promise<{ kind: string; text: string }>;
  exported(): Started<ExportTimes>;
  /** What was started last. */
  started: Started<unknown> | null;
}

declare global {
  var fulcrumStopwatch: Stopwatch | undefined;
}

export class ContentWorld {
  private constructor(
    private readonly session: CDPSession,
    private readonly world: number,
  ) {}

  /** Enters once the badge's root is in the page, and starts listening there. */
  static async enter(context: BrowserContext, page: Page): Promise<ContentWorld> {
    const session = await context.newCDPSession(page);
    const worlds: number[] = [];
    session.on("Runtime.executionContextCreated", ({ context: created }) => {
      if (created.origin.startsWith("chrome-extension://")) {
        worlds.push(created.id);
      }
    });
    await session.send("Runtime.enable");
    const root = await closedRoot(session);
    const world = worlds.at(-1);
    if (world === undefined) {
      throw new Error("the content script's world was not found");
    }
    const { object } = await session.send("DOM.resolveNode", { backendNodeId: root, executionContextId: world });
    if (object.objectId === undefined) {
      throw new Error("the closed root cannot be reached");
    }
    await session.send("Runtime.callFunctionOn", {
      objectId: object.objectId,
      functionDeclaration: `function () { (${installStopwatch.toString()})(this); }`,
    });
    return new ContentWorld(session, world);
  }

  /** From the page's next message to the badge that tells something. */
  async badge(work: () => Promise<void>): Promise<BadgeTimes> {
    return (await this.#time("badge", work)) as BadgeTimes;
  }

  /** Waits until the badge tells something that contains this. */
  badgeSays(part: string): Promise<{ kind: string; text: string }> {
    return this.#run(`globalThis.fulcrumStopwatch.badgeSays(${JSON.stringify(part)})`) as Promise<{
      kind: string;
      text: string;
    }>;
  }

  /** From the next Enter in the card to the outcome on the screen. */
  async exported(work: () => Promise<void>): Promise<ExportTimes> {
    return (await this.#time("exported", work)) as ExportTimes;
  }

  /** The stopwatch runs before the work begins, and is read after it. */
  async #time(what: "badge" | "exported", work: () => Promise<void>): Promise<unknown> {
    const stopwatch = "globalThis.fulcrumStopwatch";
    await this.#run(`${stopwatch}.started = ${stopwatch}.${what}(); null`);
    await work();
    return await this.#run(`${stopwatch}.started.times`);
  }

  async #run(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = await this.session.send("Runtime.evaluate", {
      expression,
      contextId: this.world,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) {
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    }
    return result.value;
  }
}

interface DomNode {
  backendNodeId: number;
  shadowRootType?: string;
  children?: DomNode[];
  shadowRoots?: DomNode[];
}

async function closedRoot(session: CDPSession): Promise<number> {
  const end = Date.now() + 30_000;
  for (;;) {
    const { root } = await session.send("DOM.getDocument", { depth: -1, pierce: true });
    const found = firstClosed(root as DomNode);
    if (found !== null) {
      return found;
    }
    if (Date.now() > end) {
      throw new Error("no badge came");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function firstClosed(node: DomNode): number | null {
  if (node.shadowRootType === "closed") {
    return node.backendNodeId;
  }
  for (const next of [...(node.shadowRoots ?? []), ...(node.children ?? [])]) {
    const found = firstClosed(next);
    if (found !== null) {
      return found;
    }
  }
  return null;
}

/** Runs in the content script's world; travels there as text, so it may use nothing from outside. */
function installStopwatch(root: ShadowRoot): void {
  const LIMIT = 65_000;
  let run: { firstMessage: number | null; profileSent: number | null } | null = null;

  const note = (message: unknown): void => {
    if (run === null) {
      return;
    }
    const at = performance.now();
    run.firstMessage ??= at;
    const params = Reflect.get(Object(message), "params");
    const carrier = Object(Reflect.get(Object(params), "command") ?? params);
    if (Reflect.get(carrier, "profile")) {
      run.profileSent ??= at;
    }
  };
  const wrapped = new Set<unknown>();
  for (const name of ["browser", "chrome"]) {
    const runtime = Object(Reflect.get(Object(Reflect.get(globalThis, name)), "runtime"));
    const send: unknown = Reflect.get(runtime, "sendMessage");
    if (typeof send === "function" && !wrapped.has(send)) {
      const noting = function (this: unknown, ...given: unknown[]) {
        note(given[0]);
        return send.apply(this, given);
      };
      wrapped.add(noting);
      Reflect.set(runtime, "sendMessage", noting);
    }
  }

  /** Resolves once `seen` gives something, with the moment after the frame that showed it. */
  const painted = <Seen>(seen: () => Seen | null): Promise<{ seen: Seen; at: number }> =>
    new Promise((resolve, reject) => {
      let waits = false;
      const observer = new MutationObserver(() => look());
      const end = setTimeout(() => {
        observer.disconnect();
        reject(new Error(`nothing came in ${LIMIT} ms; on the screen: ${root.textContent}`));
      }, LIMIT);
      const look = (): void => {
        if (waits || seen() === null) {
          return;
        }
        waits = true;
        requestAnimationFrame(() => {
          const afterFrame = new MessageChannel();
          afterFrame.port1.onmessage = () => {
            const at = performance.now();
            const now = seen();
            afterFrame.port1.close();
            waits = false;
            if (now === null) {
              look();
            } else {
              observer.disconnect();
              clearTimeout(end);
              resolve({ seen: now, at });
            }
          };
          afterFrame.port2.postMessage(null);
        });
      };
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      look();
    });

  const badge = (): { kind: string; text: string } | null => {
    const button = root.querySelector<HTMLElement>(".badge");
    const place = root.querySelector<HTMLElement>(".badge-place");
    const kind = button?.dataset.kind;
    if (button === null || place === null || "waiting" in place.dataset || kind === undefined || kind === "looking") {
      return null;
    }
    return { kind, text: button.textContent ?? "" };
  };

  const badgeTimes = async (): Promise<BadgeTimes> => {
    const mine: { firstMessage: number | null; profileSent: number | null } = { firstMessage: null, profileSent: null };
    run = mine;
    const { seen, at } = await painted(() => (mine.profileSent === null ? null : badge()));
    run = null;
    return { firstMessage: mine.firstMessage ?? at, profileSent: mine.profileSent ?? at, painted: at, ...seen };
  };

  const exportTimes = async (): Promise<ExportTimes> => {
    let pressed: number | null = null;
    const hear = (event: Event): void => {
      if (event instanceof KeyboardEvent && event.key === "Enter") {
        pressed ??= performance.now();
      }
    };
    root.addEventListener("keydown", hear, true);
    const { at } = await painted(() => root.querySelector(".card .actions a[href]"));
    root.removeEventListener("keydown", hear, true);
    return { pressed: pressed ?? at, painted: at, text: root.querySelector(".card .notice")?.textContent ?? "" };
  };

  globalThis.fulcrumStopwatch = {
    started: null,
    badge: () => ({ times: badgeTimes() }),
    exported: () => ({ times: exportTimes() }),
    async badgeSays(part) {
      const says = () => {
        const told = badge();
        return told?.text.includes(part) ? told : null;
      };
      return (await painted(says)).seen;
    },
  };
}
