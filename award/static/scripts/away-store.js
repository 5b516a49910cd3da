// What a judge took along: works, the list, and sheets that were not sent yet, in this browser under a key that no script can read out.
//
// Used by pages and by the worker (away-worker.js), so it is no module. Only random names of works stand in clear. The key ends with the session in which
// the works were taken along; with it goes everything. `giai-away` in localStorage says to other pages that there is something, and whose.

(() => {
  const database = "giai-away";
  const stores = ["bag", "works", "queue", "settled"];
  const statics = "giai-away-static";
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();
  let opening = null;

  function opened() {
    opening ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(database, 1);
      asked.onupgradeneeded = () => {
        for (const name of stores) asked.result.createObjectStore(name, name === "queue" ? { keyPath: "place", autoIncrement: true } : {});
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => { asked.result.close(); opening = null; };
        asked.result.onclose = () => { opening = null; };
        resolve(asked.result);
      };
      asked.onerror = () => { opening = null; reject(asked.error); };
    });
    return opening;
  }

  // One transaction, over once it is on the disk: a browser that is killed afterwards still has it.
  async function within(names, mode, act) {
    const open = await opened();
    return new Promise((resolve, reject) => {
      const deal = open.transaction(names, mode, { durability: "strict" });
      const asked = act(...[names].flat().map((name) => deal.objectStore(name)));
      deal.oncomplete = () => resolve(asked?.result);
      deal.onabort = deal.onerror = () => reject(deal.error);
    });
  }

  // Writes one value for as long as this very bag is kept: what was sealed while another page let everything go is not kept after it.
  function whileKept({ id }, name, value, place) {
    return within([...new Set(["bag", name])], "readwrite", (bags, store = bags) => {
      const put = { result: undefined };
      bags.get("bag").onsuccess = ({ target }) => {
        if (target.result?.id === id) store.put(value, place).onsuccess = (done) => { put.result = done.target.result; };
      };
      return put;
    });
  }

  async function seal(key, name, bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(name) }, key, bytes) };
  }

  const unseal = (key, name, { iv, data }) => crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(name) }, key, data);
  const sealText = (key, name, value) => seal(key, name, encoder.encode(JSON.stringify(value)));
  const unsealText = async (key, name, sealed) => JSON.parse(decoder.decode(await unseal(key, name, sealed)));

  // Whose it is, until when, and the key; null where nothing was taken along or its time is over.
  async function bag() {
    const kept = await within("bag", "readonly", (store) => store.get("bag"));
    if (!kept) return null;
    if (Date.now() < kept.until) return kept;
    await wipe();
    return null;
  }

  async function wipe() {
    await within(stores, "readwrite", (...all) => { for (const store of all) store.clear(); });
    await globalThis.caches?.delete(statics);
  }

  // A new key. What still waits under the old one is kept under the new; works are taken anew.
  async function begin({ owner, until, session }) {
    const before = await bag();
    const waiting = before?.owner === owner ? await entries() : [];
    const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const sealed = await Promise.all(waiting.map(async (entry) => ({ ...bare(entry), sealed: await sealText(key, entry.key, entry.said) })));
    await within(stores, "readwrite", (bags, works, queue, settled) => {
      for (const store of [bags, works, queue]) store.clear();
      if (before?.owner !== owner) settled.clear();
      bags.put({ id: crypto.randomUUID(), owner, until, session, key }, "bag");
      for (const entry of sealed) queue.put(entry);
    });
  }

  // The list of works with what the worker must know of each, and what the page says of it all.
  async function list(change) {
    const kept = await bag();
    const sealed = kept && (await within("bag", "readonly", (store) => store.get("list")));
    const before = sealed ? await unsealText(kept.key, "list", sealed) : {};
    if (!change || !kept) return before;
    const after = { ...before, ...change };
    const anew = await sealText(kept.key, "list", after);
    await whileKept(kept, "bag", anew, "list");
    return after;
  }

  async function putWork(path, { type, policy = "", bytes }) {
    const kept = await bag();
    const sealed = await seal(kept.key, path, bytes);
    await whileKept(kept, "works", { type, policy, ...sealed }, path);
  }

  async function work(path) {
    const kept = await bag();
    const found = kept && (await within("works", "readonly", (store) => store.get(path)));
    return found ? { type: found.type, policy: found.policy, bytes: await unseal(kept.key, path, found) } : null;
  }

  const letGo = (paths) => within("works", "readwrite", (store) => { for (const path of paths) store.delete(path); });

  // The session that it is carried by from now on: whether that one was ended is what is asked.
  async function carriedBy(session) {
    const kept = await bag();
    if (kept) await whileKept(kept, "bag", { ...kept, session }, "bag");
  }

  // Something that waited has arrived just now: a page that was drawn before does not know of it.
  async function note() {
    const kept = await bag();
    if (kept) await whileKept(kept, "bag", { ...kept, arrived: Date.now() }, "bag");
  }

  const bare = ({ said, ...entry }) => entry; // eslint-disable-line no-unused-vars

  // What waits, oldest first: {place, key, work, state, tried, said: {path, fields, …}}. States: waiting, contested, refused.
  async function entries() {
    const kept = await bag();
    const found = kept ? await within("queue", "readonly", (store) => store.getAll()) : [];
    return Promise.all(found.map(async (entry) => ({ ...entry, said: await unsealText(kept.key, entry.key, entry.sealed) })));
  }

  async function put(entry) {
    const kept = await bag();
    const sealed = await sealText(kept.key, entry.key, entry.said);
    return whileKept(kept, "queue", { ...bare(entry), sealed });
  }

  const drop = (places) => within("queue", "readwrite", (store) => { for (const place of places) store.delete(place); });

  // Which version of its sheet an entry made, so that what was typed on top of it can say so.
  async function settle(key, version) {
    const kept = await bag();
    if (kept) await whileKept(kept, "settled", version, key);
  }

  const settled = (key) => within("settled", "readonly", (store) => store.get(key));
  const count = () => within("queue", "readonly", (store) => store.count());

  globalThis.away = { bag, begin, wipe, carriedBy, note, list, putWork, work, letGo, entries, put, drop, settle, settled, count, statics };
})();
