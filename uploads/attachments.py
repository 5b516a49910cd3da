"""Small files that a PDF carries along, read by name. The PDF is a stranger's: it is opened in a child process."""

import base64
import io
import sys
from typing import Any

from uploads import sandbox
from uploads.ranges import Ranges
from uploads.sandbox import Limits

MOST_BYTES = 512 * 1024
"""A larger one counts as not there."""
_LIMITS = Limits(cpu_seconds=20, memory_bytes=1024**3)


def carried(source: Ranges, *names: str) -> dict[str, bytes]:
    """Of these names, the files that the PDF carries; none where it is no PDF, or cannot be opened."""
    try:
        told = sandbox.run("uploads.attachments", names, wall_seconds=30, source=source)
    except sandbox.ChildFailed:
        return {}
    return {name: base64.b64decode(held) for name, held in told.items()}


# In the child


def _read(names: list[str]) -> dict[str, Any]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(sandbox.given_file().read()), suppress_warnings=True) as document:
            there = [name for name in names if name in document.attachments]
            held = {name: document.attachments[name].get_file().read_bytes() for name in there}
            return {name: base64.b64encode(each).decode() for name, each in held.items() if len(each) <= MOST_BYTES}
    except pikepdf.PdfError:
        return {}


if __name__ == "__main__":
    sandbox.answer(lambda: _read(sys.argv[1:]), _LIMITS)
