"""The English catalogue: every sentence of the sources, none besides, and none that would break or stay Vietnamese."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from award.languages import Agreeing
from award.translations import kept, sources

MARKED = re.compile(r"[^\W\d_a-zA-Z]")
"""A letter that English has not."""
PLACES = re.compile(r"%\((\w+)\)[sd]")
AGREEMENTS = re.compile(r"%\((\w+):([^)]*)\)s")
BRACES = re.compile(r"\{\w+\}")
MAY_STAY = (
    # names of places, bodies, people and awards
    *("Khánh Hòa", "Tổ Thư ký", "Ban Tổ chức Giải", "Trưởng Ban", "T/M Hội đồng", "K/T Trưởng Ban", "QĐ", "NĐ-CP"),
    *("Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa", "Giải Búa liềm vàng"),
    *("Nguyễn Thị Vân", "Hà Vân", "Trần Minh"),
    # what the verifier prints, whoever runs it
    *("KHỚP", "KHÔNG KHỚP"),
    # what is typed into lists and papers, which stay Vietnamese
    *(
        "Lưu",
        "Khác: ",
        "Chưa",
        "1 bì, 2 USB, 3 bản in",
        "kỳ 1",
        "kỳ 2",
        "Loạt 5 bài “Giữ lời hứa với dân”",
        "Loạt 5 bài",
        "Chùm ảnh",
    ),
    *("Qua bưu điện, Nộp trực tiếp, Thư điện tử, USB, Ổ cứng",),
    *("Báo in, Báo điện tử, Phát thanh, Truyền hình, Ảnh báo chí",),
    *("Đặc biệt, A, B, C, Khuyến khích, Chuyên đề, Nhất, Nhì, Ba",),
    *("Giải A", "Giải B", "Giải Chuyên đề", "Bằng khen tập thể"),
    "Mở bằng trình duyệt",  # a button of another program
    *("λ",),
)


@pytest.fixture(scope="module")
def english() -> Catalog:
    return kept("en")


def forms(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)  # type: ignore[arg-type]


def pairs(english: Catalog) -> Iterator[tuple[Message, str, str]]:
    """Each message with its Vietnamese and one form of its English."""
    for message in english:
        if message.id:
            for said in forms(message.string):
                yield message, forms(message.id)[0], said


def test_it_holds_what_the_sources_say_and_nothing_else(english: Catalog) -> None:
    asked = {(message.id, message.context) for message in sources() if message.id}
    held = {(message.id, message.context) for message in english if message.id}
    new = "\n".join(sorted(str(sentence) for sentence, _context in asked - held))
    assert not new, f"`python -m award.translations` adds these to the catalogue, then translate them:\n{new}"
    assert not held - asked, "no source says these any more: `python -m award.translations` drops them"


def test_none_says_itself_again(english: Catalog) -> None:
    """However long the catalogue was worked on, no sentence stands twice in its own place."""
    again = [said for _message, _vietnamese, said in pairs(english) if len(said) > 15 and said in (said + said)[1:-1]]
    assert again == []


def test_every_sentence_is_translated_and_sure(english: Catalog) -> None:
    assert [message.id for message, _vietnamese, said in pairs(english) if not said.strip()] == []
    assert [message.id for message in english if message.fuzzy] == []
    assert english.obsolete == {}


def test_both_languages_name_the_same_values(english: Catalog) -> None:
    wrong = [
        (vietnamese, said)
        for _message, vietnamese, said in pairs(english)
        if set(PLACES.findall(vietnamese)) != set(PLACES.findall(said))
        or sorted(BRACES.findall(vietnamese)) != sorted(BRACES.findall(said))
        or vietnamese.count("%%") != said.count("%%")
    ]
    assert wrong == []


def test_sentences_begin_and_end_with_the_same_blanks(english: Catalog) -> None:
    blanks = re.compile(r"^\s*|\s*$")
    wrong = [said for _m, vietnamese, said in pairs(english) if blanks.findall(vietnamese) != blanks.findall(said)]
    assert wrong == []


def test_no_vietnamese_is_left_but_names(english: Catalog) -> None:
    left = []
    for _message, _vietnamese, said in pairs(english):
        bare = said
        for name in sorted(MAY_STAY, key=len, reverse=True):
            bare = bare.replace(name, "")
        if MARKED.search(bare):
            left.append(said)
    assert left == []


@pytest.mark.parametrize("number", ["0", "1", "2", "1,893"])
def test_words_agree_with_their_numbers(english: Catalog, number: str) -> None:
    for _message, vietnamese, said in pairs(english):
        names = set(PLACES.findall(vietnamese))
        for name, words in AGREEMENTS.findall(said):
            assert name in names, f"nothing is called {name}: {said}"
            assert words.count("|") == 1, f"one word for one and one for all others: {said}"
        if names:
            values = dict.fromkeys(names, 3) if "%d" in re.sub(r"\(\w+\)", "", said) else dict.fromkeys(names, number)
            assert "|" not in said % Agreeing(values)
