/** Keeps a line's unacknowledged audio in IndexedDB, so that a reload loses nothing; in memory where there is none. */

const DATABASE = "viva-audio";
const STORE = "chunks";

export class ChunkStore {
  /** `key` is the interview's: each has audio of its own. Every method but `load` returns at once. */
  constructor(key) {
    this.key = key;
    this.puts = [];
    this.dropUntil = null;
    this.opening = open().catch(() => null); // a private window may forbid it
  }

  put(offset, pcm) {
    this.puts.push({ key: this.key, offset, pcm });
    this.schedule();
  }

  drop(until) {
    this.dropUntil = Math.max(until, this.dropUntil ?? 0);
    this.puts = this.puts.filter((one) => one.offset + one.pcm.length > until);
    this.schedule();
  }

  clear() {
    this.puts = [];
    this.dropUntil = Infinity;
    this.flush();
  }

  /** What a former page left, in no particular order. */
  async load() {
    const database = await this.opening;
    if (!database) return [];
    const store = database.transaction(STORE, "readonly").objectStore(STORE);
    const all = await done(store.getAll(range(this.key, Infinity)));
    return all.map(({ offset, pcm }) => ({ offset, pcm }));
  }

  schedule() {
    this.timer ??= setTimeout(() => this.flush()); // at once, but what happens together is written together
  }

  async flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { puts, dropUntil } = this;
    this.puts = [];
    this.dropUntil = null;
    const database = await this.opening;
    if (!database) return;
    const store = database.transaction(STORE, "readwrite").objectStore(STORE);
    // A chunk that is only partly safe stays: what is dropped ends before `dropUntil`.
    if (dropUntil === Infinity) store.delete(range(this.key, Infinity));
    else if (dropUntil !== null) dropEnded(store, this.key, dropUntil);
    puts.forEach((one) => store.put(one));
  }
}

function dropEnded(store, key, until) {
  const request = store.openCursor(range(key, until));
  request.onsuccess = () => {
    const cursor = request.result;
    if (!cursor) return;
    if (cursor.value.offset + cursor.value.pcm.length <= until) cursor.delete();
    cursor.continue();
  };
}

function range(key, until) {
  return IDBKeyRange.bound([key, 0], [key, until], false, until !== Infinity);
}

function open() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["key", "offset"] });
  return done(request);
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
