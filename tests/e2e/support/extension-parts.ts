/** The parts of the running extension that stories look at and kill: service worker, offscreen document, core worker. */
import type { BrowserContext, CDPSession, Page, Worker } from "@playwright/test";

/** The extension's service worker; started by the browser when it is asked for something. */
export async function serviceWorker(context: BrowserContext): Promise<Worker> {
  const [running] = context.serviceWorkers().filter(isOurs);
  return running ?? (await context.waitForEvent("serviceworker", { predicate: isOurs, timeout: 30_000 }));
}

export async function extensionId(context: BrowserContext): Promise<string> {
  return new URL((await serviceWorker(context)).url()).host;
}

function isOurs(worker: Worker): boolean {
  return worker.url().startsWith("chrome-extension://") && worker.url().endsWith("/service-worker.js");
}

/** Stops the service worker as the browser does when it has been idle; the next event starts it again. */
export async function killServiceWorker(context: BrowserContext): Promise<void> {
  // Any page of the extension will do: the debugger sees the workers of the page's own origin.
  const page = await openExtensionPage(context, "manifest.json");
  const session = await context.newCDPSession(page);
  const stopped = new Promise<void>((resolve) => {
    session.on("ServiceWorker.workerVersionUpdated", ({ versions }) => {
      if (versions.some((version) => version.runningStatus === "stopped")) {
        resolve();
      }
    });
  });
  await session.send("ServiceWorker.enable");
  await session.send("ServiceWorker.stopAllWorkers");
  await stopped;
  await page.close();
}

/** Closes the offscreen document, and the core worker with it, as the browser may at any moment. */
export async function closeOffscreenDocument(context: BrowserContext): Promise<void> {
  const worker = await serviceWorker(context);
  await worker.evaluate(() => chrome.offscreen.closeDocument());
}

/** Ends the offscreen document and the core worker without a word to either, wherever they are. */
export async function killCore(context: BrowserContext): Promise<void> {
  await withBrowserSession(context, async (browser) => {
    const { targetInfos } = await browser.send("Target.getTargets");
    for (const { targetId } of targetInfos.filter(({ url }) => url.endsWith("/offscreen.html"))) {
      await browser.send("Target.closeTarget", { targetId });
    }
  });
}

/** Ends the whole browser as a machine does that runs out of power. */
export async function killBrowser(context: BrowserContext): Promise<void> {
  const processes = await withBrowserSession(context, async (browser) => {
    const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
    return processInfo;
  });
  const gone = new Promise((resolve) => context.once("close", resolve));
  for (const { id } of processes.toSorted((one) => (one.type === "browser" ? -1 : 1))) {
    try {
      process.kill(id, "SIGKILL");
    } catch {
      // It has gone with the browser.
    }
  }
  await gone;
}

/** Breaks the core worker the way a panic of the core does: an error that nobody catches. */
export async function breakCoreWorker(context: BrowserContext): Promise<void> {
  await inCoreWorker(context, "setTimeout(() => { throw new Error('broken by a test'); }, 0)");
}

/** Evaluates an expression in the core worker. */
export async function inCoreWorker(context: BrowserContext, expression: string): Promise<unknown> {
  return await withBrowserSession(context, async (browser) => {
    const { targetInfos } = await browser.send("Target.getTargets");
    const document = targetInfos.find((target) => target.url.endsWith("/offscreen.html"));
    if (document === undefined) {
      throw new Error("there is no offscreen document");
    }
    const offscreen = await NestedSession.attach(browser, document.targetId);
    const attached = offscreen.event("Target.attachedToTarget", ({ targetInfo }) =>
      JSON.stringify(targetInfo).includes("/core.worker.js"),
    );
    await offscreen.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
    const { sessionId } = (await attached) as { sessionId: string };
    const worker = new NestedSession(offscreen, sessionId);
    const answer = (await worker.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true })) as {
      result: { value?: unknown };
      exceptionDetails?: { text: string };
    };
    if (answer.exceptionDetails !== undefined) {
      throw new Error(answer.exceptionDetails.text);
    }
    return answer.result.value;
  });
}

async function withBrowserSession<T>(context: BrowserContext, work: (session: CDPSession) => Promise<T>): Promise<T> {
  const browser = context.browser();
  if (browser === null) {
    throw new Error("the context has no browser");
  }
  const session = await browser.newBrowserCDPSession();
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
}

interface Commander {
  send(method: string, params: Record<string, unknown>): Promise<unknown>;
  onMessage(sessionId: string, listener: (message: string) => void): void;
}

/** A debugger session within another; Playwright offers only the outermost. */
export class NestedSession implements Commander {
  private lastId = 0;
  private readonly answers = new Map<number, (answer: { result?: unknown; error?: { message: string } }) => void>();
  private readonly listeners = new Set<(method: string, params: Record<string, unknown>) => void>();

  constructor(
    private readonly outer: Commander,
    private readonly sessionId: string,
  ) {
    outer.onMessage(sessionId, (message) => this.receive(message));
  }

  static async attach(browser: CDPSession, targetId: string): Promise<NestedSession> {
    const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: false });
    return new NestedSession(
      {
        send: (method, params) => browser.send(method as "Target.sendMessageToTarget", params as { message: string }),
        onMessage: (wanted, listener) =>
          browser.on("Target.receivedMessageFromTarget", (event) => {
            if (event.sessionId === wanted) {
              listener(event.message);
            }
          }),
      },
      sessionId,
    );
  }

  async send(method: string, params: Record<string, unknown>): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<unknown>((resolve, reject) => {
      this.answers.set(id, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(`${method}: ${error.message}`)),
      );
    });
    const message = JSON.stringify({ id, method, params });
    await this.outer.send("Target.sendMessageToTarget", { sessionId: this.sessionId, message });
    return await answered;
  }

  /** The parameters of the next such event. */
  event(name: string, wanted: (params: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      const listener = (method: string, params: Record<string, unknown>) => {
        if (method === name && wanted(params)) {
          this.listeners.delete(listener);
          resolve(params);
        }
      };
      this.listeners.add(listener);
    });
  }

  onMessage(sessionId: string, listener: (message: string) => void): void {
    this.listeners.add((method, params) => {
      if (method === "Target.receivedMessageFromTarget" && params.sessionId === sessionId) {
        listener(String(params.message));
      }
    });
  }

  private receive(text: string): void {
    const message = JSON.parse(text);
    if (typeof message.id === "number") {
      this.answers.get(message.id)?.(message);
      this.answers.delete(message.id);
      return;
    }
    for (const listener of [...this.listeners]) {
      listener(message.method, message.params);
    }
  }
}

/** A page of the extension in a tab of its own. */
export async function openExtensionPage(context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`chrome-extension://${await extensionId(context)}/${name}`);
  return page;
}
