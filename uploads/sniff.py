"""What a file is, against what it claims: ending, libmagic and a real decode must agree; none of them suffices alone.

Decoding happens in a child process (uploads.sandbox): `python -m uploads.sniff KIND PATH`; a recording, which may be
larger than this disk, is handed to it as a socket instead of a path.
"""

import io
import sys
import warnings
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from uploads import boxes, mp3, sandbox
from uploads.kinds import BY_CODE, Kind, kind_of_name
from uploads.ranges import FileRanges, Ranges
from uploads.sandbox import Limits
from uploads.verdict import Facts, Reason, Unfit, Verdict

__all__ = ["Facts", "Reason", "Verdict", "inspect", "unopened", "verify_in_child"]

HEAD_BYTES = 256 * 1024
LIMITS = {
    "document": sandbox.DEFAULT,
    "image": sandbox.DEFAULT,
    "audio": Limits(cpu_seconds=120),
    "video": Limits(cpu_seconds=300, memory_bytes=3 * 1024**3),
}
"""A film in 8K is decoded in a gigabyte and a half."""
WALL_SECONDS = {"document": sandbox.WALL_SECONDS, "image": sandbox.WALL_SECONDS, "audio": 300, "video": 900}
"""Recordings without an index are read from the store to their end."""
MAX_PIXELS = 60_000_000
_SAYS_NOTHING = {"application/octet-stream", "text/plain", "application/pdf", "application/msword"}
_HONEST = ("image/", "audio/", "video/", "application/vnd.openxmlformats-", "application/vnd.oasis.")
_UNKNOWN = "application/octet-stream"
_RUNS = {"image/svg+xml"}
_BOXED = {"application/octet-stream", "audio/mp4", "audio/x-m4a", "video/3gpp", "video/3gpp2", "video/mp4"}
_BOXED |= {"video/quicktime", "video/x-m4v"}
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_WORD, _OLD_WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<iframe", b"<?php")


def verify_in_child(source: Path | Ranges, name: str, kind: Kind, *, wall_seconds: float | None = None) -> Verdict:
    """The verdict on a file that came as `name` and claims to be of `kind`. Never raises for what is in the file.

    A document or a picture stands on this disk; of a recording only those ranges are read that are looked at.
    """
    path = source if isinstance(source, Path) else None
    ranges = FileRanges(source) if isinstance(source, Path) else source
    refused = unopened(name, kind, ranges.size)
    if refused is not None:
        return refused
    if kind.family in ("audio", "video"):
        path = None
    elif path is None:
        raise ValueError("a document is examined on this disk")
    try:
        answer = sandbox.run(
            "uploads.sniff",
            [kind.code, *([] if path is None else [str(path.resolve())])],
            wall_seconds=wall_seconds or WALL_SECONDS[kind.family],
            source=ranges if path is None else None,
        )
    except sandbox.ChildFailed:
        return Verdict(False, "could_not_check", Facts(size=ranges.size))
    return Verdict.from_json(answer)


def unopened(name: str, kind: Kind, size: int) -> Verdict | None:
    """The verdict against a file that need not be opened; None when it must be."""
    claimed = kind_of_name(name)
    if not claimed or claimed.code != kind.code:  # the kind given may have a tighter limit
        return Verdict(False, "wrong_type")
    if size > kind.max_bytes:
        return Verdict(False, "too_large", Facts(size=size))
    return None


def inspect(path: Path, kind: Kind) -> Verdict:
    """The verdict by the bytes alone, decoded in this very process: for the child, and for bytes made by ourselves."""
    with path.open("rb") as file:
        return _inspect(file, path, path.stat().st_size, kind)


def _inspect(file: BinaryIO, path: Path | None, size: int, kind: Kind) -> Verdict:
    facts = Facts(size=size)
    try:
        if not facts.size:
            raise Unfit("empty")
        head = file.read(HEAD_BYTES)
        facts = replace(facts, mime=_mime(head))
        _check_mime(file, head, str(facts.mime), kind)
        learnt = _decode(path, kind) if path and kind.family in ("document", "image") else _play(file, size, kind)
    except Unfit as fault:
        return Verdict(False, fault.reason, facts)
    return Verdict(True, "", replace(learnt, mime=kind.mime, size=facts.size))


def _mime(head: bytes) -> str:
    # isort: off
    import pylibmagic  # noqa: F401  (first: it brings the library that the next import looks for)
    import magic
    # isort: on

    found = str(magic.from_buffer(head, mime=True))
    if found in _BOXED:  # it knows a brand for what it became known with, and many not at all
        return boxes.mime(head) or found
    return found


def _check_mime(file: BinaryIO, head: bytes, mime: str, kind: Kind) -> None:
    if mime in kind.mimes:
        return
    if kind.code == "mp3" and mime == _UNKNOWN and mp3.has_frames(file):  # it does not look behind a large cover
        return
    if head.startswith(_COMPOUND_FILE) and kind.code == "docx":  # how Word locks a document, and how it used to save
        if _contains(file, (_LOCKED_WORD,)):
            raise Unfit("encrypted")
        if _contains(file, (_OLD_WORD,)):
            raise Unfit("wrong_type")
    honest = mime in _SAYS_NOTHING or (mime.startswith(_HONEST) and mime not in _RUNS)
    raise Unfit("wrong_type" if honest else "disguised")


def _decode(path: Path, kind: Kind) -> Facts:
    if kind.code == "pdf":
        from uploads import pdf

        _check_no_second_file(path)
        return pdf.check(path)
    if kind.code in ("docx", "odt"):
        from uploads import zips

        zips.check(path, kind)
        return Facts()
    if kind.family == "image":
        _check_no_second_file(path)
        with path.open("rb") as file:
            if _contains(file, _MARKUP):
                raise Unfit("disguised")
        return _image(path, kind)
    raise ValueError(f"a {kind.family} is played")


def _play(file: BinaryIO, size: int, kind: Kind) -> Facts:
    """Markup where a browser would look for it, or in the tag before the sound, makes the recording something else."""
    from uploads import recordings

    if _contains(file, _MARKUP, max(mp3.tag_bytes(file), HEAD_BYTES)):
        raise Unfit("disguised")
    return recordings.check(file, size, kind)


def _image(path: Path, kind: Kind) -> Facts:
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path, formats=[kind.code.upper()]) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                raise Unfit("image_too_large")
            image.load()
    except Image.DecompressionBombError as fault:
        raise Unfit("image_too_large") from fault
    except (OSError, ValueError, SyntaxError, EOFError) as fault:  # the ways in which decoders give up
        raise Unfit("truncated") from fault
    return Facts(width=width, height=height)


def _check_no_second_file(path: Path) -> None:
    """No zip archive hangs on the end: readers of zip look there first and would see another file than we do."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = max(0, size - 0xFFFF - 22)
        file.seek(start)
        tail = file.read()
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or at + 22 > len(tail):
            return
        directory = start + at - int.from_bytes(tail[at + 12 : at + 16], "little")
        if directory >= 0:
            file.seek(directory)
            if file.read(4) == b"PK\x01\x02":
                raise Unfit("disguised")


def _contains(file: BinaryIO, marks: tuple[bytes, ...], limit: int | None = None) -> bool:
    """Whether one of the marks stands in the file, in letters of either case; in its first `limit` bytes if given."""
    wanted = [mark.lower() for mark in marks]
    overlap = max(map(len, marks)) - 1
    before = b""
    left = limit
    file.seek(0)
    while piece := file.read(HEAD_BYTES if left is None else min(left, HEAD_BYTES)):
        window = (before + piece).lower()
        if any(mark in window for mark in wanted):
            return True
        before = window[-overlap:]
        left = None if left is None else left - len(piece)
    return False


def _main(code: str, path: str | None = None) -> None:
    kind = BY_CODE[code]

    def look() -> object:
        if path is not None:
            return inspect(Path(path), kind).as_json()
        remote = sandbox.given_file()
        with io.BufferedReader(remote, HEAD_BYTES) as file:
            return _inspect(file, None, remote.size, kind).as_json()

    sandbox.answer(look, LIMITS[kind.family])


if __name__ == "__main__":
    _main(*sys.argv[1:])
