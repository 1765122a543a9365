/** The simulated Lever as a process of its own: started for one story, asked over HTTP, stopped afterwards. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

export interface SandboxOptions {
  contacts?: number;
  seed?: number;
  /** Requests a second; 0 is no limit. */
  rate?: number;
  latencyMs?: number;
  /** Seeded people have come until this moment; not said: until the start of the month. */
  until?: number;
  /** Faults drawn from the seed, as `kind:share,…`. */
  faults?: string;
  /** Further arguments, as on the command line. */
  more?: readonly string[];
}

/** One accepted write, as `GET /_sandbox/log` tells it. */
export interface LoggedWrite {
  at: number;
  method: string;
  path: string;
  query: Record<string, unknown> | string | null;
  body: unknown;
  status: number;
  opportunity: string | null;
  contact: string | null;
}

export class Sandbox {
  private constructor(
    private readonly process: ChildProcess,
    /** Plain HTTP, with `/v1`. */
    readonly baseUrl: string,
    readonly key: string,
    readonly tlsPort: number,
  ) {}

  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const binary = process.env.SANDBOX_BIN ?? "target/debug/sandbox";
    const [port, tlsPort] = [await freePort(), await freePort()];
    const words = ["--port", String(port), "--tls-port", String(tlsPort)];
    words.push("--contacts", String(options.contacts ?? 200), "--seed", String(options.seed ?? 1));
    words.push("--rate", String(options.rate ?? 0), "--latency-ms", String(options.latencyMs ?? 0));
    if (options.faults !== undefined) {
      words.push("--faults", options.faults);
    }
    if (options.until !== undefined) {
      words.push("--until-ms", String(options.until));
    }
    words.push(...(options.more ?? []));
    const child = spawn(binary, words, { stdio: ["ignore", "pipe", "pipe"] });
    const { baseUrl, key } = await ready(child);
    return new Sandbox(child, baseUrl, key, tlsPort);
  }

  /** Every write that was accepted, in order. */
  async log(): Promise<LoggedWrite[]> {
    const lines = await this.asked("GET", "log");
    return lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }

  async stats(): Promise<Record<string, unknown>> {
    return (await this.control("GET", "stats")) as Record<string, unknown>;
  }

  /** Makes the next matching request fail in the given way. */
  async armFault(fault: Record<string, unknown>): Promise<void> {
    await this.control("POST", "next", fault);
  }

  /** Faults drawn from the seed from now on, as `kind:share,…`; empty for none. */
  async faults(spec: string): Promise<void> {
    await this.asked("POST", "faults", spec);
  }

  /** Asks Lever itself, with the story's key. */
  async lever(path: string): Promise<unknown> {
    const authorization = `Basic ${Buffer.from(`${this.key}:`).toString("base64")}`;
    const response = await fetch(`${this.baseUrl}${path}`, { headers: { authorization } });
    return await response.json();
  }

  /** A write by a colleague, in the name of the account's first user. */
  async colleague(method: "POST" | "PUT", path: string, body: unknown): Promise<Record<string, unknown>> {
    const { data: users } = (await this.lever("/users?limit=1")) as { data: { id: string }[] };
    const address = new URL(`${this.baseUrl}${path}`);
    address.searchParams.set("perform_as", users[0]?.id ?? "");
    const authorization = `Basic ${Buffer.from(`${this.key}:`).toString("base64")}`;
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(address, { method, headers, body: JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`${method} ${path} answered ${response.status}`);
    }
    return ((await response.json()) as { data: Record<string, unknown> }).data;
  }

  /** The id of a user or a job, by the name people see. */
  async idOf(list: "users" | "postings", name: string): Promise<string> {
    const { data } = (await this.lever(`/${list}?limit=100`)) as {
      data: { id: string; name?: string; text?: string }[];
    };
    const found = data.find((row) => row.name === name || row.text === name);
    if (found === undefined) {
      throw new Error(`the simulated Lever has no ${name} among its ${list}`);
    }
    return found.id;
  }

  /** Leaves the story's key these permissions alone, named by method and path. */
  async restrictKey(permissions: readonly string[]): Promise<void> {
    await this.control("POST", "permissions", { key: this.key, permissions });
  }

  /** Ends every OAuth access token before its hour is over. */
  async expireTokens(): Promise<void> {
    await this.control("POST", "expire_tokens");
  }

  /** Switches the story's key off, as a Super Admin would. */
  async revokeKey(): Promise<void> {
    await this.control("POST", "revoke", { key: this.key });
  }

  /** Ends the process; what is on its way to it is cut. */
  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, "exit");
      this.process.kill();
      await gone;
    }
  }

  private async control(method: string, name: string, body?: unknown): Promise<unknown> {
    const text = await this.asked(method, name, body);
    return text === "" ? null : JSON.parse(text);
  }

  private async asked(method: string, name: string, body?: unknown): Promise<string> {
    const address = new URL(`/_sandbox/${name}`, this.baseUrl);
    const request: RequestInit = { method };
    if (typeof body === "string") {
      request.body = body;
    } else if (body !== undefined) {
      request.body = JSON.stringify(body);
      request.headers = { "content-type": "application/json" };
    }
    const response = await fetch(address, request);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${address.pathname} answered ${response.status}: ${text}`);
    }
    return text;
  }
}

async function ready(child: ChildProcess): Promise<{ baseUrl: string; key: string }> {
  if (child.stdout === null || child.stderr === null) {
    throw new Error("the sandbox has no output");
  }
  let complaints = "";
  child.stderr.on("data", (text) => {
    complaints += text;
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const match = /^sandbox ready (\S+) key=(\S+)/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) {
      child.stdout.resume();
      return { baseUrl: match[1], key: match[2] };
    }
  }
  throw new Error(`the sandbox ended before it was ready: ${complaints}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") {
    throw new Error("no free port");
  }
  return address.port;
}
