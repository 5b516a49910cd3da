"""The host of the files on a single machine: between browsers and the embedded store, for reading only.

    python -m uploads.delivery --socket 5 --store 127.0.0.1:20001

The store gives back whatever type and name an address says and can be told to send no header of ours (tried: those of
an object and of its upload). So this process says them, as deploy/nginx/files-host.conf does in front of a store
of one's own: whatever a file is, it is nobody's page. What a visitor may read the store decides, by the signature in
the address. Parts do not come this way: browsers send them to the store itself.
"""

import argparse
import asyncio
import re
import resource
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; "
        "frame-ancestors 'none'; sandbox allow-same-origin"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
}
"""Said of everything. deploy/nginx/files-host.conf gives the reasons."""

HEAD_BYTES = 16 * 1024
WAITING_BYTES = 1024 * 1024
IDLE_SECONDS = 75
SPARES = 4
_HEAD_END = b"\r\n\r\n"
_REQUEST = re.compile(rb"([A-Z]{1,16}) (/[!-~]*) HTTP/1\.([01])")
_FIELD = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00\r\n]*?)[ \t]*")
_ANSWER = re.compile(rb"HTTP/1\.[01] (([1-5][0-9]{2})(?: [^\r\n]*)?)")
_READING = frozenset({b"GET", b"HEAD", b"OPTIONS"})
_PASSED_ON = frozenset(
    b"host range if-range if-match if-none-match if-modified-since if-unmodified-since origin "
    b"access-control-request-method access-control-request-headers".split()
)
_KEPT_BACK = frozenset(
    [b"connection", b"keep-alive", b"server", b"transfer-encoding", *(name.lower().encode() for name in HEADERS)]
)
_OURS = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items()).encode()
_REASONS = {400: "Bad Request", 405: "Method Not Allowed", 431: "Request Header Fields Too Large", 502: "Bad Gateway"}


class Refusal(Exception):
    """What a visitor sent is not passed on; the status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(_REASONS[status])
        self.status = status


@dataclass(frozen=True)
class Asked:
    """One request to read. `head` is what the store is told."""

    method: bytes
    head: bytes
    stays: bool
    """Whether the visitor keeps the connection afterwards."""


@dataclass(frozen=True)
class Answered:
    """The beginning of an answer. `head` is what the visitor is told."""

    head: bytes
    length: int | None
    """Bytes that follow; None: until the store hangs up, and then the visitor's connection ends too."""
    stays: bool
    """Whether the store keeps its connection afterwards."""


def asked(head: bytes) -> Asked:
    """The request whose head this is, without its empty line. Refusal of whatever does not only read.

    The store is spoken to in the way of HTTP/1.0: so it says of every answer how long it is, or ends it by hanging up.
    """
    first, *rest = head.split(b"\r\n")
    request = _REQUEST.fullmatch(first)
    if request is None:
        raise Refusal(400)
    method, path, minor = request.groups()
    if method not in _READING:
        raise Refusal(405)
    fields = _fields(rest)
    names = [name for name, _value in fields]
    said = dict(fields)
    if names.count(b"host") != 1 or b"transfer-encoding" in said or said.get(b"content-length", b"0") != b"0":
        raise Refusal(400)
    passed_on = b"".join(b"%b: %b\r\n" % field for field in fields if field[0] in _PASSED_ON)
    wish = said.get(b"connection", b"").lower()
    stays = b"close" not in wish and (minor == b"1" or b"keep-alive" in wish)
    return Asked(method, b"%b %b HTTP/1.0\r\n%bConnection: keep-alive\r\n\r\n" % (method, path, passed_on), stays)


def answered(head: bytes, to: Asked) -> Answered:
    """What the store said, as the visitor is told it. Refusal of what is no answer."""
    first, *rest = head.split(b"\r\n")
    status = _ANSWER.fullmatch(first)
    if status is None:
        raise Refusal(502)
    fields = _fields(rest)
    said = dict(fields)
    told = said.get(b"content-length")
    if b"transfer-encoding" in said or (told is not None and not told.isdigit()):
        raise Refusal(502)
    bodiless = to.method == b"HEAD" or status[2] in (b"204", b"304")
    length = 0 if bodiless else int(told) if told is not None else None
    stays = length is not None and b"keep-alive" in said.get(b"connection", b"").lower()
    ends = b"" if length is not None and to.stays else b"Connection: close\r\n"
    kept = b"".join(b"%b: %b\r\n" % field for field in fields if _goes_on(field[0]))
    return Answered(b"HTTP/1.1 %b\r\n%b%b%b\r\n" % (status[1], kept, _OURS, ends), length, stays)


def _fields(lines: Sequence[bytes]) -> list[tuple[bytes, bytes]]:
    found = [_FIELD.fullmatch(line) for line in lines]
    if None in found:
        raise Refusal(400)
    return [(each[1].lower(), each[2]) for each in found if each is not None]


def _goes_on(name: bytes) -> bool:
    return name not in _KEPT_BACK and not name.startswith(b"seaweed-")


class Visitor(asyncio.Protocol):
    """A browser's connection, with one of its own to the store."""

    transport: asyncio.Transport

    def __init__(self, spares: "Spares") -> None:
        self._spares = spares
        self._received = bytearray()
        self._asked: Asked | None = None
        self._store: Store | None = None
        self._opening: asyncio.Task[None] | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._full = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.set_write_buffer_limits(WAITING_BYTES)
        self._wait()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._asked is None:
            self._take()
        elif len(self._received) > HEAD_BYTES:
            self.transport.pause_reading()  # until it was given what it asked for first

    def connection_lost(self, _fault: Exception | None) -> None:
        self._rest()
        if self._opening is not None:
            self._opening.cancel()
        if self._store is not None:
            self._store.leave()

    def pause_writing(self) -> None:
        self._full = True
        if self._store is not None:
            self._store.hold()

    def resume_writing(self) -> None:
        self._full = False
        if self._store is not None:
            self._store.go_on()

    def passed(self, *, stays: bool) -> None:
        """The whole answer is with the visitor, or waits to be taken."""
        was, self._asked = self._asked, None
        assert was is not None
        if not stays:
            self._forget_store()
        if not was.stays:
            self.transport.close()
            return
        self._wait()
        self.transport.resume_reading()
        if self._received:
            self._take()

    def left(self) -> None:
        """The store hung up while nothing was asked of it."""
        self._store = None

    def failed(self, *, untouched: bool, first: bool) -> None:
        """The store hung up too early. One that had been quiet for a while may have done so before it was asked."""
        self._store = None
        if untouched and not first:
            self._ask()
        elif untouched:
            self.refuse(502)
        else:
            self.transport.abort()  # shorter than it was told: the visitor must see that

    def refuse(self, status: int) -> None:
        """Said in one line, and the connection ends."""
        self._rest()
        text = f"{_REASONS[status]}\n".encode()
        head = f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: text/plain\r\nContent-Length: {len(text)}\r\n"
        self.transport.write(b"%b%bConnection: close\r\n\r\n%b" % (head.encode(), _OURS, text))
        self.transport.close()

    def _take(self) -> None:
        """The next request is passed on, once its head is there."""
        end = self._received.find(_HEAD_END)
        if end < 0 and len(self._received) <= HEAD_BYTES:
            return
        try:
            if not 0 <= end <= HEAD_BYTES:
                raise Refusal(431)
            self._asked = asked(bytes(self._received[:end]))
        except Refusal as refusal:
            self.refuse(refusal.status)
            return
        self._rest()
        del self._received[: end + len(_HEAD_END)]
        self._ask()

    def _ask(self) -> None:
        assert self._asked is not None
        if self._store is None:
            self._store = self._spares.take(self)
        if self._store is None:
            self._opening = asyncio.get_running_loop().create_task(self._open(self._asked))
        else:
            self._store.ask(self._asked)

    async def _open(self, first: Asked) -> None:
        try:
            self._store = await self._spares.opened(self)
        except OSError:
            self.refuse(502)
            return
        if self._full:
            self._store.hold()
        self._store.ask(first)

    def _forget_store(self) -> None:
        if self._store is not None:
            self._store.leave()
            self._store = None

    def _wait(self) -> None:
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self.transport.close)

    def _rest(self) -> None:
        if self._idle is not None:
            self._idle.cancel()


class Store(asyncio.Protocol):
    """A visitor's connection to the store."""

    transport: asyncio.Transport

    def __init__(self, visitor: Visitor | None) -> None:
        self._visitor = visitor
        self._asked: Asked | None = None
        self._answer: Answered | None = None
        self._head = bytearray()
        self._passed = 0
        self._first = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def serves(self, visitor: Visitor) -> None:
        """It was opened before anybody came; the store may have hung up since."""
        self._visitor, self._first = visitor, False

    def ask(self, asked: Asked) -> None:
        """The store is told what the visitor asked."""
        self._asked, self._answer, self._passed = asked, None, 0
        self._head.clear()
        self.transport.write(asked.head)

    def hold(self) -> None:
        """Nothing more is taken from the store until the visitor has taken what is here."""
        self.transport.pause_reading()

    def go_on(self) -> None:
        """More is taken again."""
        self.transport.resume_reading()

    def leave(self) -> None:
        """The connection ends; whatever still comes is nobody's."""
        self._visitor = None
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        visitor = self._visitor
        if visitor is None or self._asked is None:  # what nobody asked for is no answer to the next question
            self.transport.abort()
            return
        if self._answer is None:
            self._begin(visitor, data)
        else:
            self._pass(visitor, self._answer, data)

    def connection_lost(self, _fault: Exception | None) -> None:
        visitor, self._visitor = self._visitor, None
        if visitor is None:
            return
        if self._asked is None:
            visitor.left()
        elif self._answer is not None and self._answer.length is None:
            visitor.transport.close()
        else:
            visitor.failed(untouched=self._answer is None and not self._head, first=self._first)

    def _begin(self, visitor: Visitor, data: bytes) -> None:
        """The head of the answer, once it is there, in our words."""
        self._head += data
        end = self._head.find(_HEAD_END)
        if end < 0 and len(self._head) <= HEAD_BYTES:
            return
        assert self._asked is not None
        try:
            if end < 0:
                raise Refusal(502)
            answer = answered(bytes(self._head[:end]), self._asked)
        except Refusal:
            visitor.refuse(502)
            return
        self._answer = answer
        self._pass(visitor, answer, bytes(self._head[end + len(_HEAD_END) :]), before=answer.head)

    def _pass(self, visitor: Visitor, answer: Answered, data: bytes, before: bytes = b"") -> None:
        self._passed += len(data)
        beyond = 0 if answer.length is None else self._passed - answer.length
        if beyond > 0:
            data = data[:-beyond]
        visitor.transport.write(before + data if before else data)
        if beyond >= 0 and answer.length is not None:
            self._asked, self._first = None, False
            visitor.passed(stays=answer.stays and beyond == 0)


class Spares:
    """A few connections to the store that are open before anybody asks, so that nobody waits for one."""

    def __init__(self, store: tuple[str, int]) -> None:
        self._address = store
        self._kept: list[Store] = []
        self._opening: asyncio.Task[None] | None = None

    def take(self, visitor: Visitor) -> Store | None:
        """One that is still open and from now on the visitor's, or None. Others are opened meanwhile."""
        self._kept = [each for each in self._kept if not each.transport.is_closing()]
        found = self._kept.pop() if self._kept else None
        if found is not None:
            found.serves(visitor)
        if self._opening is None or self._opening.done():
            self._opening = asyncio.get_running_loop().create_task(self._fill())
        return found

    async def opened(self, visitor: Visitor | None = None) -> Store:
        """A new connection. OSError where the store is away."""
        loop = asyncio.get_running_loop()
        _transport, store = await loop.create_connection(lambda: Store(visitor), *self._address)
        return store

    async def _fill(self) -> None:
        with suppress(OSError):
            while len(self._kept) < SPARES:
                self._kept.append(await self.opened())


async def serve(listening: socket.socket, store: tuple[str, int]) -> None:
    """Never returns: whoever comes to the socket reads from the store."""
    spares = Spares(store)
    server = await asyncio.get_running_loop().create_server(lambda: Visitor(spares), sock=listening)
    await server.serve_forever()


def main(words: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m uploads.delivery")
    parser.add_argument("--socket", type=int, required=True, help="number of the socket that listens, handed over")
    parser.add_argument("--store", required=True, help="host:port of the store")
    said = parser.parse_args(words)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # two for each visitor
    host, _colon, port = said.store.rpartition(":")
    asyncio.run(serve(socket.socket(fileno=said.socket), (host, int(port))))


if __name__ == "__main__":
    main(sys.argv[1:])
