"""Doors of objections. Whoever sent a case follows it; organiser and secretariat handle it, the auditor reads it."""

from tests.doors.matrix import Row, staff

ANONYMOUS = {"anonymous": 401}
READING = ("organiser", "secretary", "auditor")
HANDLING = ("organiser", "secretary")
OWN = "/{slug}/kien-nghi"
CASE = OWN + "/{case}"
DESK = "/{slug}/giai-quyet-kien-nghi"

ROWS = [
    *(Row("cases.own", "GET", OWN, 200, ANONYMOUS, world=world) for world in ("open", "published")),
    Row("cases.send", "GET", f"{OWN}/gui", 200, ANONYMOUS),
    Row("cases.send", "POST", f"{OWN}/gui", 422, ANONYMOUS),
    Row("cases.desk", "GET", DESK, 403, {**ANONYMOUS, **staff(200, *READING)}),
    Row("cases.record", "GET", f"{DESK}/ghi", 403, {**ANONYMOUS, **staff(200, *HANDLING)}),
    Row("cases.record", "POST", f"{DESK}/ghi", 403, {**ANONYMOUS, **staff(422, *HANDLING)}),
    # It was sent by `other_entrant` about the work of `entrant`: who has to do with the work learns nothing of it.
    Row("cases.case", "GET", CASE, 404, {**ANONYMOUS, **staff(200, "other_entrant", *READING)}),
    Row("cases.add", "POST", f"{CASE}/bo-sung", 404, {**ANONYMOUS, "other_entrant": 422, **staff(403, *READING)}),
    Row("cases.withdraw", "POST", f"{CASE}/rut", 404, {**ANONYMOUS, "other_entrant": 422, **staff(403, *READING)}),
    Row("cases.begin_file", "POST", f"{CASE}/tep", 400, ANONYMOUS),
    Row(
        "cases.remove_file",
        "POST",
        f"{CASE}/tep/khong-co/bo",
        404,
        {**ANONYMOUS, "other_entrant": 303, **staff(403, *READING)},
    ),
    Row(
        "cases.begin",
        "POST",
        f"{CASE}/xem-xet",
        404,
        {**ANONYMOUS, **staff(403, "other_entrant", "auditor"), **staff(422, *HANDLING)},
    ),
    Row(
        "cases.due",
        "POST",
        f"{CASE}/han",
        404,
        {**ANONYMOUS, **staff(403, "other_entrant", "auditor"), **staff(422, *HANDLING)},
    ),
    Row(
        "cases.note",
        "POST",
        f"{CASE}/ghi-chu",
        404,
        {**ANONYMOUS, **staff(403, "other_entrant", "auditor"), **staff(422, *HANDLING)},
    ),
    # It has not been examined yet.
    Row("cases.decide", "POST", f"{CASE}/tra-loi", 404, {**ANONYMOUS, **staff(403, "other_entrant", *READING)}),
]
