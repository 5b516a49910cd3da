"""Doors of a newsroom's desk: who speaks for it and the staff stand before it; to everybody else it does not exist."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

HOME = "/{slug}/toa-soan"
DESK = HOME + "/{newsroom}"
READERS = (*SECRETARIAT, "auditor")
SEEING = NOBODY | staff(200, *READERS, "newsroom_contact")
SPEAKING = NOBODY | staff(403, *READERS)
SIGNED = "/{slug}/danh-sach-ky/{signed_list}"
PRINTING = NOBODY | {"auditor": 403}

ROWS = [
    Row("newsrooms.home", "GET", HOME, 403, NOBODY | staff(200, *READERS) | {"newsroom_contact": 302}),
    Row("newsrooms.home", "GET", "/khong-co/toa-soan", 404, NOBODY),
    Row("newsrooms.remind", "POST", f"{HOME}/nhac", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("newsrooms.remind", "POST", f"{HOME}/nhac", 403, NOBODY, "judging"),
    Row("newsrooms.works", "GET", DESK, 404, SEEING),
    Row("newsrooms.works", "GET", DESK, 404, SEEING, "published"),
    Row("newsrooms.works", "GET", f"{HOME}/khong-co", 404, NOBODY),
    Row("newsrooms.take_over", "POST", DESK + "/{entry}/nhan", 404, SPEAKING | {"newsroom_contact": 403}),
    Row("newsrooms.summary", "GET", f"{DESK}/danh-sach.docx", 404, SEEING),
    Row("newsrooms.summary", "GET", f"{DESK}/danh-sach.exe", 404, NOBODY),
    Row("newsrooms.attesting", "GET", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.attesting", "GET", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
    Row("newsrooms.attest", "POST", f"{DESK}/xac-nhan", 404, SPEAKING | {"newsroom_contact": 303}),
    Row("newsrooms.refuse", "GET", DESK + "/{entry}/khong-xac-nhan", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.refuse", "GET", DESK + "/{draft}/khong-xac-nhan", 404, SPEAKING),
    Row("newsrooms.refuse", "POST", DESK + "/{entry}/khong-xac-nhan", 404, SPEAKING | {"newsroom_contact": 422}),
    # The rules of the world know of no choice.
    Row("newsrooms.choosing", "GET", f"{DESK}/lua-chon", 404, SPEAKING | {"newsroom_contact": 403}),
    Row("newsrooms.choosing", "POST", f"{DESK}/lua-chon", 404, SPEAKING | {"newsroom_contact": 403}),
    Row("newsrooms.blank", "GET", f"{DESK}/mau.xlsx", 404, SEEING),
    Row("newsrooms.bringing", "GET", f"{DESK}/nap", 404, SEEING),
    Row("newsrooms.read", "POST", f"{DESK}/nap", 404, SPEAKING | {"newsroom_contact": 422}),
    Row("newsrooms.read", "POST", f"{DESK}/nap", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
    Row("newsrooms.draft", "GET", DESK + "/nap/{works_draft}", 404, SEEING),
    Row("newsrooms.draft", "GET", f"{DESK}/nap/khong-co", 404, NOBODY),
    # The draft has no row that brings anything.
    Row("newsrooms.take_in", "POST", DESK + "/nap/{works_draft}", 404, SPEAKING | {"newsroom_contact": 422}),
    Row("newsrooms.in_unicode", "POST", DESK + "/nap/{works_draft}/doi-ma", 404, SPEAKING | {"newsroom_contact": 303}),
    Row("newsrooms.discard", "POST", DESK + "/nap/{works_draft}/bo", 404, SPEAKING | {"newsroom_contact": 303}),
    Row("newsrooms.printing", "GET", f"{DESK}/danh-sach-ky", 404, SEEING),
    Row(
        "newsrooms.printing",
        "POST",
        f"{DESK}/danh-sach-ky",
        404,
        PRINTING | staff(303, *SECRETARIAT, "newsroom_contact"),
    ),
    Row("newsrooms.printing", "POST", f"{DESK}/danh-sach-ky", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
    Row("newsrooms.signed", "GET", SIGNED, 404, SEEING),
    Row("newsrooms.signed", "GET", "/{slug}/danh-sach-ky/khong-co", 404, NOBODY),
    Row("newsrooms.signed_paper", "GET", f"{SIGNED}.pdf", 404, SEEING),
    Row("newsrooms.begin_scan", "POST", f"{SIGNED}/ban-quet", 400, NOBODY),
    Row(
        "newsrooms.remove_scan",
        "POST",
        f"{SIGNED}/ban-quet/bo",
        404,
        PRINTING | staff(303, *SECRETARIAT, "newsroom_contact"),
    ),
    Row(
        "newsrooms.take_back",
        "POST",
        SIGNED,
        404,
        NOBODY | staff(422, *SECRETARIAT) | staff(403, "auditor", "newsroom_contact"),
    ),
    Row("newsrooms.files", "GET", f"{DESK}/tep", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.files", "GET", f"{DESK}/tep", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
    Row("newsrooms.place_files", "POST", f"{DESK}/tep", 400, NOBODY),
    Row("newsrooms.submit_all", "POST", f"{DESK}/nop", 404, SPEAKING | {"newsroom_contact": 200}),
    Row("newsrooms.submit_all", "POST", f"{DESK}/nop", 404, SPEAKING | {"newsroom_contact": 403}, "judging"),
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
