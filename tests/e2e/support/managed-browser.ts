/**
 * Chromium on a machine that somebody looks after: policies as an administrator lays them down on Linux, under
 * `/etc/chromium/policies/managed`. That folder belongs to the whole machine, so the browser runs in a mount namespace of its own, in
 * which `/etc` is a copy with the policies in it: no other browser, and nothing of the machine itself, sees them.
 */
import { createHash } from "node:crypto";
import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The namespace, then the browser with its arguments in it. `$1` is the machine's folder. */
const LAUNCHER = `#!/bin/sh
exec unshare --map-root-user --mount sh -e -c '
folder=$1
shift
mount -t tmpfs none "$folder/etc"
cp -a /etc/. "$folder/etc" 2>/dev/null || true
mkdir -p "$folder/etc/chromium/policies/managed"
mount --bind "$folder/managed" "$folder/etc/chromium/policies/managed"
mount --rbind "$folder/etc" /etc
exec "$CHROMIUM" --no-sandbox "$@"
' sh "FOLDER" "$@"
`;

export interface ManagedMachine {
  /** To be launched in place of Chromium. */
  executable: string;
  /** What the administrator fixes from now on; a running browser reads it by itself. */
  fix(entries: Record<string, unknown>): Promise<void>;
}

/** A machine in this folder, for the unpacked extension of that one. */
export async function managedMachine(folder: string, extension: string): Promise<ManagedMachine> {
  const managed = join(folder, "managed");
  await mkdir(managed, { recursive: true });
  await mkdir(join(folder, "etc"), { recursive: true });
  const executable = join(folder, "chromium");
  const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const script = LAUNCHER.replace("FOLDER", folder).replace("$CHROMIUM", chromium);
  await writeFile(executable, script);
  await chmod(executable, 0o755);
  return {
    executable,
    async fix(entries) {
      const policy = { "3rdparty": { extensions: { [idOf(extension)]: entries } } };
      // At once: the browser may read at any moment.
      await writeFile(join(folder, "next.json"), JSON.stringify(policy));
      await rename(join(folder, "next.json"), join(managed, "fulcrum.json"));
    },
  };
}

/** The id that Chromium gives to an unpacked extension: of its path. */
function idOf(extension: string): string {
  const digits = createHash("sha256").update(extension).digest("hex").slice(0, 32);
  return [...digits].map((digit) => String.fromCharCode("a".charCodeAt(0) + Number.parseInt(digit, 16))).join("");
}
