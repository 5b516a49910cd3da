"""A ZIP of any size, read by ranges: what stands in it and where, when it is one that was stored whole and in order.

Nothing is unpacked and nothing is trusted. The members must lie one behind the other from the first byte to the list of
them, uncompressed, each under a name that stays within a folder; so nothing can hide, overlap or grow when it is read.
"""

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uploads.ranges import Ranges

MOST_MEMBERS = 20_000
MOST_LIST_BYTES = 16 * 1024 * 1024
MOST_NAME = 240
PIECE_BYTES = 8 * 1024 * 1024
_END = struct.Struct("<4sHHHHLLH")
_END64 = struct.Struct("<4sQHHLLQQQQ")
_WHERE64 = struct.Struct("<4sLQL")
_LISTED = struct.Struct("<4sBBHHHHHLLLHHHHHLL")
_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_ENCRYPTED, _AFTERWARDS, _UTF8 = 0x1, 0x8, 0x800
_FULL32 = 0xFFFFFFFF
_LINK, _KIND = 0o120000, 0o170000


class Broken(Exception):
    """Codes: not_archive, cut_off, stray (bytes that belong to no member), too_many, name, twice, packed, link, differs
    (a member says of itself another thing than the list says). `name`: of which member, where it is one's fault."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code, name)
        self.code, self.name = code, name


@dataclass(frozen=True)
class Member:
    """A member's name and where its bytes lie."""

    name: str
    offset: int
    size: int


@dataclass(frozen=True)
class _Listed:
    name: str
    raw: bytes
    header: int
    size: int
    crc: int
    afterwards: bool


def members(source: Ranges) -> list[Member]:
    """Every member in the order of its bytes. Raises Broken, naming the first that is wrong."""
    if source.read(0, 4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        raise Broken("not_archive")
    first, length, count = _end(source)
    listed = sorted(_list(source.read(first, length), count), key=lambda each: each.header)
    _check_names(listed)
    found, at = [], 0
    for each in listed:
        if each.header != at:
            raise Broken("stray", each.name)
        member, at = _member(source, each, first)
        found.append(member)
    if at != first:
        raise Broken("stray", listed[-1].name if listed else "")
    return found


def pieces(source: Ranges, member: Member) -> Iterator[bytes]:
    """The member's bytes in order, in constant memory."""
    at, end = member.offset, member.offset + member.size
    while at < end:
        piece = source.read(at, min(PIECE_BYTES, end - at))
        if not piece:
            raise Broken("cut_off", member.name)
        yield piece
        at += len(piece)


def whole(source: Ranges, member: Member, most: int) -> bytes | None:
    """The member's bytes at once; None when there are more than `most`."""
    return None if member.size > most else b"".join(pieces(source, member))


def _end(source: Ranges) -> tuple[int, int, int]:
    """Where the list begins, how long it is, how many it lists: it and its ends are the last bytes of the file."""
    at = source.size - _END.size
    tail = source.read(max(at, 0), _END.size)
    if len(tail) < _END.size or tail[:4] != b"PK\x05\x06":
        raise Broken("cut_off")
    _mark, disk, first_disk, here, count, length, first, comment = _END.unpack(tail)
    if disk or first_disk or comment or here != count:
        raise Broken("stray")
    if first + length != at and source.read(max(at - _WHERE64.size, 0), 4) == b"PK\x06\x07":
        first, length, count, at = _end64(source, at)
    if first + length != at:
        raise Broken("cut_off" if first + length > at else "stray")
    if count > MOST_MEMBERS or length > MOST_LIST_BYTES:
        raise Broken("too_many")
    return first, length, count


def _end64(source: Ranges, end: int) -> tuple[int, int, int, int]:
    """The same from the longer form, which lies before the short one; and where it lies."""
    at = end - _WHERE64.size - _END64.size
    tail = source.read(at, _WHERE64.size + _END64.size) if at >= 0 else b""
    if len(tail) < _WHERE64.size + _END64.size:
        raise Broken("cut_off")
    mark, _size, _by, _needs, disk, first_disk, here, count, length, first = _END64.unpack_from(tail)
    where_mark, _disk, where, disks = _WHERE64.unpack_from(tail, _END64.size)
    if (mark, where_mark) != (b"PK\x06\x06", b"PK\x06\x07") or where != at:
        raise Broken("cut_off")
    if disk or first_disk or here != count or disks != 1:
        raise Broken("stray")
    return first, length, count, at


def _list(data: bytes, count: int) -> Iterator[_Listed]:
    at = 0
    for _number in range(count):
        if at + _LISTED.size > len(data):
            raise Broken("cut_off")
        row = _LISTED.unpack_from(data, at)
        mark, flags, method, crc, packed, size = row[0], *row[4:6], *row[8:11]
        name_length, extra_length, comment, disk, _inner, attributes, header = row[11:]
        if mark != b"PK\x01\x02":
            raise Broken("cut_off")
        at += _LISTED.size
        raw = data[at : at + name_length]
        extra = data[at + name_length : at + name_length + extra_length]
        at += name_length + extra_length + comment
        if at > len(data):
            raise Broken("cut_off")
        name = _name(raw, flags)
        size, packed, header = _long(name, extra, size, packed, header)
        if flags & _ENCRYPTED or method or packed != size:
            raise Broken("packed", name)
        if (attributes >> 16) & _KIND == _LINK:
            raise Broken("link", name)
        if comment or disk:
            raise Broken("stray", name)
        yield _Listed(name, raw, header, size, crc, bool(flags & _AFTERWARDS))
    if at != len(data):
        raise Broken("stray")


def _name(raw: bytes, flags: int) -> str:
    try:
        return raw.decode("utf-8" if flags & _UTF8 else "ascii")
    except UnicodeDecodeError as fault:
        raise Broken("name", raw.decode("utf-8", "replace")) from fault


def _long(name: str, extra: bytes, *values: int) -> list[int]:
    """Size, packed size and place; those that did not fit stand in the extra field, in this order."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        if kind == 1:
            held = extra[at + 4 : at + 4 + length]
            numbers = iter(struct.unpack_from(f"<{len(held) // 8}Q", held))
            try:
                return [next(numbers) if value == _FULL32 else value for value in values]
            except StopIteration as fault:
                raise Broken("differs", name) from fault
        at += 4 + length
    if _FULL32 in values:
        raise Broken("differs", name)
    return list(values)


def _check_names(listed: Sequence[_Listed]) -> None:
    """Names stay within the folder they are unpacked into, on any system, and no two are one there."""
    seen: set[str] = set()
    for each in listed:
        name = each.name
        steps = name.split("/")
        if (
            not name
            or len(name) > MOST_NAME
            or any(step in ("", ".", "..") or step != step.strip() or step.endswith(".") for step in steps)
            or any(letter in '\\:*?"<>|' or unicodedata.category(letter).startswith("C") for letter in name)
            or unicodedata.normalize("NFC", name) != name
        ):
            raise Broken("name", name)
        if name.casefold() in seen:
            raise Broken("twice", name)
        seen.add(name.casefold())


def _member(source: Ranges, listed: _Listed, end: int) -> tuple[Member, int]:
    """Where the member's bytes lie by its own header, and where the next one begins."""
    head = source.read(listed.header, _LOCAL.size + len(listed.raw))
    if len(head) < _LOCAL.size + len(listed.raw):
        raise Broken("cut_off", listed.name)
    mark, _needs, flags, method, _time, _date, crc, _packed, size, name_length, extra_length = _LOCAL.unpack_from(head)
    afterwards = bool(flags & _AFTERWARDS)
    if mark != b"PK\x03\x04" or method or flags & _ENCRYPTED or afterwards != listed.afterwards:
        raise Broken("differs", listed.name)
    if name_length != len(listed.raw) or head[_LOCAL.size :] != listed.raw:
        raise Broken("differs", listed.name)
    if not afterwards and (crc != listed.crc or size not in (listed.size, _FULL32)):
        raise Broken("differs", listed.name)
    begin = listed.header + _LOCAL.size + name_length + extra_length
    after = begin + listed.size
    if after > end:
        raise Broken("cut_off", listed.name)
    if afterwards:
        after += _told_after(source, listed, after)
    return Member(listed.name, begin, listed.size), after


def _told_after(source: Ranges, listed: _Listed, at: int) -> int:
    """How long the words are that follow a member whose size was not known before it was written."""
    said, expected = source.read(at, 24), (b"PK\x07\x08", listed.crc, listed.size, listed.size)
    for form in ("<4sLQQ", "<4sLLL"):
        length = struct.calcsize(form)
        if len(said) >= length and struct.unpack_from(form, said) == expected:
            return length
    raise Broken("differs", listed.name)
