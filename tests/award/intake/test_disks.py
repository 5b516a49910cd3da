"""Files that came on a disk: the page of the works they are for, and what the house says of their names."""

import html
import re
import unicodedata

import pytest

from award.clock import now
from award.db import session
from award.entries.models import Entry
from award.newsrooms.models import ExpectedFile
from tests.award.intake.conftest import LEDGER, Desk
from tests.award.intake.test_importing import row, send

pytestmark = pytest.mark.db
PAGE = f"{LEDGER}/tep"


def asked(desk: Desk, *names: str, who: str = "secretary") -> dict[str, str | None]:
    answer = desk.visitor(who).post_json(PAGE, {"names": list(names)})
    assert answer.status_code == 200, answer.text
    return dict(zip(names, answer.json["places"], strict=True))


def test_the_drafts_one_fills_in_wait_for_files_and_each_name_is_told_its_place(desk: Desk) -> None:
    visitor = desk.visitor()
    assert "Chưa có hồ sơ nào chờ tệp" in visitor.get(PAGE).text
    key = desk.registered("Nguyễn Thị Vân", title="Đường về bản")
    desk.registered("Trần Minh", title="Người giữ biển", who="colleague")
    page = visitor.get(PAGE).text
    assert "Đường về bản" in page
    assert "Người giữ biển" not in page
    assert "1 hồ sơ khác do người khác trong Tổ Thư ký khai" in page
    with desk.at_work():
        number = desk.parcel(key).number
    names = ["disk/Duong ve ban.pdf", f"KH3-TN{number:04d} trang 2.pdf", "Người giữ biển.pdf", "readme.txt"]
    told = asked(desk, *names)
    assert told[names[0]]
    assert told[names[0]] == told[names[1]]
    in_pieces = unicodedata.normalize("NFD", "đĩa/Đường về bản.pdf")
    assert asked(desk, in_pieces)[in_pieces] == told[names[0]]
    assert f'data-place="{told[names[0]]}"' in page
    assert (told[names[2]], told[names[3]]) == (None, None)
    assert asked(desk, names[2], who="colleague")[names[2]]


def test_the_list_of_what_lay_on_a_disk_names_its_files(desk: Desk) -> None:
    there = send(desk, row(title="Đường về bản", way="Ổ cứng", postmark="", files="DSC_1.pdf; DSC_2.pdf"))
    visitor = desk.visitor()
    assert "DSC_1.pdf" in visitor.get(there.headers["Location"]).text
    visitor.post(there.headers["Location"])
    with desk.at_work():
        assert [each.name for each in session.query(ExpectedFile).order_by(ExpectedFile.id)] == [
            "DSC_1.pdf",
            "DSC_2.pdf",
        ]
        assert session.query(Entry.channel).scalar() == "disk"
    told = asked(desk, "a/dsc_2.PDF", "DSC_3.pdf")
    assert told["a/dsc_2.PDF"]
    assert told["DSC_3.pdf"] is None


@pytest.mark.parametrize("body", [{}, {"names": "x"}, {"names": [1]}, {"names": ["x"] * 5001}])
def test_what_is_no_list_of_names_is_refused(desk: Desk, body: dict[str, object]) -> None:
    assert desk.visitor().post_json(PAGE, body).status_code == 400


def test_more_drafts_than_a_page_holds_are_turned_to_and_files_find_those_of_the_open_page(desk: Desk) -> None:
    with desk.at_work() as edition:
        plain = {"edition_id": edition.id, "category_id": edition.categories[0].id, "channel": "hand"}
        owner = desk.people["secretary"].id
        session.add_all(
            Entry(title=f"Chuyện làng số {n:02d}", owner_id=owner, came_at=now(), changed_at=now(), **plain)
            for n in range(1, 53)
        )
    visitor = desk.visitor()
    first = visitor.get(PAGE).text
    assert "Chuyện làng số 50" in first
    assert "Chuyện làng số 51" not in first
    onwards = re.search(r'rel="next" href="([^"]+)"', first)
    assert onwards is not None
    there = html.unescape(onwards[1])
    second = visitor.get(there).text
    assert ("Chuyện làng số 52" in second, "Chuyện làng số 50" in second) == (True, False)
    turn = there.split("?")[1].split("#")[0]
    assert f"{PAGE}?{turn}" in html.unescape(second), "files are asked about for the page they were chosen on"
    assert 'rel="prev"' in second
