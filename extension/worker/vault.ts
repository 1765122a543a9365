/**
 * The API key at rest: encrypted with AES-GCM under a key that the browser made, keeps, and never gives out. This stops
 * casual reading of the browser's profile, not malware on the machine. The text is only ever handed to the core.
 */

const DATABASE = "fulcrum-vault";
const STORE = "vault";
const WRAPPING_KEY = "wrapping-key";
const SECRET = "secret";
const ALGORITHM = "AES-GCM";
/** Bytes of nonce that AES-GCM is specified for (NIST SP 800-38D, section 8.2). */
const NONCE_LENGTH = 12;

interface SealedSecret {
  nonce: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

/** Encrypts and keeps the text, in place of what was kept before. */
export async function saveSecret(text: string): Promise<void> {
  await withVault(async (vault) => {
    const key = await wrappingKey(vault);
    const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
    const sealed = await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce }, key, new TextEncoder().encode(text));
    await put(vault, SECRET, { nonce, sealed } satisfies SealedSecret);
  });
}

/** The text kept last; undefined where there is none, or where it no longer opens. */
export async function loadSecret(): Promise<string | undefined> {
  return await withVault(async (vault) => {
    const key = await get<CryptoKey>(vault, WRAPPING_KEY);
    const secret = await get<SealedSecret>(vault, SECRET);
    if (key === undefined || secret === undefined) {
      return undefined;
    }
    try {
      const opened = await crypto.subtle.decrypt({ name: ALGORITHM, iv: secret.nonce }, key, secret.sealed);
      return new TextDecoder().decode(opened);
    } catch {
      return undefined;
    }
  });
}

/** Forgets the text and the key it was encrypted with. */
export async function eraseSecret(): Promise<void> {
  await withVault(async (vault) => {
    const transaction = vault.transaction(STORE, "readwrite");
    transaction.objectStore(STORE).clear();
    await finished(transaction);
  });
}

async function wrappingKey(vault: IDBDatabase): Promise<CryptoKey> {
  const kept = await get<CryptoKey>(vault, WRAPPING_KEY);
  if (kept !== undefined) {
    return kept;
  }
  const extractable = false;
  const key = await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, extractable, ["encrypt", "decrypt"]);
  await put(vault, WRAPPING_KEY, key);
  return key;
}

async function withVault<T>(work: (vault: IDBDatabase) => Promise<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const vault = await answered(opening);
  try {
    return await work(vault);
  } finally {
    vault.close();
  }
}

async function get<T>(vault: IDBDatabase, key: string): Promise<T | undefined> {
  const request: IDBRequest<T | undefined> = vault.transaction(STORE, "readonly").objectStore(STORE).get(key);
  return await answered(request);
}

async function put(vault: IDBDatabase, key: string, value: SealedSecret | CryptoKey): Promise<void> {
  const transaction = vault.transaction(STORE, "readwrite");
  transaction.objectStore(STORE).put(value, key);
  await finished(transaction);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
