"""Which addresses are one page."""

import pytest

from award.links import link_key


@pytest.mark.parametrize(
    "link",
    [
        "https://baobien.vn/chinh-tri/202303/giu-loi-hua-123",
        "http://baobien.vn/chinh-tri/202303/giu-loi-hua-123/",
        "https://www.baobien.vn/chinh-tri/202303/giu-loi-hua-123#binh-luan",
        "https://m.baobien.vn/chinh-tri/202303/giu-loi-hua-123?utm_source=zalo&utm_medium=social",
        "HTTPS://BaoBien.vn/chinh-tri/202303/giu-loi-hua-123?fbclid=IwAR0",
    ],
)
def test_one_page_however_it_was_passed_on(link: str) -> None:
    assert link_key(link) == "baobien.vn/chinh-tri/202303/giu-loi-hua-123"


@pytest.mark.parametrize(
    ("link", "key"),
    [
        ("https://baobien.vn/xem?id=12&fbclid=x", "baobien.vn/xem?id=12"),
        ("https://baobien.vn/xem?fbclid=x&id=12", "baobien.vn/xem?id=12"),
        ("https://baobien.vn/xem?id=13", "baobien.vn/xem?id=13"),
        ("https://baobien.vn/", "baobien.vn"),
        ("https://m.vn/a", "m.vn/a"),
        ("baobien.vn/a", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_what_tells_pages_apart_stays(link: str, key: str) -> None:
    assert link_key(link) == key
