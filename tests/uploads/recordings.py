"""Recordings for tests, sound and damaged, made by code when they are needed."""

import struct
import tempfile
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np

RATE = 24_000
_SUFFIX = {"ipod": "m4a", "matroska": "mkv"}


@cache
def made(
    format_: str,
    *,
    video: str | None = None,
    audio: str | None = None,
    seconds: float = 3.0,
    size: tuple[int, int] = (160, 90),
    pixels: str = "yuv420p",
    rate: int = 25,
    turned: int = 0,
    options: tuple[tuple[str, str], ...] = (),
    bit_rate: int = 64_000,
    interlaced: bool = False,
    tags: tuple[tuple[str, str], ...] = (),
    channels: str = "mono",
) -> bytes:
    """A recording in this container. Its picture is a bar that moves from left to right, its sound a rising tone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made.{_SUFFIX.get(format_, format_)}"
        with av.open(str(path), "w", format=format_, options=dict(options)) as out:
            out.metadata.update(dict(tags))
            picture: Any = None
            sound: Any = None
            if video:
                picture = out.add_stream(video, rate=rate)
                picture.width, picture.height, picture.pix_fmt = *size, pixels
                picture.codec_context.gop_size = rate
                if video == "libx264":
                    picture.options = {"preset": "ultrafast", **({"flags": "+ildct"} if interlaced else {})}
                if turned:
                    picture.set_display_rotation(turned)
            if audio:
                layout = "mono" if audio.startswith("pcm") else channels
                sound = out.add_stream(audio, rate=48_000 if audio == "libopus" else RATE, layout=layout)
                if not audio.startswith("pcm"):
                    sound.bit_rate = bit_rate
            for number in range(round(seconds * rate) if picture else 0):
                out.mux(picture.encode(_frame(number, size, pixels, rate, interlaced=interlaced)))
            if picture:
                out.mux(picture.encode(None))
            if sound:
                _add_tone(out, sound, seconds)
        return path.read_bytes()


def _frame(number: int, size: tuple[int, int], pixels: str, rate: int, *, interlaced: bool) -> Any:
    width, height = size
    image = np.full((height, width, 3), 40, dtype=np.uint8)
    at = number * 3 % width
    image[:, at : at + 8] = (230, 220, 200)
    frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pixels)
    frame.pts, frame.time_base = number, Fraction(1, rate)
    return frame


def _add_tone(out: Any, stream: Any, seconds: float) -> None:
    context = stream.codec_context
    rate = context.sample_rate
    at = np.arange(round(seconds * rate)) / rate
    tone = (0.5 * np.sin(2 * np.pi * (200 + 100 * at) * at) * 32_000).astype(np.int16)
    resampler = av.AudioResampler(format=context.format.name, layout=context.layout.name, rate=rate)
    for start in range(0, len(tone), 1024):
        frame = av.AudioFrame.from_ndarray(tone[None, start : start + 1024], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        for suited in resampler.resample(frame):
            out.mux(stream.encode(suited))
    for suited in resampler.resample(None):
        out.mux(stream.encode(suited))
    out.mux(stream.encode(None))


def mp3(seconds: float = 3.0, **options: Any) -> bytes:
    return made("mp3", audio="libmp3lame", seconds=seconds, **options)


def m4a(seconds: float = 3.0, **options: Any) -> bytes:
    return made("ipod", audio="aac", seconds=seconds, **options)


def wav(seconds: float = 3.0) -> bytes:
    return made("wav", audio="pcm_s16le", seconds=seconds)


def ogg(seconds: float = 3.0) -> bytes:
    return made("ogg", audio="libopus", seconds=seconds)


def mp4(seconds: float = 3.0, **options: Any) -> bytes:
    return made("mp4", **{"video": "libx264", "audio": "aac", "seconds": seconds, **options})


def mov(seconds: float = 3.0, **options: Any) -> bytes:
    return made("mov", **{"video": "libx264", "audio": "aac", "seconds": seconds, **options})


def mkv(seconds: float = 3.0, **options: Any) -> bytes:
    return made("matroska", **{"video": "libx264", "audio": "aac", "seconds": seconds, **options})


def webm(seconds: float = 3.0, **options: Any) -> bytes:
    return made("webm", **{"video": "libvpx", "audio": "libopus", "seconds": seconds, **options})


def id3(*frames: bytes) -> bytes:
    """A tag that stands before the sound of an MP3."""
    body = b"".join(frames)
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def id3_frame(name: bytes, data: bytes) -> bytes:
    return name + struct.pack(">L", len(data)) + b"\x00\x00" + data


def cover(picture: bytes) -> bytes:
    return id3_frame(b"APIC", b"\x00image/jpeg\x00\x03\x00" + picture)


def without_tag(mp3_file: bytes) -> bytes:
    size = sum(byte << shift for byte, shift in zip(mp3_file[6:10], (21, 14, 7, 0), strict=True))
    return mp3_file[10 + size :]


def with_outside_part(data: bytes) -> bytes:
    """The entry that says where the pictures stand no longer says: in this file."""
    at = data.index(b"url ", data.index(b"dref")) + 7
    assert data[at] == 1
    return data[:at] + b"\x00" + data[at + 1 :]


def with_attachment() -> bytes:
    """A film with another file hung on: an element of Matroska, added behind the last cluster."""
    name, mime = b"setup.exe", b"application/octet-stream"
    element = lambda ident, body: ident + (0x10000000 | len(body)).to_bytes(4, "big") + body  # noqa: E731
    attached = element(
        b"\x61\xa7",
        element(b"\x46\x6e", name)
        + element(b"\x46\x60", mime)
        + element(b"\x46\x5c", b"MZ")
        + element(b"\x46\xae", b"\x01"),
    )
    data = mkv(options=(("live", "1"),))
    at = data.index(b"\x1f\x43\xb6\x75")  # before the first cluster
    return data[:at] + element(b"\x19\x41\xa4\x69", attached) + data[at:]
