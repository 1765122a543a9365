/**
 * Wakes the core each minute, so that changes in Lever reach the mirror while the browser is open, and exports with an
 * unknown outcome are looked up. Without a connection to Lever there is nothing to wake it for.
 */
import type { CoreHost } from "platform/core-host";
import { extension } from "../shared/browser";
import type { Reply, Status } from "../shared/protocol";

const ALARM = "wake-core";
const CONNECTED = "connected";

export function wakeEachMinute(core: CoreHost): void {
  extension.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === ALARM) {
      void wakeIfConnected(core);
    }
  });
  void ensureAlarm();
  extension.runtime.onStartup.addListener(() => void wakeIfConnected(core));
}

/** Keeps whether Lever is connected, as last heard from the core. */
export async function rememberConnection(reply: Reply): Promise<void> {
  const status = statusOf(reply);
  if (status !== null) {
    const connected = status.connection.state !== "not_connected";
    const kept = await extension.storage.local.get(CONNECTED);
    if (kept[CONNECTED] !== connected) {
      await extension.storage.local.set({ [CONNECTED]: connected });
    }
  }
}

async function ensureAlarm(): Promise<void> {
  if ((await extension.alarms.get(ALARM)) === undefined) {
    await extension.alarms.create(ALARM, { periodInMinutes: 1 });
  }
}

async function wakeIfConnected(core: CoreHost): Promise<void> {
  const kept = await extension.storage.local.get(CONNECTED);
  if (kept[CONNECTED] === true) {
    await core.wake();
  }
}

function statusOf(reply: Reply): Status | null {
  switch (reply.reply) {
    case "status":
    case "check":
      return reply.status;
    case "answer":
      return reply.answer.status;
    default:
      return null;
  }
}
