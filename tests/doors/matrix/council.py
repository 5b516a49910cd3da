"""Doors of the council. In the world `closed` it has ended and handed its proposals down."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY

ROOM = "/{slug}/de-nghi-giai"

ROWS = [
    Row("council.room", "GET", ROOM, 403, NOBODY, "open"),
    Row("council.room", "GET", ROOM, 403, NOBODY, "judging"),
    Row("council.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("council.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "published"),
    Row("council.room", "GET", f"{ROOM}?tai-ve=csv", 403, NOBODY, "judging"),
    Row("council.room", "GET", f"{ROOM}?tai-ve=csv", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("council.propose", "POST", ROOM + "/{entry}", 403, NOBODY, "judging"),
    Row("council.propose", "POST", ROOM + "/{entry}", 403, NOBODY, "closed"),
    Row("council.structure", "GET", f"{ROOM}/co-cau", 403, NOBODY, "judging"),
    Row("council.structure", "GET", f"{ROOM}/co-cau", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("council.honour", "GET", ROOM + "/khen/{level}", 403, NOBODY, "judging"),
    Row("council.honour", "GET", ROOM + "/khen/{level}", 403, NOBODY, "closed"),
    Row("council.propose_honour", "POST", ROOM + "/khen/{level}", 403, NOBODY, "judging"),
    Row("council.propose_honour", "POST", ROOM + "/khen/{level}", 403, NOBODY, "closed"),
    Row("council.withdraw_honour", "POST", ROOM + "/khen/{honour}/bo", 403, NOBODY, "closed"),
    Row("council.ending", "GET", f"{ROOM}/ket-thuc", 403, NOBODY, "judging"),
    Row("council.ending", "GET", f"{ROOM}/ket-thuc", 403, NOBODY, "closed"),
    Row("council.hand_down", "POST", f"{ROOM}/ket-thuc", 403, NOBODY, "judging"),
    Row("council.hand_down", "POST", f"{ROOM}/ket-thuc", 403, NOBODY, "closed"),
]
