"""Sums in words: every number up to a hundred thousand is read back, and the rules that larger ones follow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.documents import money

ONES = {
    "không": 0,
    "một": 1,
    "mốt": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "năm": 5,
    "lăm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
}


def read_back(said: str) -> int:
    """What a listener writes down, word by word: tens, hundreds, then the names of larger groups."""
    whole = below = group = digit = 0
    for word in said.split():
        if word in ONES:
            digit = ONES[word]
        elif word == "mười":
            group, digit = group + 10, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word in {"nghìn", "triệu"}:
            below += (group + digit) * (1000 if word == "nghìn" else 1_000_000)
            group = digit = 0
        elif word == "tỷ":
            whole, below, group, digit = (whole + below + group + digit) * 10**9, 0, 0, 0
        else:
            assert word == "linh", word
    return whole + below + group + digit


def test_every_number_to_a_hundred_thousand_is_understood() -> None:
    wrong = [n for n in range(100_000) if read_back(money.counted(n)) != n]
    assert wrong == []


@given(st.integers(min_value=0, max_value=money.LARGEST - 1))
def test_any_sum_is_understood(amount: int) -> None:
    assert read_back(money.counted(amount)) == amount


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (111, "một trăm mười một"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_015, "một nghìn không trăm mười lăm"),
        (10_000_000, "mười triệu"),
        (21_500_000, "hai mươi mốt triệu năm trăm nghìn"),
        (303_000_000, "ba trăm linh ba triệu"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_001, "một tỷ không trăm linh một"),
        (1_050_000_000, "một tỷ không trăm năm mươi triệu"),
        (2_005_000_000, "hai tỷ không trăm linh năm triệu"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (12_345_678_901, "mười hai tỷ ba trăm bốn mươi lăm triệu sáu trăm bảy mươi tám nghìn chín trăm linh một"),
    ],
)
def test_words(amount: int, said: str) -> None:
    assert money.counted(amount) == said


def test_a_paper_has_figures_and_words() -> None:
    assert money.both(303_000_000) == "303.000.000 đồng (Ba trăm linh ba triệu đồng)"
    assert money.figures(0) == "0 đồng"


@pytest.mark.parametrize("amount", [-1, money.LARGEST])
def test_what_has_no_words_is_refused(amount: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        money.words(amount)
