"""Data that an older PostgreSQL wrote, for the programs that are here now: dumped by the old server, taken in by a new
cluster, and only then put in its place. The old data stays beside it, without the keys of votes that were open.

The programs of the old major are needed for that: those POSTGRES_OLD_BIN names, or Debian's.
"""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from award.local.children import CannotRun, end, say, spawn, wait_until_left

DEBIANS = Path("/usr/lib/postgresql")
READY = "upgraded"
"""In a new cluster that holds everything. Whoever finds one beside an empty place puts it there."""
START_SECONDS, STOP_SECONDS = 120, 600
"""A server that took a whole database in writes it all down before it ends: cut short, it is not to be trusted."""
COMPLAINTS_BYTES = 4096
ROOM = 2
"""How often the data may come to stand here once more: taken in, and what was written on the way."""

Create = Callable[[Path], None]


def brought_up(
    data: Path, binaries: Path, *, create: Create, identity: Mapping[str, Any], owner: str, database: str, log: Path
) -> None:
    """`data` is of the major of `binaries`, or empty as before. What it was stays in `….before-<major>`."""
    made = data.with_name(f"{data.name}.upgraded")
    if (made / READY).exists():
        _put_in_place(data, made)
    if not (data / "PG_VERSION").exists():
        return
    programs = programs_for(data, binaries)
    if programs == binaries:
        return  # of a newer one, or of none: the server says so itself
    old, new = _major(programs), _major(binaries)
    shutil.rmtree(made, ignore_errors=True)
    _has_room(data)
    say(
        f"Dữ liệu là của PostgreSQL {old}; đang chuyển sang {new}. Dữ liệu cũ được giữ nguyên.",
        f"The data is of PostgreSQL {old} and is being brought to {new}. The old data is kept.",
    )
    create(made)
    dump = ["pg_dump", "--create", "--no-unlogged-table-data", "-d", database]
    with _Server(data, programs, identity, log) as source, _Server(made, binaries, identity, log) as target:
        _without_keys(binaries, source, owner, database)
        both = (programs, binaries)  # the old ones know what in their catalogue is not to be taken along
        _passed(*both, source, target, owner, ["pg_dumpall", "--globals-only"], "postgres", strict=False)
        _passed(*both, source, target, owner, dump, "postgres", strict=True)
    if not target.left_well:
        raise CannotRun(
            "PostgreSQL mới không dừng trọn vẹn sau khi nhận dữ liệu; dữ liệu cũ còn nguyên. Hãy chạy lại.",
            "The new PostgreSQL did not end well after it took the data; the old data is as it was. Run again.",
            log,
        )
    (made / READY).touch()
    _put_in_place(data, made)


def is_recovering(data: Path) -> bool:
    """What a copy holds is still being read in: only programs of its own major can."""
    return (data / "recovery.signal").exists()


def programs_for(data: Path, binaries: Path) -> Path:
    """The programs that can read `data` as it is: these here, or those of the older major that wrote it."""
    old, new = (data / "PG_VERSION").read_text().strip(), _major(binaries)
    return _programs_of(old, new, data) if old.isdigit() and new and int(old) < int(new) else binaries


def _put_in_place(data: Path, made: Path) -> None:
    """Whenever it is cut off, the next start goes on from there."""
    if (data / "PG_VERSION").exists():
        data.rename(data.with_name(f"{data.name}.before-{(made / 'PG_VERSION').read_text().strip()}"))
    made.rename(data)
    (data / READY).unlink()


def _has_room(data: Path) -> None:
    needed = ROOM * sum(path.stat().st_size for path in data.rglob("*") if path.is_file())
    free = shutil.disk_usage(data).free
    if free < needed:
        raise CannotRun(
            f"Ổ đĩa của {data} còn trống {free >> 20} MB; chuyển sang bản PostgreSQL mới cần {needed >> 20} MB. "
            "Hãy dọn ổ đĩa rồi chạy lại.",
            f"The disk of {data} has {free >> 20} MB left; bringing the data to the new PostgreSQL takes "
            f"{needed >> 20} MB. Make room and run again.",
        )


def _programs_of(old: str, new: str, data: Path) -> Path:
    """Where the programs of the old major are; a sentence names what to install where they are not."""
    for folder in (os.environ.get("POSTGRES_OLD_BIN"), DEBIANS / old / "bin"):
        if folder and _major(Path(folder)) == old:
            return Path(folder)
    raise CannotRun(
        f"Dữ liệu ở {data} là của PostgreSQL {old}, chương trình ở đây là bản {new}. Hãy cài bản cũ để chuyển dữ liệu "
        f"(apt install postgresql-{old}) hoặc đặt POSTGRES_OLD_BIN, rồi chạy lại.",
        f"The data in {data} is of PostgreSQL {old} and the programs here are of {new}. Install the old ones "
        f"(apt install postgresql-{old}) or set POSTGRES_OLD_BIN, and run again.",
    )


def _major(binaries: Path) -> str:
    try:
        said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
    found = re.search(r"\) (\d+)", said)
    return found[1] if found else ""


class _Server:
    """PostgreSQL on this data, for this process alone, on a socket in a folder of its own."""

    def __init__(self, data: Path, programs: Path, identity: Mapping[str, Any], log: Path) -> None:
        self.data, self._programs, self._identity, self._log = data, programs, identity, log
        self.sockets = Path("/tmp") / f"giai-up-{os.getpid()}-{len(data.name)}"  # noqa: S108 (made here, for us alone)

    def __enter__(self) -> "_Server":
        wait_until_left(self.data)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        shutil.rmtree(self.sockets, ignore_errors=True)
        self.sockets.mkdir(mode=0o700)
        if self._identity:
            os.chown(self.sockets, self._identity["user"], self._identity["group"])
        settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={self.sockets}"]
        environment = {"PATH": os.defpath, "LC_ALL": "C"}
        self._process = spawn(
            [self._programs / "postgres", "-D", self.data, *settings],
            log=self._log,
            environment=environment,
            folder=Path("/"),
            dies_by=signal.SIGINT,
            **self._identity,
        )
        deadline = time.monotonic() + START_SECONDS
        ready: list[str | Path] = [self._programs / "pg_isready", "-q", "-h", self.sockets]
        while subprocess.run(ready, env=environment, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.__exit__()
                raise CannotRun(
                    "PostgreSQL không khởi động được. Nguyên nhân ghi dưới đây.",
                    "PostgreSQL did not start. The cause is below.",
                    self._log,
                )
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        end(self._process, signal.SIGINT, seconds=STOP_SECONDS)
        shutil.rmtree(self.sockets, ignore_errors=True)

    @property
    def left_well(self) -> bool:
        """It has ended by itself, with everything written down."""
        return self._process.returncode == 0


def _without_keys(binaries: Path, source: _Server, owner: str, database: str) -> None:
    """The old data holds the key of no vote: it stays for long, and its ballots would be opened with it."""
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    ask: list[str | Path] = [binaries / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", source.sockets, "-U", owner]
    ask += ["-d", database, "-c"]
    try:
        there = subprocess.run(
            [*ask, "SELECT to_regclass('public.vote_key')"], capture_output=True, text=True, env=environment, check=True
        )
        if not there.stdout.strip():
            return
        emptied = [*ask, "SELECT count(*) FROM vote_key", "-c", "TRUNCATE vote_key"]
        many = subprocess.run(emptied, capture_output=True, text=True, env=environment, check=True).stdout.strip()
    except subprocess.CalledProcessError as fault:
        raise _not_brought(fault.stderr) from fault
    if many != "0":
        say(
            f"{many} lần bỏ phiếu kín đang diễn ra phải làm lại từ đầu: khóa của phiếu không được giữ lại.",
            f"{many} secret votes that are open have to be begun anew: their keys are not kept.",
        )


def _not_brought(said: str) -> CannotRun:
    return CannotRun(
        "Không chuyển được dữ liệu sang bản PostgreSQL mới; dữ liệu cũ còn nguyên.",
        f"The data could not be brought to the new PostgreSQL; the old data is as it was.\n{said}",
    )


def _passed(
    programs: Path,
    binaries: Path,
    source: _Server,
    target: _Server,
    owner: str,
    dump: list[str],
    into: str,
    *,
    strict: bool,
) -> None:
    """What the one says the other has; `strict` where nothing of it may be refused."""
    out: list[str | Path] = [programs / dump[0], *dump[1:], "-h", source.sockets, "-U", owner]
    take: list[str | Path] = [binaries / "psql", "-X", "-q", "-h", target.sockets, "-U", owner, "-d", into]
    take += ["-v", f"ON_ERROR_STOP={int(strict)}"]
    dumped, taken, said = piped(out, take)
    if dumped or (strict and taken):
        raise _not_brought(said)


def piped(out: list[str | Path], take: list[str | Path]) -> tuple[int, int, str]:
    """How each of the two ended, and the end of what both complained of. When `take` stops early, so does `out`."""
    environment = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryFile() as complaints:  # a pipe that nobody reads would fill up and hold them both
        with subprocess.Popen(out, stdout=subprocess.PIPE, stderr=complaints, env=environment) as giving:
            words: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": complaints, "env": environment}
            taking = subprocess.Popen(take, stdin=giving.stdout, **words)
            assert giving.stdout is not None
            giving.stdout.close()  # kept open here, it would never be broken for who writes into it
            taking.wait()
        complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - COMPLAINTS_BYTES))
        return giving.returncode, taking.returncode, complaints.read().decode(errors="replace")
