"""What a file is, against what it claims: ending, libmagic and a real decode must agree; none of them suffices alone.

Decoding happens in a child process (uploads.sandbox): `python -m uploads.sniff PATH KIND`.
"""

import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from uploads import sandbox
from uploads.kinds import BY_CODE, Kind, kind_of_name
from uploads.verdict import Facts, Reason, Unfit, Verdict

__all__ = ["Facts", "Reason", "Verdict", "inspect", "verify_in_child"]

HEAD_BYTES = 256 * 1024
MAX_PIXELS = 60_000_000
_SAYS_NOTHING = {"application/octet-stream", "text/plain", "application/pdf", "application/msword"}
_HONEST = ("image/", "audio/", "video/", "application/vnd.openxmlformats-", "application/vnd.oasis.")
_RUNS = {"image/svg+xml"}
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_WORD, _OLD_WORD = ("EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le"))
_MARKUP = (b"<script", b"<html", b"<!doctype html", b"<iframe", b"<?php")


def verify_in_child(
    source: Path | Iterable[bytes], name: str, kind: Kind, *, wall_seconds: float = sandbox.WALL_SECONDS
) -> Verdict:
    """The verdict on a file that came as `name` and claims to be of `kind`. Never raises for what is in the file.

    Of a recording only the beginning is read, so a source given in pieces need not be read to its end.
    """
    claimed = kind_of_name(name)
    if not claimed or claimed.code != kind.code:  # the kind given may have a tighter limit
        return Verdict(False, "wrong_type")
    with _on_disk(source, kind) as path:
        size = path.stat().st_size
        if size > kind.max_bytes:
            return Verdict(False, "too_large", Facts(size=size))
        try:
            return Verdict.from_json(
                sandbox.run("uploads.sniff", [str(path.resolve()), kind.code], wall_seconds=wall_seconds)
            )
        except sandbox.ChildFailed:
            return Verdict(False, "could_not_check", Facts(size=size))


def inspect(path: Path, kind: Kind) -> Verdict:
    """The verdict by the bytes alone, decoded in this very process: for the child, and for bytes made by ourselves."""
    facts = Facts(size=path.stat().st_size)
    try:
        if not facts.size:
            raise Unfit("empty")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        facts = replace(facts, mime=_mime(head))
        _check_mime(path, head, str(facts.mime), kind)
        learnt = _decode(path, kind)
    except Unfit as fault:
        return Verdict(False, fault.reason, facts)
    return Verdict(True, "", replace(learnt, mime=kind.mime, size=facts.size))


@contextmanager
def _on_disk(source: Path | Iterable[bytes], kind: Kind) -> Iterator[Path]:
    """A path to the bytes; of too large a file one byte more than allowed, of a recording its beginning."""
    if isinstance(source, Path):
        yield source
        return
    enough = HEAD_BYTES if kind.family in ("audio", "video") else kind.max_bytes + 1
    with tempfile.NamedTemporaryFile(prefix="examined-") as file:
        for piece in source:
            file.write(piece)
            if file.tell() >= enough:
                break
        file.flush()
        yield Path(file.name)


def _mime(head: bytes) -> str:
    # isort: off
    import pylibmagic  # noqa: F401  (first: it brings the library that the next import looks for)
    import magic
    # isort: on

    return str(magic.from_buffer(head, mime=True))


def _check_mime(path: Path, head: bytes, mime: str, kind: Kind) -> None:
    if mime in kind.mimes:
        return
    if head.startswith(_COMPOUND_FILE) and kind.code == "docx":  # how Word locks a document, and how it used to save
        if _contains(path, (_LOCKED_WORD,)):
            raise Unfit("encrypted")
        if _contains(path, (_OLD_WORD,)):
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
        if _contains(path, _MARKUP):
            raise Unfit("disguised")
        return _image(path, kind)
    raise Unfit("kind_not_enabled")


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


def _contains(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Whether one of the marks stands anywhere in the file, in letters of either case."""
    wanted = [mark.lower() for mark in marks]
    overlap = max(map(len, marks)) - 1
    before = b""
    with path.open("rb") as file:
        while piece := file.read(HEAD_BYTES):
            window = (before + piece).lower()
            if any(mark in window for mark in wanted):
                return True
            before = window[-overlap:]
    return False


if __name__ == "__main__":
    _path, _code = sys.argv[1:3]
    sandbox.answer(lambda: inspect(Path(_path), BY_CODE[_code]).as_json())
