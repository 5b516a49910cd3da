"""Doors of a newsroom's desk: who speaks for it and the staff stand before it; to everybody else it does not exist."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

HOME = "/{slug}/toa-soan"
DESK = HOME + "/{newsroom}"
READERS = (*SECRETARIAT, "auditor")
SEEING = NOBODY | staff(200, *READERS, "newsroom_contact")
SPEAKING = NOBODY | staff(403, *READERS)

ROWS = [
    Row("newsrooms.home", "GET", HOME, 403, NOBODY | staff(200, *READERS) | {"newsroom_contact": 302}),
    Row("newsrooms.home", "GET", "/khong-co/toa-soan", 404, NOBODY),
    Row("newsrooms.remind", "POST", f"{HOME}/nhac", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("newsrooms.remind", "POST", f"{HOME}/nhac", 403, NOBODY, "judging"),
    Row("newsrooms.works", "GET", DESK, 404, SEEING),
    Row("newsrooms.works", "GET", DESK, 404, SEEING, "published"),
    Row("newsrooms.works", "GET", f"{HOME}/khong-co", 404, NOBODY),
    Row("newsrooms.attesting", "GET", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.attesting", "GET", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
    Row("newsrooms.attest", "POST", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 303}),
    Row("newsrooms.refuse", "GET", DESK + "/{entry}/khong-xac-nhan", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.refuse", "GET", DESK + "/{draft}/khong-xac-nhan", 404, SPEAKING),
    Row("newsrooms.refuse", "POST", DESK + "/{entry}/khong-xac-nhan", 404, SPEAKING | {"newsroom_contact": 422}),
    Row("newsrooms.people", "GET", f"{DESK}/nguoi", 404, SEEING),
    Row(
        "newsrooms.people",
        "POST",
        f"{DESK}/nguoi",
        404,
        NOBODY | staff(422, *SECRETARIAT, "newsroom_contact") | {"auditor": 403},
    ),
    Row(
        "newsrooms.end_membership",
        "POST",
        DESK + "/nguoi/{member}/thoi",
        404,
        NOBODY | {"auditor": 403},
    ),
]
