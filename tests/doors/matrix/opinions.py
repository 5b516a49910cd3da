"""Doors of opinions. Organiser and secretariat record who was asked and what was answered; the auditor reads."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READING, RECORDING = ("organiser", "secretary", "auditor"), ("organiser", "secretary")
LIST = "/{slug}/xin-y-kien"
NONE = f"{LIST}/khong-co"
MISSING = {**ANONYMOUS, **staff(404, *READING)}

ROWS = [
    *(
        Row("opinions.list", "GET", LIST, 403, {**ANONYMOUS, **staff(200, *READING)}, world=world)
        for world in ("open", "closed", "published")
    ),
    # Bodies are asked from judging on, and nobody is asked any more once the results are public.
    Row("opinions.ask", "POST", LIST, 403, {**ANONYMOUS, **staff(422, *RECORDING)}, world="closed"),
    *(Row("opinions.ask", "POST", LIST, 403, ANONYMOUS, world=world) for world in ("open", "published")),
    Row("opinions.opinion", "GET", NONE, 403, MISSING, world="closed"),
    *(
        Row(f"opinions.{name}", "POST", f"{NONE}/{word}", 403, MISSING, world="closed")
        for name, word in (
            ("answer", "tra-loi"),
            ("reopen", "ghi-lai"),
            ("withdraw", "rut"),
            ("remove_scan", "tep/x/bo"),
        )
    ),
    Row("opinions.begin_scan", "POST", f"{NONE}/tep", 400, ANONYMOUS, world="closed"),
]
