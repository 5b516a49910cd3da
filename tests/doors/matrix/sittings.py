"""Doors of the council's sittings. In the world `closed` the council has ended: one sitting is over, none is called."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY

ROOM = "/{slug}/phien-hop"
ITEM = ROOM + "/tac-pham/{agenda_item}"
MINUTES = "/{slug}/de-nghi-giai/bien-ban."
COUNT = ROOM + "/{sitting}/bien-ban-kiem-phieu."
PAPERS = ROOM + "/phieu-giay"
STACK = PAPERS + "/zzzzzzzzzzzz"
INSIDE = NOBODY | staff(404, *LOOKING)
"""Where no sitting is under way nothing is found in the room."""

ROWS = [
    Row("sittings.room", "GET", ROOM, 403, NOBODY, "open"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY, "judging"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "published"),
    Row("sittings.table", "GET", f"{ROOM}/tren-ban", 403, NOBODY, "judging"),
    Row("sittings.table", "GET", f"{ROOM}/tren-ban", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.now_shown", "GET", f"{ROOM}/dang-xet", 403, NOBODY, "judging"),
    Row("sittings.now_shown", "GET", f"{ROOM}/dang-xet", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.item", "GET", ITEM, 403, NOBODY, "judging"),
    Row("sittings.item", "GET", ITEM, 403, INSIDE, "closed"),
    Row("sittings.preparation", "GET", f"{ROOM}/chuan-bi", 403, NOBODY, "judging"),
    Row("sittings.preparation", "GET", f"{ROOM}/chuan-bi", 403, INSIDE, "closed"),
    Row("sittings.prepare", "POST", f"{ROOM}/chuan-bi", 403, NOBODY, "judging"),
    Row("sittings.prepare", "POST", f"{ROOM}/chuan-bi", 403, NOBODY, "closed"),
    Row("sittings.call_roll", "POST", f"{ROOM}/diem-danh", 403, NOBODY, "judging"),
    Row("sittings.call_roll", "POST", f"{ROOM}/diem-danh", 403, INSIDE, "closed"),
    Row("sittings.name_tellers", "POST", f"{ROOM}/kiem-phieu", 403, NOBODY, "judging"),
    Row("sittings.name_tellers", "POST", f"{ROOM}/kiem-phieu", 403, INSIDE, "closed"),
    Row("sittings.add", "POST", f"{ROOM}/chuong-trinh", 403, NOBODY, "judging"),
    Row("sittings.add", "POST", f"{ROOM}/chuong-trinh", 403, INSIDE, "closed"),
    Row("sittings.move", "POST", f"{ITEM}/chuyen", 403, NOBODY, "judging"),
    Row("sittings.move", "POST", f"{ITEM}/chuyen", 403, INSIDE, "closed"),
    Row("sittings.open_sitting", "POST", f"{ROOM}/mo", 403, NOBODY, "judging"),
    Row("sittings.open_sitting", "POST", f"{ROOM}/mo", 403, INSIDE, "closed"),
    Row("sittings.turn_to", "POST", f"{ITEM}/dua-ra", 403, NOBODY, "judging"),
    Row("sittings.turn_to", "POST", f"{ITEM}/dua-ra", 403, INSIDE, "closed"),
    Row("sittings.open_vote", "POST", f"{ITEM}/bo-phieu", 403, NOBODY, "judging"),
    Row("sittings.open_vote", "POST", f"{ITEM}/bo-phieu", 403, INSIDE, "closed"),
    Row("sittings.count_hands", "POST", f"{ITEM}/gio-tay", 403, NOBODY, "judging"),
    Row("sittings.count_hands", "POST", f"{ITEM}/gio-tay", 403, INSIDE, "closed"),
    Row("sittings.cast", "POST", ROOM + "/phieu/{vote}", 403, NOBODY, "judging"),
    Row("sittings.cast", "POST", ROOM + "/phieu/{vote}", 403, INSIDE, "closed"),
    Row("sittings.close_vote", "POST", ROOM + "/phieu/{vote}/ket-thuc", 403, NOBODY, "judging"),
    Row("sittings.close_vote", "POST", ROOM + "/phieu/{vote}/ket-thuc", 403, INSIDE, "closed"),
    *(
        Row(f"sittings.{door}", method, address, 403, answers, world)
        for door, method, address in (
            ("stacks", "GET", PAPERS),
            ("hand_out", "POST", PAPERS),
            ("stack", "GET", STACK),
            ("ballots", "GET", f"{STACK}/phieu.pdf"),
            ("begin_scan", "POST", f"{STACK}/ban-quet"),
            ("drop_scan", "POST", f"{STACK}/ban-quet/bo"),
            ("take_up", "POST", f"{STACK}/nhan"),
            ("call_off", "POST", f"{STACK}/huy"),
            ("agree_to_call_off", "POST", f"{STACK}/huy/dong-y"),
            ("close_papers", "POST", f"{STACK}/ket-thuc"),
            ("stack_page", "GET", f"{STACK}/trang/1"),
            ("read_page", "POST", f"{STACK}/trang/1"),
        )
        for answers, world in ((NOBODY, "judging"), (INSIDE, "closed"))
    ),
    Row("sittings.ending", "GET", f"{ROOM}/ket-thuc", 403, NOBODY, "judging"),
    Row("sittings.ending", "GET", f"{ROOM}/ket-thuc", 403, INSIDE, "closed"),
    Row("sittings.close_sitting", "POST", f"{ROOM}/ket-thuc", 403, NOBODY, "judging"),
    Row("sittings.close_sitting", "POST", f"{ROOM}/ket-thuc", 403, INSIDE, "closed"),
    Row("sittings.minutes", "GET", f"{MINUTES}pdf", 403, NOBODY, "judging"),
    Row("sittings.minutes", "GET", f"{MINUTES}pdf", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.minutes", "GET", f"{MINUTES}docx", 403, NOBODY | staff(200, *LOOKING), "published"),
    Row("sittings.minutes", "GET", f"{MINUTES}exe", 403, NOBODY | staff(404, *LOOKING), "closed"),
    Row("sittings.count_minutes", "GET", f"{COUNT}pdf", 403, NOBODY, "judging"),
    Row("sittings.count_minutes", "GET", f"{COUNT}pdf", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.count_minutes", "GET", f"{COUNT}docx", 403, NOBODY | staff(200, *LOOKING), "published"),
]
