/* What this phone has sent and nobody has confirmed: kept in IndexedDB, where a reload does not reach it. */
(() => {
  "use strict";
  const STORE = "outbox";

  const open = () => new Promise((resolve, reject) => {
    const request = window.indexedDB.open("thementisch", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "client_id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });

  class Outbox {
    constructor() {
      this.memory = new Map();
      this.database = Promise.resolve().then(open).catch(() => null);
    }

    async inStore(mode, act) {
      const database = await this.database;
      if (!database) return null;
      return new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode, { durability: "strict" });
        const request = act(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve({ result: request.result });
        transaction.onerror = transaction.onabort = () => reject(transaction.error);
      }).catch(() => null);
    }

    /* True when the entry survives a reload; otherwise it is kept as long as the page is open. */
    async put(entry) {
      const kept = await this.inStore("readwrite", (store) => store.put(entry));
      if (kept) this.memory.delete(entry.client_id);
      else this.memory.set(entry.client_id, entry);
      return Boolean(kept);
    }

    async remove(clientId) {
      this.memory.delete(clientId);
      await this.inStore("readwrite", (store) => store.delete(clientId));
    }

    /* Oldest first, so that everything arrives in the order it was written. */
    async all() {
      const stored = await this.inStore("readonly", (store) => store.getAll());
      return [...(stored ? stored.result : []), ...this.memory.values()].sort((a, b) => a.created - b.created);
    }
  }

  window.Outbox = Outbox;
})();
