"""Child processes that never outlive this one: started again when they die, stopped in the reverse order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

STOP_SECONDS = 15
RESTARTS, RESTART_WINDOW_SECONDS = 3, 60
LOOK_SECONDS = 0.2
LEAVE_SECONDS = 20
LOG_LINES, LOG_BYTES = 8, 8 * 1024 * 1024


class CannotRun(Exception):
    """Why the system cannot run: one plain sentence in each language with the way out, and the end of a log."""

    def __init__(self, vietnamese: str, english: str, log: Path | None = None) -> None:
        super().__init__(f"{vietnamese}\n{english}{_last_lines(log)}")


class Running(Protocol):
    """A program that was started and can be stopped, whatever it is."""

    @property
    def process(self) -> subprocess.Popen[bytes]: ...

    def stop(self) -> None: ...


class Service:
    """A program that stops on SIGTERM."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process

    def stop(self) -> None:
        end(self.process, signal.SIGTERM)


AnyRunning = TypeVar("AnyRunning", bound=Running)


@dataclass
class Child:
    name: str
    begin: Callable[[], Running]
    log: Path
    running: Running
    deaths: deque[float] = field(default_factory=lambda: deque(maxlen=RESTARTS + 1))

    def dies_too_often(self) -> bool:
        self.deaths.append(time.monotonic())
        return len(self.deaths) > RESTARTS and self.deaths[-1] - self.deaths[0] < RESTART_WINDOW_SECONDS


class Supervisor:
    def __init__(self) -> None:
        self._children: list[Child] = []

    def start(self, name: str, begin: Callable[[], AnyRunning], log: Path) -> AnyRunning:
        """What `begin` starts runs, and is begun again whenever it dies."""
        running = begin()
        self._children.append(Child(name, begin, log, running))
        return running

    def watch(self) -> None:
        """Never returns: a child that dies is started again; one that keeps dying raises CannotRun."""
        while True:
            for child in self._children:
                if child.running.process.poll() is not None:
                    _begin_again(child)
            time.sleep(LOOK_SECONDS)

    def stop(self) -> None:
        """All children are gone, the ones that need the others first."""
        for child in reversed(self._children):
            child.running.stop()


def _begin_again(child: Child) -> None:
    code = child.running.process.returncode
    if child.dies_too_often():
        raise CannotRun(
            f"{child.name} dừng {RESTARTS + 1} lần trong một phút nên hệ thống dừng hẳn. "
            "Hãy sửa nguyên nhân ghi dưới đây rồi chạy lại.",
            f"{child.name} stopped {RESTARTS + 1} times in a minute, so everything stops. "
            "Correct the cause below and run again.",
            child.log,
        )
    say(
        f"{child.name} đã dừng (mã {code}); đang khởi động lại.",
        f"{child.name} stopped (code {code}) and is being started again.",
    )
    child.running.stop()  # it has died; what it left lying about goes too
    child.running = child.begin()


def spawn(
    command: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str],
    folder: Path,
    dies_by: signal.Signals = signal.SIGTERM,
    **identity: Any,
) -> subprocess.Popen[bytes]:
    """A child in a session of its own, so that Ctrl-C reaches this process alone, which then stops them in order.

    The kernel sends `dies_by` when this process ends, however it ends. Call it from the main thread: the kernel counts
    the end of the calling thread.
    """
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    with log.open("ab") as output:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment),
            cwd=folder,
            start_new_session=True,
            preexec_fn=_dies_with(os.getpid(), dies_by),  # noqa: PLW1509 (only libc is called between fork and exec)
            **identity,
        )


def end(process: subprocess.Popen[bytes], *signals: signal.Signals, seconds: float = STOP_SECONDS) -> None:
    """The process is gone: each signal is given its time, then it is killed. Doing it twice is harmless."""
    for number in signals:
        if process.poll() is not None:
            return
        process.send_signal(number)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
    if process.poll() is None:
        process.kill()
        process.wait()


def wait_until_left(folder: Path) -> None:
    """No process stands in the folder any more. Whoever was killed with an earlier run is given the time to go."""
    deadline = time.monotonic() + LEAVE_SECONDS
    while standing := list(_standing_in(folder)):
        if time.monotonic() > deadline:
            raise CannotRun(
                f"Dữ liệu trong {folder} đang được tiến trình {standing[0]} dùng. Hãy dừng tiến trình ấy rồi chạy lại.",
                f"The data in {folder} is in use by process {standing[0]}. Stop that process and run again.",
            )
        time.sleep(0.1)


def say(vietnamese: str, english: str = "") -> None:
    sys.stdout.write(f"{vietnamese}\n" + (f"{english}\n" if english else ""))
    sys.stdout.flush()


def _standing_in(folder: Path) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and (entry / "cwd").readlink() == folder.resolve():
                yield int(entry.name)


def _last_lines(log: Path | None) -> str:
    if log is None or not log.exists():
        return ""
    with log.open("rb") as text:
        text.seek(max(0, log.stat().st_size - 16 * 1024))
        lines = text.read().decode(errors="replace").splitlines()[-LOG_LINES:]
    return "".join(f"\n    {line}" for line in [f"… {log}:", *lines])


def _dies_with(parent: int, by: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def ask() -> None:
        libc.prctl(1, int(by))  # PR_SET_PDEATHSIG; set after the change of user, which would clear it
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask
