import { describe, expect, it } from "vitest";
import { answer, type Call, createClient, isCall, RpcError } from "./rpc";

type Echo = { echo: { params: string; result: string }; fail: { params: null; result: null } };

const handlers = {
  echo: async (text: string) => text,
  fail: async (): Promise<null> => {
    throw new RpcError("refused", "not for you");
  },
};

/** A channel that hands the call straight to the handlers, as JSON like the browser does. */
const direct = (call: Call) => answer<Echo, null>(JSON.parse(JSON.stringify(call)), handlers, null);

describe("a call", () => {
  it("comes back with its answer", async () => {
    expect(await createClient<Echo>("router", direct).call("echo", "Zoë")).toBe("Zoë");
  });

  it("brings the far end's error back as an error", async () => {
    const call = createClient<Echo>("router", direct).call("fail", null);
    await expect(call).rejects.toMatchObject({ code: "refused", message: "not for you" });
  });

  it("is unreachable where nobody answers it", async () => {
    const call = createClient<Echo>("router", async () => undefined).call("echo", "x");
    await expect(call).rejects.toMatchObject({ code: "unreachable" });
  });

  it("does not take another call's answer", async () => {
    const mixedUp = async () => ({ rpc: "response", id: "another", ok: true, result: "x" });
    await expect(createClient<Echo>("router", mixedUp).call("echo", "x")).rejects.toMatchObject({
      code: "unreachable",
    });
  });

  it("ends when its time is over", async () => {
    const call = createClient<Echo>("router", () => new Promise(() => undefined)).call("echo", "x", { timeout: 1 });
    await expect(call).rejects.toMatchObject({ code: "timed_out" });
  });

  it("ends when its caller no longer wants it", async () => {
    const stop = new AbortController();
    const call = createClient<Echo>("router", () => new Promise(() => undefined)).call("echo", "x", {
      signal: stop.signal,
    });
    stop.abort();
    await expect(call).rejects.toMatchObject({ code: "aborted" });
  });

  it("by a name nobody offers is refused, inherited names included", async () => {
    for (const name of ["constructor", "toString", "nothing"]) {
      const call: Call = { rpc: "call", target: "router", id: "1", name, params: null };
      expect(await answer<Echo, null>(call, handlers, null)).toMatchObject({ ok: false, code: "refused" });
    }
  });

  it("is only for the part it is addressed to", () => {
    const call: Call = { rpc: "call", target: "router", id: "1", name: "echo", params: "x" };
    expect(isCall(call, "router")).toBe(true);
    expect(isCall(call, "core-host")).toBe(false);
    expect(isCall("call", "router")).toBe(false);
  });
});
