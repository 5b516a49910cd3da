// A PDF too large to be read whole: from its end over its index to the few objects that tell its pages, some kilobytes at a time.

import { dictionary, inflate, unpacked } from "./uploader-pdf.js";

const step = 64 * 1024;
const most = 8 * 1024 * 1024; // of one index, or one packed stream
const versions = 64;

/** { pages, locked, active: false } as far as it was found: whether it acts is seen by the server alone. */
export async function readIndex(file) {
  const index = new Index(file);
  await index.read();
  if (index.trailers.some((words) => /\/Encrypt\b/.test(words))) return { pages: null, locked: true, active: false };
  const root = await index.object(reference(index.trailers.find((words) => /\/Root\b/.test(words)), "Root"));
  const tree = await index.object(reference(root, "Pages"));
  return { pages: Number(tree?.match(/\/Count\s+(\d+)/)?.[1]) || null, locked: false, active: false };
}

const reference = (words, name) => words?.match(new RegExp(`/${name}\\s+(\\d+)\\s+\\d+\\s+R`))?.[1];
const number = (words, name) => Number(words.match(new RegExp(`/${name}\\s+(\\d+)(?!\\s+\\d+\\s+R)`))?.[1]);
const latin1 = (bytes) => new TextDecoder("latin1").decode(bytes);

/** Where each object stands: the newest version is read first, and what it says holds. */
class Index {
  constructor(file) {
    this.file = file;
    this.places = new Map();
    this.trailers = [];
  }

  async read() {
    const end = await this.text(Math.max(0, this.file.size - 2048), 2048);
    const waiting = [Number([...end.matchAll(/startxref\s+(\d+)/g)].pop()?.[1])];
    const seen = new Set();
    for (let at; (at = waiting.shift()) !== undefined && seen.size < versions;) {
      if (!Number.isInteger(at) || seen.has(at)) continue;
      seen.add(at);
      const words = await ((await this.text(at, 16)).trimStart().startsWith("xref") ? this.table(at) : this.stream(at));
      if (!words) continue;
      this.trailers.push(words);
      waiting.push(number(words, "XRefStm"), number(words, "Prev"));
    }
  }

  /** Lines of twenty characters, ten of them a place; then the words of the trailer. */
  async table(at) {
    const text = await this.until(at, /\bstartxref\b/);
    const head = /\s*(\d+) (\d+)\s*?\r?\n/y;
    head.lastIndex = text.indexOf("xref") + 4;
    for (let found; (found = head.exec(text));) {
      const [first, count] = found.slice(1).map(Number);
      for (let n = 0; n < count; n++) {
        const line = text.substr(head.lastIndex + 20 * n, 18);
        if (line[17] === "n") this.note(first + n, { at: Number(line.slice(0, 10)) });
      }
      head.lastIndex += 20 * count;
    }
    return text.slice(text.indexOf("trailer", head.lastIndex));
  }

  /** The same in a stream: rows of three numbers, each so many bytes wide as /W says. */
  async stream(at) {
    const { words, bytes, text } = await this.whole(at);
    if (!/\/Type\s*\/XRef\b/.test(words)) return null;
    const widths = words.match(/\/W\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s*\]/)?.slice(1).map(Number);
    const rows = unfiltered(await inflate(body(words, bytes, text), "bytes").catch(() => new Uint8Array()), words);
    if (!widths || !rows) return null;
    const ranges = words.match(/\/Index\s*\[([\d\s]*)\]/)?.[1].trim().split(/\s+/).map(Number) ?? [0, number(words, "Size")];
    const width = widths[0] + widths[1] + widths[2];
    let row = 0;
    for (let n = 0; n + 1 < ranges.length; n += 2) {
      for (let each = 0; each < ranges[n + 1] && (row + 1) * width <= rows.length; each++, row++) {
        const [kind, where, within] = fields(rows.subarray(row * width, (row + 1) * width), widths);
        if (kind === 1) this.note(ranges[n] + each, { at: where });
        if (kind === 2) this.note(ranges[n] + each, { packedIn: where, within });
      }
    }
    return words;
  }

  note(object, place) {
    if (!this.places.has(object)) this.places.set(object, place);
  }

  /** The words of the object; undefined when it was not found. */
  async object(name) {
    const place = this.places.get(Number(name));
    if (!place) return undefined;
    if (place.packedIn === undefined) return dictionary(await this.until(place.at, /\bendobj\b|\bstream\r?\n/));
    const outer = this.places.get(place.packedIn);
    if (outer?.at === undefined) return undefined;
    const { words, bytes, text } = await this.whole(outer.at);
    return (await unpacked(words, bytes.buffer, text, 0)).find(([inner]) => inner === name)?.[1];
  }

  /** An object with its stream: its words, and everything as bytes and as text from its beginning. */
  async whole(at) {
    const words = dictionary(await this.until(at, /\bstream\r?\n/));
    const bytes = await this.bytes(at, Math.min(most, words.length + 16 + (number(words, "Length") || 0)));
    return { words, bytes, text: latin1(bytes) };
  }

  /** What stands there, to where the end is found. */
  async until(at, end) {
    for (let length = step; ; length *= 4) {
      const text = await this.text(at, length);
      if (end.test(text) || length >= most || at + length >= this.file.size) return text;
    }
  }

  async text(at, length) { return latin1(await this.bytes(at, length)); }

  async bytes(at, length) { return new Uint8Array(await this.file.slice(at, at + length).arrayBuffer()); }
}

/** The bytes of the stream whose words begin the text. */
function body(words, bytes, text) {
  const from = words.length + (text.slice(words.length).match(/^stream\r?\n/)?.[0].length ?? 0);
  return bytes.slice(from, from + number(words, "Length"));
}

/** A row as it was before it was written as the difference to the one above it (predictors 10 to 15); null of any other filter. */
function unfiltered(data, words) {
  if (!(number(words, "Predictor") >= 10)) return data;
  const columns = number(words, "Columns") || 1;
  const rows = new Uint8Array(Math.floor(data.length / (columns + 1)) * columns);
  for (let from = 0, to = 0; to < rows.length; from += columns + 1, to += columns) {
    const filter = data[from];
    if (filter > 2) return null;
    for (let n = 0; n < columns; n++) {
      const before = filter === 2 ? to && rows[to + n - columns] : filter === 1 && n ? rows[to + n - 1] : 0;
      rows[to + n] = data[from + 1 + n] + before;
    }
  }
  return rows;
}

/** Three numbers of a row; without a first one it is 1. */
function fields(row, widths) {
  let at = 0;
  const read = widths.map((width) => row.subarray(at, (at += width)).reduce((sum, byte) => 256 * sum + byte, 0));
  return widths[0] ? read : [1, read[1], read[2]];
}
