"""Forcing to the disk what a store on this machine has taken in.

SeaweedFS says that it has something once the kernel has: for half a minute a machine that loses its power loses it too
(tried: of twenty objects it had acknowledged none was there afterwards).
"""

import ctypes
import os
from pathlib import Path

_LIBRARY = ctypes.CDLL(None, use_errno=True)


def force(folder: Path) -> None:
    """Everything that was written on the file system of this folder is on its disk; OSError where that fails.

    The whole file system, since what belongs to one object lies in many files; asked by several at once, they share it.
    """
    opened = os.open(folder, os.O_RDONLY)
    try:
        if _LIBRARY.syncfs(opened):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(opened)
