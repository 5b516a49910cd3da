// Sheets on their way: every save goes into the queue first and leaves it when the server has answered, once each and in the order they were typed.
//
// Part of the worker. An entry has a key of its own; the server takes a key once and answers its twin alike, so that an answer that got lost on its way
// does no harm. What is typed on top of an entry that is still waiting carries "~key" in place of a version.

(() => {
  const patience = 15_000;
  const outcomes = new Map(); // key → {status, body}: for whoever waits for it
  const answered = 50;
  let running = null;
  let token = null;

  const locked = (act) => navigator.locks.request("giai-away-queue", act);
  const chained = (version) => String(version).startsWith("~") && version.slice(1);

  // Takes a save in and answers its key. What is typed again before it was ever sent takes the place of what it replaces, at the end.
  function add(path, fields) {
    return locked(async () => {
      const { csrf_token: csrf, deed_key: _key, go: _go, ...said } = fields;
      token ??= csrf;
      const work = path.split("/").at(-1);
      const own = (await away.entries()).filter((entry) => entry.work === work && entry.state === "waiting");
      const before = own.find((entry) => entry.key === chained(said.version) && !entry.tried);
      if (before) {
        said.version = before.said.fields.version;
        await away.drop([before.place]);
      }
      const key = crypto.randomUUID();
      await away.put({ key, work, state: "waiting", tried: false, said: { path, fields: said, at: Date.now() } });
      return key;
    });
  }

  // Sends what waits. Answers "sent" when nothing waits any more, else why not: "unreachable", "signed-out" or "ended".
  function flush() {
    running ??= navigator.locks.request("giai-away-sending", drain).finally(() => { running = null; });
    return running;
  }

  async function drain() {
    let renewed = false;
    for (;;) {
      const entry = await locked(next);
      if (!entry) return "sent";
      const base = chained(entry.said.fields.version);
      const version = base ? await away.settled(base) : entry.said.fields.version;
      let answer;
      try {
        answer = await send(entry, version ?? "0");
      } catch {
        return "unreachable";
      }
      if (answer.status === 401 || answer.type === "opaqueredirect") return "signed-out";
      if (answer.status === 429 || answer.status >= 500) return "unreachable";
      const body = await told(answer);
      if (!body || (answer.ok && body.version === undefined)) return "unreachable";
      if (answer.status === 400 && !renewed) {
        renewed = true;
        const hindered = await renew();
        if (hindered) return hindered;
      } else await locked(() => conclude(entry, answer.status, body));
    }
  }

  async function next() {
    const entry = (await away.entries()).find((each) => each.state === "waiting");
    if (entry && !entry.tried) await away.put({ ...entry, tried: true });
    return entry;
  }

  function send({ key, said }, version) {
    const body = new URLSearchParams({ ...said.fields, version });
    const headers = { Accept: "application/json", "X-CSRFToken": token ?? "", "Idempotency-Key": key };
    return fetch(said.path, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(patience) });
  }

  // Another session of the same person has another token. Somebody else's session may not send what this judge typed: then nothing stays here.
  // Nor does it where the session was ended from elsewhere, or its owner judges in this round no longer. A work that may not be read any more goes alone.
  async function renew() {
    const [kept, { address }] = [await away.bag(), await away.list()];
    if (!kept || !address) return "";
    const answer = await ask(address);
    if (!answer || answer.status >= 500) return "unreachable";
    const said = await told(answer);
    if (!said || (answer.ok && !said.owner)) return "unreachable";
    if (answer.status === 403 && said.code === "no_seat") return ended();
    if (!answer.ok) return (await wasEnded(kept)) ? ended() : "signed-out";
    if (said.owner !== kept.owner) return ended();
    token = said.csrf_token;
    if (said.session !== kept.session) await away.carriedBy(said.session);
    await keepOnly(new Set(said.still));
    return "";
  }

  // What an answer holds; null where it broke off on its way, nothing where somebody else spoke in the server's place, as the page of a public network does.
  async function told(answer) {
    const text = await answer.text().catch(() => null);
    if (text === null) return null;
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  }

  const ask = (address) => fetch(address, { headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(patience) }).catch(() => null);

  async function wasEnded({ session }) {
    const { endings } = await away.list();
    const answer = session && endings ? await ask(endings + session) : null;
    return Boolean(answer?.ok && (await told(answer))?.ended);
  }

  async function ended() {
    await away.wipe();
    await tell();
    return "ended";
  }

  async function keepOnly(still) {
    const { works = [] } = await away.list();
    const gone = works.filter((each) => each.taken && !still.has(each.id));
    if (!gone.length) return;
    await away.letGo(gone.flatMap((each) => [each.path, ...(each.files ?? [])]));
    for (const each of gone) each.taken = false;
    await away.list({ works });
  }

  // What was refused goes out once more, on top of the sheet as it stands in front of the judge; or nobody keeps it any longer.
  function again(key, version) {
    return locked(async () => {
      const [entry, own] = await refusedWith(key);
      if (!entry) return;
      await away.drop(own.map((each) => each.place));
      const { answer: _answer, ...said } = entry.said;
      said.fields.version = version ?? said.fields.version;
      await away.put({ key: crypto.randomUUID(), work: entry.work, state: "waiting", tried: false, said });
    });
  }

  const discard = (key) => locked(async () => away.drop((await refusedWith(key))[1].map((each) => each.place)));

  // The entry, and all of its sheet that were refused: each holds everything that stood on it.
  async function refusedWith(key) {
    const refused = (await away.entries()).filter((each) => each.state === "refused");
    const entry = refused.find((each) => each.key === key);
    return [entry, refused.filter((each) => each.work === entry?.work)];
  }

  async function conclude(entry, status, body) {
    const later = (await away.entries()).filter((each) => each.work === entry.work && each.place > entry.place && each.state === "waiting");
    if (status === 409 && later.length) {
      // Both texts are compared as they stand last.
      await away.drop([entry.place]);
      await away.put({ ...later[0], said: { ...later[0].said, fields: { ...later[0].said.fields, version: entry.said.fields.version } } });
    } else if (status === 409) await away.put({ ...entry, state: "contested", said: { ...entry.said, answer: body } });
    else if (status === 200) {
      await away.settle(entry.key, String(body.version));
      const over = (await away.entries()).filter((each) => each.work === entry.work && (each.place === entry.place || each.state !== "waiting"));
      await away.drop(over.map((each) => each.place));
      await away.note();
    } else await away.put({ ...entry, state: "refused", said: { ...entry.said, answer: { status, ...body } } });
    outcomes.set(entry.key, { status, body });
    for (const key of [...outcomes.keys()].slice(0, -answered)) outcomes.delete(key);
    await tell();
  }

  // Every open page of these works is told that something has changed.
  async function tell() {
    for (const page of await self.clients.matchAll()) page.postMessage({ away: "changed" });
  }

  globalThis.queue = { add, flush, renew, again, discard, outcomes, chained };
})();
