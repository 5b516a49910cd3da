"""A ZIP written as a stream: any size, constant memory, the same bytes for the same contents."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from award.house_key import SIGNATURE, SUMS

ZIP = "application/zip"
CHUNK = 1024 * 1024
CENTURY = (1980, 1, 1, 0, 0, 0)
"""The one timestamp of every member: a clock would make two builds differ."""


@dataclass(frozen=True)
class Member:
    """A file of the bundle: its path inside and its bytes in pieces, read when its turn comes."""

    path: str
    pieces: Iterable[bytes]


@dataclass
class Written:
    """What has gone by so far: SHA-256 of each member in order, and of the whole."""

    members: list[tuple[str, str]]
    size: int = 0
    sha256: str = ""


class _Outlet:
    """A file that can only be written to; what is written is fetched by the reader of the stream."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._position = 0

    def write(self, data: bytes) -> int:
        self._waiting.append(bytes(data))
        self._position += len(data)
        return len(data)

    def tell(self) -> int:
        return self._position

    def flush(self) -> None:
        """Nothing is held back."""

    def taken(self) -> bytes:
        data = b"".join(self._waiting)
        self._waiting.clear()
        return data


def stream(
    members: Iterable[Member], written: Written, *, sign: Callable[[bytes], bytes] | None = None
) -> Iterator[bytes]:
    """The ZIP's bytes in order. Members are stored, not compressed; then follows the list of the sums of all of them.

    The list is in the form `sha256sum -c` reads, in the order of paths; with `sign` what that says of the list is the
    last member. `written` is filled while the stream runs.
    """
    outlet = _Outlet()
    whole = hashlib.sha256()

    def passed(data: bytes) -> bytes:
        whole.update(data)
        written.size += len(data)
        return data

    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:  # type: ignore[call-overload]
        for member in members:
            digest = hashlib.sha256()
            with archive.open(_info(member.path), "w", force_zip64=True) as inside:
                for piece in member.pieces:
                    digest.update(piece)
                    inside.write(piece)
                    yield passed(outlet.taken())
            written.members.append((member.path, digest.hexdigest()))
        sums = "".join(f"{digest}  {path}\n" for path, digest in sorted(written.members))
        closing = {SUMS: sums.encode()} | ({SIGNATURE: sign(sums.encode())} if sign is not None else {})
        for name, content in closing.items():
            with archive.open(_info(name), "w") as inside:
                inside.write(content)
    yield passed(outlet.taken())
    written.sha256 = whole.hexdigest()


def _info(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, CENTURY)
    info.external_attr = 0o644 << 16
    info.create_system = 3
    return info
