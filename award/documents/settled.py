"""Files of office programs as bytes that depend on their content alone: no clock and no compressor shows in them."""

import io
import re
import zipfile
from datetime import date

CENTURY = (1980, 1, 1, 0, 0, 0)
"""The one timestamp of every member: a clock would make two files of the same content differ."""
_TIMES = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def settled(packed: bytes, day: date) -> bytes:
    """The workbook or text with the given day for its creation, its members in order and nothing compressed."""
    instant = f"{day.isoformat()}T00:00:00Z".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as after:
        for name in sorted(before.namelist()):
            content = before.read(name)
            if name == "docProps/core.xml":
                content = _TIMES.sub(rb"\g<1>" + instant, content)
            after.writestr(zipfile.ZipInfo(name, CENTURY), content)
    return out.getvalue()
