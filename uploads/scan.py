"""Asking ClamAV's daemon about a file, and saying honestly what nobody has looked at.

Of what is larger than its own limits ClamAV says OK without having read it, and no file above 2 GiB is read at all: so
nothing above `most_bytes` is sent, and nothing is called clean that was not read whole.
"""

import socket
import struct
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass

WAIT_SECONDS = 120
PIECE_BYTES = 256 * 1024
_OVER_ITS_LIMITS = "Heuristics.Limits.Exceeded"


@dataclass(frozen=True)
class Scan:
    """`state`: clean, infected, not_scanned (too large, or nobody is there to do it), failed. `found` names a virus;
    of what was not scanned it says `TOO_LARGE` where that is why."""

    state: str
    found: str = ""


NOT_SCANNED = Scan("not_scanned")
TOO_LARGE = "too_large"
BEYOND = Scan("not_scanned", TOO_LARGE)


@dataclass(frozen=True)
class Scanner:
    """The daemon at host:port or at the path of its socket, which reads files of up to so many bytes whole."""

    address: str
    most_bytes: int

    def scan(self, pieces: Iterable[bytes], size: int) -> Scan:
        """What the daemon says of these bytes. Never raises for the daemon: that it is away is an answer, too."""
        if size > self.most_bytes:
            return BEYOND
        try:
            with closing(self._connected()) as line:
                _send(line, pieces)
                return _understood(_reply(line))
        except OSError:
            return Scan("failed")

    def is_there(self) -> bool:
        """Whether the daemon answers now."""
        try:
            with closing(self._connected()) as line:
                line.sendall(b"zPING\0")
                return _reply(line) == "PONG"
        except OSError:
            return False

    def _connected(self) -> socket.socket:
        if self.address.startswith("/"):
            line = socket.socket(socket.AF_UNIX)
            line.settimeout(WAIT_SECONDS)
            line.connect(self.address)
            return line
        host, _colon, port = self.address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=WAIT_SECONDS)


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    """The daemon may close its ear before the end: then it has its answer ready."""
    with suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        for piece in pieces:
            for at in range(0, len(piece), PIECE_BYTES):
                part = piece[at : at + PIECE_BYTES]
                line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))


def _reply(line: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and (more := line.recv(4096)):
        said += more
    return said.rstrip(b"\0").decode(errors="replace")


def _understood(reply: str) -> Scan:
    said = reply.removeprefix("stream: ")
    if said == "OK":
        return Scan("clean")
    if said.endswith(" FOUND"):
        name = said.removesuffix(" FOUND")
        return BEYOND if name.startswith(_OVER_ITS_LIMITS) else Scan("infected", name)
    return BEYOND if "size limit exceeded" in said else Scan("failed")
