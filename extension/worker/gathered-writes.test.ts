import { describe, expect, test } from "vitest";
import { GatheredFile, gatherWrites, type SyncAccessHandle } from "./gathered-writes";

/** A file in memory that counts the calls which cost time in a browser, and can be full. */
class PlainFile implements SyncAccessHandle {
  bytes = new Uint8Array(0);
  writes = 0;
  room = Number.POSITIVE_INFINITY;
  closed = false;

  write(source: AllowSharedBufferSource, { at = 0 }: { at?: number } = {}): number {
    this.writes += 1;
    const added = new Uint8Array(source as ArrayBuffer);
    if (at + added.length > this.room) {
      throw new DOMException("full", "QuotaExceededError");
    }
    const whole = new Uint8Array(Math.max(this.bytes.length, at + added.length));
    whole.set(this.bytes);
    whole.set(added, at);
    this.bytes = whole;
    return added.length;
  }

  read(target: AllowSharedBufferSource, { at = 0 }: { at?: number } = {}): number {
    const found = this.bytes.subarray(at, at + target.byteLength);
    (target as Uint8Array).set(found);
    return found.length;
  }

  truncate(size: number): void {
    const whole = new Uint8Array(size);
    whole.set(this.bytes.subarray(0, size));
    this.bytes = whole;
  }

  getSize(): number {
    return this.bytes.length;
  }

  flush(): void {}

  close(): void {
    this.closed = true;
  }
}

const PAGE = 4096;

function page(fill: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(PAGE).fill(fill);
}

/** A frame's header in a write-ahead log: with a size, the frame is the last of its transaction. */
function frameHeader(sizeAfterCommit: number): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(24).fill(0xaa);
  new DataView(header.buffer).setUint32(4, sizeAfterCommit);
  return header;
}

/** Writes frames one behind the other, as SQLite does, and returns where the next one goes. */
function writeFrames(file: GatheredFile, from: number, sizes: readonly number[]): number {
  let at = from;
  for (const size of sizes) {
    file.write(frameHeader(size), { at });
    file.write(page(size), { at: at + 24 });
    at += 24 + PAGE;
  }
  return at;
}

describe("gathered writes", () => {
  test("pages that follow each other are written with one call", () => {
    const plain = new PlainFile();
    const file = new GatheredFile(plain);
    for (const number of [0, 1, 2, 7, 8]) {
      expect(file.write(page(number), { at: number * PAGE })).toBe(PAGE);
    }
    file.flush();
    expect(plain.writes).toBe(2);
    expect(plain.bytes[2 * PAGE]).toBe(2);
    expect(plain.bytes[8 * PAGE]).toBe(8);
  });

  test("a transaction's frames are in the file when its last one has been written", () => {
    const plain = new PlainFile();
    const file = new GatheredFile(plain);
    const next = writeFrames(file, 32, [0, 0, 5]);
    expect(plain.writes).toBe(1);
    expect(plain.bytes).toHaveLength(next);
    writeFrames(file, next, [0]);
    expect(plain.bytes).toHaveLength(next);
  });

  test("a full disk is told at the end of the transaction, and the next one can be stored when there is room", () => {
    const plain = new PlainFile();
    const file = new GatheredFile(plain);
    const next = writeFrames(file, 32, [3]);
    plain.room = next + PAGE;
    expect(() => writeFrames(file, next, [0, 4])).toThrow("full");
    file.flush();
    expect(plain.bytes).toHaveLength(next);
    plain.room = Number.POSITIVE_INFINITY;
    const end = writeFrames(file, next, [0, 4]);
    expect(plain.bytes).toHaveLength(end);
  });

  test("a browser that takes a part is given the rest, and one that takes nothing counts as full", () => {
    const plain = new PlainFile();
    const takes = [1000, 5000, 0];
    const whole = plain.write.bind(plain);
    plain.write = (source, position) => {
      const bytes = new Uint8Array((source as Uint8Array).slice().buffer);
      const most = takes.shift() ?? bytes.length;
      return most === 0 ? 0 : whole(bytes.slice(0, most), position);
    };
    const file = new GatheredFile(plain);
    file.write(page(1), { at: 0 });
    file.write(page(2), { at: PAGE });
    file.write(page(3), { at: 2 * PAGE });
    expect(() => file.flush()).toThrow("wrote nothing");
    expect(plain.bytes).toHaveLength(6000);
  });

  test("whatever is done, the file is as if nothing had been gathered", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const chance = generator(seed);
      const below = (limit: number) => Math.floor(chance() * limit);
      const [expected, under] = [new PlainFile(), new PlainFile()];
      const file = new GatheredFile(under);
      let last = 0;
      for (let step = 0; step < 60; step += 1) {
        const at = chance() < 0.7 ? last : below(3000);
        const kind = below(10);
        if (kind < 7) {
          const bytes = new Uint8Array([24, 1, 100, 700][below(4)] ?? 1).fill(below(256));
          expect(file.write(bytes, { at })).toBe(expected.write(bytes, { at }));
          last = at + bytes.length;
        } else if (kind === 7) {
          const [one, other] = [new Uint8Array(300), new Uint8Array(300)];
          expect(file.read(one, { at })).toBe(expected.read(other, { at }));
          expect(one).toEqual(other);
        } else if (kind === 8) {
          expect(file.getSize()).toBe(expected.getSize());
        } else {
          const size = below(3000);
          file.truncate(size);
          expected.truncate(size);
        }
      }
      file.close();
      expect(under.bytes).toEqual(expected.bytes);
      expect(under.closed).toBe(true);
    }
  });

  test("whoever opens a file gets one with gathered writes", async () => {
    const plain = new PlainFile();
    const files = {
      async createSyncAccessHandle(): Promise<SyncAccessHandle> {
        return plain;
      },
    };
    gatherWrites(files);
    const file = await files.createSyncAccessHandle();
    file.write(page(1), { at: 0 });
    file.write(page(2), { at: PAGE });
    expect(plain.writes).toBe(0);
    file.flush();
    expect(plain.writes).toBe(1);
  });
});

/** The same numbers from 0 to 1 for the same seed (xorshift32). */
function generator(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
