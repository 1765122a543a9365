/** Disconnect erases: the key first, then the copy of Lever and the journal. Nothing of a candidate is left on the disk. */
import type { BrowserContext } from "@playwright/test";
import { closeOffscreenDocument, connect, expect, openExtensionPage, shoot, test } from "./harness";
import { badgeOf, expectBadge, INES, openCard, openOptions, TOMASZ } from "./support/steps";

test.use({ sites: { pages: [INES, TOMASZ] } });

interface Kept {
  /** Bytes in the extension's private file system, and which of the given words are in them. */
  files: { bytes: number; found: string[] };
  vault: number;
  /** Everything in the browser's extension storage, as text. */
  storage: string;
}

/** What is on this computer, read past the extension's own code. */
async function kept(context: BrowserContext, words: readonly string[]): Promise<Kept> {
  const page = await openExtensionPage(context, "manifest.json");
  try {
    return await page.evaluate(async (wanted) => {
      const files = { bytes: 0, found: [] as string[] };
      const visit = async (folder: FileSystemDirectoryHandle) => {
        for await (const entry of folder.values()) {
          if (entry.kind === "directory") {
            await visit(entry as FileSystemDirectoryHandle);
            continue;
          }
          const file = await (entry as FileSystemFileHandle).getFile();
          const text = new TextDecoder("latin1").decode(await file.arrayBuffer());
          files.bytes += file.size;
          files.found.push(...wanted.filter((word) => text.includes(word)));
        }
      };
      await visit(await navigator.storage.getDirectory());
      const open = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open("fulcrum-vault");
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const vault = await new Promise<number>((resolve) => {
        const request = open.transaction("vault").objectStore("vault").count();
        request.onsuccess = () => resolve(request.result);
      });
      open.close();
      const storage = JSON.stringify([await chrome.storage.local.get(null), await chrome.storage.session.get(null)]);
      return { files, vault, storage };
    }, words);
  } finally {
    await page.close();
  }
}

const WORDS = ["Kowalczyk", "ines.k@example.org", "daniel.osei", "Abara", "tabara-demo"];

test("everything is erased, and the badge says so", async ({ context, sandbox, openProfile }, info) => {
  await connect(context, sandbox);
  const tomasz = await openProfile(TOMASZ.address);
  await expectBadge(tomasz, "Not in Lever · Add");
  const card = await openCard(tomasz);
  await card.getByRole("button", { name: "Add to Lever" }).click();
  await expect(card.getByText("Added to Lever as a prospect, in New lead.")).toBeVisible();
  const ines = await openProfile(INES.address);
  await expectBadge(ines, INES.badge);
  // The worker holds its files while it runs.
  await closeOffscreenDocument(context);
  const before = await kept(context, WORDS);
  // The secret, the key it is encrypted with, and the key of the files.
  expect(before.vault).toBe(3);
  // The files are encrypted: nobody's name can be read in them even now.
  expect(before.files.found).toEqual([]);
  expect(before.storage).toContain("ines.k@example.org");

  const options = await openOptions(context);
  await options.getByRole("button", { name: "Disconnect" }).click();
  await expect(options.getByRole("alertdialog", { name: "Erase everything?" })).toBeVisible();
  await expect(options.getByRole("button", { name: "Stay connected" })).toBeFocused();
  await shoot(options, info, "question");
  await options.getByRole("button", { name: "Disconnect and erase" }).click();
  await expect(
    options.getByText("Disconnected. The key, the copy of Lever and the journal are erased from this computer."),
  ).toBeVisible();
  await shoot(options, info, "erased");
  await options.close();

  await ines.bringToFront();
  await expectBadge(ines, "Not connected · Settings");
  const settings = context.waitForEvent("page");
  await (await badgeOf(ines)).click();
  await expect((await settings).getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  await (await settings).close();
  await ines.close();
  await tomasz.close();

  await closeOffscreenDocument(context);
  const after = await kept(context, WORDS);
  // The key of the files, which are empty.
  expect(after.vault).toBe(1);
  expect(after.files.found).toEqual([]);
  expect(after.files.bytes).toBeLessThan(before.files.bytes);
  expect(after.storage).not.toContain("ines.k@example.org");
  expect(after.storage).not.toContain(sandbox.key);
});

test("connected again, everything is read anew", async ({ context, sandbox, openProfile }) => {
  await connect(context, sandbox);
  const options = await openOptions(context);
  await options.getByRole("button", { name: "Disconnect" }).click();
  await options.getByRole("button", { name: "Disconnect and erase" }).click();
  await expect(options.getByRole("heading", { name: "Connect Lever" })).toBeVisible();
  await connect(context, sandbox);
  const page = await openProfile(INES.address);
  await expectBadge(page, INES.badge);
});
