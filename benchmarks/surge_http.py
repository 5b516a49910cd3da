"""As little HTTP/1.1 as a crowd needs: one connection of one browser, asked one thing at a time, without a library.

A library that parses every header costs more of the processor than the whole crowd may have.
"""

import asyncio
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

SECONDS = 30.0
"""Nobody waits longer: an answer that takes longer counts as none."""
NO_ANSWER = 599


@dataclass(frozen=True)
class Answer:
    """`status` is NO_ANSWER where none came."""

    status: int
    body: bytes = b""
    location: str = ""
    cookie: str = ""
    """The first that the answer sets, as it is sent back."""

    @property
    def failed(self) -> bool:
        return self.status >= 500 or self.status == 429

    def text(self) -> str:
        return self.body.decode(errors="replace")


class Broken(Exception):
    """The connection ended before the answer did."""


@dataclass
class Line:
    """A connection to one host, opened when something is asked and kept for the next question."""

    host: str
    port: int
    _streams: "tuple[asyncio.StreamReader, asyncio.StreamWriter] | None" = field(default=None, repr=False)

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """The answer, whatever it says. A kept connection that the other side has just left is opened anew once."""
        kept = self._streams is not None
        try:
            async with asyncio.timeout(SECONDS):
                try:
                    return await self._once(method, path, headers, body)
                except (OSError, Broken):
                    self.leave()
                    if not kept:
                        raise
                    return await self._once(method, path, headers, body)
        except (OSError, Broken, TimeoutError):
            self.leave()
            return Answer(NO_ANSWER)

    async def say_and_vanish(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> None:
        """The question is on its way; nobody is there any more to hear the answer."""
        with suppress(OSError):
            await self._send(method, path, headers, body)
            await asyncio.sleep(0.02)
        self.leave()

    def leave(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
            self._streams = None

    async def _once(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        reader = await self._send(method, path, headers, body)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError) as end:
            raise Broken from end
        status, told = int(head[9:12]), head.lower()
        content = await _body(reader, told, status)
        if b"connection: close" in told:
            self.leave()
        if b"content-encoding: gzip" in told:
            content = zlib.decompress(content, wbits=31)
        cookie = _header(head, told, b"set-cookie").partition(";")[0]
        return Answer(status, content, _header(head, told, b"location"), cookie)

    async def _send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> asyncio.StreamReader:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port, limit=1 << 18)
        reader, writer = self._streams
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body or method != "GET":
            lines.append(f"Content-Length: {len(body)}")
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        await writer.drain()
        return reader


def _header(head: bytes, told: bytes, name: bytes) -> str:
    at = told.find(b"\r\n" + name + b": ")
    return head[at + len(name) + 4 :].partition(b"\r\n")[0].decode() if at >= 0 else ""


async def _body(reader: asyncio.StreamReader, told: bytes, status: int) -> bytes:
    if status in {204, 304}:
        return b""
    try:
        if length := _header(told, told, b"content-length"):
            return await reader.readexactly(int(length))
        if b"transfer-encoding: chunked" not in told:
            return await reader.read()
        found = []
        while size := int((await reader.readline()).strip() or b"0", 16):
            found.append(await reader.readexactly(size))
            await reader.readline()
        await reader.readline()
        return b"".join(found)
    except asyncio.IncompleteReadError as end:
        raise Broken from end
