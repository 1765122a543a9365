// @ts-check
/**
 * Loads saved pages at their real addresses in Chromium and runs the shipped adapters in them, in an isolated world as a
 * content script would be. The page's own scripts never run, nothing reaches the network, and a page cannot send the
 * browser elsewhere.
 */
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { build } from "esbuild";

const WORLD = "fulcrum";

// Scripts, frames and sub-resources are refused; styles in the page count, since visibility depends on them. Scripting
// stays on for the parser, so that `noscript` is no content, as in the recruiter's browser.
const POLICY = [
  "default-src 'none'",
  "script-src 'none'",
  "style-src 'unsafe-inline' data:",
  "img-src data:",
  "font-src data:",
  "form-action 'none'",
].join("; ");

/** @returns {Promise<string>} the adapters as one script that defines `fulcrumPage` */
export async function bundleAdapters(entry = new URL("./page-entry.ts", import.meta.url)) {
  const result = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "fulcrumPage",
    target: "es2022",
    logLevel: "silent",
  });
  const [file] = result.outputFiles;
  if (file === undefined) {
    throw new Error("the adapters could not be bundled");
  }
  return file.text;
}

/** @returns {Promise<import("@playwright/test").Browser>} */
export function launchBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  });
}

/**
 * A page that was loaded at an address from text, with the adapters in a world of their own.
 * @typedef {object} LoadedPage
 * @property {(expression: string) => Promise<any>} evaluate runs an expression in the adapters' world
 * @property {import("@playwright/test").Page} page
 * @property {() => Promise<void>} close
 */

/**
 * @param {import("@playwright/test").Browser} browser
 * @param {string} script the bundled adapters
 * @param {Buffer} html
 * @param {string} address
 * @returns {Promise<LoadedPage>}
 */
export async function loadPage(browser, script, html, address) {
  const context = await browser.newContext({ serviceWorkers: "block", viewport: { width: 1280, height: 900 } });
  try {
    let served = false;
    await context.route("**/*", async (route) => {
      const request = route.request();
      const isMain = request.isNavigationRequest() && request.frame().parentFrame() === null;
      if (isMain && !served) {
        served = true;
        await route.fulfill({ status: 200, headers: headersOf(html), body: html });
      } else if (isMain) {
        // "No content" leaves the page where it is: a refresh or redirect of its own goes nowhere.
        await route.fulfill({ status: 204 });
      } else {
        await route.abort();
      }
    });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address, { waitUntil: "domcontentloaded" });
    const session = await context.newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId } = await session.send("Page.createIsolatedWorld", {
      frameId: frameTree.frame.id,
      worldName: WORLD,
    });
    /** @param {string} expression */
    const evaluate = async (expression) => {
      const answer = await session.send("Runtime.evaluate", {
        expression,
        contextId: executionContextId,
        returnByValue: true,
        awaitPromise: true,
      });
      if (answer.exceptionDetails !== undefined) {
        throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
      }
      return answer.result.value;
    };
    await evaluate(`${script};undefined`);
    return { evaluate, page, close: () => context.close() };
  } catch (error) {
    await context.close();
    throw error;
  }
}

/**
 * Saved pages are UTF-8 unless they are not; then their own declaration decides.
 * @param {Buffer} html
 * @returns {Record<string, string>}
 */
function headersOf(html) {
  let charset = "; charset=utf-8";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(html);
  } catch {
    charset = "";
  }
  return { "content-type": `text/html${charset}`, "content-security-policy": POLICY };
}

/**
 * What the adapters read from a saved page.
 * @param {import("@playwright/test").Browser} browser
 * @param {string} script
 * @param {Buffer} html
 * @param {string} address
 * @returns {Promise<{reading: string, reason: string | null, answer: unknown}>}
 */
export async function readSavedPage(browser, script, html, address) {
  const loaded = await loadPage(browser, script, html, address);
  try {
    return JSON.parse(await loaded.evaluate("JSON.stringify(fulcrumPage.readPage())"));
  } finally {
    await loaded.close();
  }
}
