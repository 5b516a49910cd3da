"""Two names of one award, numbers of editions, prizes as lists write them."""

import pytest

from award.history.naming import (
    award_key,
    award_words,
    edition_words,
    level,
    names,
    ordinal,
    own_level,
    prize_words,
    same_award,
)
from award.text import words

OURS = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"
NATIONAL = "Giải báo chí toàn quốc về xây dựng Đảng (Giải Búa liềm vàng)"


@pytest.mark.parametrize(
    "name",
    [
        OURS,
        "Giải Búa liềm vàng tỉnh Khánh Hòa",
        "GIẢI BÚA LIỀM VÀNG TỈNH KHÁNH HOÀ",
        "Giải Búa liềm vàng Khánh Hòa",
        "Giải Búa liềm vàng tỉnh Khánh Hòa lần thứ IV",
        "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023",
        "Giải báo chí xây dựng Đảng và hệ thống chính trị tỉnh Khánh Hòa năm 2022",
        "Giải báo chí viết về công tác xây dựng Đảng tỉnh Khánh Hòa",
        "Giải A Giải Búa liềm vàng tỉnh Khánh Hòa",
    ],
)
def test_the_award_of_the_province_is_known_by_both_its_names(name: str) -> None:
    assert award_key(name) == "xay dung dang/khanh hoa"
    assert same_award(OURS, name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        (NATIONAL, "xay dung dang/"),
        ("Giải Búa liềm vàng lần thứ VIII - năm 2023", "xay dung dang/"),
        ("Giải Búa liềm vàng toàn quốc", "xay dung dang/"),
        ("Giải báo chí Khánh Hòa", "bao chi khanh hoa"),
        ("Giải Báo chí quốc gia lần thứ XVI", "bao chi quoc gia"),
        ("Giải Búa liềm vàng tỉnh Hà Tĩnh", "xay dung dang/ha tinh"),
        ("Giải Búa liềm vàng Hà Tĩnh", "xay dung dang/ha tinh"),
        ("Giải Búa liềm vàng tỉnh Quảng Trị", "xay dung dang/quang tri"),
        ("Giải báo chí Búa liềm vàng thành phố Đà Nẵng năm 2023", "xay dung dang/da nang"),
        ("Giải Búa liềm vàng tỉnh Thanh Hóa", "xay dung dang/thanh hoa"),
        ("Giải thưởng Huỳnh Thúc Kháng", "huynh thuc khang"),
        ("", ""),
        ("Giải", "giai"),
    ],
)
def test_other_awards_are_other_awards(name: str, key: str) -> None:
    assert award_key(name) == key
    assert not same_award(OURS, name)


def test_nothing_is_not_the_same_award_as_nothing() -> None:
    assert not same_award("", "")


@pytest.mark.parametrize("sought", ["bua liem vang", "giai bao chi ve xay dung dang tinh khanh hoa", "khanh hoa"])
@pytest.mark.parametrize("name", [OURS, "Giải Búa liềm vàng tỉnh Khánh Hòa lần thứ IV"])
def test_a_search_finds_the_award_by_either_name(name: str, sought: str) -> None:
    assert sought in award_words(name)


def test_an_award_with_one_name_is_searched_by_it() -> None:
    assert award_words("Giải Báo chí quốc gia") == "giai bao chi quoc gia"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("III", "III"),
        ("iii", "III"),
        ("3", "III"),
        ("Lần thứ III", "III"),
        ("lần thứ III - năm 2023", "III"),
        ("Lần thứ nhất", "I"),
        ("lần 2", "II"),
        ("thứ năm", "V"),
        ("XIV", "XIV"),
        ("", ""),
        ("  ", ""),
        ("0", None),
        ("IIII", None),
        ("999", None),
        ("mùa xuân", None),
        ("2023", None),
    ],
)
def test_the_number_of_an_edition_in_every_usual_way(text: str, expected: str | None) -> None:
    assert ordinal(text) == expected


def test_an_edition_is_named_as_offices_do() -> None:
    assert edition_words("III", 2023) == "lần thứ III - năm 2023"
    assert edition_words("", 2021) == "năm 2021"


OWN = {own_level("Giải Ấn tượng"): 4}


@pytest.mark.parametrize(
    ("text", "key", "rank", "written"),
    [
        ("Đặc biệt", "dac biet", 1, "Đặc biệt"),
        ("Giải Đặc biệt", "dac biet", 1, "Giải Đặc biệt"),
        ("GIẢI A", "a", 2, "GIẢI A"),
        ("a", "a", 2, "a"),
        ("Giải Nhất", "nhat", 2, "Giải Nhất"),
        ("Nhì", "nhi", 3, "Nhì"),
        ("Ba", "ba", 4, "Ba"),
        ("KK", "khuyen khich", 5, "KK"),
        ("khuyến khích", "khuyen khich", 5, "khuyến khích"),
        ("Chuyên đề", "chuyen de", 6, "Chuyên đề"),
        ("Giải Chuyên đề: phòng, chống tham nhũng", "chuyen de phong chong tham nhung", 6, None),
        ("Ấn tượng", "an tuong", 4, "Ấn tượng"),
        ("Khác: Tác giả trẻ", "tac gia tre", 7, "Tác giả trẻ"),
        ("Giải khác - Tác giả cao tuổi nhất", "tac gia cao tuoi nhat", 7, "Tác giả cao tuổi nhất"),
    ],
)
def test_prizes_are_known_however_they_are_written(text: str, key: str, rank: int, written: str | None) -> None:
    found = level(text, OWN)
    assert found is not None
    assert (found.key, found.rank, found.words) == (key, rank, written or text)


@pytest.mark.parametrize("text", ["", "D", "Giải", "1", "Giải AA", "Khác:", "Khác: …", "A, B"])
def test_what_is_no_known_prize_is_none(text: str) -> None:
    assert level(text, OWN) is None


def test_words_fold_marks_case_and_punctuation_away() -> None:
    assert words("“Giữ lời hứa” – với DÂN (kỳ 2)") == "giu loi hua voi dan ky 2"
    assert words("Khánh Hoà") == words("Khánh Hòa")


@pytest.mark.parametrize(
    ("award", "text", "named"),
    [
        ("Giải Báo chí quốc gia", "Giải B, giải báo chí Quốc gia lần thứ XVI", True),
        ("Giải Báo chí quốc gia", "Giải báo chí Khánh Hòa", False),
        ("Giải Búa liềm vàng", "Giải báo chí toàn quốc về xây dựng Đảng lần thứ VII", True),
        ("Giải Búa liềm vàng", "Giải Búa liềm vàng tỉnh Khánh Hòa", False),
        ("Giải Búa liềm vàng tỉnh Khánh Hòa", OURS, True),
        ("", OURS, False),
    ],
)
def test_a_text_names_an_award(award: str, text: str, named: bool) -> None:
    assert names(award, text) is named


def test_a_prize_is_called_a_prize_however_short_the_list_is() -> None:
    assert [prize_words(each) for each in ("A", "Giải A", "GIẢI A", "Khuyến khích")] == [
        "Giải A",
        "Giải A",
        "GIẢI A",
        "Giải Khuyến khích",
    ]
