// The worker of one judge's works in one round: without a network the pages that were taken along, and a queue for what is typed on them.
//
// Where the server answers, its answer stands: nothing kept here is shown in its place. Its scope is the judge's list and what lies below it.

const home = new URL(self.registration.scope).pathname;
const waits = { page: 6000, queue: 3000, save: 20_000 };
const deeds = new Set(["gui", "mang-theo", "mang-theo.js"]);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (request.method === "POST") {
    const [work, deed] = below(pathname);
    if (work && !deeds.has(work) && (!deed || deed === "gui")) event.respondWith(deed || request.mode === "navigate" ? form(request, pathname) : save(request, pathname));
  } else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(page(request, pathname));
  else if (pathname.startsWith("/static/")) event.respondWith(first(request, () => caches.match(request, { ignoreSearch: true })));
  else if (pathname.startsWith("/tep/")) event.respondWith(first(request, () => file(request, pathname)));
});

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  const { flush, contact, again, discard, version, work } = event.data;
  event.waitUntil((async () => {
    if (again) await queue.again(again, version);
    if (discard) await queue.discard(discard);
    const state = flush || again ? await queue.flush() : "";
    const met = state === "signed-out" || (contact && state !== "unreachable") ? await queue.renew() : "";
    port?.postMessage(await standing(work, met || state));
  })());
});

const below = (pathname) => (pathname.startsWith(`${home}/`) ? pathname.slice(home.length + 1).split("/") : []);
const within = (milliseconds, promise) => Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("late")), milliseconds))]);

// The server's answer; what is kept only where there is none.
async function first(request, kept) {
  try {
    return await fetch(request);
  } catch (fault) {
    return (await kept()) ?? Promise.reject(fault);
  }
}

async function page(request, pathname) {
  const kept = await stored(pathname).catch(() => null);
  if (!kept) return fetch(request).catch((fault) => leading(pathname, fault));
  await within(waits.queue, queue.flush()).catch(() => "");
  try {
    const answer = await within(waits.page, fetch(request));
    return [502, 503, 504].includes(answer.status) ? kept : answer;
  } catch {
    return kept;
  }
}

// A page that was not taken along, without a network: the list says which were.
async function leading(pathname, fault) {
  if (pathname !== home && (await away.work(home))) return Response.redirect(home, 303);
  throw fault;
}

async function stored(pathname) {
  const found = await away.work(pathname);
  if (!found) return null;
  const headers = { "Content-Type": found.type, "Content-Security-Policy": found.policy, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  return new Response(found.bytes, { headers });
}

// A file of a work; of a photo whatever size was taken along. Players ask for parts.
async function file(request, pathname) {
  const found = (await away.work(pathname)) ?? (await away.work(pathname.replace(/\/ban\/(400|1600|day-du)$/, "/ban/1600")));
  if (!found) return null;
  const headers = { "Content-Type": found.type, "Accept-Ranges": "bytes" };
  const part = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  const all = found.bytes.byteLength;
  if (!part || Number(part[1]) >= all) return new Response(found.bytes, { headers });
  const [from, to] = [Number(part[1]), part[2] ? Math.min(Number(part[2]), all - 1) : all - 1];
  return new Response(found.bytes.slice(from, to + 1), { status: 206, headers: { ...headers, "Content-Range": `bytes ${from}-${to}/${all}` } });
}

async function fieldsOf(request) {
  return Object.fromEntries(new URLSearchParams(await request.clone().text()));
}

// A save of the page's script: into the queue, out again when the server has it. Its answer is the server's, or says that it is kept here.
async function save(request, pathname) {
  if (!(await away.bag())) return fetch(request);
  const fields = await fieldsOf(request);
  const key = await queue.add(pathname, fields);
  for (let turn = 0; turn < 2 && !queue.outcomes.has(key); turn++) {
    if ((await within(waits.save, queue.flush()).catch(() => "unreachable")) !== "sent") break;
  }
  const outcome = queue.outcomes.get(key);
  if (outcome) return Response.json(outcome.body, { status: outcome.status });
  return Response.json({ version: `~${key}`, saved_at: new Date().toISOString(), kept: true, states: await noted(pathname, fields) });
}

// A button of the page. Without an answer its marks are kept, and it leads to where it would have.
async function form(request, pathname) {
  if (!(await away.bag())) return fetch(request);
  const fields = await fieldsOf(request);
  const [work] = below(pathname);
  const sheet = `${home}/${work}`;
  if ((await within(waits.save, queue.flush()).catch(() => "unreachable")) === "sent") {
    const base = queue.chained(fields.version ?? "");
    const body = new URLSearchParams({ ...fields, ...(base ? { version: (await away.settled(base)) ?? "0" } : {}) });
    try {
      return await within(waits.save, fetch(pathname, { method: "POST", body, redirect: "manual" }));
    } catch { /* kept below */ }
  }
  await queue.add(sheet, fields);
  await noted(sheet, fields);
  return Response.redirect(await onward(sheet, fields.go), 303);
}

// The list knows of it too; in words, as the server would say it.
async function noted(path, fields) {
  const { works = [], words } = await away.list();
  const work = works.find((each) => each.path === path);
  if (!work) return {};
  const marks = Object.entries(fields).filter(([name]) => /^c\d+$/.test(name)).map(([, text]) => text.trim());
  const given = marks.filter(Boolean);
  const sum = given.reduce((all, text) => all + Number(text.replace(",", ".")), 0);
  const unsaid = fields.level === ""; // where a level is asked for
  const state = given.length === 0 && !fields.level ? "none" : given.length < marks.length || unsaid ? "doing" : "done";
  work.marked = state === "done";
  work.later ||= fields.go === "later";
  work.state = { kind: words[state].kind, word: state === "done" ? `${words.done.word}, ${sum.toFixed(2).replace(".", ",")}` : words[state].word };
  await away.list({ works });
  return { [work.id]: work.state };
}

async function onward(sheet, go) {
  if (go !== "next" && go !== "later") return sheet;
  const { works = [] } = await away.list();
  const at = works.findIndex((each) => each.path === sheet);
  const around = [...works.slice(at + 1), ...works.slice(0, Math.max(0, at))].filter((each) => !each.marked && each.taken);
  return (around.find((each) => !each.later) ?? around[0])?.path ?? home;
}

// What a page asks: how much waits, what the list says, and what of one work never reached the server.
async function standing(work, state) {
  const kept = await away.bag();
  if (!kept) return { state, bag: null, entries: [], list: {} };
  const entries = await away.entries();
  const own = entries.filter((entry) => entry.work === work);
  const told = ({ work: id, key, state: now, said }) => ({ work: id, key, state: now, ...(now === "refused" ? { told: said.answer?.sentence, fields: said.fields } : {}) });
  return { state, bag: { owner: kept.owner, until: kept.until, arrived: kept.arrived }, entries: entries.map(told), list: await away.list(), own: own.at(-1) };
}
