"""Opening strangers' files in a process of their own, which may be taken over or break without harm to the others.

The parent starts a module of this package and reads one JSON value from it. The child limits itself before it touches
the file: processor time, memory, what it writes, no network, no files but those it was named and the programs it needs,
none of root's rights, and death with its parent.
What is too large for this disk it reads through a socket (uploads.ranges).
"""

import ctypes
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from uploads import fences, ranges
from uploads.ranges import Ranges, RemoteFile

ROOT = Path(__file__).resolve().parent.parent
WALL_SECONDS = 120
OPEN_FILES = 64
_SOCKET, _SIZE = "OPENING_SOCKET", "OPENING_SIZE"
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime"),
    *("/dev/urandom", "/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu"),
)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


@dataclass(frozen=True)
class Limits:
    """What a child may use up. It sets them itself, before it opens anything."""

    cpu_seconds: int = 60
    memory_bytes: int = 2 * 1024**3
    written_bytes: int = 64 * 1024**2


DEFAULT = Limits()


class ChildFailed(Exception):
    """The child was killed, crashed, or took too long; there is no answer about the file."""


def run(
    module: str,
    arguments: Sequence[str],
    *,
    wall_seconds: float = WALL_SECONDS,
    source: Ranges | None = None,
    on_progress: Callable[[int], object] = lambda _percent: None,
) -> Any:
    """What `python -m module arguments` answered. It reads `source` through `given_file()`.

    A fault of the source (the store went away) is raised as it is: it says nothing about the file.
    """
    with tempfile.TemporaryDirectory(prefix="opening-") as scratch, _given(source, on_progress) as (inherited, told):
        answer = Path(scratch) / "answer.json"
        environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TMPDIR": scratch, **told}
        with answer.open("wb") as out:
            try:
                done = subprocess.run(
                    [sys.executable, "-P", "-m", module, *arguments],
                    cwd=scratch,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.DEVNULL,
                    timeout=wall_seconds,
                    check=False,
                    pass_fds=inherited,
                )
            except subprocess.TimeoutExpired as fault:
                raise ChildFailed(f"{module} took longer than {wall_seconds:g} s") from fault
        if done.returncode:
            raise ChildFailed(f"{module} ended with {done.returncode}")
        try:
            return json.loads(answer.read_bytes())
        except ValueError as fault:
            raise ChildFailed(f"{module} gave no answer") from fault


@contextmanager
def _given(
    source: Ranges | None, on_progress: Callable[[int], object]
) -> Iterator[tuple[tuple[int, ...], dict[str, str]]]:
    """What the child inherits so that it can read the source: a descriptor, and where it learns of it."""
    if source is None:
        yield (), {}
        return
    with ranges.handed_over(source, on_progress) as end:
        number = end.fileno()
        yield (number,), {_SOCKET: str(number), _SIZE: str(source.size)}


def given_file() -> RemoteFile:
    """In the child: the file that the parent hands over."""
    return RemoteFile(socket.socket(fileno=int(os.environ[_SOCKET])), int(os.environ[_SIZE]))


def answer(work: Callable[[], Any], limits: Limits = DEFAULT) -> None:
    """In the child: limits first, then the work, then its answer. Whatever a library prints goes to nobody."""
    out = os.dup(1)
    os.dup2(2, 1)
    confine(limits)
    with os.fdopen(out, "w", encoding="utf-8") as stream:
        json.dump(work(), stream)


def confine(limits: Limits = DEFAULT) -> None:
    """This process can neither grow nor run on, has no network and sees no files of others, as far as the kernel lets
    it give that up."""
    for limit, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.written_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(_CLONE_NEWNET):  # root may; others need a user namespace of their own, where those are allowed
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
    fences.fence(*_needed())
    fences.reach_nobody()
    fences.give_up_rights()


def _needed() -> tuple[list[Path], list[Path]]:
    """What the child reads and where it writes: Python and this package, and what its parent named as it began."""
    named = [Path(word) for word in sys.argv[1:] if word.startswith("/")]
    reads = [Path(each) for each in (sys.prefix, sys.base_prefix, ROOT / "uploads", *_SYSTEM)]
    reads += [path for path in named if not path.is_dir()]
    return reads, [Path.cwd(), Path(os.devnull), *filter(Path.is_dir, named)]
