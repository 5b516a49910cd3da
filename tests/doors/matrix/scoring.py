"""Doors of scoring. The sheet of `judge` was sent; `recused_judge` is kept from the work."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, ROUND, SEATED

LIST = f"{ROUND}/cham"
OWN = LIST + "/{assignment}"
PROBLEMS = f"{ROUND}/loi-tac-pham"
KEPT_FROM = LIST + "/{recused_assignment}"
BESIDE = f"{LIST}/so-sanh?tp={{assignment}}"
BESIDE_KEPT_FROM = f"{LIST}/so-sanh?tp={{recused_assignment}}"
OTHERS = staff(404, *SEATED)
"""Who sits in the round learns nothing of a colleague's assignment."""


PAPER = f"{ROUND}/phieu-giay"
TO_KEY = PAPER + "/to/{assignment}"


def keyers(status: int) -> dict[str, int]:
    return NOBODY | staff(status, "organiser", "secretary")


KEYERS = keyers(200)


def only(status: int, actor: str) -> dict[str, int]:
    return NOBODY | OTHERS | {actor: status}


ROWS = [
    Row(
        "scoring.preview_sheet",
        "GET",
        "/{slug}/thiet-lap/xem-truoc/phieu-cham/1",
        403,
        NOBODY | staff(200, "organiser", "secretary", "auditor"),
        "open",
    ),
    Row("scoring.queue", "GET", LIST, 403, NOBODY | staff(200, *SEATED), "open"),
    Row("scoring.queue", "GET", LIST, 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("scoring.queue", "GET", LIST, 403, NOBODY | staff(200, *SEATED), "closed"),
    Row("scoring.parcel", "GET", f"{LIST}/mang-theo", 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("scoring.worker", "GET", f"{LIST}/mang-theo.js", 403, NOBODY | staff(200, *SEATED), "judging"),
    *(
        Row("scoring.own_marks", "GET", f"{LIST}/diem-cua-toi", 403, NOBODY | staff(200, *SEATED), world)
        for world in ("open", "judging", "closed")
    ),
    Row("scoring.compare", "GET", f"{LIST}/so-sanh", 403, NOBODY, "open"),
    Row("scoring.compare", "GET", f"{LIST}/so-sanh", 403, NOBODY | staff(200, *SEATED), "judging"),
    Row("scoring.compare", "GET", f"{LIST}/so-sanh", 403, NOBODY, "closed"),
    Row("scoring.compare", "GET", BESIDE, 403, only(200, "judge"), "judging"),
    Row("scoring.compare", "GET", BESIDE, 403, only(200, "judge"), "frozen"),
    Row("scoring.compare", "GET", BESIDE_KEPT_FROM, 403, only(403, "recused_judge"), "judging"),
    Row("scoring.sheet", "GET", OWN, 403, NOBODY | OTHERS, "open"),
    Row("scoring.sheet", "GET", OWN, 403, only(200, "judge"), "judging"),
    Row("scoring.sheet", "GET", OWN, 403, only(200, "judge"), "closed"),
    Row("scoring.sheet", "GET", KEPT_FROM, 403, only(403, "recused_judge"), "judging"),
    Row("scoring.save", "POST", OWN, 403, only(403, "judge"), "judging"),
    Row("scoring.save", "POST", KEPT_FROM, 403, only(403, "recused_judge"), "judging"),
    Row("scoring.finish", "POST", f"{OWN}/gui", 403, only(403, "judge"), "judging"),
    Row("scoring.finish", "POST", f"{KEPT_FROM}/gui", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.finish_all", "POST", f"{LIST}/gui", 403, NOBODY | staff(303, *SEATED), "judging"),
    Row("scoring.reopen", "POST", f"{OWN}/mo-lai", 403, only(303, "judge"), "judging"),
    Row("scoring.reopen", "POST", f"{OWN}/mo-lai", 403, only(403, "judge"), "closed"),
    Row("scoring.reopen", "POST", f"{KEPT_FROM}/mo-lai", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.sheet", "GET", OWN, 403, only(200, "judge"), "frozen"),
    Row("scoring.save", "POST", OWN, 403, only(403, "judge"), "frozen"),
    Row("scoring.reopen", "POST", f"{OWN}/mo-lai", 403, only(403, "judge"), "frozen"),
    *(
        Row(f"scoring.{deed}", "POST", f"{of}/{address}", 403, only(status, actor), world)
        for deed, address in (("keep", "giu-nguyen"), ("revise", "dieu-chinh"))
        for of, status, actor, world in (
            (OWN, 403, "judge", "judging"),
            (OWN, 422, "judge", "frozen"),
            (OWN, 403, "judge", "closed"),
            (KEPT_FROM, 403, "recused_judge", "frozen"),
        )
    ),
    Row("scoring.original", "GET", f"{OWN}/bai-da-dang/1", 403, only(404, "judge"), "judging"),
    Row("scoring.original", "GET", f"{OWN}/bai-da-dang/1", 403, only(403, "judge"), "closed"),
    Row("scoring.original", "GET", f"{KEPT_FROM}/bai-da-dang/1", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.report", "GET", f"{OWN}/bao-loi", 403, only(200, "judge"), "judging"),
    Row("scoring.report", "GET", f"{KEPT_FROM}/bao-loi", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.report", "POST", f"{OWN}/bao-loi", 403, only(422, "judge"), "judging"),
    Row("scoring.report", "POST", f"{OWN}/bao-loi", 403, only(403, "judge"), "closed"),
    Row("scoring.problems", "GET", PROBLEMS, 403, NOBODY | staff(200, "organiser", "secretary"), "judging"),
    Row(
        "scoring.answer_problem", "POST", f"{PROBLEMS}/x", 403, NOBODY | staff(404, "organiser", "secretary"), "judging"
    ),
    Row("scoring.reminders", "GET", f"{ROUND}/nhac-cham", 403, KEYERS, "judging"),
    Row("scoring.reminders", "GET", f"{ROUND}/nhac-cham", 403, NOBODY, "closed"),
    Row("scoring.remind", "POST", f"{ROUND}/nhac-cham", 403, keyers(303), "judging"),
    Row("scoring.paper", "GET", PAPER, 403, KEYERS, "judging"),
    Row("scoring.paper", "GET", PAPER, 403, KEYERS, "closed"),
    Row("scoring.paper_of_seat", "GET", PAPER + "/{seat}", 403, KEYERS, "judging"),
    Row("scoring.blank_sheets", "GET", PAPER + "/{seat}.pdf", 403, KEYERS, "judging"),
    Row("scoring.paper_sheet", "GET", TO_KEY, 403, KEYERS, "judging"),
    Row("scoring.blank_sheet", "GET", f"{TO_KEY}.pdf", 403, KEYERS, "judging"),
    Row("scoring.begin_scan", "POST", f"{TO_KEY}/ban-quet", 403, keyers(400), "judging"),
    Row("scoring.drop_scan", "POST", f"{TO_KEY}/ban-quet/bo", 403, keyers(303), "judging"),
    Row("scoring.take_up", "POST", f"{TO_KEY}/nhan", 403, keyers(403), "judging"),
    Row("scoring.key", "POST", f"{TO_KEY}/nhap", 403, keyers(422), "judging"),
    Row("scoring.paper_sheet", "GET", PAPER + "/to/{recused_assignment}", 403, keyers(404), "judging"),
    Row("scoring.step_aside", "GET", f"{OWN}/lien-quan", 403, only(200, "judge"), "judging"),
    Row("scoring.disclose", "POST", f"{OWN}/quen-biet", 403, only(422, "judge"), "judging"),
    Row("scoring.disclose", "POST", f"{KEPT_FROM}/quen-biet", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.step_aside", "GET", f"{KEPT_FROM}/lien-quan", 403, only(403, "recused_judge"), "judging"),
    Row("scoring.step_aside", "POST", f"{OWN}/lien-quan", 403, only(422, "judge"), "judging"),
    Row("scoring.step_aside", "POST", f"{OWN}/lien-quan", 403, only(403, "judge"), "closed"),
]
