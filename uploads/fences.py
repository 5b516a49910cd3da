"""Taking from this very process what it will not need, for good: all files but a few, its rights as root, signals and
connections to others. Asked of the kernel (Landlock, Linux 5.13), which holds it against whatever code runs later.

Who opens strangers' files has the same user as its parent, and so could read whatever that one reads: settings, the
memory of others, the database's password. Behind the fence nothing of that is there.
"""

import ctypes
import os
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

_libc = ctypes.CDLL(None, use_errno=True)


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
