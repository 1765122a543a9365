/**
 * Tells the recruiter when an export of many people is complete, wherever they are in the meantime. Which batches are under way is
 * kept in storage, since this worker may stop at any moment; what is complete already when it is first heard of is no news.
 */
import type { CoreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import { plural, t } from "../shared/i18n";
import type { BatchSummary, Reply } from "../shared/protocol";

const UNDER_WAY = "batches-under-way";
const NOTICE = "batch:";
/** In the order in which the page says it. */
const KINDS = ["exported", "joined", "already_there", "skipped", "failed", "unknown"] as const;

/** Must be called while the service worker's script first runs. */
export function tellFinishedBatches(): void {
  extension.notifications.onClicked.addListener((notice) => {
    if (notice.startsWith(NOTICE)) {
      void openBatch(Number(notice.slice(NOTICE.length)));
      void extension.notifications.clear(notice);
    }
  });
}

/** Connection or mirror have changed: asks about the batches that are under way, where there are any. */
export async function lookAtBatches(core: CoreHost): Promise<void> {
  if ((await underWay()).length > 0) {
    await rememberBatches(await core.dispatch({ command: "batches" }));
  }
}

/** Keeps which batches are under way, and tells of those that no longer are. */
export async function rememberBatches(reply: Reply): Promise<void> {
  if (reply.reply !== "batches") {
    return;
  }
  await inOrder(async () => {
    const before = await underWay();
    const now = reply.batches.filter(({ state }) => state !== "finished").map(({ batch }) => batch);
    if (now.join() !== before.join()) {
      await extension.storage.local.set({ [UNDER_WAY]: now });
    }
    for (const batch of reply.batches) {
      if (batch.state === "finished" && before.includes(batch.batch) && isNews(batch)) {
        await tell(batch);
      }
    }
  });
}

/** Whoever takes everything back knows it. */
function isNews({ counts }: BatchSummary): boolean {
  return counts.exported + counts.joined + counts.already_there + counts.failed + counts.unknown > 0;
}

async function tell(batch: BatchSummary): Promise<void> {
  const parts = KINDS.filter((kind) => batch.counts[kind] > 0);
  await extension.notifications.create(NOTICE + batch.batch, {
    type: "basic",
    iconUrl: extension.runtime.getURL("icons/128.png"),
    title: t("notify_complete", batch.name),
    message: parts.map((kind) => plural(`batch_count_${kind}`, batch.counts[kind])).join(" · "),
  });
}

async function openBatch(batch: number): Promise<void> {
  await extension.tabs.create({ url: extension.runtime.getURL(`projects.html#batch=${batch}`) });
}

async function underWay(): Promise<number[]> {
  const kept = await extension.storage.local.get<Record<string, number[]>>(UNDER_WAY);
  return kept[UNDER_WAY] ?? [];
}

let queue: Promise<void> = Promise.resolve();

/** One after the other: two that read before either has written would tell twice. */
function inOrder(work: () => Promise<void>): Promise<void> {
  queue = queue.then(work, work);
  return queue;
}
