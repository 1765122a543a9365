/**
 * What each tab shows, for popup, side panel and toolbar. Kept in the browser's session storage: it outlives the service
 * worker and is gone with the browser. Changes of one tab are made one after the other.
 */
import { pageKey, pageOf } from "../content/adapters/page-key";
import { extension } from "../shared/browser";
import type { Reply } from "../shared/protocol";
import type { PageReport, TabView } from "../shared/surfaces";
import { showOnToolbar } from "./toolbar";

const PREFIX = "tab:";

/** The page that the content script of this tab has read now. */
export async function keepPage(tab: number, report: PageReport): Promise<void> {
  await change(tab, (before) => {
    const same =
      before !== null && report.profile !== null && before.profile?.key === report.profile.key ? before : null;
    return {
      url: report.url,
      reading: report.reading,
      profile: report.profile,
      rows: report.rows,
      answer: same?.answer ?? null,
      exported: same?.exported ?? null,
      failure: same?.failure ?? null,
    };
  });
}

/** What the core said about the person this tab shows. Answers about somebody shown before are dropped. */
export async function keepReply(tab: number, key: string, reply: Reply): Promise<void> {
  if (reply.reply !== "answer" && reply.reply !== "exported" && reply.reply !== "failed") {
    return;
  }
  await change(tab, (before) => {
    if (before === null || before.profile?.key !== key) {
      return before;
    }
    switch (reply.reply) {
      case "answer":
        return { ...before, answer: reply.answer, exported: reply.answer.exported ?? before.exported, failure: null };
      case "exported":
        return { ...before, exported: reply.outcome };
      case "failed":
        // An answer that was given before stays; it says how old it is.
        return before.answer === null ? { ...before, failure: reply.failure.code } : before;
    }
  });
}

/** The view; null where nothing was read, or where the tab has moved on since. */
export async function tabView(tab: number): Promise<TabView | null> {
  const view = await load(tab);
  return view !== null && (await stillShows(tab, view)) ? view : null;
}

/** Forgets what a tab showed when it has gone elsewhere. Moves within a page are reported by the content script. */
export async function forgetIfMoved(tab: number): Promise<void> {
  const view = await load(tab);
  if (view !== null && !(await stillShows(tab, view))) {
    await forgetTab(tab);
  }
}

/** Forgets what Lever said, about everybody; what the pages themselves show stays. */
export async function forgetAnswers(): Promise<void> {
  for (const tab of await knownTabs()) {
    await change(tab, (before) => (before === null ? null : { ...before, answer: null, exported: null }));
  }
}

export async function forgetTab(tab: number): Promise<void> {
  await inOrder(tab, () => extension.storage.session.remove(PREFIX + tab));
}

/** Tabs whose content script has reported. */
export async function knownTabs(): Promise<ReadonlySet<number>> {
  const all = await extension.storage.session.get(null);
  const tabs = Object.keys(all).filter((key) => key.startsWith(PREFIX));
  return new Set(tabs.map((key) => Number(key.slice(PREFIX.length))));
}

export async function tabsOfSite(site: string): Promise<number[]> {
  const tabs: number[] = [];
  for (const tab of await knownTabs()) {
    const view = await load(tab);
    if (view !== null && pageOf(view.url)?.site === site) {
      tabs.push(tab);
    }
  }
  return tabs;
}

/** The browser hides the address of a page that the extension was given no right to: the tab has left ours. */
async function stillShows(tab: number, view: TabView): Promise<boolean> {
  try {
    const { url } = await extension.tabs.get(tab);
    return url !== undefined && pageKey(url) === pageKey(view.url);
  } catch {
    return false;
  }
}

async function load(tab: number): Promise<TabView | null> {
  const key = PREFIX + tab;
  const kept = await extension.storage.session.get<Record<string, TabView>>(key);
  return kept[key] ?? null;
}

async function change(tab: number, make: (before: TabView | null) => TabView | null): Promise<void> {
  await inOrder(tab, async () => {
    const view = make(await load(tab));
    if (view !== null) {
      await extension.storage.session.set({ [PREFIX + tab]: view });
    }
    await showOnToolbar(tab, view);
  });
}

const queues = new Map<number, Promise<void>>();

function inOrder(tab: number, work: () => Promise<void>): Promise<void> {
  const next = (queues.get(tab) ?? Promise.resolve()).then(work, work);
  queues.set(tab, next);
  const clear = () => {
    if (queues.get(tab) === next) {
      queues.delete(tab);
    }
  };
  next.then(clear, clear);
  return next;
}
