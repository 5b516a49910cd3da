"""Doors of archives. The organiser makes them once the results are public; the secretariat takes them along."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READERS = ("organiser", "secretary", "auditor")
READ = {**ANONYMOUS, **staff(200, *READERS)}
LIST = "/{slug}/luu-tru"
ONE = LIST + "/{archive}"

ROWS = [
    *(Row("archive.list", "GET", LIST, 403, READ, world=world) for world in ("open", "closed", "published")),
    Row("archive.list", "POST", LIST, 403, ANONYMOUS, world="closed"),
    # The organiser is let in: a bare request does not say which.
    Row("archive.list", "POST", LIST, 403, {**ANONYMOUS, "organiser": 422}, world="published"),
    Row("archive.one", "GET", ONE, 403, READ, world="published"),
    Row(
        "archive.one", "GET", f"{LIST}/khong-co", 403, {**ANONYMOUS, **staff(404, "organiser", "secretary", "auditor")}
    ),
    Row("archive.status", "GET", f"{ONE}/trang-thai", 403, READ, world="published"),
    # It is still being made: nobody has it yet.
    Row("archive.download", "GET", f"{ONE}/tep", 403, ANONYMOUS, world="published"),
]
