"""A receiver that answers drop by drop, or never to the end, is left when the span that all steps share is over."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from award.api import sending

PATIENCE = 20.0


def _drops(first: bytes, drop: bytes) -> Callable[[socket.socket, threading.Event], None]:
    """Sends something, then a drop again and again, until who called has hung up."""

    def answer(sock: socket.socket, stop: threading.Event) -> None:
        sock.sendall(first)
        while not stop.wait(0.02):
            sock.sendall(drop)

    return answer


@contextmanager
def slow(answer: Callable[[socket.socket, threading.Event], None]) -> Iterator[tuple[int, threading.Event]]:
    """A port that answers one call so, and what is set once the caller's side of it is closed."""
    left, stop = threading.Event(), threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            sock, _address = server.accept()
            with sock:
                with suppress(OSError):
                    answer(sock, stop)
                if not stop.is_set():
                    left.set()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1], left
        stop.set()
    thread.join(PATIENCE)


@pytest.mark.parametrize(
    ("scheme", "first", "drop", "fault"),
    [
        ("https", b"\x16\x03\x03\x40\x00", b"\x02", ("silent", None)),
        ("http", b"HTTP/1.1 204 No", b" ", ("silent", None)),
        ("http", b"HTTP/1.1 204 No Content\r\n", b"X: y\r\n", ("silent", None)),
        ("http", b"", b"HTTP/1.1 100 Continue\r\n\r\n", ("answered", 100)),
        ("http", b"SSH-2.0-OpenSSH\r\n\r\n", b"\n", ("silent", None)),
    ],
)
def test_who_answers_drop_by_drop_is_left(scheme: str, first: bytes, drop: bytes, fault: tuple[str, int]) -> None:
    with slow(_drops(first, drop)) as (port, left):
        with pytest.raises(sending.Unreachable) as refused:
            sending.tell(f"{scheme}://127.0.0.1:{port}/", b"{}", {}, loopback=True, seconds=0.3)
        assert (refused.value.fault, refused.value.status) == fault
        assert left.wait(PATIENCE), "the connection is closed, and no thread waits on it"


def test_a_head_without_end_is_not_read_on() -> None:
    with slow(_drops(b"HTTP/1.1 200 OK\r\n", b"X: y\r\n" * 4000)) as (port, left):
        assert sending.tell(f"http://127.0.0.1:{port}/", b"{}", {}, loopback=True, seconds=PATIENCE) == 200
        assert left.wait(PATIENCE)


def test_addresses_are_tried_in_the_order_of_the_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first refuses; the second has the telling."""
    told = [(socket.AF_INET, 1, 6, "", (each, 0)) for each in ("127.0.0.9", "127.0.0.1", "127.0.0.9")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_named: told)
    parts = sending.parted("http://giai.example:1/", loopback=True)
    assert parts is not None
    assert sending.looked_up(parts, loopback=True) == ["127.0.0.9", "127.0.0.1"]
    monkeypatch.undo()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port, clock = server.getsockname()[1], sending._Clock(PATIENCE)
        with sending._connected(["127.0.0.9", "127.0.0.1"], port, clock) as sock:
            assert sock.getpeername()[0] == "127.0.0.1"
