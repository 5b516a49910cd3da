"""Works and people as lists of winners write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.history.citing import Author, Title, authors, title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giữ lời hứa với dân", Title("", "Giữ lời hứa với dân")),
        ("“Giữ lời hứa với dân”", Title("", "Giữ lời hứa với dân")),
        ('"Giữ lời hứa với dân".', Title("", "Giữ lời hứa với dân")),
        ("Loạt 5 bài “Giữ lời hứa với dân”", Title("Loạt 5 bài", "Giữ lời hứa với dân")),
        ("Loạt bài: “Giữ lời hứa với dân”", Title("Loạt bài", "Giữ lời hứa với dân")),
        ("Chùm ảnh «Biển»", Title("Chùm ảnh", "Biển")),
        ("4 kỳ “Đường về bản”", Title("4 kỳ", "Đường về bản")),
        ("Khi “hạt giống đỏ” nảy mầm", Title("", "Khi “hạt giống đỏ” nảy mầm")),
        ("Chuyện về “hạt giống đỏ”", Title("", "Chuyện về “hạt giống đỏ”")),
        ("  Giữ\n lời  hứa ", Title("", "Giữ lời hứa")),
        ("", Title("", "")),
    ],
)
def test_a_title_is_freed_of_its_quotes_and_keeps_its_unit(text: str, expected: Title) -> None:
    assert title(text) == expected


VAN, MINH = Author("Nguyễn Thị Vân", ("Hà Vân",)), Author("Trần Minh")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn Thị Vân (Hà Vân)", [VAN]),
        ("Nguyễn Thị Vân (Hà Vân), Trần Minh", [VAN, MINH]),
        ("Nguyễn Thị Vân (Hà Vân); Trần Minh.", [VAN, MINH]),
        ("Nguyễn Thị Vân (Hà Vân)\nTrần Minh", [VAN, MINH]),
        ("1. Nguyễn Thị Vân (Hà Vân)\n2. Trần Minh", [VAN, MINH]),
        ("nhóm tác giả Nguyễn Thị Vân (Hà Vân) và Trần Minh", [VAN, MINH]),
        ("Nhóm tác giả: Nguyễn Thị Vân (Hà Vân), Trần Minh", [VAN, MINH]),
        ("của tác giả Trần Minh", [MINH]),
        ("Nguyễn Thị Vân (Hà Vân, Sông Mây)", [Author("Nguyễn Thị Vân", ("Hà Vân", "Sông Mây"))]),
        ("Hà Vân – Sông Mây – Trần Minh", [Author("Hà Vân"), Author("Sông Mây"), MINH]),
        ("H'Yim Kđoh", [Author("H'Yim Kđoh")]),
        ("Trần Minh (Trần Minh)", [MINH]),
        ("Trần Minh, TRẦN MINH, ", [MINH]),
        ("", []),
        (" , ;", []),
        ("Nguyễn Thị Vân (Hà Vân", None),
        ("Nguyễn Thị Vân) Hà Vân", None),
        ("(Hà Vân)", None),
        ("A (B (C))", None),
    ],
)
def test_authors_are_split_with_their_pen_names(text: str, expected: list[Author] | None) -> None:
    assert authors(text) == expected


@given(st.text(max_size=200))
def test_whatever_stands_in_a_cell_is_read_or_refused(text: str) -> None:
    found = authors(text)
    assert found is None or all(author.name for author in found)
    assert isinstance(title(text), Title)
