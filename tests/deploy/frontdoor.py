"""nginx with the shipped configuration, on ports of its own, before processes that a test gives it."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import config
from tests.deploy.certificates import Authority

SHIPPED = config.ROOT / "deploy" / "nginx"
SITE, FILES = "giai.example.vn", "files.example.vn"
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
START_SECONDS = 20


def is_installed() -> bool:
    return Path(PROGRAM).exists()


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    found = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return found


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Way:
    """The chosen ports: of plain HTTP, of the pages and files under TLS, of the application's way to the store."""

    plain: int
    tls: int
    inner: int


@dataclass
class FrontDoor:
    """Names, certificates, folders and ports are a test's; every other line is as it is shipped."""

    folder: Path
    web: list[int]
    store: str
    authority: Authority
    way: Way = field(default_factory=lambda: Way(*free_ports(3)))
    replaced: dict[str, str] = field(default_factory=dict)
    """What else a test has smaller than it is shipped."""

    @property
    def closed(self) -> Path:
        """While this file stands, everybody gets the notice."""
        return self.folder / "giai" / "closed"

    def __enter__(self) -> "FrontDoor":
        shutil.copytree(SHIPPED, self.folder / "giai" / "nginx")
        (self.folder / "cache").mkdir()
        for name in (SITE, FILES):
            made = self.authority.certificate(name)
            shutil.copy(made.chain, self.folder / f"{name}.pem")
            shutil.copy(made.key, self.folder / f"{name}.key")
        for path in (self.folder / "giai" / "nginx").glob("*.conf"):
            path.write_text(self._at_home(path.read_text()))
        (self.folder / "conf.d").mkdir()
        for name in ("giai.conf", "files-host.conf"):  # as docs/operations.md installs them
            (self.folder / "conf.d" / name).symlink_to(self.folder / "giai" / "nginx" / name)
        main = self.folder / "nginx.conf"
        main.write_text(self._main())
        said = subprocess.run([PROGRAM, "-t", "-c", main, "-e", "stderr"], capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        assert "[warn]" not in said.stderr, said.stderr
        self.process = subprocess.Popen([PROGRAM, "-c", main, "-e", "stderr"], stderr=subprocess.DEVNULL)
        self._wait()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(10)

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes = b"",
        *,
        host: str = SITE,
        inner: bool = False,
        source: str = "127.0.0.1",
        **headers: str,
    ) -> Answer:
        """One request under TLS; names of headers are written with underscores."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        line = Line(self, host, self.way.inner if inner else self.way.tls, source=source)
        line.request(method, path, body or None, {"Host": host, **said})
        got = line.getresponse()
        answer = Answer(got.status, {name.lower(): value for name, value in got.getheaders()}, got.read())
        line.close()
        return answer

    def handshake(self, host: str = SITE, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> str:
        """The version of TLS that came about."""
        context = self.trusting()
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = most
        context.set_ciphers("ALL:@SECLEVEL=0")
        with (
            socket.create_connection(("127.0.0.1", self.way.tls), timeout=10) as wire,
            context.wrap_socket(wire, server_hostname=host) as under,
        ):
            return under.version() or ""

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.authority.path))

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.way.tls), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None, "nginx ended"
                assert time.monotonic() < deadline
                time.sleep(0.02)

    def _at_home(self, text: str) -> str:
        servers = "".join(f"    server 127.0.0.1:{port} max_fails=3 fail_timeout=2s;\n" for port in self.web)
        text = re.sub(r"(    server 127\.0\.0\.1:810\d [^\n]+\n)+", servers, text)
        for shipped, here in (
            ("127.0.0.1:8333", self.store),
            ("/etc/giai", str(self.folder / "giai")),
            ("/etc/ssl", str(self.folder)),
            ("/var/cache/nginx/giai", str(self.folder / "cache")),
            ("/var/log/nginx", str(self.folder)),
            ("listen 80", f"listen 127.0.0.1:{self.way.plain}"),
            ("listen 443", f"listen 127.0.0.1:{self.way.tls}"),
            ("listen 8443", f"listen 127.0.0.1:{self.way.inner}"),
            *self.replaced.items(),
        ):
            text = text.replace(shipped, here)
        return text

    def _main(self) -> str:
        """What Debian's own nginx.conf says, as far as it matters here; nothing is written outside of the folder."""
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        folders = " ".join(f"{kind}_temp_path {self.folder / kind};" for kind in kinds)
        worker = "root" if os.geteuid() == 0 else "nobody"
        return (
            f"daemon off; pid {self.folder}/nginx.pid; worker_processes 1; error_log {self.folder}/main.log;\n"
            f"user {worker};\n"
            "events { worker_connections 1024; }\n"
            f"http {{ {folders} access_log off; types_hash_max_size 2048;\n"
            f"include {self.folder}/conf.d/*.conf; }}\n"
        )


class Line(http.client.HTTPSConnection):
    """To the front door, whatever the name's real address would be."""

    def __init__(self, door: FrontDoor, host: str, port: int, timeout: float = 40, source: str = "127.0.0.1") -> None:
        super().__init__(host, port, timeout=timeout, context=door.trusting())
        self._source = source

    def connect(self) -> None:
        self.sock = socket.create_connection(("127.0.0.1", self.port), self.timeout, (self._source, 0))
        self.sock = self._context.wrap_socket(self.sock, server_hostname=self.host)  # type: ignore[attr-defined]
