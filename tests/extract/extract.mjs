// @ts-check
/**
 * `./build.sh extract FILE.html URL [FILE.html URL …]`: one JSON line a page, what the shipped adapters read from the saved
 * page loaded at that address. Exit status: 0, 1 where a page could not be loaded, 2 for a wrong call.
 */
import { readFile } from "node:fs/promises";

const USAGE = "usage: ./build.sh extract FILE.html URL [FILE.html URL …]";

/**
 * @param {string[]} words
 * @returns {{file: string, address: string}[] | string} the pages, or what is wrong with the call
 */
function pagesOf(words) {
  if (words.length === 0 || words.length % 2 !== 0) {
    return "each file needs the address it was saved from";
  }
  const pages = [];
  for (let at = 0; at < words.length; at += 2) {
    const file = words[at] ?? "";
    const address = words[at + 1] ?? "";
    if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) {
      return `not a web address: ${address}`;
    }
    pages.push({ file, address });
  }
  return pages;
}

/**
 * @param {string[]} words
 * @returns {Promise<number>} the exit status
 */
async function main(words) {
  const pages = pagesOf(words);
  if (typeof pages === "string") {
    console.error(`${pages}\n${USAGE}`);
    return 2;
  }
  const saved = [];
  for (const { file, address } of pages) {
    try {
      saved.push({ file, address, html: await readFile(file) });
    } catch (error) {
      console.error(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
      return 1;
    }
  }
  // Loaded only now: a wrong call is answered at once.
  const { bundleAdapters, launchBrowser, readSavedPage } = await import("./page-reader.mjs");
  const script = await bundleAdapters();
  const browser = await launchBrowser();
  let status = 0;
  try {
    for (const { file, address, html } of saved) {
      try {
        const { reading, reason, answer } = await readSavedPage(browser, script, html, address);
        if (answer === null) {
          console.error(`${file}: nobody (${reason ?? reading})`);
        }
        console.log(JSON.stringify(answer));
      } catch (error) {
        status = 1;
        console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
        console.log("null");
      }
    }
  } finally {
    await browser.close();
  }
  return status;
}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  },
);
