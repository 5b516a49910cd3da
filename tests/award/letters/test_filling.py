"""Placeholders: which are known, and the letter with them filled."""

import pytest

from award.letters.filling import filled, left_out_without, placeholders, unknown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kính gửi {ho_ten}, {ho_ten}: {han}", ["ho_ten", "han"]),
        ("{ ho_ten }", ["ho_ten"]),
        ("{}", []),
        ("{hai\ndòng}", []),
        ("ngoặc { mở", []),
    ],
)
def test_what_stands_between_braces(text: str, found: list[str]) -> None:
    assert placeholders(text) == found


def test_what_nobody_fills_is_named() -> None:
    assert unknown("{ho_ten} {hoten} {Họ tên}", {"ho_ten"}) == ["hoten", "Họ tên"]


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("Kính gửi {a}.", {"a": "Vân"}, "Kính gửi Vân."),
        ("{a}", {"a": "{b}", "b": "không"}, "{b}"),
        ("Một\n{a}\nhai", {"a": ""}, "Một\nhai"),
        ("Một\n\n{a}\n\nhai", {"a": ""}, "Một\n\nhai"),
        ("Một\n\n{a}", {"a": "- x\n- y"}, "Một\n\n- x\n- y"),
        ("{lạ} vẫn còn", {}, "{lạ} vẫn còn"),
        ("Một\n\nHạn: {a}.\n\nhai", {"a": ""}, "Một\n\nhai"),
        ("Hạn: {a}.\nTại:\n{b}", {"a": "30/9/2023", "b": "x"}, "Hạn: 30/9/2023.\nTại:\nx"),
        ("Nộp {a} trước: thứ Hai", {"a": ""}, "Nộp  trước: thứ Hai"),
    ],
)
def test_every_placeholder_is_filled_once(text: str, values: dict[str, str], said: str) -> None:
    assert filled(text, values) == said


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("Một\n\nHạn: {a}.\n\n{b}", True),
        ("Một\n{a}\nhai", True),
        ("Chậm nhất ngày {a}.", False),
        ("Hạn: {a}.\nXem trước {a}.", False),
        ("Hạn: {a}, {b}.", False),
    ],
)
def test_a_line_goes_with_its_placeholder_where_it_says_nothing_else(text: str, goes: bool) -> None:
    assert left_out_without("a", text) is goes
