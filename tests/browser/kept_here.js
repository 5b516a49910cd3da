async () => {
  // Everything this browser keeps of the application's pages, as a text; and how much that is.
  const found = [...Object.entries({ ...localStorage }), ...Object.entries({ ...sessionStorage })].map(String);
  const answered = (asked) => new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return new TextDecoder().decode(value);
    if (value instanceof CryptoKey) return `key, extractable ${value.extractable}`;
    return value && typeof value === "object" ? Object.entries(value).map(([name, inner]) => `${name} ${text(inner)}`).join(" ") : String(value);
  };
  for (const { name } of await indexedDB.databases()) {
    const open = await answered(indexedDB.open(name));
    for (const store of open.objectStoreNames) found.push(...(await answered(open.transaction(store).objectStore(store).getAll())).map(text));
    open.close();
  }
  for (const name of await caches.keys()) for (const { url } of await (await caches.open(name)).keys()) found.push(url);
  const workers = (await navigator.serviceWorker.getRegistrations()).length;
  return { text: found.join("\n"), nothing: found.length + workers === 0 };
}