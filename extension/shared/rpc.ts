/**
 * Typed calls between the parts of the extension, over any channel: runtime messages, tab messages, a worker or a port.
 * A surface says what may be asked of one part. Each call has an id, a target, a sender check at the far end, a time
 * limit, and an error that arrives as an error. Nothing is repeated here: who calls knows whether that is safe.
 */

/** What may be asked of one part: a name, what it takes and what it answers. All of it JSON. */
export type Surface = Record<string, { params: unknown; result: unknown }>;

/** The parts that answer calls. */
export type Target = "router" | "core-host" | "core-worker" | "content";

/** `unreachable`: nobody listens. `timed_out`: no answer in time. `refused`: the caller may not ask this. `failed`: the far end threw. */
export type RpcErrorCode = "unreachable" | "timed_out" | "refused" | "failed" | "aborted";

export class RpcError extends Error {
  override readonly name = "RpcError";

  constructor(
    readonly code: RpcErrorCode,
    message: string,
  ) {
    super(message);
  }
}

export interface Call {
  rpc: "call";
  target: Target;
  id: string;
  name: string;
  params: unknown;
}

export type Response =
  | { rpc: "response"; id: string; ok: true; result: unknown }
  | { rpc: "response"; id: string; ok: false; code: RpcErrorCode; message: string };

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds until the caller gives up. */
  timeout?: number;
}

/** Sends a call and resolves with what came back; rejects or resolves with anything else where nobody answered. */
export type Send = (call: Call) => Promise<unknown>;

export interface Client<S extends Surface> {
  call<Name extends keyof S & string>(
    name: Name,
    params: S[Name]["params"],
    options?: CallOptions,
  ): Promise<S[Name]["result"]>;
}

export type Handlers<S extends Surface, Caller> = {
  [Name in keyof S]: (params: S[Name]["params"], caller: Caller) => Promise<S[Name]["result"]>;
};

const DEFAULT_TIMEOUT = 10_000;

/** A client of the part behind `send`. */
export function createClient<S extends Surface>(target: Target, send: Send): Client<S> {
  return {
    async call(name, params, options = {}) {
      const { signal, timeout = DEFAULT_TIMEOUT } = options;
      if (signal?.aborted) {
        throw new RpcError("aborted", `${name} is no longer wanted`);
      }
      const call: Call = { rpc: "call", target, id: crypto.randomUUID(), name, params };
      const answer = await within(send(call), timeout, name, signal);
      if (!isResponse(answer) || answer.id !== call.id) {
        throw new RpcError("unreachable", `nobody answers ${target}.${name}`);
      }
      if (!answer.ok) {
        throw new RpcError(answer.code, answer.message);
      }
      return answer.result as S[typeof name]["result"];
    },
  };
}

/** Answers one call. Unknown names and failing handlers become errors of the caller, never of this side. */
export async function answer<S extends Surface, Caller>(
  call: Call,
  handlers: Handlers<S, Caller>,
  caller: Caller,
): Promise<Response> {
  if (!Object.hasOwn(handlers, call.name)) {
    return refusal(call, `${call.target} has no ${call.name}`);
  }
  const handler = handlers[call.name as keyof S];
  try {
    const result = await handler(call.params, caller);
    return { rpc: "response", id: call.id, ok: true, result };
  } catch (error) {
    const code = error instanceof RpcError ? error.code : "failed";
    return { rpc: "response", id: call.id, ok: false, code, message: messageOf(error) };
  }
}

/** The answer to a caller who may not ask this. */
export function refusal(call: Call, message: string): Response {
  return { rpc: "response", id: call.id, ok: false, code: "refused", message };
}

export function isCall(value: unknown, target: Target): value is Call {
  return (
    isRecord(value) &&
    value.rpc === "call" &&
    value.target === target &&
    typeof value.id === "string" &&
    typeof value.name === "string"
  );
}

export function isResponse(value: unknown): value is Response {
  return isRecord(value) && value.rpc === "response" && typeof value.id === "string";
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function within<T>(work: Promise<T>, timeout: number, name: string, signal?: AbortSignal): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  const given = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new RpcError("timed_out", `${name} took over ${timeout} ms`)), timeout);
    stop = () => reject(new RpcError("aborted", `${name} is no longer wanted`));
    signal?.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([work, given]);
  } finally {
    clearTimeout(timer);
    if (stop !== undefined) {
      signal?.removeEventListener("abort", stop);
    }
  }
}
