"""What identifies the bytes of a stored object, and what it looks and sounds like whatever became of its bytes.

Photos and recordings are opened in a child process (uploads.sandbox): `python -m uploads.fingerprints KIND …`.
ChildFailed when they cannot be. Texts need no opening: uploads.shingles.
"""

import base64
import hashlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from uploads import protocol, sandbox
from uploads.kinds import BY_CODE, Kind
from uploads.light import NICENESS
from uploads.looks import Look
from uploads.ranges import Joined, Ranges
from uploads.sandbox import Limits
from uploads.storage import Storage

_THUMBNAIL = (144, 128)
"""Wide and high: all pictures of a film are drawn into this, since their shape says nothing here."""


@dataclass(frozen=True)
class Prints:
    """What a photo or a recording looks and sounds like; None what it has not, or what cannot be made here."""

    look: Look | None = None
    pages: tuple[int | None, ...] = ()
    """Of the pages of a scan, from the first; None of one that is empty. A photo may be one of a page."""
    frames: bytes | None = None
    """Of a film, a number for each second (uploads.looks)."""
    sound: bytes | None = None
    """Of what is heard, eight numbers a second (uploads.chromaprint)."""
    deaf: bool = False
    """There is sound, but this machine has no library for it."""


def part_hashes_of(storage: Storage, key: str, size: int) -> list[str]:
    """What the browser that sent the object computed of it, part by part; read once in constant memory."""
    plan = protocol.plan(size)
    hashes, room = [hashlib.sha256()], plan.length(1)
    for piece in storage.stream(key):
        left = memoryview(piece)
        while len(left) > room:
            hashes[-1].update(left[:room])
            left = left[room:]
            hashes.append(hashlib.sha256())
            room = plan.length(len(hashes))
        hashes[-1].update(left)
        room -= len(left)
    return [each.hexdigest() for each in hashes]


def of_photo(source: Ranges) -> Prints:
    """What a photo looks like."""
    return _prints(sandbox.run("uploads.fingerprints", ["photo"], source=source))


def of_pages(pages: Sequence[Ranges]) -> Prints:
    """What the pages of a scan look like, from their pictures."""
    told = sandbox.run("uploads.fingerprints", ["pages", *(str(page.size) for page in pages)], source=Joined(pages))
    return _prints(told)


def of_recording(source: Ranges, kind: Kind, seconds: float) -> Prints:
    """What a recording of this length looks and sounds like. A light version serves as well as the original."""
    limits = _limits(kind, seconds)
    told = sandbox.run(
        "uploads.fingerprints", [kind.code, str(seconds)], wall_seconds=3 * limits.cpu_seconds, source=source
    )
    return _prints(told)


def _prints(told: dict[str, Any]) -> Prints:
    return Prints(
        look=Look(**told["look"]) if told["look"] else None,
        pages=tuple(told["pages"]),
        frames=base64.b64decode(told["frames"]) if told["frames"] is not None else None,
        sound=base64.b64decode(told["sound"]) if told["sound"] is not None else None,
        deaf=bool(told["deaf"]),
    )


def _limits(kind: Kind, seconds: float) -> Limits:
    a_second = 5.0 if kind.family == "video" else 0.5
    return Limits(120 + round(a_second * seconds), 2 * 1024**3)


# In the child


def photo_prints(file: Any) -> Prints:
    """What the photo in an open file looks like, and as a page of print."""
    from PIL import Image, ImageOps

    from uploads import looks

    with Image.open(file, formats=["JPEG", "PNG", "WEBP"]) as opened:
        upright = ImageOps.exif_transpose(opened)
        return Prints(look=looks.look(upright), pages=(looks.page(upright),))


def recording_prints(file: Any, kind: Kind) -> Prints:
    """What the recording in an open file looks and sounds like. Damaged packets are gone over."""
    from uploads import chromaprint, looks, recordings

    frames: list[int] = []
    with recordings.opened(file, kind) as container:
        picture, sound = recordings.main_streams(container)
        deaf = sound is not None and not chromaprint.installed()
        wanted = [each for each in (picture, None if deaf else sound) if each is not None]
        heard = chromaprint.fingerprint(_pieces(container, wanted, picture, sound, frames)) if wanted else None
        if heard is None and picture is not None:
            for _piece in _pieces(container, [picture], picture, None, frames):
                pass
    return Prints(
        frames=looks.packed(frames) if picture is not None else None,
        sound=chromaprint.packed(heard) if heard is not None and sound is not None else None,
        deaf=deaf,
    )


def _pieces(container: Any, streams: list[Any], picture: Any, sound: Any, frames: list[int]) -> Iterator[Any]:
    """The sound in pieces of one channel; meanwhile `frames` gets a number for each second of the film."""
    import av

    from uploads.chromaprint import RATE

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE) if sound is not None else None
    start = (container.start_time or 0) / av.time_base
    for packet in container.demux(streams):
        try:
            decoded = packet.decode()
        except av.FFmpegError:
            continue
        for frame in decoded:
            if picture is not None and packet.stream_index == picture.index:
                _look_at(frame, start, frames)
            elif resampler is not None:
                yield from (piece.to_ndarray().ravel() for piece in resampler.resample(frame))
    if resampler is not None:
        yield from (piece.to_ndarray().ravel() for piece in resampler.resample(None))


def _look_at(frame: Any, start: float, frames: list[int]) -> None:
    """The first picture of each second counts for it, and for the seconds before that had none."""
    from uploads import looks

    if frame.time is None or frame.time - start < len(frames):
        return
    seen = looks.slopes(frame.reformat(*_THUMBNAIL, format="gray", interpolation="AREA").to_image())
    missed = int(frame.time - start) - len(frames)
    frames.extend([frames[-1] if frames else seen] * missed)
    frames.append(seen)


def _work(words: list[str]) -> dict[str, Any]:
    with io.BufferedReader(sandbox.given_file(), 256 * 1024) as file:
        if words[0] == "pages":
            seen = [photo_prints(io.BytesIO(file.read(int(size)))).pages for size in words[1:]]
            made = Prints(pages=tuple(page for pages in seen for page in pages))
        else:
            made = photo_prints(file) if words[0] == "photo" else recording_prints(file, BY_CODE[words[0]])
    return {
        "look": asdict(made.look) if made.look else None,
        "pages": made.pages,
        "frames": _text(made.frames),
        "sound": _text(made.sound),
        "deaf": made.deaf,
    }


def _text(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


def _main(words: list[str]) -> None:
    os.nice(NICENESS)
    limits = sandbox.DEFAULT if words[0] in ("photo", "pages") else _limits(BY_CODE[words[0]], float(words[1]))
    sandbox.answer(lambda: _work(words), limits)


if __name__ == "__main__":
    _main(sys.argv[1:])
