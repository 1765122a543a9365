/**
 * Runs a command beside a simulated Lever, with a browser configuration (webdriver.json) that sends Lever's real addresses to
 * it. For the core's tests in a worker: their `fetch` goes to https://api.lever.co as shipped. Starts and ends the simulated
 * Lever itself; leaves nothing running.
 *
 *   node tools/build/with-lever.mjs SANDBOX WEBDRIVER.json COMMAND [ARGUMENT …]
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

const [sandbox, template, command, ...rest] = process.argv.slice(2);

const port = await freePort();
const tlsPort = await freePort();
const lever = spawn(
  sandbox,
  [
    ...["--port", String(port), "--tls-port", String(tlsPort), "--contacts", "400", "--rate", "0"],
    ...["--oauth-client", "story-application:story-secret-0123456789"],
  ],
  { stdio: ["ignore", "pipe", "inherit"] },
);
let failed = false;
lever.on("error", () => {
  failed = true;
});
try {
  const first = await Promise.race([
    once(createInterface({ input: lever.stdout }), "line"),
    once(lever, "exit").then(() => null),
  ]);
  if (first === null || failed) {
    throw new Error("the simulated Lever did not start");
  }
  const configuration = JSON.parse(readFileSync(template, "utf8"));
  configuration["goog:chromeOptions"].args.push(
    `--host-resolver-rules=MAP api.lever.co:443 127.0.0.1:${tlsPort}, MAP auth.lever.co:443 127.0.0.1:${tlsPort}`,
    "--ignore-certificate-errors",
    // The extension has host permissions, a test page has not: without this the browser would ask Lever's leave first.
    "--disable-web-security",
  );
  const written = `target/webdriver-${tlsPort}.json`;
  writeFileSync(written, JSON.stringify(configuration));
  const child = spawn(command, rest, {
    stdio: "inherit",
    env: { ...process.env, WASM_BINDGEN_TEST_WEBDRIVER_JSON: written },
  });
  const [code] = await once(child, "exit");
  process.exitCode = code ?? 1;
} finally {
  lever.kill();
}

async function freePort() {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address();
  server.close();
  await once(server, "close");
  return free;
}
