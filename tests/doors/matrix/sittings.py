"""Doors of the council's sittings. In the world `closed` the council has ended: one sitting is over, none is called.

In the world `sitting` one is held: `chair` leads it, `other_judge` and `secretary` count, `recused_judge` has to do
with the work on the table, a vote on it is open, and papers of another are out, whose scan `other_judge` reads.
"""

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
MEMBERS = ("judge", "other_judge", "recused_judge", "chair", "deputy")
IN_ROOM = NOBODY | staff(200, *LOOKING, *MEMBERS)
HELD = ROOM + "/phieu/{vote}"
OUT = PAPERS + "/{stack}"


def kept(status: int, *more: str) -> dict[str, int]:
    """What the heads and the secretary do; who else may be let in."""
    return NOBODY | staff(status, "chair", "deputy", "secretary", *more)


def led(status: int) -> dict[str, int]:
    return NOBODY | staff(status, "chair", "deputy")


ROWS = [
    Row("sittings.room", "GET", ROOM, 403, NOBODY, "open"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY, "judging"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.room", "GET", ROOM, 403, NOBODY | staff(200, *LOOKING), "published"),
    Row("sittings.table", "GET", f"{ROOM}/tren-ban", 403, NOBODY, "judging"),
    Row("sittings.table", "GET", f"{ROOM}/tren-ban", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.now_shown", "GET", f"{ROOM}/dang-xet", 403, NOBODY, "judging"),
    Row("sittings.now_shown", "GET", f"{ROOM}/dang-xet", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.screen", "GET", f"{ROOM}/man-hinh", 403, NOBODY, "judging"),
    Row("sittings.screen", "GET", f"{ROOM}/man-hinh", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("sittings.screen_shown", "GET", f"{ROOM}/man-hinh/dang-xet", 403, NOBODY, "judging"),
    Row("sittings.screen_shown", "GET", f"{ROOM}/man-hinh/dang-xet", 403, NOBODY | staff(200, *LOOKING), "closed"),
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
    *(
        Row(f"sittings.{door}", "POST", f"{ROOM}/phieu/{{vote}}/{act}", 403, answers, world)
        for door, act in (("confirm_hands", "xac-nhan"), ("send_back", "dem-lai"))
        for answers, world in ((NOBODY, "judging"), (INSIDE, "closed"))
    ),
    Row("sittings.print_codes", "POST", f"{ROOM}/ma-vao-phong", 403, NOBODY, "judging"),
    Row("sittings.print_codes", "POST", f"{ROOM}/ma-vao-phong", 403, INSIDE, "closed"),
    Row("sittings.print_codes", "POST", f"{ROOM}/ma-vao-phong", 403, NOBODY | staff(200, "secretary"), "sitting"),
    Row("sittings.code_page", "GET", f"{ROOM}/vao-bang-ma", 404, {}, "closed"),
    Row("sittings.code_page", "GET", f"{ROOM}/vao-bang-ma", 303, {"anonymous": 200}, "sitting"),
    Row("sittings.enter_by_code", "POST", f"{ROOM}/vao-bang-ma", 303, {"anonymous": 422}, "sitting"),
    Row("sittings.cast", "POST", ROOM + "/phieu/{vote}", 403, NOBODY, "judging"),
    Row("sittings.cast", "POST", ROOM + "/phieu/{vote}", 403, INSIDE, "closed"),
    Row("sittings.close_vote", "POST", ROOM + "/phieu/{vote}/ket-thuc", 403, NOBODY, "judging"),
    Row("sittings.close_vote", "POST", ROOM + "/phieu/{vote}/ket-thuc", 403, INSIDE, "closed"),
    Row("sittings.begin_anew", "POST", ROOM + "/phieu/{vote}/lam-lai", 403, NOBODY, "judging"),
    Row("sittings.write_down", "POST", ITEM + "/y-kien", 403, NOBODY, "judging"),
    Row("sittings.write_down", "POST", ITEM + "/y-kien", 403, INSIDE, "closed"),
    Row("sittings.take_back", "POST", ROOM + "/y-kien/zzzzzzzzzzzz/bo", 403, NOBODY, "judging"),
    Row("sittings.take_back", "POST", ROOM + "/y-kien/zzzzzzzzzzzz/bo", 403, INSIDE, "closed"),
    Row("sittings.begin_anew", "POST", ROOM + "/phieu/{vote}/lam-lai", 403, INSIDE, "closed"),
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
            ("give_back", "POST", f"{STACK}/doi"),
            ("exchange", "POST", f"{STACK}/doi/dong-y"),
            ("find_unused", "POST", f"{STACK}/du-phong"),
            ("agree_to_unused", "POST", f"{STACK}/du-phong/dong-y"),
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
    *(
        Row(f"sittings.{door}", method, address, 403, answers, "sitting")
        for door, method, address, answers in (
            ("room", "GET", ROOM, IN_ROOM),
            ("table", "GET", f"{ROOM}/tren-ban", IN_ROOM),
            ("now_shown", "GET", f"{ROOM}/dang-xet", IN_ROOM),
            ("screen", "GET", f"{ROOM}/man-hinh", IN_ROOM),
            ("screen_shown", "GET", f"{ROOM}/man-hinh/dang-xet", IN_ROOM),
            ("item", "GET", ITEM, IN_ROOM),
            ("preparation", "GET", f"{ROOM}/chuan-bi", kept(200)),
            ("prepare", "POST", f"{ROOM}/chuan-bi", kept(422)),
            ("call_roll", "POST", f"{ROOM}/diem-danh", kept(303)),
            ("name_tellers", "POST", f"{ROOM}/kiem-phieu", kept(422)),
            ("add", "POST", f"{ROOM}/chuong-trinh", kept(404)),
            ("move", "POST", f"{ITEM}/chuyen", kept(303)),
            ("open_sitting", "POST", f"{ROOM}/mo", NOBODY),
            ("turn_to", "POST", f"{ITEM}/dua-ra", led(422)),
            ("open_vote", "POST", f"{ITEM}/bo-phieu", led(422)),
            ("count_hands", "POST", f"{ITEM}/gio-tay", kept(422)),
            ("cast", "POST", HELD, NOBODY | staff(422, "judge", "other_judge", "chair", "deputy")),
            ("begin_anew", "POST", f"{HELD}/lam-lai", led(422)),
            ("write_down", "POST", f"{ITEM}/y-kien", kept(422)),
            ("take_back", "POST", f"{ROOM}/y-kien/zzzzzzzzzzzz/bo", kept(404)),
            ("confirm_hands", "POST", f"{HELD}/xac-nhan", led(422)),
            ("send_back", "POST", f"{HELD}/dem-lai", kept(422)),
            ("close_vote", "POST", f"{HELD}/ket-thuc", led(303)),
            ("stacks", "GET", PAPERS, kept(200, "other_judge", "auditor")),
            ("hand_out", "POST", PAPERS, led(422)),
            ("stack", "GET", OUT, kept(200, "other_judge", "auditor")),
            ("ballots", "GET", f"{OUT}/phieu.pdf", NOBODY),
            ("begin_scan", "POST", f"{OUT}/ban-quet", kept(400, "other_judge", "auditor")),
            ("drop_scan", "POST", f"{OUT}/ban-quet/bo", kept(422, "auditor") | {"other_judge": 303}),
            ("take_up", "POST", f"{OUT}/nhan", kept(422, "other_judge", "auditor") | {"secretary": 303}),
            ("call_off", "POST", f"{OUT}/huy", kept(422, "other_judge", "auditor")),
            ("agree_to_call_off", "POST", f"{OUT}/huy/dong-y", kept(422, "other_judge", "auditor")),
            ("give_back", "POST", f"{OUT}/doi", kept(422, "other_judge", "auditor")),
            ("exchange", "POST", f"{OUT}/doi/dong-y", kept(422, "other_judge", "auditor")),
            ("find_unused", "POST", f"{OUT}/du-phong", kept(422, "other_judge", "auditor")),
            ("agree_to_unused", "POST", f"{OUT}/du-phong/dong-y", kept(422, "other_judge", "auditor")),
            ("close_papers", "POST", f"{OUT}/ket-thuc", kept(422, "other_judge", "auditor")),
            ("stack_page", "GET", f"{OUT}/trang/1", NOBODY | {"other_judge": 200}),
            ("read_page", "POST", f"{OUT}/trang/1", NOBODY | {"other_judge": 303}),
            ("ending", "GET", f"{ROOM}/ket-thuc", led(200)),
            ("close_sitting", "POST", f"{ROOM}/ket-thuc", led(422)),
            ("minutes", "GET", f"{MINUTES}docx", NOBODY | staff(200, *LOOKING)),
            ("count_minutes", "GET", f"{COUNT}docx", NOBODY | staff(200, *LOOKING)),
        )
    ),
]
