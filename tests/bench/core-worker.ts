/**
 * The core's worker, entered by the debugger: browser → offscreen document → worker. What runs is the package as shipped;
 * the debugger only looks on, asks, and (for the first read) lets the worker's clock run ahead.
 */
import type { BrowserContext, CDPSession } from "@playwright/test";

type Params = Record<string, unknown>;
type Listener = (method: string, params: Params) => void;

/** Sends a text to a session, and hears what it says. */
interface Line {
  send(message: string): Promise<unknown>;
  hear(listener: (message: string) => void): void;
}

/** A debugger session that is reached through another one. */
class InnerSession {
  readonly #line: Line;
  readonly #answers = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();
  readonly #listeners = new Set<Listener>();
  #last = 0;

  constructor(line: Line) {
    this.#line = line;
    line.hear((text) => {
      const message = JSON.parse(text);
      if (typeof message.id === "number") {
        this.#answers.get(message.id)?.(message);
        this.#answers.delete(message.id);
      } else {
        for (const listener of [...this.#listeners]) {
          listener(message.method, message.params);
        }
      }
    });
  }

  async send(method: string, params: Params = {}): Promise<Params> {
    this.#last += 1;
    const id = this.#last;
    const answered = new Promise<Params>((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) =>
        error === undefined ? resolve(result as Params) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
    await this.#line.send(JSON.stringify({ id, method, params }));
    return await answered;
  }

  on(listener: Listener): void {
    this.#listeners.add(listener);
  }

  /** The way to a session within this one. */
  lineTo(sessionId: string): Line {
    return {
      send: (message) => this.send("Target.sendMessageToTarget", { sessionId, message }),
      hear: (listener) =>
        this.on((method, params) => {
          if (method === "Target.receivedMessageFromTarget" && params.sessionId === sessionId) {
            listener(String(params.message));
          }
        }),
    };
  }
}

export class CoreWorker {
  private constructor(
    private readonly browser: CDPSession,
    private readonly worker: InnerSession,
  ) {}

  /** The worker must be running. */
  static async enter(context: BrowserContext): Promise<CoreWorker> {
    const browser = await browserSession(context);
    const offscreen = await enterOffscreen(browser);
    if (offscreen === null) {
      await browser.detach();
      throw new Error("the core is not running");
    }
    const found = new Promise<string>((resolve) =>
      offscreen.on((method, params) => {
        if (method === "Target.attachedToTarget" && JSON.stringify(params.targetInfo).includes("/core.worker.js")) {
          resolve(String(params.sessionId));
        }
      }),
    );
    await offscreen.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    return new CoreWorker(browser, new InnerSession(offscreen.lineTo(await found)));
  }

  /** Runs a function in the worker; it and its arguments travel as text. */
  async run<Arguments extends readonly unknown[], Result>(
    work: (...given: Arguments) => Result,
    ...given: Arguments
  ): Promise<Awaited<Result>> {
    const expression = `(${work.toString()})(...${JSON.stringify(given)})`;
    const answer = await this.worker.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    return valueIn(answer) as Awaited<Result>;
  }

  /** Bytes of WASM memory, which never shrinks, and of the JavaScript heap. */
  async memory(): Promise<number> {
    const prototype = (await this.worker.send("Runtime.evaluate", { expression: "WebAssembly.Memory.prototype" })) as {
      result: { objectId: string };
    };
    const memories = (await this.worker.send("Runtime.queryObjects", {
      prototypeObjectId: prototype.result.objectId,
    })) as {
      objects: { objectId: string };
    };
    const answer = await this.worker.send("Runtime.callFunctionOn", {
      objectId: memories.objects.objectId,
      functionDeclaration:
        "function () { return this.filter((one) => one !== WebAssembly.Memory.prototype).reduce((sum, one) => sum + one.buffer.byteLength, 0); }",
      returnByValue: true,
    });
    const wasm = Number(valueIn(answer));
    if (wasm === 0) {
      throw new Error("the worker's WASM memory was not found");
    }
    const heap = (await this.worker.send("Runtime.getHeapUsage")) as { totalSize: number };
    return wasm + heap.totalSize;
  }

  async leave(): Promise<void> {
    await this.browser.detach();
  }
}

/** Stops service worker, offscreen document and core worker, as the browser may at any moment, without opening a page. */
export async function stopEverything(context: BrowserContext): Promise<void> {
  const browser = await browserSession(context);
  const end = Date.now() + 20_000;
  for (let running = await extensionTargets(browser); running.length > 0; running = await extensionTargets(browser)) {
    if (Date.now() > end) {
      throw new Error("service worker or core did not stop");
    }
    // The offscreen document first, since what it says would wake the service worker; the core worker goes with it.
    const order = [...running.filter(isOffscreen), ...running.filter(({ type }) => type === "service_worker")];
    for (const { targetId } of order) {
      // It may have ended by itself in between.
      await browser.send("Target.closeTarget", { targetId }).catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await browser.detach();
}

/** Service worker, offscreen document and core worker, as far as they run. */
async function extensionTargets(browser: CDPSession): Promise<{ targetId: string; type: string; url: string }[]> {
  const { targetInfos } = await browser.send("Target.getTargets");
  return targetInfos.filter(({ url }) =>
    /^chrome-extension:\/\/[^/]+\/(offscreen\.html|service-worker\.js|core\.worker\.js)$/.test(url),
  );
}

function isOffscreen({ url }: { url: string }): boolean {
  return url.endsWith("/offscreen.html");
}

async function enterOffscreen(browser: CDPSession): Promise<InnerSession | null> {
  const document = (await extensionTargets(browser)).find(isOffscreen);
  if (document === undefined) {
    return null;
  }
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId: document.targetId, flatten: false });
  return new InnerSession({
    send: (message) => browser.send("Target.sendMessageToTarget", { sessionId, message }),
    hear: (listener) =>
      browser.on("Target.receivedMessageFromTarget", (event) => {
        if (event.sessionId === sessionId) {
          listener(event.message);
        }
      }),
  });
}

async function browserSession(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser();
  if (browser === null) {
    throw new Error("the context has no browser");
  }
  return await browser.newBrowserCDPSession();
}

function valueIn(answer: Params): unknown {
  const { result, exceptionDetails } = answer as {
    result: { value?: unknown };
    exceptionDetails?: { text: string; exception?: { description?: string } };
  };
  if (exceptionDetails !== undefined) {
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }
  return result.value;
}
