"""Taking from this very process what it will not need, for good: all files but a few, its rights as root, signals and
connections to others. Asked of the kernel (Landlock, Linux 5.13, and a filter of calls), which holds it against
whatever code runs later.

Who opens strangers' files has the same user as its parent, and so could read whatever that one reads: settings, the
memory of others, the database's password. Behind the fence nothing of that is there.
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_CAPABILITIES_V3 = 0x20080522
_VERSION_ASKED = 1
_BENEATH = 1
_READ_FILE, _READ_FOLDER, _EXECUTE, _WRITE_FILE, _TRUNCATE = 1 << 2, 1 << 3, 1 << 0, 1 << 1, 1 << 14
_OF_FILES = _READ_FILE | _EXECUTE | _WRITE_FILE | _TRUNCATE
_READING = _READ_FILE | _READ_FOLDER | _EXECUTE
_WRITING = _READ_FILE | _READ_FOLDER | _WRITE_FILE | _TRUNCATE | 1 << 4 | 1 << 5 | 1 << 7 | 1 << 8  # make and remove
_KNOWN_BY = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""Version of the kernel's side → every right over files it knows."""
_NET_SINCE, _SCOPE_SINCE = 4, 6
_TCP, _OTHERS = 0b11, 0b11  # to listen and to connect; abstract sockets and signals

SPEAKING = {  # machine → its name for filters, and its numbers of seccomp, and of socket, connect and io_uring_setup
    "x86_64": (0xC000003E, 317, (41, 42, 425)),
    "aarch64": (0xC00000B7, 277, (198, 203, 425)),
}
_FILTER, _ALL_THREADS = 1, 1
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOWED, _DENIED, _KILLED = 0x7FFF0000, 0x00050001, 0x80000000  # denied: as “Operation not permitted”
_FOREIGN_NUMBERS = 0x40000000
"""From here on a second table of the same machine (x32) has its own numbers for the same calls."""

_libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_char_p)]


def reach_nobody() -> bool:
    """From now on this process and its children open no connection, to programs of this machine neither; whether the
    kernel holds them to it. The process must have given up gaining rights.

    A fence of files does not ask who connects to a socket that has a name among them, and the database has one. What
    the process was given already it keeps: by that it reads its file.
    """
    machine, seccomp, calls = SPEAKING.get(platform.machine(), (0, 0, ()))
    if not calls:
        return False
    end = len(calls)
    steps = [
        struct.pack("=HBBI", _LOAD, 0, 0, 4),
        struct.pack("=HBBI", _EQUAL, 1, 0, machine),
        struct.pack("=HBBI", _RETURN, 0, 0, _KILLED),
        struct.pack("=HBBI", _LOAD, 0, 0, 0),
        struct.pack("=HBBI", _AT_LEAST, end + 1, 0, _FOREIGN_NUMBERS),
        *(struct.pack("=HBBI", _EQUAL, end - at, 0, call) for at, call in enumerate(calls)),
        struct.pack("=HBBI", _RETURN, 0, 0, _ALLOWED),
        struct.pack("=HBBI", _RETURN, 0, 0, _DENIED),
    ]
    program = _Program(len(steps), b"".join(steps))
    return bool(_libc.syscall(seccomp, _FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def version() -> int:
    """Of the kernel's side; 0 where it has none, or is not asked to keep one."""
    return max(0, int(_libc.syscall(_CREATE, None, ctypes.c_size_t(0), _VERSION_ASKED)))


def fence(reads: Iterable[Path], writes: Iterable[Path]) -> bool:
    """From now on this process and its children read only below `reads`, write only below `writes`, and reach nobody;
    whether the kernel could promise it. The process must have given up gaining rights (PR_SET_NO_NEW_PRIVS)."""
    known = version()
    if not known:
        return False
    files = _KNOWN_BY[max(each for each in _KNOWN_BY if each <= known)]
    asked = struct.pack("=QQQ", files, _TCP if known >= _NET_SINCE else 0, _OTHERS if known >= _SCOPE_SINCE else 0)
    length = 8 if known < _NET_SINCE else 16 if known < _SCOPE_SINCE else 24
    rules = _libc.syscall(_CREATE, asked, ctypes.c_size_t(length), 0)
    if rules < 0:
        return False
    try:
        for paths, rights in ((reads, _READING), (writes, _WRITING)):
            for path in paths:
                _allow(rules, path, rights & files)
        return bool(_libc.syscall(_RESTRICT, rules, 0) == 0)
    finally:
        os.close(rules)


def give_up_rights() -> None:
    """Root is a user like others from now on: it may do to its own files what they allow, and nothing besides."""
    header = struct.pack("=Ii", _CAPABILITIES_V3, 0)
    _libc.capset(header, struct.pack("=6I", *[0] * 6))


def _allow(rules: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not on this machine
        return
    try:
        if not path.is_dir():
            rights &= _OF_FILES
        _libc.syscall(_ADD, rules, _BENEATH, struct.pack("=Qi", rights, place), 0)
    finally:
        os.close(place)
