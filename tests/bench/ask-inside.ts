/**
 * The core asked from inside its own worker, so that no message of the browser's is part of a time. Making the command and
 * the reply into values of the other language is: no answer exists without it.
 */
import type { Command, Reply } from "../../extension/shared/protocol";
import type { CoreWorker } from "./core-worker";

declare global {
  /** There once [`letAskInside`] has run in the worker. */
  var fulcrumAsk: ((command: unknown) => Promise<unknown>) | undefined;
}

export interface Timed {
  milliseconds: number;
  reply: Reply;
}

/** Asks one command after the other; each is one that the core has to answer. */
export async function askInside(worker: CoreWorker, commands: readonly Command[]): Promise<Timed[]> {
  await worker.run(letAskInside);
  const timed = (await worker.run(askInTurn, commands)) as Timed[];
  for (const { reply } of timed) {
    if (reply.reply === "failed") {
      throw new Error(`not an answer: ${JSON.stringify(reply)}`);
    }
  }
  return timed;
}

/** Runs in the worker; travels there as text, so it may use nothing from outside. */
export function letAskInside(): void {
  if (globalThis.fulcrumAsk !== undefined) {
    return;
  }
  const post = self.postMessage;
  const waiting = new Map<string, (reply: unknown) => void>();
  // Answers to us stay here; everything else goes its way.
  const sift = (message: unknown, ...rest: unknown[]): void => {
    const id = String(Reflect.get(Object(message), "id"));
    const take = waiting.get(id);
    if (take === undefined) {
      Reflect.apply(post, self, [message, ...rest]);
    } else {
      waiting.delete(id);
      take(Reflect.get(Object(message), "result"));
    }
  };
  Reflect.set(self, "postMessage", sift);
  globalThis.fulcrumAsk = async (command) => {
    const id = crypto.randomUUID();
    const answered = new Promise<unknown>((resolve) => waiting.set(id, resolve));
    const call = { rpc: "call", target: "core-worker", id, name: "dispatch", params: command };
    self.dispatchEvent(new MessageEvent("message", { data: call }));
    return await answered;
  };
}

/** Runs in the worker. */
async function askInTurn(commands: readonly unknown[]): Promise<{ milliseconds: number; reply: unknown }[]> {
  const timed: { milliseconds: number; reply: unknown }[] = [];
  for (const command of commands) {
    const begun = performance.now();
    const reply = await globalThis.fulcrumAsk?.(command);
    timed.push({ milliseconds: performance.now() - begun, reply });
  }
  return timed;
}
