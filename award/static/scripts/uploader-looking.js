// What a browser can tell of a file before it is sent: how long, how large a picture, whether it plays here.

import { readPdf } from "./uploader-pdf.js";
import { say } from "./uploader-row.js";

const families = {
  image: ["jpg", "jpeg", "png", "webp"],
  audio: ["mp3", "m4a", "wav", "ogg"],
  video: ["mp4", "mov", "mkv", "webm"],
};
const patience = 8000; // a file whose index stands at its end is read to there
const mostPixels = 60e6; // uploads.sniff.MAX_PIXELS
const smallPhoto = 1200; // points on the long side, below which a photo is not sharp over a whole window

/** { about, fault, warnings }: facts in words, the sentence that forbids sending, sentences that do not. */
export async function look(file) {
  const ending = file.name.split(".").pop().toLowerCase();
  if (ending === "pdf") return ofPdf(await readPdf(file));
  const family = Object.keys(families).find((each) => families[each].includes(ending));
  if (!family) return { about: [], warnings: [] };
  const address = URL.createObjectURL(file);
  try {
    return family === "image" ? ofPhoto(await opened(new Image(), "load", address)) : ofRecording(await opened(document.createElement(family), "loadedmetadata", address), family);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The element once it knows what it holds; null when it cannot open it. */
function opened(element, ready, address) {
  return new Promise((done) => {
    const given = setTimeout(() => done(null), patience);
    element.addEventListener(ready, () => { clearTimeout(given); done(element); }, { once: true });
    element.addEventListener("error", () => { clearTimeout(given); done(null); }, { once: true });
    element.preload = "metadata";
    element.src = address;
  });
}

function ofPhoto(photo) {
  if (!photo) return { about: [], warnings: [say("opensNot")] };
  const { naturalWidth: width, naturalHeight: height } = photo;
  const fault = width * height > mostPixels ? say("tooManyPixels") : null;
  const warnings = Math.max(width, height) < smallPhoto ? [say("smallPhoto", { width, height })] : [];
  return { about: [`${width} × ${height}`], fault, warnings };
}

function ofPdf(found) {
  const about = found?.pages ? [say("pages", { n: found.pages })] : [];
  if (found?.locked) return { about, fault: say("locked"), warnings: [] };
  return { about, warnings: found?.active ? [say("active")] : [] };
}

function ofRecording(recording, family) {
  const seen = family === "audio" || recording?.videoWidth > 0;
  if (!recording || !seen) return { about: recording ? [length(recording.duration)] : [], warnings: [say("playsNot")] };
  const about = Number.isFinite(recording.duration) ? [length(recording.duration)] : [];
  if (family === "video") about.push(`${recording.videoWidth} × ${recording.videoHeight}`);
  return { about, warnings: [] };
}

/** 45 giây, 12 phút 30 giây, 1 giờ 5 phút. */
function length(seconds) {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (h) return say("lastsHours", { h, m });
  return m ? say("lastsMinutes", { m, s }) : say("lastsSeconds", { s });
}
