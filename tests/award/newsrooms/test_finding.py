"""Files of a disk find the place of their work by name, folder and code; what two works could mean finds none."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from award.entries.dossiers import Dossier, FileRow, PartRow, Place, SlotRow
from award.newsrooms.brought import Expected
from award.newsrooms.finding import SoughtWork, Spot, placed
from award.text import folded


def slot(code: str, *kinds: str, per_part: bool = True, at_most: int = 2) -> SlotRow:
    return SlotRow(1, code, code, kinds, 1, at_most, 10**9, per_part, True, False, False)


def sought(
    key: str, title: str, *, parts: int = 1, codes: tuple[str, ...] = (), files: tuple[str, ...] = (), held: int = 0
) -> SoughtWork:
    rows = [PartRow(n, f"p{n}", n, "", None, "", "", "", "", None, "") for n in range(1, parts + 1)]
    there = tuple(FileRow(n, f"f{n}", f"cu-{n}.pdf", 1, "ready", "", None, None, 1, None, "") for n in range(held))
    places = [Place(slot("page", "pdf", "jpeg"), row, there) for row in rows]
    places += [Place(slot("audio", "mp3"), row, ()) for row in rows]
    places.append(Place(slot("whole", "docx", per_part=False), None, ()))
    work: Any = SimpleNamespace(key=key, title=title, parts=rows, places=places)
    expected = tuple(Expected(1, 1, name, folded(name)) for name in files)
    return SoughtWork(cast("Dossier", work), codes, expected)


ROAD = sought("duong", "Đường về bản", codes=("KH3-TN0012",))
WOOD = sought("rung", "Đường về bản giữa rừng", files=("IMG_0001.pdf",))
SERIES = sought("loat", "Giữ biển: chuyện kỳ 3 năm", parts=3)
WORKS = [ROAD, WOOD, SERIES]


@pytest.mark.parametrize(
    ("path", "spot"),
    [
        ("Đường về bản.pdf", "duong page.p1"),
        ("DUONG VE BAN - trang 1.PDF", "duong page.p1"),
        ("duong_ve_ban.mp3", "duong audio.p1"),
        ("Bao in/Đường về bản/anh (1).jpg", "duong page.p1"),
        ("Bao in\\Đường về bản\\thuyet minh.docx", "duong whole"),
        ("KH3-TN0012/scan.pdf", "duong page.p1"),
        ("kh3 tn0012.pdf", "duong page.p1"),
        ("Đường về bản giữa rừng.pdf", "rung page.p1"),  # the longer title is meant
        ("Đường về bản giữa rừng/Đường về bản.pdf", "duong page.p1"),  # the file's own name goes first
        ("img_0001.pdf", "rung page.p1"),  # a list names it
        ("Giữ biển, chuyện kỳ 3 năm/kỳ 2.pdf", "loat page.p2"),
        ("Giữ biển chuyện kỳ 3 năm - ky 01.mp3", "loat audio.p1"),
        ("Giữ biển chuyện kỳ 3 năm/Kỳ 3/trang.jpg", "loat page.p3"),
        ("Giữ biển chuyện kỳ 3 năm.docx", "loat whole"),
        ("Giữ biển chuyện kỳ 3 năm.pdf", ""),  # of which part nobody says; the number is the title's
        ("Giữ biển chuyện kỳ 3 năm/kỳ 4.pdf", ""),
        ("Đường về bản.exe", ""),
        ("Đường về.pdf", ""),
        ("", ""),
        ("/", ""),
        ("IMG_0002.pdf", ""),
    ],
)
def test_where_a_file_goes(path: str, spot: str) -> None:
    found = placed([path], WORKS)[path]
    assert (f"{found.work} {found.place}" if found else "") == spot


def test_two_works_of_one_title_leave_the_file_to_a_person() -> None:
    twins = [sought("mot", "Người giữ biển", codes=("KH3-TN0001",)), sought("hai", "Người giữ biển")]
    found = placed(["Người giữ biển.pdf", "KH3-TN0001.pdf"], twins)
    assert found["Người giữ biển.pdf"] is None
    assert found["KH3-TN0001.pdf"] is not None


def test_a_name_that_two_lists_give_is_not_taken_for_either() -> None:
    twins = [sought("mot", "Người giữ biển", files=("bai.pdf",)), sought("hai", "Sóng và gió", files=("bai.pdf",))]
    found = placed(["bai.pdf", "Sóng và gió/bai.pdf"], twins)
    assert found["bai.pdf"] is None
    assert getattr(found["Sóng và gió/bai.pdf"], "work", None) == "hai"


def test_a_file_of_another_name_takes_no_listed_name_away() -> None:
    wood = sought("rung", "Đường về bản giữa rừng", files=("a.pdf", "b.pdf"), held=1)
    assert placed(["a.pdf"], [wood])["a.pdf"] == placed(["b.pdf"], [wood])["b.pdf"] == Spot("rung", "page.p1")


def test_a_place_takes_as_many_as_it_has_room_for() -> None:
    paths = [f"Đường về bản/{n}.pdf" for n in range(3)]
    assert [each is not None for each in placed(paths, [sought("duong", "Đường về bản")]).values()] == [
        True,
        True,
        False,
    ]
    assert [each is not None for each in placed(paths, [sought("duong", "Đường về bản", held=1)]).values()] == [
        True,
        False,
        False,
    ]


def test_a_title_of_three_letters_is_in_too_many_names() -> None:
    assert placed(["Bão.pdf"], [sought("bao", "Bão")])["Bão.pdf"] is None
