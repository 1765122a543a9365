/**
 * The API key and the database's key at rest: each encrypted with AES-GCM under a key that the browser made, keeps, and
 * never gives out. This stops casual reading of the browser's profile, not malware on the machine. What is kept is only
 * ever handed to the core.
 */

const DATABASE = "fulcrum-vault";
const STORE = "vault";
const WRAPPING_KEY = "wrapping-key";
const SECRET = "secret";
const DATABASE_KEY = "database-key";
const DATABASE_KEY_LENGTH = 32;
const ALGORITHM = "AES-GCM";
/** Bytes of nonce that AES-GCM is specified for (NIST SP 800-38D, section 8.2). */
const NONCE_LENGTH = 12;

interface SealedSecret {
  nonce: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

/** With its wrapping key beside it, so that the two come and go together. */
interface SealedDatabaseKey extends SealedSecret {
  wrappingKey: CryptoKey;
}

/** Encrypts and keeps the text, in place of what was kept before. */
export async function saveSecret(text: string): Promise<void> {
  await withVault(async (vault) => {
    const key = await wrappingKey(vault);
    await put(vault, SECRET, await seal(key, new TextEncoder().encode(text)));
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
      return new TextDecoder().decode(await unseal(key, secret));
    } catch {
      return undefined;
    }
  });
}

/** Forgets the text and the key it was encrypted with. The database's key stays: the records are read with it. */
export async function eraseSecret(): Promise<void> {
  await withVault(async (vault) => {
    const transaction = vault.transaction(STORE, "readwrite");
    transaction.objectStore(STORE).delete(SECRET);
    transaction.objectStore(STORE).delete(WRAPPING_KEY);
    await finished(transaction);
  });
}

/** The database's key: random bytes, made once. One that no longer opens is a failure and is never replaced. */
export async function databaseKey(): Promise<Uint8Array<ArrayBuffer>> {
  return await withVault(async (vault) => {
    const kept = (await get<SealedDatabaseKey>(vault, DATABASE_KEY)) ?? (await makeDatabaseKey(vault));
    return new Uint8Array(await unseal(kept.wrappingKey, kept));
  });
}

async function makeDatabaseKey(vault: IDBDatabase): Promise<SealedDatabaseKey> {
  const wrappingKey = await newWrappingKey();
  const bytes = crypto.getRandomValues(new Uint8Array(DATABASE_KEY_LENGTH));
  const made: SealedDatabaseKey = { ...(await seal(wrappingKey, bytes)), wrappingKey };
  const transaction = vault.transaction(STORE, "readwrite");
  const store = transaction.objectStore(STORE);
  // A worker that is being replaced may have made one meanwhile: the first stays.
  const reading: IDBRequest<SealedDatabaseKey | undefined> = store.get(DATABASE_KEY);
  let kept = made;
  reading.onsuccess = () => {
    if (reading.result === undefined) {
      store.put(made, DATABASE_KEY);
    } else {
      kept = reading.result;
    }
  };
  await finished(transaction);
  return kept;
}

async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>): Promise<SealedSecret> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_LENGTH));
  return { nonce, sealed: await crypto.subtle.encrypt({ name: ALGORITHM, iv: nonce }, key, bytes) };
}

async function unseal(key: CryptoKey, secret: SealedSecret): Promise<ArrayBuffer> {
  return await crypto.subtle.decrypt({ name: ALGORITHM, iv: secret.nonce }, key, secret.sealed);
}

async function wrappingKey(vault: IDBDatabase): Promise<CryptoKey> {
  const kept = await get<CryptoKey>(vault, WRAPPING_KEY);
  if (kept !== undefined) {
    return kept;
  }
  const key = await newWrappingKey();
  await put(vault, WRAPPING_KEY, key);
  return key;
}

async function newWrappingKey(): Promise<CryptoKey> {
  const extractable = false;
  return await crypto.subtle.generateKey({ name: ALGORITHM, length: 256 }, extractable, ["encrypt", "decrypt"]);
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
