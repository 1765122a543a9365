/** The core asked directly, past the options page: for stories that are about something else than setting up. */
import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { Command, Reply, Status } from "../../../extension/shared/protocol";
import type { TabView } from "../../../extension/shared/surfaces";
import { openExtensionPage } from "./extension-parts";
import type { Sandbox } from "./sandbox";

/** Sends a command as a page of the extension does. */
export async function askCore(context: BrowserContext, command: Command): Promise<Reply> {
  const page = await openExtensionPage(context, "manifest.json");
  try {
    return await askFrom(page, command);
  } finally {
    await page.close();
  }
}

export async function statusOf(context: BrowserContext): Promise<Status> {
  const reply = await askCore(context, { command: "status" });
  if (reply.reply !== "status") {
    throw new Error(`asked for the status, got ${reply.reply}`);
  }
  return reply.status;
}

/**
 * Connects with the sandbox's key as Priya Raman, a team member, who sees every job and owns none of the people that stories are
 * about; and waits for the first read unless told otherwise.
 */
export async function connect(
  context: BrowserContext,
  sandbox: Sandbox,
  wait: "until-read" | "not" = "until-read",
): Promise<void> {
  const page = await openExtensionPage(context, "manifest.json");
  const check = await askFrom(page, { command: "connect", environment: { name: "production" }, key: sandbox.key });
  if (check.reply !== "check" || !check.check.accepted) {
    throw new Error(`the sandbox's key was not accepted: ${JSON.stringify(check)}`);
  }
  await expect(async () => {
    const users = await askFrom(page, { command: "users", text: "Priya Raman" });
    const [me] = users.reply === "users" ? users.users : [];
    if (me === undefined) {
      throw new Error(`no users yet: ${users.reply}`);
    }
    await askFrom(page, { command: "choose_user", user: me.id });
    // The time to take an export back is a story of its own; the others are not about waiting.
    await askFrom(page, { command: "set_export_rules", rules: { undo_ms: 0 } });
  }).toPass({ timeout: 30_000 });
  if (wait === "until-read") {
    const complete = async () => {
      const reply = await askFrom(page, { command: "status" });
      return reply.reply === "status" && reply.status.mirror.complete;
    };
    await expect.poll(complete, { timeout: 60_000 }).toBe(true);
  }
  await page.close();
}

async function askFrom(page: Page, command: Command): Promise<Reply> {
  return await page.evaluate(async (wanted) => {
    const call = { rpc: "call", target: "router", id: crypto.randomUUID(), name: "core", params: { command: wanted } };
    const response = await chrome.runtime.sendMessage(call);
    if (response?.ok !== true) {
      throw new Error(`the service worker answered ${JSON.stringify(response)}`);
    }
    return response.result;
  }, command);
}

/** What the service worker keeps of the tab at this address, as popup and side panel see it. */
export async function tabViewOf(context: BrowserContext, address: string): Promise<TabView | null> {
  const page = await openExtensionPage(context, "manifest.json");
  try {
    return await page.evaluate(async (wanted) => {
      const bare = (text: string | undefined) => text?.replace(/\/$/, "");
      const tab = (await chrome.tabs.query({})).find(({ url }) => bare(url) === bare(wanted));
      if (tab?.id === undefined) {
        throw new Error("no tab has this address");
      }
      const params = { tab: tab.id };
      const call = { rpc: "call", target: "router", id: crypto.randomUUID(), name: "tab_view", params };
      const response = await chrome.runtime.sendMessage(call);
      return response.result;
    }, address);
  } finally {
    await page.close();
  }
}
