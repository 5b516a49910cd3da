// One file on its way: read and declared, sent in parts to where the server says, finished, followed to its verdict.

import { announce } from "./announce.js";
import { Gate } from "./uploader-gate.js";
import { look } from "./uploader-looking.js";
import { Row, amount, pace, say } from "./uploader-row.js";
import { total } from "./uploader-total.js";

const MIB = 1024 * 1024;
const filesAtOnce = 3;
const lanes = 4; // parts under way, of all files together: a browser opens six connections to one host
const batch = 12;
const addressLife = 12 * 60_000; // an address lives 15 minutes
const stall = 60_000; // a connection that moves nothing for so long is dead
const rests = [1000, 2000, 5000, 10_000, 30_000];
const patience = 5; // refusals of one part, or new beginnings of one file, before it is given up

/** Bytes of each part but the last: the rule of uploads.protocol.plan. */
export const partSize = (size) => Math.max(8 * MIB, Math.ceil(size / (5000 * MIB)) * MIB);

const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
const sha256 = async (buffer) => hex(await crypto.subtle.digest("SHA-256", buffer));

/** A sentence that ends the sending of a file; `again` when the same file may be tried once more. */
class Stop extends Error {
  constructor(sentence, again = false) {
    super(sentence);
    this.again = again;
  }
}
/** The store has given the upload up: it begins anew. */
class Gone extends Error {}

/** Files are read one after another and sent a few at a time, in the order they were chosen; their parts take turns. */
const reading = new Gate(1);
const sending = new Gate(filesAtOnce);
const parts = new Gate(lanes);
/** What would be broken off if the page were left now. */
export const busy = new Set();

/** One file on its way. */
export class Sending {
  constructor(place, file, resuming) {
    Object.assign(this, { place, file, resuming });
    this.row = Row.made(place.list, file);
    this.row.tell("none", say("waiting"), amount(file.size));
    this.former = resuming && place.rowOf(resuming);
    if (this.former) {
      this.former.after(this.row.node);
      this.former.hidden = true;
    }
    this.size = partSize(file.size);
    this.count = Math.ceil(file.size / this.size);
    this.held = new Set();
    this.flying = new Map();
    this.addresses = new Map();
    this.said = 0;
    this.gone = 0;
    this.beginnings = 0;
    this.counts = true;
    this.wanted = true;
    this.row.node.addEventListener("click", ({ target }) => {
      const deed = target.closest("[data-do]")?.dataset.do;
      if (deed) this[deed]();
    });
    total?.add(this);
    this.go();
  }

  /** Whether it is read or sent now, or waits for its turn. */
  get moving() { return busy.has(this); }

  async go() {
    const { signal } = (this.stopped = new AbortController());
    busy.add(this);
    try {
      if (!this.plan) await reading.pass(signal, () => this.prepare());
      this.row.tell("none", say("waiting"), this.facts);
      this.row.offer("pause");
      await sending.pass(signal, () => this.transfer());
      busy.delete(this);
      this.wanted = false;
      await this.row.follow(this.plan.status_url, (status) => this.place.changed(status));
    } catch (fault) {
      this.ended(fault);
    } finally {
      busy.delete(this);
    }
  }

  /** The file is known to the server by the hashes of its parts. */
  async prepare() {
    const fault = await this.place.fault(this.file, this.row.node);
    if (fault) throw new Stop(fault);
    const seen = await look(this.file);
    this.about = seen.about;
    this.row.warn(seen.warnings);
    if (seen.fault) throw new Stop(seen.fault);
    this.hashes = [];
    while (this.hashes.length < this.count) {
      this.stopped.signal.throwIfAborted();
      const next = this.numbers().slice(this.hashes.length, this.hashes.length + lanes);
      this.hashes.push(...await Promise.all(next.map(async (number) => sha256(await this.bytes(number)))));
      const percent = Math.floor((100 * this.hashes.length) / this.count);
      this.row.tell("none", say("waiting"), say("reading", { size: this.facts, percent }));
    }
    await this.begin();
  }

  async begin() {
    if (++this.beginnings > patience) throw new Stop(say("failed"), true);
    const { file: { name, size }, hashes, resuming, place } = this;
    const { beginUrl, slot, part } = place.data;
    this.plan = await this.ask(beginUrl, { name, size, part_hashes: hashes, slot, part, resuming });
    this.held = new Set(this.plan.stored_parts);
    this.addresses.clear();
    this.note(this.plan.parts);
    place.known(this, this.plan);
  }

  async transfer() {
    this.samples = [];
    while (this.plan.state === "uploading") {
      this.missing = this.numbers().filter((number) => !this.held.has(number));
      this.paint();
      this.row.offer("pause");
      try {
        await this.together();
        this.row.offer();
        Object.assign(this.plan, await this.ask(this.plan.finish_url, {}));
      } catch (fault) {
        if (!(fault instanceof Gone)) throw fault;
        await this.begin();
      }
    }
    this.gone = this.file.size;
    this.row.offer();
    this.row.show(this.plan);
    this.place.changed(this.plan);
  }

  /** All missing parts are in the store. One lane's failure stops the others before anything else is tried. */
  async together() {
    const ends = await Promise.allSettled(Array.from({ length: lanes }, () => this.lane()));
    const failed = ends.filter((end) => end.status === "rejected").map((end) => end.reason);
    if (failed.length) throw failed.find((fault) => fault instanceof Stop) ?? failed[0];
  }

  async lane() {
    for (let number; (number = this.missing.shift()) !== undefined;) {
      try {
        await parts.pass(this.stopped.signal, () => this.send(number));
      } catch (fault) {
        this.missing = [];
        throw fault;
      }
    }
  }

  async send(number) {
    const body = await this.bytes(number);
    for (let failures = 0, refusals = 0; ;) {
      const { url, headers } = await this.address(number);
      const status = await this.put(number, url, headers, body);
      if (status === 200 || status === 412) { // 412: it is there already, and only the answer was lost
        this.held.add(number);
        return this.paint();
      }
      this.addresses.delete(number);
      if (status === 404) throw new Gone();
      if (status === 400 && (await sha256(body)) !== this.hashes[number - 1]) throw new Stop(say("changed"));
      if (status >= 400 && status < 500 && ++refusals > patience) throw new Stop(say("failed"), true);
      await this.rest(failures, failures++ && navigator.onLine ? say("storeAway") : null);
    }
  }

  async address(number) {
    for (;;) {
      const known = this.addresses.get(number);
      if (known?.until > Date.now()) return known;
      this.signing ??= this.sign(number).finally(() => { this.signing = null; });
      await this.signing;
    }
  }

  /** Addresses for this part and the next ones that have none. */
  async sign(number) {
    const others = this.numbers().filter((each) => each !== number && !this.held.has(each) && !this.addresses.has(each));
    const { parts } = await this.ask(this.plan.sign_url, { numbers: [number, ...others.slice(0, batch - 1)] });
    this.note(parts);
  }

  note(signed) {
    for (const { number, url, headers } of signed) this.addresses.set(number, { url, headers, until: Date.now() + addressLife });
  }

  put(number, url, headers, body) {
    const { signal } = this.stopped;
    signal.throwIfAborted();
    return new Promise((done, refuse) => {
      const request = new XMLHttpRequest();
      let watch = null;
      const stir = () => {
        clearTimeout(watch);
        watch = setTimeout(() => request.abort(), stall);
      };
      const stop = () => { refuse(signal.reason); request.abort(); };
      request.open("PUT", url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", ({ loaded }) => { stir(); this.flying.set(number, loaded); this.paint(); });
      request.addEventListener("loadend", () => {
        clearTimeout(watch);
        signal.removeEventListener("abort", stop);
        this.flying.delete(number);
        done(request.status);
      });
      signal.addEventListener("abort", stop, { once: true });
      stir();
      request.send(body);
    });
  }

  /** What is known of the file, in words: 12 phút 30 giây, 1920 × 1080, 412 MB. */
  get facts() { return [...(this.about ?? []), amount(this.file.size)].join(", "); }

  numbers() { return Array.from({ length: this.count }, (_, step) => step + 1); }

  length(number) { return Math.min(this.size, this.file.size - (number - 1) * this.size); }

  async bytes(number) {
    const start = (number - 1) * this.size;
    try {
      return await this.file.slice(start, start + this.length(number)).arrayBuffer();
    } catch {
      throw new Stop(say("changed"));
    }
  }

  /** The server's answer; after a broken connection or a fault of the server it is asked again, for as long as it takes. */
  async ask(url, body) {
    const { signal } = this.stopped;
    const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": this.place.data.csrf };
    for (let failures = 0; ; failures++) {
      const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(body), redirect: "manual", signal }).catch(() => null);
      signal.throwIfAborted();
      if (answer?.ok) return answer.json();
      if (answer?.type === "opaqueredirect" || answer?.status === 401) throw new Stop(say("signedOut"));
      const { code, sentence } = (await answer?.json().catch(() => null)) ?? {};
      if (code === "file_incomplete" || code === "file_upload_gone") throw new Gone();
      if (answer && answer.status < 500 && answer.status !== 429) throw new Stop(sentence ?? say("failed"), !sentence);
      await this.rest(failures, sentence);
    }
  }

  async rest(failures, sentence = null) {
    const { signal } = this.stopped;
    signal.throwIfAborted();
    this.row.tell("warn", sentence ?? say("offline"));
    const over = new AbortController();
    await new Promise((done) => {
      setTimeout(done, rests[Math.min(failures, rests.length - 1)]);
      for (const [source, name] of [[window, "online"], [signal, "abort"]]) source.addEventListener(name, done, { signal: over.signal });
    });
    over.abort();
    signal.throwIfAborted();
  }

  paint() {
    const flying = [...this.flying.values()].reduce((sum, loaded) => sum + loaded, 0);
    const done = Math.min(this.file.size, [...this.held].reduce((sum, number) => sum + this.length(number), flying));
    const at = performance.now();
    this.samples = [...this.samples.filter((sample) => at - sample.at < 10_000), { at, done }];
    const speed = (1000 * (done - this.samples[0].done)) / (at - this.samples[0].at);
    const percent = Math.floor((100 * done) / this.file.size);
    this.gone = done;
    this.row.tell("doing", say("sending", { percent }), pace(speed, done, this.file.size, this.facts));
    this.row.progress(percent);
    const quarter = Math.floor(percent / 25) * 25;
    if (quarter > this.said) announce(say("mark", { name: this.file.name, percent: (this.said = quarter) }));
  }

  turn() {
    if (busy.has(this)) {
      this.paused = true;
      this.stopped.abort();
    } else {
      this.paused = false;
      this.beginnings = 0;
      this.go();
    }
  }

  async remove() {
    this.counts = this.wanted = this.refused = false;
    this.stopped.abort();
    if (this.plan?.remove_url && !(await removed(this.plan.remove_url, this.place.data.csrf))) return this.ended(new Stop(say("failed"), this.plan.state === "uploading"));
    this.giveWay();
    this.place.gone(this.row.node, this.plan);
  }

  /** The row that stood here before is back, unless this file took its place. */
  giveWay() {
    if (this.former) this.former.hidden = false;
  }

  ended(fault) {
    this.flying.clear();
    this.giveWay();
    const stopped = fault instanceof Stop;
    if (!stopped && fault.name !== "AbortError") throw fault;
    if (!stopped && !this.paused) return;
    this.counts = this.wanted = !stopped || fault.again;
    this.refused = !this.counts;
    this.row.tell(stopped ? "bad" : "warn", stopped ? fault.message : say("paused"), this.facts);
    if (stopped) announce(say("result", { name: this.file.name, word: fault.message }));
    if (stopped && !fault.again) {
      this.row.settle();
      this.row.offer();
    } else {
      this.row.progress(this.row.bar.value, true);
      this.row.offer("resume");
    }
  }
}

/** Whether the owner's door let the file go. */
export async function removed(url, csrf) {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ csrf_token: csrf }) }).catch(() => null);
  return answer?.ok ?? false;
}
