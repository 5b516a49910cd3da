// Judging without a network, on the page's side: takes works along, says what waits, and hands the worker's answers to the form.

import { announce } from "./announce.js";
import "./autosave.js";
import "./away-store.js";

const { away } = globalThis;
const flag = "giai-away";
const counted = "giai-away-counted";
const owner = document.body.dataset.keeper;
const place = document.querySelector("[data-carried]");
const words = place?.dataset;
const form = document.querySelector("form[data-scoring]");
const zone = { timeZone: "Asia/Ho_Chi_Minh" };
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
const calendar = new Intl.DateTimeFormat("en-GB", { day: "2-digit", month: "numeric", year: "numeric", ...zone });
const english = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", ...zone });
const again = 20_000;
const fill = (sentence, values) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), sentence);
const megabytes = (bytes) => (bytes / 1024 / 1024).toLocaleString("vi-VN", { maximumFractionDigits: 1 });
const work = document.querySelector(".bench")?.dataset.assignment;

// The worker that stands before the judge's list; elsewhere any that has something to send.
async function workers() {
  const all = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  return all.filter((each) => new URL(each.scope).pathname.endsWith("/cham") && each.active).map((each) => each.active);
}

/** An instant as every page writes it, in the words of the page. */
function moment(at) {
  if (document.documentElement.lang === "en") return fill(words.moment, { time: clock.format(at), day: english.format(at) });
  const { day, month: whole, year } = Object.fromEntries(calendar.formatToParts(at).map((part) => [part.type, part.value]));
  const month = Number(whole);
  return fill(words.moment, { time: clock.format(at), day: `${day}/${month <= 2 ? `0${month}` : month}/${year}` });
}

function ask(worker, question) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [port2]);
  });
}

// The flag goes last: where a page is left in between, the next one finds it and ends what is left.
async function end() {
  await away.wipe();
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? []) await each.unregister();
  sessionStorage.removeItem(counted);
  localStorage.removeItem(flag);
}

/* What waits goes out whenever it may: when the page opens, a network comes, one turns to the page, and every while. But for the last it is also asked
   whether these works may still be kept here. */
async function look({ flush = true, contact = flush, ...more } = {}) {
  const [worker] = await workers();
  if (!worker) return;
  const told = await ask(worker, { flush, contact, work, ...more });
  if (!told.bag && (bag || localStorage.getItem(flag) || told.state === "ended")) return over();
  show(told);
  return told;
}

// Nothing is kept here any longer. Whoever looks at a page of these works is told so there.
async function over() {
  await end();
  clearInterval(turning);
  if (!place) return;
  place.querySelector("[data-away-refused]").replaceChildren();
  draw([words.over], document.body.dataset.keeper === undefined);
  takings(null, {});
  say(words.over);
}

let shown = "";
let arrived = false;
const drawn = performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.requestStart ?? 0);
function show({ state, bag, entries = [], list = {}, own }) {
  if (!place) return;
  if (bag?.arrived > drawn && sessionStorage.getItem(counted) !== String(bag.arrived)) {
    sessionStorage.setItem(counted, bag.arrived); // once, whatever the clock says
    arrived = true;
  }
  for (const each of list.works ?? []) if (each.state) restate(each.id, each.state);
  for (const { work: id, state: now } of entries) if (now !== "waiting") restate(id, { kind: "warn", word: words[now] });
  const waiting = entries.filter((each) => each.state === "waiting").length;
  if (arrived && !waiting && place.querySelector("[data-away-taking]")) return countAnew();
  const lines = [];
  if (waiting) lines.push(fill(state === "signed-out" ? words.signIn : words.waiting, { n: waiting }));
  if (entries.some((each) => each.state === "contested")) lines.push(words.differ);
  const refused = entries.filter((each) => each.state === "refused");
  if (refused.length) lines.push(fill(words.notTaken, { n: new Set(refused.map((each) => each.work)).size }));
  if (lines.join() !== shown) say(shown = lines.join());
  draw(lines, waiting && state === "signed-out");
  lay(refused, list);
  takings(bag, list);
  if (form && own) hand(own);
}

// The list was drawn before what waited had arrived.
function countAnew() {
  if (document.readyState === "complete") location.reload();
  else addEventListener("load", () => location.reload(), { once: true });
}

function draw(lines, outside) {
  const line = place.querySelector("[data-away-line]");
  line.hidden = lines.length === 0;
  line.querySelector("[data-away-says]").textContent = lines.join(" ");
  line.querySelector("[data-away-enter]").hidden = !outside;
}

/* What the server would not take: each sheet with its own marks beside the reason, to be sent once more or let go. On a sheet only its own. */
let laid = "";
function lay(refused, { works = [], criteria = {} }) {
  const sheets = new Map(refused.filter((each) => !work || each.work === work).map((each) => [each.work, each]));
  const box = place.querySelector("[data-away-refused]");
  const keys = [...sheets.values()].map((each) => each.key).join();
  if (keys === laid) return;
  laid = keys;
  box.hidden = !keys;
  box.replaceChildren(...[...sheets.values()].map((each) => oneRefused(each, works.find(({ id }) => id === each.work), criteria)));
}

function oneRefused({ key, work: id, told, fields }, listed, criteria) {
  const one = place.querySelector("template[data-away-one]").content.firstElementChild.cloneNode(true);
  const link = one.querySelector("a");
  link.textContent = listed?.code ?? "";
  link.href = listed?.path ?? "";
  one.querySelector("[data-why]").textContent = told ?? "";
  const rows = Object.entries(criteria).map(([name, called]) => [called, fields[name]]);
  if (fields.note) rows.push([words.note, fields.note]);
  one.querySelector("dl").append(...rows.map(([name, value]) => {
    const row = Object.assign(document.createElement("div"), { className: "summary__row" });
    row.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value || "–" }));
    return row;
  }));
  one.querySelector("[data-again]").addEventListener("click", async () => {
    const after = await look({ again: key, version: id === work ? form?.elements.version?.value : undefined });
    if (after && !after.entries.some((each) => each.work === id && each.state !== "contested")) location.reload();
  });
  one.querySelector("[data-discard]").addEventListener("click", () => look({ discard: key, flush: false }));
  return one;
}

const say = (text) => { if (text) announce(text); };

function restate(id, { kind, word }) {
  for (const each of document.querySelectorAll(`[data-state="${CSS.escape(id)}"]`)) {
    each.className = `state state--${kind}`;
    each.querySelector("use").setAttribute("href", `#mark-${kind}`);
    each.lastChild.textContent = word;
  }
}

// What was typed on this sheet and never reached the server comes back into it; where somebody was faster both stand side by side.
let handed = "";
function hand({ key, state, said }) {
  if (handed === key + state || form.dataset.autosave === undefined) return;
  handed = key + state;
  if (state === "waiting") form.dispatchEvent(new CustomEvent("kept", { detail: { version: `~${key}`, fields: said.fields, at: said.at } }));
  if (state === "contested") form.dispatchEvent(new CustomEvent("contested", { detail: said.answer }));
}

/* Taking along: only on the list. */
function takings(bag, list) {
  const box = place.querySelector("[data-away-taking]");
  if (!box) return;
  const taken = (list.works ?? []).filter((each) => each.taken).length;
  box.querySelector("[data-away-have]").hidden = !taken;
  box.querySelector("[data-away-clear]").hidden = !bag;
  box.querySelector("[data-away-take]").textContent = taken ? words.renew : words.take;
  if (!taken) return;
  const left = list.left?.length ? ` ${fill(words.left, { n: list.left.length, codes: [...new Set(list.left)].join(", ") })}` : "";
  box.querySelector("[data-away-have]").textContent = fill(words.have, { n: taken, size: megabytes(list.bytes ?? 0), until: moment(bag.until) }) + left;
}

async function take(box) {
  const bar = box.querySelector("progress");
  const button = box.querySelector("[data-away-take]");
  button.disabled = true;
  bar.hidden = false;
  try {
    const answer = await fetch(words.list, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (told.refused) throw new Error(told.refused);
    await register();
    await away.begin({ owner: told.owner, until: Date.parse(told.until), session: told.session });
    localStorage.setItem(flag, told.owner);
    const statics = await caches.open(away.statics);
    await statics.addAll(told.files);
    await collect(told, (share) => { bar.value = share; });
  } catch (fault) {
    say(fill(words.failed, { why: fault.message }));
    box.querySelector("[data-away-fault]").textContent = fill(words.failed, { why: fault.message });
  }
  bar.hidden = true;
  button.disabled = false;
  await look();
}

async function register() {
  const standing = await navigator.serviceWorker.register(words.worker, { scope: words.scope });
  const coming = standing.installing ?? standing.waiting;
  if (coming && !standing.active) await new Promise((resolve) => { coming.onstatechange = () => coming.state === "activated" && resolve(); });
}

// Page by page with what each shows: pictures and light recordings, as far as they are small enough.
async function collect({ works, words: states, criteria, endings, largest_file: most, largest_parcel: all }, painted) {
  const [have, left] = [new Set(), []];
  let bytes = await keep(words.scope);
  const listed = works.map((each) => ({ ...each, taken: false, files: [] }));
  for (const [number, each] of listed.entries()) {
    const html = await keep(each.path, (size) => { bytes += size; });
    const seen = new DOMParser().parseFromString(html, "text/html");
    for (const address of filesOf(seen)) {
      if (have.has(address)) continue;
      const size = await keepFile(address, Math.min(most, all - bytes));
      if (size) {
        have.add(address);
        each.files.push(address);
        bytes += size;
      } else left.push(each.code);
    }
    each.taken = true;
    await away.list({ address: words.list, works: listed, words: states, criteria, endings, bytes, left });
    painted((number + 1) / listed.length);
  }
}

async function keep(address, counted) {
  const answer = await fetch(address, { headers: { Accept: "text/html", "Read-Later": "1" } });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  const bytes = await answer.arrayBuffer();
  await away.putWork(new URL(address, location).pathname, { type: "text/html; charset=utf-8", policy: answer.headers.get("Content-Security-Policy"), bytes });
  if (!counted) return bytes.byteLength;
  counted(bytes.byteLength);
  return new TextDecoder().decode(bytes);
}

function filesOf(page) {
  const found = [];
  for (const node of page.querySelectorAll(".material [src], .material [poster]")) found.push(node.getAttribute("src"), node.getAttribute("poster"));
  return new Set(found.filter((address) => address?.startsWith("/tep/")));
}

async function keepFile(address, most) {
  const answer = await fetch(address);
  const size = Number(answer.headers.get("Content-Length"));
  if (!answer.ok || size > most) {
    await answer.body?.cancel();
    return 0;
  }
  const bytes = await answer.arrayBuffer();
  await away.putWork(address, { type: answer.headers.get("Content-Type"), bytes });
  return bytes.byteLength;
}

/* Where it may not be kept any longer: another account, a shared machine, signing out, the end of its time. The worker may have let everything go before
   its page could follow: then the flag alone is left, and the worker. */
let turning = 0;
const bag = await away.bag();
if ((bag ? owner && bag.owner !== owner : localStorage.getItem(flag)) || "shared" in document.body.dataset) await end();
else if (bag) {
  localStorage.setItem(flag, bag.owner); // a killed browser may have forgotten it
  turning = setInterval(() => look({ contact: false }), again);
  setTimeout(() => end().then(() => location.reload()), Math.min(bag.until - Date.now(), 2 ** 31 - 1));
  addEventListener("online", () => look());
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  navigator.serviceWorker?.addEventListener("message", ({ data }) => { if (data.away) { arrived = true; look({ flush: false }); } });
  look();
}

// Signing out sends what waits first. What cannot be sent goes only when one says so.
document.addEventListener("submit", async (event) => {
  const { target } = event;
  if (!target.hasAttribute("data-signs-out") || !localStorage.getItem(flag)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const [worker] = await workers();
  if (worker) await Promise.race([ask(worker, { flush: true }), new Promise((late) => { setTimeout(late, 5000); })]);
  const waits = await away.count();
  if (waits && !confirm(fill(document.body.dataset.leaving, { n: waits }))) return;
  await end();
  target.requestSubmit();
}, { capture: true });

const box = place?.querySelector("[data-away-taking]");
if (box && navigator.serviceWorker && globalThis.crypto?.subtle) {
  box.hidden = false;
  box.querySelector("[data-away-take]").addEventListener("click", () => take(box));
  box.querySelector("[data-away-clear]").addEventListener("click", async () => {
    const waits = await away.count();
    if (waits && !confirm(fill(words.sure, { n: waits }))) return;
    await end();
    location.reload();
  });
}
