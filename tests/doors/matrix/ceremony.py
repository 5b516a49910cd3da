"""Doors of the ceremony's desk: from the decision on, for who keeps it and the auditor."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
DESK = "/{slug}/le-trao-giai"
READ = {**ANONYMOUS, **staff(200, "organiser", "secretary", "auditor")}

ROWS = [
    *(Row("ceremony.desk", "GET", DESK, 403, ANONYMOUS, world=world) for world in ("open", "judging", "closed")),
    Row("ceremony.desk", "GET", DESK, 403, READ, world="published"),
    Row("ceremony.paper", "GET", f"{DESK}/ky-nhan.docx", 403, ANONYMOUS, world="closed"),
    Row("ceremony.paper", "GET", f"{DESK}/ky-nhan.docx", 403, READ, world="published"),
    Row(
        "ceremony.paper",
        "GET",
        f"{DESK}/ky-nhan.exe",
        403,
        {**READ, **staff(404, "organiser", "secretary", "auditor")},
        world="published",
    ),
    Row("ceremony.note", "POST", DESK, 403, ANONYMOUS, world="closed"),
    Row("ceremony.note", "POST", DESK, 403, {**ANONYMOUS, **staff(303, "organiser", "secretary")}, world="published"),
]
