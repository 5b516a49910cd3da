"""Something that speaks as ClamAV's daemon does, and knows one virus: the harmless one that everybody tests with."""

import io
import socketserver
import struct
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from tests.uploads.hostile import EICAR


class Daemon(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, limit: int, answer: bytes | None) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.limit, self.answer = limit, answer
        self.heard: list[int] = []

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: Daemon

    def handle(self) -> None:
        if (asked := self.rfile.read(6)) == b"zPING\0":
            self.wfile.write(b"PONG\0")
            return
        assert asked + self.rfile.read(4) == b"zINSTREAM\0"
        whole = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            whole += self.rfile.read(length)
            if len(whole) > self.server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.heard.append(len(whole))
        found = (
            b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
            if any(EICAR in each for each in _within(whole))
            else b"stream: OK\0"
        )
        self.wfile.write(self.server.answer or found)


def _within(whole: bytes) -> Iterator[bytes]:
    """The file, and what is packed in it."""
    yield whole
    if zipfile.is_zipfile(io.BytesIO(whole)):
        with zipfile.ZipFile(io.BytesIO(whole)) as packed:
            yield from map(packed.read, packed.namelist())


@contextmanager
def daemon(limit: int = 10_000_000, answer: bytes | None = None) -> Iterator[Daemon]:
    """It listens on a port of this machine; `heard` holds how many bytes it was told each time."""
    with Daemon(limit, answer) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()
