"""The staff's doors of issued papers: their scans are sent, and compared by a second person."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READING = ("organiser", "secretary", "auditor")
LIST = "/{slug}/van-ban-da-ban-hanh"
NONE = f"{LIST}/khong-co"
MISSING = {**ANONYMOUS, **staff(404, *READING)}

ROWS = [
    *(
        Row("issued.list", "GET", LIST, 403, {**ANONYMOUS, **staff(200, *READING)}, world=world)
        for world in ("open", "published")
    ),
    Row("issued.paper", "GET", NONE, 403, MISSING, world="published"),
    Row("issued.file", "GET", f"{NONE}/van-ban.pdf", 403, MISSING, world="published"),
    Row("issued.begin_scan", "POST", f"{NONE}/ban-quet", 400, ANONYMOUS, world="published"),
    Row("issued.settle", "POST", f"{NONE}/doi-chieu", 403, MISSING, world="published"),
]
