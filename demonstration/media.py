"""Recordings, films, photographs and captured articles of invented works: real files, made from words.

Each is made in about a second or less and is the same, byte for byte, for the same arguments. Like those of a real
newsroom they carry their maker's name in their metadata when one is given.
"""

import hashlib
import json
import tempfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import av
import numpy as np
import typst
from numpy.typing import NDArray
from PIL import Image

from demonstration import landscape
from demonstration.pages import FONTS, printed_at
from demonstration.speech import RATE, speech
from demonstration.works import MadePart, MadeWork

FRAMES_A_SECOND = 12
"""Enough for a landscape that passes by, and half of what a broadcast has to draw and to encode."""
FILM_SIZE = (640, 360)
PHOTO_SIZE = (1800, 1200)
SECONDS_A_CAPTION = 2.5
WORDS_A_CAPTION = 11
_CAPTION_ROWS, _CLOCK_SIZE = 72, (96, 36)
_SAMPLES_A_FRAME = 1024
_MADE_BY_NOBODY = {"fflags": "+bitexact"}


def recording(words: str, seconds: float, *, author: str = "") -> bytes:
    """An MP3 in which something like a voice reads the words, from the beginning again when they are few."""
    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        path = Path(folder) / "recording.mp3"
        with av.open(str(path), "w", format="mp3", options=_MADE_BY_NOBODY) as out:
            _tell(out, words, author)
            stream = out.add_stream("libmp3lame", rate=RATE, layout="mono", bit_rate=64_000)
            _add_sound(out, stream, words, seconds)
        return path.read_bytes()


def film(words: str, seconds: float, *, author: str = "") -> bytes:
    """An MP4 (H.264, AAC) of a moving landscape in which the words stand as captions, with a clock and a voice."""
    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        path = Path(folder) / "film.mp4"
        options = {**_MADE_BY_NOBODY, "movflags": "+faststart"}
        with av.open(str(path), "w", format="mp4", options=options) as out:
            _tell(out, words, author)
            picture = out.add_stream("libx264", rate=FRAMES_A_SECOND)
            picture.width, picture.height = FILM_SIZE
            picture.pix_fmt = "yuv420p"
            picture.options = {"preset": "superfast", "crf": "27", "g": str(FRAMES_A_SECOND), "threads": "1"}
            picture.codec_context.thread_count = 1
            sound = out.add_stream("aac", rate=RATE, layout="mono", bit_rate=48_000)
            _add_pictures(out, picture, words, seconds)
            _add_sound(out, sound, words, seconds)
        return path.read_bytes()


def photograph(words: str, number: int, *, author: str = "") -> bytes:
    """A JPEG of an invented landscape with the words as its caption, and with what a camera writes along.

    Every third one was taken with the camera held upright: its rows are stored lying, and EXIF says so.
    """
    upright = number % 3 == 2
    width, height = reversed(PHOTO_SIZE) if upright else PHOTO_SIZE
    image = landscape.painted(_seed(words) + number, width, height)
    strip = landscape.caption(words, width, height // 10, ink=(20, 20, 24), paper=(246, 243, 236))
    image.paste(strip, (0, height - strip.height))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "May anh minh hoa", "MH-1"
    exif[0x0132] = f"2023:0{number % 8 + 1}:1{number % 9} 07:30:00"
    if author:
        exif[0x013B] = author.encode()
        exif[0x8298] = f"(c) {author}".encode()
    if upright:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[0x0112] = 6
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (12.0, 15.0, float(number % 60)), 3: "E", 4: (109.0, 12.0, 30.0)})
    out = BytesIO()
    image.save(out, "JPEG", quality=80, exif=exif)
    return out.getvalue()


def web_capture(work: MadeWork, part: MadePart | None = None, *, byline: bool = True) -> bytes:
    """The PDF of an online article as a browser prints it: address, masthead, date, picture with caption, text."""
    shown = part or work.parts[0]
    authors = " - ".join(author.pen_name or author.legal_name for author in work.authors)
    data = {
        "address": web_address(work, shown),
        "organ": work.organ,
        "day": shown.published_on.strftime("%d/%m/%Y"),
        "content": work.content,
        "title": shown.title,
        "lead": work.summary,
        "caption": f"Ảnh minh họa: {shown.title}",
        "paragraphs": list(shown.paragraphs),
        "byline": authors if byline else "",
    }
    with tempfile.TemporaryDirectory(prefix="made-") as folder:
        landscape.painted(_seed(shown.title), 900, 500).save(Path(folder) / "picture.jpg", "JPEG", quality=72)
        source = Path(folder) / "article.typ"
        source.write_text(_ARTICLE, encoding="utf-8")
        return typst.compile(
            source,
            root=Path(folder),
            format="pdf",
            timestamp=printed_at(shown),
            sys_inputs={"article": json.dumps(data, ensure_ascii=False)},
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        )


def web_address(work: MadeWork, part: MadePart | None = None) -> str:
    """Where the invented article stood: an address that leads nowhere."""
    shown = part or work.parts[0]
    digest = hashlib.sha256(f"{work.organ}|{work.title}|{shown.title}".encode()).hexdigest()
    return f"https://bao.example.vn/{shown.published_on:%Y/%m/%d}/bai-{int(digest[:8], 16) % 10**7:07d}.html"


_ARTICLE = """
#let article = json(bytes(sys.inputs.article))
#let red = rgb("#8c1c24")
#set page(
  width: 210mm, height: 297mm, margin: (x: 20mm, top: 22mm, bottom: 18mm),
  header: text(size: 8pt, fill: luma(90))[#article.address #h(1fr) #article.day],
  footer: context text(size: 8pt, fill: luma(90))[#article.organ #h(1fr) #counter(page).display("1/1", both: true)],
)
#set text(font: "Tinos", size: 12.5pt, lang: "vi", hyphenate: false)
#set par(leading: 0.75em, spacing: 1.15em)
#set smartquote(enabled: false)
#block(width: 100%, fill: red, inset: 10pt, text(size: 22pt, weight: "bold", fill: white, article.organ))
#text(size: 10pt, fill: luma(90))[Trang chủ › Xây dựng Đảng › #article.content]
#v(2mm)
#block(text(size: 25pt, weight: "bold", article.title))
#text(size: 10.5pt, fill: luma(90))[#article.day #if article.byline != "" [· #article.byline]]
#block(text(weight: "bold", article.lead))
#figure(
  image("picture.jpg", width: 100%),
  caption: text(size: 10pt, style: "italic", article.caption), supplement: none, numbering: none,
)
#for paragraph in article.paragraphs [#paragraph#parbreak()]
#if article.byline != "" [#align(right, text(weight: "bold", upper(article.byline)))]
"""


def _seed(words: str) -> int:
    return int.from_bytes(hashlib.sha256(words.encode()).digest()[:4], "big")


def _tell(out: Any, words: str, author: str) -> None:
    out.metadata["title"] = " ".join(words.split()[:8])
    if author:
        out.metadata["artist"] = author


def _add_sound(out: Any, stream: Any, words: str, seconds: float) -> None:
    samples = (speech(words, seconds) * 32_000).astype(np.int16)[None, :]
    resampler = av.AudioResampler(format=stream.codec_context.format.name, layout="mono", rate=RATE)
    for start in range(0, samples.shape[1], _SAMPLES_A_FRAME):
        frame = av.AudioFrame.from_ndarray(
            np.ascontiguousarray(samples[:, start : start + _SAMPLES_A_FRAME]), format="s16", layout="mono"
        )
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for suited in resampler.resample(frame):
            out.mux(stream.encode(suited))
    for suited in resampler.resample(None):
        out.mux(stream.encode(suited))
    out.mux(stream.encode(None))


def _add_pictures(out: Any, stream: Any, words: str, seconds: float) -> None:
    width, height = FILM_SIZE
    count = round(seconds * FRAMES_A_SECOND)
    drawn = landscape.scene(_seed(words), width + 4 * count, height)
    sky = _Planes(drawn.sky)
    ridges = [(edge, _Planes(np.full((2, 2, 3), colour, dtype=np.uint8))) for edge, colour in drawn.ridges]
    captions = [_Planes(np.asarray(landscape.caption(each, width, _CAPTION_ROWS))) for each in _captions(words)]
    for number in range(count):
        second, moved = divmod(number, FRAMES_A_SECOND)
        if not moved:
            clock = _Planes(np.asarray(landscape.caption(f"{second // 60:02d}:{second % 60:02d}", *_CLOCK_SIZE)))
        made = sky.cut(number // 2 * 2, width)
        for step, (edge, colour) in enumerate(ridges):
            start = number * (step + 1) // 2 * 2
            made.lay(edge[start : start + width], colour)
        caption = captions[int(number / FRAMES_A_SECOND / SECONDS_A_CAPTION) % len(captions)]
        made.paste(caption, height - _CAPTION_ROWS)
        made.paste(clock, 0)
        frame = av.VideoFrame.from_ndarray(made.together(), format="yuv420p")
        frame.pts, frame.time_base = number, Fraction(1, FRAMES_A_SECOND)
        out.mux(stream.encode(frame))
    out.mux(stream.encode(None))


def _captions(words: str) -> list[str]:
    read = words.split() or ["…"]
    return [" ".join(read[at : at + WORDS_A_CAPTION]) for at in range(0, len(read), WORDS_A_CAPTION)]


class _Planes:
    """A picture as brightness and two colours of half its size: what a film is made of."""

    def __init__(self, pixels: landscape.Pixels) -> None:
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="rgb24").to_ndarray(format="yuv420p")
        height, width = pixels.shape[:2]
        small = (height // 2, width // 2)
        quarter = small[0] * small[1]
        flat = frame.reshape(-1)
        self.planes = [
            flat[: height * width].reshape(height, width),
            flat[height * width :][:quarter].reshape(small),
            flat[height * width + quarter :][:quarter].reshape(small),
        ]

    def cut(self, left: int, width: int) -> "_Planes":
        """A copy of the columns from `left`, an even number."""
        made = _Planes.__new__(_Planes)
        made.planes = [
            plane[:, left // scale : (left + width) // scale].copy()
            for plane, scale in zip(self.planes, (1, 2, 2), strict=True)
        ]
        return made

    def lay(self, edge: NDArray[np.int64], colour: "_Planes") -> None:
        """Everything below the edge has the colour."""
        for plane, one, scale in zip(self.planes, colour.planes, (1, 2, 2), strict=True):
            below = np.arange(plane.shape[0], dtype=np.int64)[:, None] * scale >= edge[None, ::scale]
            np.copyto(plane, one[0, 0], where=below)

    def paste(self, strip: "_Planes", top: int) -> None:
        """The strip stands at the left, from row `top`, an even number."""
        for plane, part, scale in zip(self.planes, strip.planes, (1, 2, 2), strict=True):
            plane[top // scale : top // scale + part.shape[0], : part.shape[1]] = part

    def together(self) -> landscape.Pixels:
        """All three below each other, as the encoder takes them."""
        height, width = self.planes[0].shape
        return np.concatenate([plane.reshape(-1) for plane in self.planes]).reshape(height * 3 // 2, width)
