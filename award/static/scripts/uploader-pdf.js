// What a PDF says of itself before it is sent: its pages, whether it is locked, whether it holds scripts or other files.
//
// Not a reader of PDF: objects are found by their heads, in the file and in its packed streams, and a later one of the same
// number stands for an earlier. What cannot be found this way is not told; the server reads the file in earnest afterwards.

const most = 32 * 1024 * 1024; // of a larger file only the index is read
const heads = /(\d+)\s+(\d+)\s+obj\b/g;
const packed = /\/Type\s*\/ObjStm\b/;
const acting = /\/(JavaScript|JS|Launch|ImportData|SubmitForm|GoToE|RichMedia|Movie|XFA|EF)\b/;
const trailers = /\btrailer\b([\s\S]*?)\bstartxref\b/g;

/** { pages, locked, active }, each as far as it was found; null of what cannot be read. */
export async function readPdf(file, whole = most) {
  if (file.size > whole) return (await import("./uploader-pdf-index.js")).readIndex(file).catch(() => null);
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) return null;
  const text = new TextDecoder("latin1").decode(bytes);
  const objects = new Map();
  const ends = [...text.matchAll(trailers)].map((found) => found[1]);
  for (const [number, start, end] of spans(text)) {
    const words = dictionary(text.slice(start, end));
    objects.set(number, words);
    if (/\/Type\s*\/XRef\b/.test(words)) ends.push(words);
    if (packed.test(words)) for (const [inner, said] of await unpacked(words, bytes, text, start)) objects.set(inner, said);
  }
  if (ends.some((words) => /\/Encrypt\b/.test(words))) return { pages: null, locked: true, active: false };
  const root = ends.map((words) => words.match(/\/Root\s+(\d+)\s+\d+\s+R/)?.[1]).filter(Boolean).pop();
  const tree = objects.get(objects.get(root)?.match(/\/Pages\s+(\d+)\s+\d+\s+R/)?.[1]);
  return { pages: Number(tree?.match(/\/Count\s+(\d+)/)?.[1]) || null, locked: false, active: [...objects.values()].some((words) => acting.test(words)) };
}

/** Number, beginning and end of every object that stands in the file itself. */
function spans(text) {
  const found = [...text.matchAll(heads)];
  return found.map((head, at) => [head[1], head.index + head[0].length, found[at + 1]?.index ?? text.length]);
}

/** The words of an object without the bytes of its stream: those mean nothing here. */
export const dictionary = (words) => words.split(/\bstream\r?\n/, 1)[0];

/** The objects of a packed stream: pairs of number and place first, then their words. */
export async function unpacked(words, bytes, text, start) {
  const count = Number(words.match(/\/N\s+(\d+)/)?.[1]);
  const first = Number(words.match(/\/First\s+(\d+)/)?.[1]);
  const length = Number(words.match(/\/Length\s+(\d+)(?!\s+\d+\s+R)/)?.[1]);
  const opening = text.slice(start + words.length, start + words.length + 8).match(/^stream\r?\n/)?.[0];
  if (!count || !first || !length || !opening || !/\/FlateDecode\b/.test(words)) return [];
  const from = start + words.length + opening.length;
  const inflated = await inflate(bytes.slice(from, from + length)).catch(() => "");
  const places = inflated.slice(0, first).trim().split(/\s+/).map(Number);
  return Array.from({ length: count }, (_, n) => [String(places[2 * n]), inflated.slice(first + places[2 * n + 1], first + (places[2 * n + 3] ?? inflated.length))]);
}

/** As text, or as bytes. */
export async function inflate(packedBytes, as = "text") {
  const bytes = await new Response(new Blob([packedBytes]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer();
  return as === "text" ? new TextDecoder("latin1").decode(bytes) : new Uint8Array(bytes);
}
