"""Database, store and mail server must show a certificate of their own name that is trusted and not ended, before they
hear a word: no password goes to whoever stands between."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

from award.clock import now
from award.messages.smtp import Letter, NotDelivered, Server, deliver
from tests.deploy.certificates import Authority, Certificate
from uploads.storage import Storage, StoreUnavailable

NAME = "localhost"
TRUSTED = "SSL_CERT_FILE"


@dataclass
class Listener:
    """Says what comes before TLS, then shows the certificate and keeps the first words it hears."""

    certificate: Certificate
    before: Callable[[socket.socket], None]
    heard: list[bytes] = field(default_factory=list)

    def __enter__(self) -> "Listener":
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def _serve(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate.chain, self.certificate.key)
        with suppress(OSError):
            while True:
                wire, _ = self._server.accept()
                with suppress(OSError), wire:
                    wire.settimeout(5)
                    self.before(wire)
                    with context.wrap_socket(wire, server_side=True) as under:
                        if first := under.recv(4096):
                            self.heard.append(first)


def asked_for_tls(wire: socket.socket) -> None:
    """As PostgreSQL does."""
    wire.recv(8)
    wire.sendall(b"S")


def starting_tls(wire: socket.socket) -> None:
    """As a mail server does."""
    wire.sendall(b"220 loopback\r\n")
    wire.recv(1000)
    wire.sendall(b"250-loopback\r\n250 STARTTLS\r\n")
    wire.recv(1000)
    wire.sendall(b"220 go on\r\n")


def nothing(_wire: socket.socket) -> None: ...


def to_database(port: int, authority: Path) -> None:
    said = f"sslmode=verify-full&sslrootcert={authority}&connect_timeout=5"
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://giai_app:secret@{NAME}:{port}/giai?{said}")


def to_store(port: int, _authority: Path) -> None:
    with pytest.raises(StoreUnavailable):
        Storage(f"{NAME}:{port}", "giai", "key", "secret").stat("files/x")


def to_mail(port: int, _authority: Path) -> None:
    with pytest.raises((NotDelivered, OSError)):
        letter = Letter("van@example.vn", "Mời", "Kính gửi.", "x", now())
        deliver(letter, server=Server(NAME, port, "u", "secret", False), site="giai.example")


DOORS = {
    "database": (to_database, asked_for_tls),
    "store": (to_store, nothing),
    "mail": (to_mail, starting_tls),
}


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Authority]:
    made = Authority(tmp_path)
    monkeypatch.setenv(TRUSTED, str(made.path))
    yield made


@pytest.mark.parametrize("door", DOORS)
def test_a_wrong_certificate_is_told_nothing_and_the_right_one_is_spoken_to(
    trusted: Authority, tmp_path: Path, door: str
) -> None:
    call, before = DOORS[door]
    wrong = {
        "of an authority nobody knows": Authority(tmp_path, "stranger").certificate(NAME),
        "of another name": trusted.certificate("other.example.vn"),
        "that has ended": trusted.certificate(NAME, ended=True),
    }
    for kind, certificate in wrong.items():
        with Listener(certificate, before) as listener:
            call(listener.port, trusted.path)
        assert listener.heard == [], kind
    with Listener(trusted.certificate(NAME), before) as listener:
        call(listener.port, trusted.path)  # it hangs up after the first words
    assert listener.heard, "the same call, with a certificate that is right"
