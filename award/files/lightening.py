"""Making what is read instead of a large original: photos in sizes, light recordings. Knows bytes, no rows."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from uploads import light, media
from uploads.kinds import Kind
from uploads.light import LightVersion
from uploads.ranges import StoredRanges
from uploads.storage import Storage

FREE_MEMORY = 2 * 1024**3
"""What must be left of this machine's memory before a second light version is made beside another."""
FREE_BYTES = 512 * 1024 * 1024
"""What must stay free on this disk beside the light version in the making."""
PHOTO_SIDES = (media.FULL, *media.PHOTO_LONG_SIDES)


class NoRoom(Exception):
    """This disk or this memory has no room for a light version now."""


def memory_left() -> int:
    """Bytes that programs can still have on this machine; as much as anybody asks for where the kernel does not say."""
    try:
        told = Path("/proc/meminfo").read_text()
    except OSError:
        return FREE_MEMORY
    found = re.search(r"^MemAvailable:\s+(\d+) kB", told, re.MULTILINE)
    return int(found.group(1)) * 1024 if found else FREE_MEMORY


@dataclass(frozen=True)
class Lightened:
    """What was made; its files live until the making is left."""

    photos: Sequence[media.Picture] = ()
    recording: LightVersion | None = None


@contextmanager
def lightened(
    storage: Storage, key: str, *, kind: Kind, size: int, seconds: float, on_progress: Callable[[int], object]
) -> Iterator[Lightened]:
    """The versions for reading of a verified photo or recording. ChildFailed when none can be made."""
    with TemporaryDirectory(prefix="lightened-") as folder:
        if kind.family == "image":
            path = Path(folder) / "original"
            with path.open("wb") as file:
                for piece in storage.stream(key):
                    file.write(piece)
            yield Lightened(photos=media.photo_sizes(path, Path(folder), PHOTO_SIDES))
            return
        if shutil.disk_usage(gettempdir()).free < light.bytes_at_most(kind.family, seconds) + FREE_BYTES:
            raise NoRoom
        source = StoredRanges(storage, key, size)
        yield Lightened(recording=light.make(source, kind, Path(folder), seconds=seconds, on_progress=on_progress))
