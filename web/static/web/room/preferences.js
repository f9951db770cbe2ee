/** What this browser remembers for one interview: device, keys, echo. Kept here, sent nowhere. */

export class Preferences {
  constructor(key, storage = safeStorage()) {
    this.key = `viva-room-${key}`;
    this.storage = storage;
    this.values = JSON.parse(storage.getItem(this.key) ?? "{}");
  }

  get(name, otherwise) {
    return this.values[name] ?? otherwise;
  }

  set(name, value) {
    this.values[name] = value;
    this.storage.setItem(this.key, JSON.stringify(this.values));
  }

  forget() {
    this.values = {};
    this.storage.removeItem(this.key);
  }
}

function safeStorage() {
  try {
    localStorage.getItem("");
    return localStorage;
  } catch {
    return { getItem: () => null, setItem() {}, removeItem() {} }; // a browser may forbid it
  }
}
