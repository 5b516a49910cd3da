"""A file that is read piece by piece through a socket: recordings are larger than memory, and often than the disk.

The parent holds the socket's one end and answers from a file or from the store; the child, which has no network, holds
the other and sees something it can read and seek in. It can ask for nothing but bytes of this one file.
"""

import io
import os
import socket
import struct
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a child that is handed a file has no use for a store
    from uploads.storage import Storage

BLOCK_BYTES = 2 * 1024 * 1024
BLOCKS_KEPT = 12
_ASK = struct.Struct(">cQI")
_ANSWER = struct.Struct(">I")
_READ, _TELL = b"r", b"t"


class Ranges(Protocol):
    """Something of a known size whose bytes can be had from anywhere in it."""

    @property
    def size(self) -> int: ...

    def read(self, offset: int, length: int) -> bytes:
        """At most `length` bytes from `offset`; fewer where it ends before."""


class FileRanges:
    """A file on this disk."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.size = path.stat().st_size

    def read(self, offset: int, length: int) -> bytes:
        with self._path.open("rb") as file:
            file.seek(offset)
            return file.read(length)


class HeldRanges:
    """Bytes that are in memory already."""

    def __init__(self, held: bytes) -> None:
        self._held = held
        self.size = len(held)

    def read(self, offset: int, length: int) -> bytes:
        return self._held[offset : offset + length]


class StoredRanges:
    """An object of the store, read by range requests."""

    def __init__(self, storage: "Storage", key: str, size: int) -> None:
        self._storage, self._key = storage, key
        self.size = size

    def read(self, offset: int, length: int) -> bytes:
        return self._storage.read(self._key, offset, length)


class Joined:
    """Several of them, one behind the other."""

    def __init__(self, parts: Sequence[Ranges]) -> None:
        self._parts = parts
        self.size = sum(part.size for part in parts)

    def read(self, offset: int, length: int) -> bytes:
        read = b""
        for part in self._parts:
            if offset < part.size and len(read) < length:
                read += part.read(offset, min(length - len(read), part.size - offset))
            offset = max(0, offset - part.size)
        return read


@contextmanager
def handed_over(source: Ranges, on_progress: Callable[[int], object]) -> Iterator[socket.socket]:
    """The end of a socket for a child, at which its questions are answered meanwhile by a thread.

    What went wrong while answering is raised at the end: the child could not know why it got no more.
    """
    faults: list[Exception] = []
    mine, theirs = socket.socketpair()

    def answering() -> None:
        try:
            _answer(mine, source, on_progress)
        except (BrokenPipeError, ConnectionResetError):  # the child has gone while it was being answered
            return
        except Exception as fault:
            faults.append(fault)

    thread = threading.Thread(target=answering, daemon=True)
    thread.start()
    try:
        yield theirs
    finally:
        theirs.close()
        thread.join()
        if faults:
            raise faults[0]


def _answer(end: socket.socket, ranges: Ranges, on_progress: Callable[[int], object]) -> None:
    """What the child asks for is given, until it has closed its end. A question out of bounds ends it."""
    with end:
        while ask := _exactly(end, _ASK.size):
            word, offset, length = _ASK.unpack(ask)
            if word == _TELL:
                on_progress(min(100, offset))
                continue
            if word != _READ or length > BLOCK_BYTES or offset > ranges.size:
                return
            data = ranges.read(offset, min(length, ranges.size - offset)) if offset < ranges.size else b""
            end.sendall(_ANSWER.pack(len(data)))
            end.sendall(data)


class RemoteFile(io.RawIOBase):
    """In the child: the file. The last few blocks that were read stay here, since recordings are read in two places."""

    def __init__(self, end: socket.socket, size: int) -> None:
        self._end = end
        self.size = size
        self._at = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        number, start = divmod(self._at, BLOCK_BYTES)
        if self._at >= self.size:
            return 0
        taken = self._block(number)[start : start + len(buffer)]
        buffer[: len(taken)] = taken
        self._at += len(taken)
        return len(taken)

    def tell_progress(self, percent: int) -> None:
        """The parent is told how far the work has come."""
        self._end.sendall(_ASK.pack(_TELL, percent, 0))

    def _block(self, number: int) -> bytes:
        if number in self._blocks:
            self._blocks.move_to_end(number)
            return self._blocks[number]
        self._end.sendall(_ASK.pack(_READ, number * BLOCK_BYTES, BLOCK_BYTES))
        header = _exactly(self._end, _ANSWER.size)
        if not header:
            raise OSError("the other end is gone")
        (length,) = _ANSWER.unpack(header)
        data = _exactly(self._end, length)
        self._blocks[number] = data
        while len(self._blocks) > BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return data


def _exactly(end: socket.socket, length: int) -> bytes:
    """So many bytes; none when the other end has closed between two questions, OSError when it has in the middle."""
    received = bytearray()
    while len(received) < length:
        try:
            piece = end.recv(min(length - len(received), 1 << 20))
        except ConnectionResetError:
            piece = b""
        if not piece:
            if received:
                raise OSError("the other end broke off")
            return b""
        received += piece
    return bytes(received)
