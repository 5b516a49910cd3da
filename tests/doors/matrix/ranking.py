"""Doors of ranking. Before a round is closed nobody gets a value, whoever asks."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY, ROUND, SEATED, SECRETARIAT

PROGRESS = f"{ROUND}/tien-do"
STANDINGS = f"{ROUND}/xep-hang"
REVIEW = f"{ROUND}/ra-soat"
EXCHANGES = f"{ROUND}/trao-doi"
ANNULLED = f"{ROUND}/vo-hieu"
EXAMINATION = f"{ROUND}/doi-chieu"
LIST = f"{ROUND}/danh-sach."
SCORES = ROUND + "/bang-diem/{panel}."
FEES = ROUND + "/thu-lao."
RULING: tuple[str, ...] = ()
HEADS = ("chair", "deputy")

ROWS = [
    Row("ranking.progress", "GET", PROGRESS, 403, NOBODY | staff(200, *LOOKING), "open"),
    Row("ranking.progress", "GET", PROGRESS, 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("ranking.progress", "GET", PROGRESS, 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("ranking.propose_freeze", "POST", f"{PROGRESS}/khoa", 403, NOBODY, "open"),
    Row("ranking.propose_freeze", "POST", f"{PROGRESS}/khoa", 403, NOBODY | staff(303, *HEADS), "judging"),
    Row("ranking.propose_freeze", "POST", f"{PROGRESS}/khoa", 403, NOBODY, "closed"),
    Row("ranking.confirm_freeze", "POST", f"{PROGRESS}/khoa/xac-nhan", 403, NOBODY, "judging"),
    Row("ranking.propose_close", "POST", f"{PROGRESS}/ket-thuc", 403, NOBODY, "judging"),
    Row("ranking.propose_close", "POST", f"{PROGRESS}/ket-thuc", 403, NOBODY, "closed"),
    Row("ranking.confirm_close", "POST", f"{PROGRESS}/ket-thuc/xac-nhan", 403, NOBODY, "judging"),
    Row("ranking.withdraw", "POST", PROGRESS + "/freeze_round/rut", 403, NOBODY, "judging"),
    Row("ranking.standings", "GET", STANDINGS, 403, NOBODY, "open"),
    Row("ranking.standings", "GET", STANDINGS, 403, NOBODY, "judging"),
    Row("ranking.standings", "GET", STANDINGS, 403, NOBODY | staff(200, *LOOKING, *SEATED), "closed"),
    Row("ranking.examination", "GET", EXAMINATION, 403, NOBODY, "judging"),
    Row("ranking.examination", "GET", EXAMINATION, 403, NOBODY | staff(200, *HEADS, "auditor"), "closed"),
    Row("ranking.look_through", "GET", REVIEW, 403, NOBODY, "judging"),
    Row("ranking.look_through", "GET", REVIEW, 403, NOBODY | staff(200, *HEADS, "auditor"), "frozen"),
    Row("ranking.look_through", "GET", REVIEW, 403, NOBODY | staff(200, *HEADS, "auditor"), "closed"),
    *(
        Row(f"ranking.{deed}", "POST", f"{REVIEW}/{address}", 403, NOBODY | staff(422, *allowed), world)
        for deed, address in (("ask_again", "xem-lai"), ("add_readers", "cham-them"))
        for world, allowed in (("judging", ()), ("frozen", HEADS), ("closed", ()))
    ),
    Row("ranking.exchanges", "GET", EXCHANGES, 403, NOBODY, "judging"),
    *(
        Row("ranking.exchanges", "GET", EXCHANGES, 403, NOBODY | staff(200, *SEATED), world)
        for world in ("frozen", "closed")
    ),
    Row("ranking.open_exchange", "POST", EXCHANGES, 403, NOBODY | staff(422, *SEATED), "frozen"),
    *(
        Row(f"ranking.{deed}", "POST", f"{EXCHANGES}/khong-co/{word}", 403, NOBODY | staff(404, *SEATED), "frozen")
        for deed, word in (("speak", "y-kien"), ("end_exchange", "ket-thuc"))
    ),
    *(
        Row(f"ranking.{deed}", "POST", f"{STANDINGS}/{address}", 403, NOBODY | staff(code, *allowed), world)
        for deed, address, code in (
            ("decide_tie", "bang-diem", 422),
            ("announce_lot", "rut-tham", 422),
            ("draw_lot", "rut-tham/khong-co", 404),
        )
        for world, allowed in (("judging", ()), ("closed", RULING))
    ),
    Row("ranking.annulled", "GET", ANNULLED, 403, NOBODY, "open"),
    Row("ranking.annulled", "GET", ANNULLED, 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("ranking.annulled", "GET", ANNULLED, 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("ranking.propose_annulment", "POST", ANNULLED, 403, NOBODY | staff(422, *HEADS, *SECRETARIAT), "judging"),
    Row("ranking.propose_annulment", "POST", ANNULLED, 403, NOBODY, "closed"),
    *(
        Row(f"ranking.{deed}", "POST", f"{ANNULLED}/khong-co/{word}", 403, NOBODY | staff(404, *allowed), world)
        for deed, word in (("confirm_annulment", "xac-nhan"), ("withdraw_annulment", "rut"))
        for world, allowed in (("judging", (*HEADS, *SECRETARIAT)), ("closed", ()))
    ),
    Row("ranking.progress", "GET", PROGRESS, 403, NOBODY | staff(200, *LOOKING), "frozen"),
    Row("ranking.propose_close", "POST", f"{PROGRESS}/ket-thuc", 403, NOBODY | staff(422, *HEADS), "frozen"),
    Row("ranking.draw", "POST", STANDINGS, 403, NOBODY, "judging"),
    Row("ranking.draw", "POST", STANDINGS, 403, NOBODY, "closed"),
    *(Row("ranking.shortlist", "GET", LIST + ending, 403, NOBODY, "judging") for ending in ("xlsx", "pdf")),
    *(
        Row("ranking.shortlist", "GET", LIST + ending, 403, NOBODY | staff(200, *LOOKING), "closed")
        for ending in ("xlsx", "csv", "pdf", "docx")
    ),
    Row("ranking.shortlist", "GET", LIST + "exe", 403, NOBODY | staff(404, *LOOKING), "closed"),
    *(Row("ranking.fees", "GET", FEES + "pdf", 403, NOBODY, world) for world in ("open", "judging")),
    *(
        Row("ranking.fees", "GET", FEES + ending, 403, NOBODY | staff(200, *LOOKING), "closed")
        for ending in ("pdf", "xlsx")
    ),
    Row("ranking.scores", "GET", SCORES + "pdf", 403, NOBODY, "open"),
    Row("ranking.scores", "GET", SCORES + "pdf", 403, NOBODY, "judging"),
    Row("ranking.scores", "GET", SCORES + "pdf", 403, NOBODY | staff(200, *LOOKING), "closed"),
    Row("ranking.scores", "GET", SCORES + "xlsx", 403, NOBODY | staff(404, *LOOKING), "closed"),
    # A list is taken along at its page's own address, by who may read the page.
    Row("ranking.progress", "GET", f"{PROGRESS}?tai-ve=csv", 403, NOBODY | staff(200, *LOOKING), "judging"),
    Row("ranking.standings", "GET", f"{STANDINGS}?tai-ve=xlsx", 403, NOBODY, "judging"),
    Row("ranking.standings", "GET", f"{STANDINGS}?tai-ve=xlsx", 403, NOBODY | staff(200, *LOOKING, *SEATED), "closed"),
]
