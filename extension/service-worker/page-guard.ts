/**
 * The last check before a write: the tab must still show the person the export was made for. Sites change pages in
 * place, so the dialog may be a moment behind. Where the address proves nobody, nothing is written. And whom a page may be
 * told more about.
 */
import { pageKey } from "../content/adapters/page-key";
import { extension } from "../shared/browser";
import type { Command } from "../shared/protocol";
import type { TabView } from "../shared/surfaces";
import type { Caller } from "./caller";

/** Whether the address that the tab has now proves this identity key. */
export async function showsPerson(tab: number | null, key: string | null): Promise<boolean> {
  if (tab === null || key === null) {
    return false;
  }
  try {
    const { url } = await extension.tabs.get(tab);
    return url !== undefined && pageKey(url) === key;
  } catch {
    // The tab is gone.
    return false;
  }
}

/** Whether the key is a file's that a page of the extension itself has read: it cannot turn into somebody else's. */
export function isOwnFile(caller: Caller, key: string | null): boolean {
  return caller.kind === "page" && key?.startsWith("resume:") === true;
}

/** The contact whom a command is about by id, of those that a content script may send; a correction says who is who. */
export function contactOf(command: Command): string | null {
  switch (command.command) {
    case "details":
    case "compare":
    case "plan_update":
    case "update":
      return command.contact;
    default:
      return null;
  }
}

/**
 * Whose page has to be open for what a content script asks about projects: it may put its own page's person on one, take them off
 * and ask which they are on, and begin a project. `null`: nobody's. `undefined`: it may not be asked at all.
 */
export function projectKey(command: Command): string | null | undefined {
  switch (command.command) {
    case "name_project":
      return command.project === null ? null : undefined;
    case "projects_of":
      return command.key;
    case "add_to_project":
      return onlyOne(command.profiles)?.key;
    case "remove_from_project":
      return onlyOne(command.keys);
    default:
      return null;
  }
}

function onlyOne<T>(list: readonly T[]): T | undefined {
  return Array.isArray(list) && list.length === 1 ? list[0] : undefined;
}

/**
 * Whether a tab's answer speaks of this contact. Content scripts run beside untrusted pages: they may ask for more about
 * whom they were told of, and about nobody else.
 */
export function speaksOf(view: TabView | null, contact: string): boolean {
  const candidates = view?.answer?.verdict.candidates ?? [];
  return candidates.some((candidate) => candidate.contact === contact || candidate.same_as?.includes(contact));
}
