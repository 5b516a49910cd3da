"""What a clerk types of the things in a parcel, and the code on its label."""

import pytest

from award.intake import codes, pieces
from award.intake.pieces import Told


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", []),
        ("1 bì", [Told("envelope", 1)]),
        ("phong bì", [Told("envelope", 1)]),
        ("1 bì, 2 USB và 3 bản in", [Told("envelope", 1), Told("usb", 2), Told("print", 3)]),
        ("2usb;1 o cung", [Told("usb", 2), Told("disk", 1)]),
        ("1 USB 32 GB màu đen", [Told("usb", 1, "USB 32 GB màu đen")]),
        ("4 DVD", [Told("disc", 4)]),
        ("1 khung ảnh", [Told("other", 1, "khung ảnh")]),
        ("Giấy giới thiệu", [Told("other", 1, "Giấy giới thiệu")]),
    ],
)
def test_things_are_read_as_they_are_said(typed: str, told: list[Told]) -> None:
    assert pieces.read(typed) == told


@pytest.mark.parametrize("typed", ["0 bì", "3", "1 bì, 2", ", ".join(["1 bì"] * 21), "1 " + "x" * 201])
def test_what_cannot_be_counted_is_told(typed: str) -> None:
    with pytest.raises(pieces.Unread):
        pieces.read(typed)


@pytest.mark.parametrize("typed", ["1 bì, 2 USB, 3 bản in", "1 USB 32 GB, 1 khung ảnh, 2 đĩa", "4 ổ cứng"])
def test_what_is_shown_reads_as_the_same(typed: str) -> None:
    told = pieces.read(typed)
    assert pieces.read(pieces.said(told)) == told


@pytest.mark.parametrize("channel", pieces.USUAL)
def test_what_comes_usually_is_read(channel: str) -> None:
    assert all(each.kind != "other" for each in pieces.read(pieces.USUAL[channel]))


@pytest.mark.parametrize(
    ("scanned", "number"),
    [
        ("https://giai.example.vn/iii-2023/tiep-nhan/ma/KH3-TN0012", 12),
        ("KH3-TN0012", 12),
        ("kh3-tn12\n", 12),
        ("TN 0012", 12),
        ("12", 12),
        ("0012", 12),
        ("", None),
        ("KH3-0217", None),
        ("https://dau-khac.vn/abc", None),
        ("9" * 12, None),
    ],
)
def test_a_code_is_read_however_it_comes(scanned: str, number: int | None) -> None:
    assert codes.number_in(scanned) == number


def test_the_code_of_a_label_has_no_vowel_that_could_take_a_mark() -> None:
    assert codes.code_of("KH3", 12) == "KH3-TN0012"
    assert not set(codes.code_of("KH3", 12).lower()) & set("aeiouy")
