"""The boxes of an MP4 or MOV: what kind it says it is, and whether all of its parts stand in this file.

Decoders of these files go along with a part that is said to stand elsewhere, and merely show less; so it is looked for.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

from uploads.verdict import Unfit

FIRST = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
QUICKTIME, MP4 = "video/quicktime", "video/mp4"
_INSIDE = {b"moov", b"trak", b"mdia", b"minf", b"dinf"}
_LOCKED = {b"enca", b"encv", b"drms", b"drmi", b"drmt"}
_MOST_BOXES = 20_000
_HEADER = 8
_OWN_FILE = 1


def mime(head: bytes) -> str | None:
    """What the first box says: QuickTime or MP4; None when it is no such file."""
    if head[4:8] not in FIRST:
        return None
    if head[4:8] != b"ftyp":
        return QUICKTIME
    size = min(struct.unpack(">I", head[:4])[0], len(head))
    return QUICKTIME if b"qt  " in (head[8:12], *_brands(head[16:size])) else MP4


def check_own_parts(file: BinaryIO, size: int) -> None:
    """Unfit when the index is missing, when pictures or sound stand in another file, or when they are locked."""
    found = False
    for kind, start, end in _boxes(file, 0, size, [_MOST_BOXES]):
        found = found or kind == b"moov"
        if kind == b"dref":
            _check_references(file, start, end)
        elif kind == b"stsd":
            file.seek(start + 12)
            if file.read(4) in _LOCKED:
                raise Unfit("encrypted")
    if not found:
        raise Unfit("truncated")


def _boxes(file: BinaryIO, start: int, end: int, left: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Kind and inner bounds of every box on the way down to the tables of samples."""
    while start + _HEADER <= end:
        left[0] -= 1
        if left[0] < 0:
            raise Unfit("truncated")
        file.seek(start)
        header = file.read(16)
        if len(header) < _HEADER:
            return
        length, kind = struct.unpack(">I4s", header[:_HEADER])
        inner = start + _HEADER
        if length == 1 and len(header) == 16:
            (length,) = struct.unpack(">Q", header[8:])
            inner += 8
        elif length == 0:
            length = end - start
        if length < inner - start:
            return
        stop = min(start + length, end)
        yield kind, inner, stop
        if kind in _INSIDE or kind == b"stbl":
            yield from _boxes(file, inner, stop, left)
        start += length


def _check_references(file: BinaryIO, start: int, end: int) -> None:
    """Each entry must say that what it refers to stands in this very file."""
    at = start + 8
    while at + 12 <= end:
        file.seek(at)
        length, _kind, flags = struct.unpack(">I4sI", file.read(12))
        if not flags & _OWN_FILE:
            raise Unfit("active_content")
        if length < 12:
            raise Unfit("truncated")
        at += length


def _brands(data: bytes) -> list[bytes]:
    return [data[at : at + 4] for at in range(0, len(data) - 3, 4)]
