"""Doors of earlier editions. Everybody reads the page (which shows what is public); the secretariat brings lists."""

from tests.doors.matrix import Row, staff
from tests.doors.matrix.panels import NOBODY, SECRETARIAT

WORKS = "/{slug}/cac-lan-truoc"
LISTS = WORKS + "/nap"
LIST = LISTS + "/{list}"
DRAFT = LISTS + "/{list_draft}"
READING = (*SECRETARIAT, "auditor")
READERS = NOBODY | staff(200, *READING)
MISSING = NOBODY | staff(404, *READING)

ROWS = [
    Row("history.works", "GET", WORKS, 200),
    Row("history.works", "GET", f"{WORKS}?lan=2022-xay-dung-dang-khanh-hoa&tim=ban", 200, world="published"),
    Row("history.works", "GET", "/khong-co/cac-lan-truoc", 404),
    # The work of the list is not public.
    Row("history.work", "GET", f"{WORKS}/tac-pham/{{past_work}}", 404, staff(200, *READING)),
    Row("history.export", "GET", f"{WORKS}/danh-sach.xlsx", 403, READERS),
    Row("history.export", "GET", f"{WORKS}/danh-sach.csv", 403, READERS),
    Row("history.export", "GET", f"{WORKS}/danh-sach.exe", 403, MISSING),
    Row("history.blank", "GET", f"{WORKS}/mau.xlsx", 403, READERS),
    Row("history.lists", "GET", LISTS, 403, READERS),
    Row("history.lists", "GET", LISTS, 403, READERS, world="published"),
    Row("history.read", "POST", LISTS, 403, NOBODY | staff(422, *SECRETARIAT)),
    Row("history.one", "GET", LIST, 403, READERS),
    Row("history.one", "GET", DRAFT, 403, READERS),
    Row("history.one", "GET", f"{LISTS}/khong-co", 403, MISSING),
    # The draft has no row that brings anything.
    Row("history.take_in", "POST", DRAFT, 403, NOBODY | staff(422, *SECRETARIAT)),
    Row("history.take_in", "POST", LIST, 403, NOBODY),
    Row("history.in_unicode", "POST", f"{DRAFT}/doi-ma", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("history.in_unicode", "POST", f"{LIST}/doi-ma", 403, NOBODY),
    Row("history.discard", "POST", f"{DRAFT}/bo", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("history.discard", "POST", f"{LIST}/bo", 403, NOBODY),
    Row("history.show", "POST", f"{LIST}/cong-khai", 403, NOBODY | staff(303, *SECRETARIAT)),
    Row("history.show", "POST", f"{DRAFT}/cong-khai", 403, NOBODY),
    Row("history.taking_back", "GET", f"{LIST}/go", 403, NOBODY | staff(200, *SECRETARIAT)),
    Row("history.taking_back", "GET", f"{DRAFT}/go", 403, NOBODY),
    Row("history.take_back", "POST", f"{LIST}/go", 403, NOBODY | staff(422, *SECRETARIAT)),
]
