/**
 * What is shipped, as files: who may be reached, what a page can see of us, what the browser is asked to allow. These
 * are promises to recruiters and to the stores, so they are written out here in full and changed knowingly.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";

const DIST = resolve(import.meta.dirname, "../../dist");

/** The API in its three places, and the two hosts where Lever gives out OAuth tokens (the second is Lever's own tenant). */
const LEVER_ORIGINS = [
  "https://api.lever.co",
  "https://api.sandbox.lever.co",
  "https://api.eu.lever.co",
  "https://auth.lever.co",
  "https://sandbox-lever.auth0.com",
];
const SITES = ["https://*.linkedin.com/*", "https://github.com/*"];
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  `connect-src 'self' ${LEVER_ORIGINS.join(" ")}`,
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Addresses that may stand in the built files: Lever's own, the sites', and names of XML vocabularies, which nobody requests. */
const KNOWN_HOSTS = [
  "lever.co",
  "sandbox-lever.auth0.com",
  "linkedin.com",
  "github.com",
  "www.w3.org",
  "schema.org",
  "example.com",
];

/** In the reader of PDFs, which asks for none: names of vocabularies of forms, and what its polyfill of `URL` tries itself on. */
const READER_HOSTS = ["www.xfa.org", "ns.adobe.com", "foo.bar", "a", "x"];

/** In the writer of PDFs, which asks for none: names of vocabularies of PDFs, and standards that its complaints refer to. */
const WRITER_HOSTS = ["www.aiim.org", "ns.adobe.com", "purl.org", "tools.ietf.org"];

/** Hosts that stand in a file and are not known. */
function foreignHosts(file: string, text: string): string[] {
  const hosts = [...text.matchAll(/(?:https?|wss?):\/\/((?:(?!https?:)[a-z0-9.-])+)/gi)].map(([, host]) => host ?? "");
  if (file.endsWith(".wasm")) {
    // Here texts stand end to end without a gap, so a host may run into the word that follows it.
    const whole = hosts.filter((host) => host.replace(/^www\./, "").includes("."));
    return whole.filter((host) => !KNOWN_HOSTS.some((known) => host.includes(known)));
  }
  const reader = file.endsWith("resume.worker.js") ? READER_HOSTS : [];
  const writer = file.endsWith("resume-maker.worker.js") ? WRITER_HOSTS : [];
  const all = [...KNOWN_HOSTS, ...reader, ...writer];
  return hosts.filter((host) => !all.some((known) => host === known || host.endsWith(`.${known}`)));
}

interface Manifest extends Record<string, unknown> {
  version: string;
  permissions: string[];
  host_permissions: string[];
  content_scripts: Record<string, unknown>[];
  content_security_policy: Record<string, string>;
}

function manifestOf(browser: string): Manifest {
  return JSON.parse(readFileSync(join(DIST, browser, "manifest.json"), "utf8"));
}

function filesOf(browser: string): string[] {
  return readdirSync(join(DIST, browser), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

for (const browser of ["chromium", "firefox"]) {
  test.describe(`the ${browser} package`, () => {
    test("reaches Lever and the sites, nothing else", () => {
      const manifest = manifestOf(browser);
      expect(manifest.host_permissions).toEqual([...LEVER_ORIGINS.map((origin) => `${origin}/*`), ...SITES]);
      expect(manifest).not.toHaveProperty("optional_host_permissions");
      expect(manifest).not.toHaveProperty("externally_connectable");
    });

    test("has exactly this content security policy", () => {
      expect(manifestOf(browser).content_security_policy).toEqual({ extension_pages: POLICY });
    });

    test("shows no file to web pages", () => {
      expect(manifestOf(browser)).not.toHaveProperty("web_accessible_resources");
    });

    test("runs one script on the sites, in the page's top frame", () => {
      expect(manifestOf(browser).content_scripts).toEqual([
        { matches: SITES, js: ["content.js"], run_at: "document_start", all_frames: false },
      ]);
    });

    test("asks for no more than it uses", () => {
      const common = ["activeTab", "alarms", "identity", "notifications", "scripting", "storage", "unlimitedStorage"];
      const own = browser === "chromium" ? ["offscreen", "sidePanel"] : [];
      expect(manifestOf(browser).permissions.toSorted()).toEqual([...common, ...own].toSorted());
    });

    test("stays out of private windows", () => {
      expect(manifestOf(browser).incognito).toBe("not_allowed");
    });

    test("names no foreign address in any of its files", () => {
      const foreign: string[] = [];
      for (const file of filesOf(browser).filter((name) => /\.(js|html|css|json|wasm)$/.test(name))) {
        const text = readFileSync(file, "latin1");
        foreign.push(...foreignHosts(file, text).map((host) => `${relative(DIST, file)}: ${host}`));
        // SQLite compares the host part of `file:` addresses with this word; nothing is asked of it.
        const own = file.endsWith(".wasm") ? text.replace("\0localhost\0", "\0\0") : text;
        if (/\blocalhost\b|\b127\.0\.0\.1\b/.test(own)) {
          foreign.push(`${relative(DIST, file)}: this machine`);
        }
      }
      expect([...new Set(foreign)]).toEqual([]);
    });

    test("holds no path of the machine it was built on, no source map and no code made from text", () => {
      const repository = resolve(DIST, "..");
      for (const file of filesOf(browser)) {
        expect(file).not.toMatch(/\.map$/);
        const text = readFileSync(file, "latin1");
        expect(text.includes(repository), `${file} names the checkout`).toBe(false);
        expect(/\/home\/|\/root\/|\/Users\/|\.cargo\/registry/.test(text), `${file} names a home folder`).toBe(false);
        if (file.endsWith(".js")) {
          expect(/\bnew Function\(|\beval\(|sourceMappingURL/.test(text), `${file} makes code from text`).toBe(false);
        }
      }
    });

    test("names every file that its manifest and pages refer to", () => {
      const names = new Set(filesOf(browser).map((file) => relative(join(DIST, browser), file)));
      const text = JSON.stringify(manifestOf(browser));
      const referred = [...text.matchAll(/"([\w./-]+\.(?:js|html|png))"/g)].map(([, name]) => name ?? "");
      for (const page of [...names].filter((name) => name.endsWith(".html"))) {
        const html = readFileSync(join(DIST, browser, page), "utf8");
        referred.push(...[...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, name]) => name ?? ""));
      }
      expect(referred.filter((name) => !names.has(name))).toEqual([]);
    });

    test("keeps to its sizes", () => {
      const gzipped = (name: string) => gzipSync(readFileSync(join(DIST, browser, name)), { level: 9 }).length;
      expect(gzipped("content.js")).toBeLessThanOrEqual(40_000);
      // Loaded when a resume is dropped, and by nothing else.
      expect(gzipped("resume.worker.js")).toBeLessThanOrEqual(700_000);
      // Loaded when a resume is made, and by nothing else.
      expect(gzipped("resume-maker.worker.js")).toBeLessThanOrEqual(260_000);
      expect(gzipped("fonts/inter-regular.ttf") + gzipped("fonts/inter-semibold.ttf")).toBeLessThanOrEqual(340_000);
      expect(gzipped("fulcrum_bg.wasm")).toBeLessThanOrEqual(1_200_000);
    });
  });
}
