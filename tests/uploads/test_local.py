"""The embedded store: every door shut but one, gone with its parent, and plain about what keeps it from starting."""

import os
import secrets
import signal
import socket
import ssl
import stat
import subprocess
import sys
import textwrap
from contextlib import suppress
from pathlib import Path

import pytest
import urllib3

from tests.uploads.conftest import ACCESS_KEY, BUCKET, SECRET_KEY
from uploads.local import SOCKETS, EmbeddedStore, StoreDidNotStart
from uploads.storage import Storage, new_key

ROOT = Path(__file__).resolve().parents[2]
GRPC = 10000
HTTP = urllib3.PoolManager(retries=False, timeout=5)


def port_of(store: EmbeddedStore, server: str) -> int:
    arguments = Path(f"/proc/{store.process.pid}/cmdline").read_text().split("\0")
    (port,) = (each.split("=")[1] for each in arguments if each.startswith(f"-{server}.port="))
    return int(port)


@pytest.mark.parametrize(
    ("server", "method", "path"),
    [
        ("master", "GET", "/col/delete?collection=files"),  # deletes the bucket where it is answered
        ("master", "GET", "/dir/assign"),
        ("master", "GET", "/vol/vacuum"),
        ("master", "POST", "/submit"),
        ("volume", "GET", "/1,01"),
        ("volume", "POST", "/1,01"),
        ("volume", "DELETE", "/1,01"),
        ("filer", "GET", "/buckets/files/doors/open"),
        ("filer", "PUT", "/buckets/files/doors/open"),
        ("filer", "DELETE", "/buckets/files/doors/open"),
        ("filer", "GET", "/buckets/?pretty=y"),
        ("filer", "POST", "/.tus/buckets/files/x"),
        ("admin", "GET", "/"),
    ],
)
def test_side_doors_are_shut(store: EmbeddedStore, storage: Storage, server: str, method: str, path: str) -> None:
    storage.put_small("doors/open", b"what nobody may touch", "text/plain")
    answer = HTTP.request(method, f"http://127.0.0.1:{port_of(store, server)}{path}", body=b"x")
    assert answer.status >= 400
    assert b"".join(storage.stream("doors/open")) == b"what nobody may touch"


@pytest.mark.parametrize("server", ["s3", "master", "volume", "filer", "admin"])
def test_servers_talk_only_to_each_other(store: EmbeddedStore, server: str) -> None:
    address = ("127.0.0.1", port_of(store, server) + GRPC)
    with socket.create_connection(address, timeout=5) as plain:
        plain.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        assert plain.recv(100)[:1] not in (b"\x00",)  # no HTTP/2 settings: the other side wants TLS
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    anyone.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(address, timeout=5) as plain,
        pytest.raises(ssl.SSLError, match="CERTIFICATE_REQUIRED"),
    ):
        with anyone.wrap_socket(plain) as wrapped:
            wrapped.recv(1)


def test_it_listens_on_loopback_only(store: EmbeddedStore) -> None:
    inodes = sockets_of(store.process.pid)
    rows = [row.split() for table in ("tcp", "tcp6") for row in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    listening = [row[1].split(":")[0] for row in rows if row[3] == "0A" and row[9] in inodes]
    assert len(listening) >= 9
    assert set(listening) == {"0100007F"}


def sockets_of(pid: int) -> set[str]:
    """The inodes of its open sockets; what it closes while they are read is none of them."""
    inodes = set()
    for each in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            name = str(each.readlink())
            inodes |= {name[8:-1]} if name.startswith("socket:[") else set()
    return inodes


def test_its_files_are_closed_to_others(store: EmbeddedStore, tmp_path: Path) -> None:
    port = port_of(store, "filer") + GRPC
    sockets = list(SOCKETS.glob(f"seaweedfs-*-{port}.sock"))
    assert sockets
    assert all(each.stat().st_mode & 0o077 == 0 for each in sockets)


def test_a_taken_port_is_named(store: EmbeddedStore, tmp_path: Path) -> None:
    port = int(store.endpoint.split(":")[1])
    with pytest.raises(StoreDidNotStart, match=rf"Port {port} .*choose another"):
        EmbeddedStore(tmp_path, BUCKET, ACCESS_KEY, SECRET_KEY, port=port)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreDidNotStart, match=r"cannot use the folder .*file"):
        EmbeddedStore(tmp_path / "file", BUCKET, ACCESS_KEY, SECRET_KEY)


def test_a_start_that_fails_tells_the_end_of_its_log(tmp_path: Path) -> None:
    (tmp_path / "filerldb2").write_bytes(b"where a folder should be")
    with pytest.raises(StoreDidNotStart, match=r"(?s)ended with code \d+\. The end of .*filerldb2"):
        EmbeddedStore(tmp_path, BUCKET, ACCESS_KEY, SECRET_KEY)


PARENT = """
    import sys, time
    from pathlib import Path
    from uploads.local import EmbeddedStore
    from uploads.storage import Storage
    folder, bucket, access, secret, key = sys.argv[1:]
    store = EmbeddedStore(Path(folder), bucket, access, secret)
    Storage(store.endpoint, bucket, access, secret, secure=False).put_small(key, b"acknowledged", "text/plain")
    print(store.process.pid, flush=True)
    time.sleep(600)
"""


def test_a_killed_parent_leaves_no_store_and_loses_nothing(tmp_path: Path) -> None:
    key = new_key("tests")
    arguments = [str(tmp_path), BUCKET, ACCESS_KEY, SECRET_KEY, key]
    command = [sys.executable, "-c", textwrap.dedent(PARENT), *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        with pytest.raises(StoreDidNotStart, match="Another object store is running on the folder"):
            EmbeddedStore(tmp_path, BUCKET, ACCESS_KEY, SECRET_KEY)
        parent.send_signal(signal.SIGKILL)
    again = EmbeddedStore(tmp_path, BUCKET, ACCESS_KEY, SECRET_KEY)
    try:
        storage = Storage(again.endpoint, BUCKET, ACCESS_KEY, SECRET_KEY, secure=False)
        assert b"".join(storage.stream(key)) == b"acknowledged"
        assert not alive(child)
        os.kill(again.process.pid, signal.SIGKILL)
        again.process.wait()
        assert not again.running
    finally:
        again.stop()
        again.stop()


def alive(pid: int) -> bool:
    """A process that was killed may wait, dead, for a parent that asks after it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stopping_leaves_nothing_and_starting_clears_what_killed_stores_left(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    living = set(SOCKETS.glob(f"seaweedfs-*-{port_of(store, 'filer') + GRPC}.sock"))
    dead, young = (SOCKETS / f"seaweedfs-test-{secrets.token_hex(8)}.sock" for _ in range(2))
    for path in (dead, young):
        with socket.socket(socket.AF_UNIX) as once:
            once.bind(str(path))
    for path in (dead, *living):
        os.utime(path, (0, 0))
    started = EmbeddedStore(tmp_path, BUCKET, ACCESS_KEY, SECRET_KEY)
    assert (dead.exists(), young.exists()) == (False, True)
    young.unlink()
    assert living
    assert all(path.exists() for path in living)
    ports = [port_of(started, server) for server in ("s3", "master", "volume", "filer", "admin")]
    assert stat.S_IMODE((tmp_path / "private").stat().st_mode) == 0o700
    started.stop()
    assert not started.running
    assert not (tmp_path / "private").exists()
    assert [each for port in ports for each in SOCKETS.glob(f"seaweedfs-*-{port + GRPC}.sock")] == []
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", ports[0]))
