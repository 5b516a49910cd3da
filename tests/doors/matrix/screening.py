"""Doors of screening. The dossier is undecided in the world `open`, eligible in the others."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

QUEUE = "/{slug}/kiem-tra"
ENTRY = QUEUE + "/{entry}"
DRAFT = QUEUE + "/{draft}"
LIST = "/{slug}/khong-du-dieu-kien"
READING = (*SECRETARIAT, "auditor")
READERS = NOBODY | staff(200, *READING)

ROWS = [
    Row("screening.queue", "GET", QUEUE, 403, READERS, "open"),
    Row("screening.queue", "GET", QUEUE, 403, READERS, "judging"),
    Row("screening.queue", "GET", QUEUE, 403, READERS, "published"),
    Row("screening.queue", "GET", f"{QUEUE}?tai-ve=xlsx", 403, READERS, "open"),
    Row("screening.ineligible", "GET", f"{LIST}?tai-ve=csv", 403, READERS, "open"),
    *(
        Row("screening.list_paper", "GET", "/{slug}/kiem-tra/danh-sach/" + name, 403, READERS, "judging")
        for name in ("tiep-nhan.pdf", "du-dieu-kien.docx")
    ),
    *(
        Row("screening.paper", "GET", f"{LIST}/van-ban/{name}", 403, READERS, "judging")
        for name in ("bien-ban.pdf", "bien-ban.docx", "danh-sach.pdf", "danh-sach.docx")
    ),
    Row("screening.paper", "GET", f"{LIST}/van-ban/bien-ban.exe", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.paper", "GET", f"{LIST}/van-ban/to-trinh.pdf", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.entry", "GET", ENTRY, 403, READERS, "open"),
    Row("screening.entry", "GET", ENTRY, 403, READERS, "judging"),
    Row("screening.entry", "GET", DRAFT, 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.compare", "GET", f"{ENTRY}/so-sanh/{{draft}}", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.compare", "GET", f"{ENTRY}/so-sanh/{{entry}}", 403, NOBODY | staff(404, *READING), "judging"),
    Row(
        "screening.conclude", "POST", f"{ENTRY}/so-sanh/{{draft}}/cung-mot", 403, NOBODY | staff(404, *READING), "open"
    ),
    Row("screening.decide", "POST", f"{ENTRY}/du-dieu-kien", 403, NOBODY | staff(303, *SECRETARIAT), "open"),
    Row("screening.decide", "POST", f"{ENTRY}/khong-du-dieu-kien", 403, NOBODY | staff(422, *SECRETARIAT), "open"),
    Row("screening.decide", "POST", f"{ENTRY}/khong-du-dieu-kien", 403, NOBODY | staff(422, *SECRETARIAT), "judging"),
    Row("screening.decide", "POST", f"{ENTRY}/du-dieu-kien", 403, NOBODY, "published"),
    Row("screening.decide", "POST", f"{ENTRY}/de-sau", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.correct", "POST", f"{ENTRY}/bo-sung", 403, NOBODY | staff(422, *SECRETARIAT), "open"),
    Row("screening.correct", "POST", f"{ENTRY}/bo-sung", 403, NOBODY, "closed"),
    Row("screening.take_back", "POST", f"{ENTRY}/bo-sung/rut", 403, NOBODY, "open"),
    Row("screening.undo", "POST", f"{QUEUE}/hoan-tac/{{entry}}", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.decide_together", "POST", f"{QUEUE}/du-dieu-kien", 403, NOBODY | staff(303, *SECRETARIAT), "open"),
    Row("screening.decide_together", "POST", f"{QUEUE}/du-dieu-kien", 403, NOBODY, "judging"),
    Row("screening.ask_together", "POST", f"{QUEUE}/bo-sung", 403, NOBODY | staff(422, *SECRETARIAT), "open"),
    Row("screening.ask_together", "POST", f"{QUEUE}/bo-sung", 403, NOBODY, "judging"),
    Row("screening.choose_columns", "POST", f"{QUEUE}/cot", 403, NOBODY | staff(303, *READING), "open"),
    Row("screening.save_filter", "POST", f"{QUEUE}/bo-loc", 403, NOBODY | staff(422, *READING), "open"),
    Row("screening.drop_filter", "POST", f"{QUEUE}/bo-loc/{{entry}}/bo", 403, NOBODY | staff(404, *READING), "open"),
    Row("screening.propose_exclusion", "POST", f"{ENTRY}/dua-ra", 403, NOBODY | staff(422, *SECRETARIAT), "judging"),
    Row("screening.propose_exclusion", "POST", f"{ENTRY}/dua-ra", 403, NOBODY, "closed"),
    Row("screening.confirm_exclusion", "POST", f"{ENTRY}/dua-ra/xac-nhan", 403, NOBODY, "judging"),
    Row("screening.withdraw_exclusion", "POST", f"{ENTRY}/dua-ra/rut", 403, NOBODY, "judging"),
    Row("screening.ineligible", "GET", LIST, 403, READERS, "open"),
    Row("screening.ineligible", "GET", LIST, 403, READERS, "judging"),
    Row("screening.approve", "POST", LIST, 403, NOBODY | {"organiser": 303}, "open"),
]
