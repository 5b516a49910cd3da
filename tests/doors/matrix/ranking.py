"""Doors of ranking. Before a round is closed nobody gets a value, whoever asks."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import LOOKING, NOBODY, ROUND, SEATED

PROGRESS = f"{ROUND}/tien-do"
STANDINGS = f"{ROUND}/xep-hang"
LIST = f"{ROUND}/danh-sach.xlsx"
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
    Row("ranking.draw", "POST", STANDINGS, 403, NOBODY, "judging"),
    Row("ranking.draw", "POST", STANDINGS, 403, NOBODY, "closed"),
    Row("ranking.shortlist_xlsx", "GET", LIST, 403, NOBODY, "judging"),
    Row("ranking.shortlist_xlsx", "GET", LIST, 403, NOBODY | staff(200, *LOOKING), "closed"),
]
