"""Whatever is typed into a search finds what was meant; what is written the same comes first, then the same letters."""

from collections.abc import Iterator

import pytest
from flask import Flask

from award.clock import now
from award.db import session, unit_of_work
from award.entries.models import Authorship, Entry
from award.screening import queries
from award.screening.filters import QueueFilter
from award.telex import meant
from award.text import folded
from tests import factories
from tests.conftest import empty_tables

FOLDED = [
    ("Nguyễn Văn Đường ế ơ ư", "nguyen van duong e o u"),
    ("ĐƯỜNG", "duong"),
    ("Đường", "duong"),
    ("đ", "d"),
    ("Hoà", "hoa"),
    ("Hòa", "hoa"),
    ("thuỷ", "thuy"),
    ("thủy", "thuy"),
    ("quý", "quy"),
    ("Quí", "qui"),
    ("  Khánh   Hòa ", "khanh hoa"),
    ("Ê-đê", "e-de"),
    ("ỲỶỸÝỴ", "yyyyy"),
    ("ẲẴẰẮẶ", "aaaaa"),
    ("ỂỄỀẾỆ", "eeeee"),
    ("ỔỖỒỐỘ", "ooooo"),
    ("ỞỠỜỚỢ", "ooooo"),
    ("ỬỮỪỨỰ", "uuuuu"),
    ("Kế hoạch 159-KH/TU", "ke hoach 159-kh/tu"),
]
RAW = [
    ("dduwowngf", "đương"),
    ("dduowngf", "đương"),
    ("dduwofng", "đương"),
    ("duowngf", "dương"),
    ("nguyeenx", "nguyên"),
    ("nguyeenx vawn", "nguyên văn"),
    ("khasnh hoaf", "khanh hoa"),
    ("ddangr", "đang"),
    ("chi booj", "chi bô"),
    ("awn", "ăn"),
    ("Hoaf", "hoa"),
    ("duong", None),
    ("đường", None),
    ("press", None),
    ("www", None),
    ("Khánh Hòa", None),
    ("", None),
]
WORKS = (
    ("Dương liễu bên sông", "Trần Minh"),
    ("Dưỡng sức dân", "Đỗ Lan"),
    ("Đường về bản", "Nguyễn Thị Vân"),
    ("Người giữ hoà khí ở xã đảo", "Hoàng Thu Thuỷ"),
    ("Hòa vốn vẫn phải làm", "Vũ Hà"),
    ("Chi bộ 100% số hóa", "Lê Đức Anh"),
    ("Hạ nguồn sông Cái", "Ngô Bình"),
    ("Hà Nguồn kể chuyện", "Mai Tư"),
)
DUONG = {"Dương liễu bên sông", "Dưỡng sức dân", "Đường về bản"}
HOA = {"Người giữ hoà khí ở xã đảo", "Hòa vốn vẫn phải làm", "Chi bộ 100% số hóa"}
NGUON = {"Hạ nguồn sông Cái", "Hà Nguồn kể chuyện"}
FOUND = [
    ("duong", DUONG, "Dương liễu bên sông"),
    ("DUONG", DUONG, "Dương liễu bên sông"),
    ("đường", DUONG, "Đường về bản"),
    ("ĐƯỜNG", DUONG, "Đường về bản"),
    ("đu\u031bo\u031b\u0300ng", DUONG, "Đường về bản"),
    ("dưỡng", DUONG, "Dưỡng sức dân"),
    ("DU\u031bO\u031b\u0303NG", DUONG, "Dưỡng sức dân"),
    ("hà nguồn", NGUON, "Hà Nguồn kể chuyện"),
    ("hạ nguồn", NGUON, "Hạ nguồn sông Cái"),
    ("ha nguon", NGUON, "Hạ nguồn sông Cái"),
    ("100% (số", set(), None),
    ("hoá", HOA, "Chi bộ 100% số hóa"),
    ("hóa", HOA, "Chi bộ 100% số hóa"),
    ("dduwowngf", DUONG, "Đường về bản"),
    ("hoà", HOA, "Người giữ hoà khí ở xã đảo"),
    ("hòa", HOA, "Người giữ hoà khí ở xã đảo"),
    ("hoa khi", {"Người giữ hoà khí ở xã đảo"}, "Người giữ hoà khí ở xã đảo"),
    ("hoaf", HOA, "Người giữ hoà khí ở xã đảo"),
    ("thuy", {"Người giữ hoà khí ở xã đảo"}, "Người giữ hoà khí ở xã đảo"),
    ("Thủy", {"Người giữ hoà khí ở xã đảo"}, "Người giữ hoà khí ở xã đảo"),
    ("nguyen thi van", {"Đường về bản"}, "Đường về bản"),
    ("nguyeenx thij vaan", {"Đường về bản"}, "Đường về bản"),
    ("đức anh", {"Chi bộ 100% số hóa"}, "Chi bộ 100% số hóa"),
    ("duc anh", {"Chi bộ 100% số hóa"}, "Chi bộ 100% số hóa"),
    ("vu\u0303 ha\u0300", {"Hòa vốn vẫn phải làm"}, "Hòa vốn vẫn phải làm"),
    ("không có đâu", set(), None),
]


@pytest.fixture(scope="module")
def edition_id(house: Flask) -> Iterator[int]:
    with house.app_context(), unit_of_work():
        edition = factories.edition(state="screening")
        category, owner = factories.category(edition), factories.person()
        for number, (title, author) in enumerate(WORKS, start=1):
            entry = Entry(
                edition_id=edition.id,
                category_id=category.id,
                owner_id=owner.id,
                title=title,
                state="submitted",
                submitted_at=now(),
                code=f"KH3-{number:04d}",
                changed_at=now(),
                authors=[Authorship(ordinal=1, legal_name=author, contact=True)],
            )
            session.add(entry)
        number = edition.id
    yield number
    empty_tables(house)


@pytest.mark.parametrize(("text", "bare"), FOLDED)
def test_marks_and_case_fall_off(text: str, bare: str) -> None:
    assert folded(text) == bare


@pytest.mark.parametrize(("typed", "letters"), RAW)
def test_keys_of_telex_that_were_left_as_they_are(typed: str, letters: str | None) -> None:
    assert meant(typed) == letters


@pytest.mark.parametrize(("words", "titles", "first"), FOUND)
def test_a_search_finds_all_and_the_same_marks_then_the_same_letters_first(
    house: Flask, edition_id: int, words: str, titles: set[str], first: str | None
) -> None:
    with house.app_context():
        asked = queries.queue(edition_id, QueueFilter(words=words))
        listed = [entry.title for entry, _screening in session.execute(asked).tuples()]
    assert set(listed) == titles
    assert next(iter(listed), None) == first
