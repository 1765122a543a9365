/**
 * Calls over a channel that only posts messages: a worker, the scope of a worker, a MessagePort. Such a channel can go
 * silent without an event, so calls in flight can be failed from outside when its owner knows that the far end is gone.
 */
import {
  answer,
  type Call,
  type Handlers,
  isCall,
  isResponse,
  type RpcError,
  type Send,
  type Surface,
  type Target,
} from "./rpc";

/** What Worker, DedicatedWorkerGlobalScope and MessagePort have in common. */
export interface PostChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void, options?: { signal?: AbortSignal }): void;
}

export interface PortCaller {
  send: Send;
  /** Fails every call that is still waiting. */
  failAll(error: RpcError): void;
}

/** The calling end. */
export function callOver(channel: PostChannel, signal: AbortSignal): PortCaller {
  const waiting = new Map<string, { resolve(response: unknown): void; reject(error: RpcError): void }>();
  channel.addEventListener(
    "message",
    (event) => {
      if (isResponse(event.data)) {
        waiting.get(event.data.id)?.resolve(event.data);
        waiting.delete(event.data.id);
      }
    },
    { signal },
  );
  return {
    send(call: Call) {
      return new Promise((resolve, reject) => {
        waiting.set(call.id, { resolve, reject });
        channel.postMessage(call);
      });
    },
    failAll(error) {
      for (const call of waiting.values()) {
        call.reject(error);
      }
      waiting.clear();
    },
  };
}

/** The answering end. The channel is private to two parts of the extension, so the caller needs no check. */
export function answerOver<S extends Surface>(channel: PostChannel, target: Target, handlers: Handlers<S, null>): void {
  channel.addEventListener("message", (event) => {
    if (isCall(event.data, target)) {
      void answer(event.data, handlers, null).then((response) => channel.postMessage(response));
    }
  });
}
