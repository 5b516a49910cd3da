"""Doors of viewings. In the world `judging` the panel sits, with nothing on; in `closed` it sat."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, ROUND, SEATED, SECRETARIAT

LIST = f"{ROUND}/xem-chung"
ROOM = "/{slug}/xem-chung/{viewing}"
LEADING = (*SECRETARIAT, "chair", "deputy")
INSIDE = NOBODY | staff(200, *SECRETARIAT, *SEATED)

ROWS = [
    Row("viewings.listed", "GET", LIST, 403, INSIDE, "judging"),
    Row("viewings.listed", "GET", LIST, 403, INSIDE, "closed"),
    Row("viewings.open_viewing", "POST", LIST + "/{panel}", 403, NOBODY | staff(422, *LEADING), "judging"),
    Row("viewings.open_viewing", "POST", LIST + "/{panel}", 403, NOBODY, "closed"),
    Row("viewings.room", "GET", ROOM, 403, INSIDE, "judging"),
    Row("viewings.table", "GET", f"{ROOM}/dang-xem", 403, INSIDE, "judging"),
    Row("viewings.line", "GET", f"{ROOM}/theo", 403, INSIDE, "judging"),
    Row("viewings.screen", "GET", f"{ROOM}/man-hinh", 403, INSIDE, "judging"),
    Row("viewings.screen_line", "GET", f"{ROOM}/man-hinh/theo", 403, INSIDE, "judging"),
    Row("viewings.call_roll", "POST", f"{ROOM}/diem-danh", 403, NOBODY | staff(303, *LEADING), "judging"),
    Row("viewings.show", "POST", f"{ROOM}/tac-pham", 403, NOBODY | staff(303, *LEADING), "judging"),
    Row("viewings.close_viewing", "POST", f"{ROOM}/ket-thuc", 403, NOBODY | staff(303, *LEADING), "judging"),
]
