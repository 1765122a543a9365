/**
 * One call to the browser for many writes of SQLite's. A call costs about 20 µs whatever it carries, and SQLite writes page
 * by page, in its log even header and page apart, each where the one before ended: such a run is gathered and written as
 * one. What is asked of a file meanwhile (its bytes, its size, to be flushed) finds the run written.
 *
 * SQLite has to hear at the latest when a transaction ends that its pages could not be written, and a log is not flushed
 * then. So the last frame of a transaction takes the run with it. Nothing else is known here of what files hold.
 */

/** Bytes of a run at most. */
const LONGEST_RUN = 1 << 20;
/** Bytes of a frame's header in a write-ahead log, written by themselves before the page (sqlite.org/fileformat2.html, section 4.1). */
const FRAME_HEADER = 24;
/** Where such a header has the database's size in pages, for the last frame of a transaction; elsewhere it has zeros. */
const SIZE_AFTER_COMMIT = [4, 8] as const;

/** `FileSystemSyncAccessHandle`, which only workers have. */
export interface SyncAccessHandle {
  read(target: AllowSharedBufferSource, options?: Position): number;
  write(source: AllowSharedBufferSource, options?: Position): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

interface Position {
  at?: number;
}

interface FileOpener {
  createSyncAccessHandle(this: unknown): Promise<SyncAccessHandle>;
}

/** From now on whoever opens a file gets one with gathered writes. */
export function gatherWrites(files: FileOpener): void {
  const open = files.createSyncAccessHandle;
  files.createSyncAccessHandle = async function () {
    return new GatheredFile(await open.call(this));
  };
}

/** A file whose adjacent writes become one. */
export class GatheredFile implements SyncAccessHandle {
  readonly #file: SyncAccessHandle;
  /** Made at the first write: most files of a pool are never written. */
  #run: Uint8Array | null = null;
  #start = 0;
  #length = 0;
  #endsTransaction = false;

  constructor(file: SyncAccessHandle) {
    this.#file = file;
  }

  write(source: AllowSharedBufferSource, options?: Position): number {
    const bytes = bytesOf(source);
    const at = options?.at;
    if (at === undefined || bytes.length > LONGEST_RUN) {
      this.#writeRun();
      return this.#file.write(source, options);
    }
    if (at !== this.#start + this.#length || this.#length + bytes.length > LONGEST_RUN) {
      this.#writeRun();
      this.#start = at;
    }
    this.#run ??= new Uint8Array(LONGEST_RUN);
    this.#run.set(bytes, this.#length);
    this.#length += bytes.length;
    if (bytes.length === FRAME_HEADER) {
      this.#endsTransaction = bytes.subarray(...SIZE_AFTER_COMMIT).some((byte) => byte !== 0);
    } else if (this.#endsTransaction) {
      this.#writeRun();
    }
    return bytes.length;
  }

  read(target: AllowSharedBufferSource, options?: Position): number {
    this.#writeRun();
    return this.#file.read(target, options);
  }

  truncate(size: number): void {
    this.#writeRun();
    this.#file.truncate(size);
  }

  getSize(): number {
    this.#writeRun();
    return this.#file.getSize();
  }

  flush(): void {
    this.#writeRun();
    this.#file.flush();
  }

  close(): void {
    try {
      this.#writeRun();
    } finally {
      this.#file.close();
    }
  }

  /** A run that cannot be written is given up: SQLite hears of it and takes back what it was part of. */
  #writeRun(): void {
    const length = this.#length;
    const start = this.#start;
    this.#length = 0;
    this.#endsTransaction = false;
    for (let done = 0; done < length; ) {
      const written = this.#file.write((this.#run as Uint8Array<ArrayBuffer>).subarray(done, length), {
        at: start + done,
      });
      if (written === 0) {
        throw new DOMException("the browser wrote nothing", "QuotaExceededError");
      }
      done += written;
    }
  }
}

function bytesOf(source: AllowSharedBufferSource): Uint8Array {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
