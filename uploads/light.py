"""Light versions of recordings, for old tablets and thin lines, and for readers who may not know who sent the original.

Made in a child process (uploads.sandbox) that reads the original by ranges: `python -m uploads.light KIND FOLDER
SECONDS`. ChildFailed when nothing could be made.
"""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from uploads import sandbox
from uploads.kinds import BY_CODE, Kind
from uploads.ranges import Ranges
from uploads.sandbox import Limits
from uploads.verdict import Facts

HEAVY_FILM_BITS = 4_000_000
"""Bits a second of a film that a line outside the towns does not carry without pauses."""
HEAVY_FILM_HEIGHT = 1080
"""Of the shorter side: more points than this an old tablet drops pictures over."""
HEAVY_SOUND_BITS = 256_000
"""Above this it is a recording as it left the studio; nobody hears the difference, everybody waits for it."""
_FREE_SOUND = ("vorbis", "opus", "libvorbis", "libopus")
_PLAYED_IN_MOST = {
    "webm": (("vp8", "vp9", "libvpx", "libvpx-vp9", "av1", "libdav1d"), _FREE_SOUND),
    "ogg": ((), _FREE_SOUND),
    "mov": (("h264",), ("aac", "mp3", "mp3float")),
}
_SOUND_ALONE = "sound.m4a"
SOUND_MIME, FILM_MIME, POSTER_MIME = "audio/mp4", "video/mp4", "image/webp"
_NAMES = {"audio": "light.m4a", "video": "light.mp4"}
_POSTER = "poster.webp"
NICENESS = 10
"""Whoever waits for a page comes before whoever waits for a light version."""
_MIB = 1024 * 1024


@dataclass(frozen=True)
class LightVersion:
    """Files in the given folder; `poster` is None when no picture was worth it. `peaks` draw the sound, 0 to 100.

    `sound` is what a film says without its pictures, for a line that does not carry them; None of a silent one.
    """

    path: Path
    mime: str
    peaks: list[int]
    width: int | None = None
    height: int | None = None
    poster: Path | None = None
    sound: Path | None = None


def suits_everybody(facts: Facts) -> bool:
    """Whether the original of these facts plays everywhere and is not heavy: then the light one is for blind rounds."""
    sides = sorted((facts.width or 0, facts.height or 0))
    limit = HEAVY_FILM_BITS if facts.video_codec else HEAVY_SOUND_BITS
    light = (facts.bit_rate or 0) <= limit and sides[0] <= HEAVY_FILM_HEIGHT
    return bool(facts.plays_in_browser) and light and not facts.interlaced


def plays_in_most(kind: Kind, facts: Facts) -> bool:
    """Whether the original of these facts plays in most browsers of today, though not on every old tablet."""
    pictures, sounds = _PLAYED_IN_MOST.get(kind.code, ((), ()))
    seen, heard = facts.video_codec, facts.audio_codec
    return (seen is None or seen in pictures) and (heard is None or heard in sounds) and bool(pictures or sounds)


def bytes_at_most(family: str, seconds: float) -> int:
    """How large a light version may become; so much room the disk must have."""
    a_second = 420_000 if family == "video" else 24_000
    return round(a_second * seconds) + 64 * _MIB


def make(
    source: Ranges, kind: Kind, folder: Path, *, seconds: float, on_progress: Callable[[int], object]
) -> LightVersion:
    """The light version of a verified recording of this length, with percent told on the way."""
    limits = _limits(kind, seconds)
    made = sandbox.run(
        "uploads.light",
        [kind.code, str(folder.resolve()), str(seconds)],
        wall_seconds=3 * limits.cpu_seconds,
        source=source,
        on_progress=on_progress,
    )
    poster = folder / _POSTER if made["poster"] else None
    mime = FILM_MIME if kind.family == "video" else SOUND_MIME
    sound = folder / _SOUND_ALONE if made["sound"] else None
    return LightVersion(folder / _NAMES[kind.family], mime, made["peaks"], made["width"], made["height"], poster, sound)


def _limits(kind: Kind, seconds: float) -> Limits:
    """An hour of film takes half an hour of one processor, in 4K several hours; sound a hundredth of its length."""
    if kind.family == "video":
        return Limits(300 + round(15 * seconds), 3 * 1024**3, bytes_at_most(kind.family, seconds))
    return Limits(120 + round(seconds), 2 * 1024**3, bytes_at_most(kind.family, seconds))


# In the child


def _work(kind: Kind, folder: Path, seconds: float) -> dict[str, Any]:
    from uploads import transcode

    remote = sandbox.given_file()
    with io.BufferedReader(remote, 256 * 1024) as file:
        made = folder / _NAMES[kind.family]
        if kind.family == "video":
            beside = (folder / _POSTER, folder / _SOUND_ALONE)
            return asdict(transcode.film(file, kind, made, *beside, seconds, remote.tell_progress))
        return asdict(transcode.sound(file, kind, made, seconds, remote.tell_progress))


def _main(code: str, folder: str, seconds: str) -> None:
    kind = BY_CODE[code]
    os.nice(NICENESS)
    sandbox.answer(lambda: _work(kind, Path(folder), float(seconds)), _limits(kind, float(seconds)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
