"""Texts found again: cut, mended, retitled, put into longer ones; and what says nothing."""

import unicodedata

import numpy as np
import pytest

from uploads import shingles
from uploads.shingles import Passage

SYLLABLES = [
    f"{a}{b}" for a in ("b", "ch", "d", "kh", "l", "ng", "nh", "th", "tr", "v") for b in ("an", "êm", "ơi", "úc")
]


def text(seed: int, length: int) -> list[str]:
    return list(np.random.default_rng(seed).choice(SYLLABLES, length))


def numbers(words: list[str]) -> list[int]:
    return shingles.shingles(shingles.syllables([" ".join(words)]))


def test_marks_case_signs_and_forms_of_unicode_count_for_nothing() -> None:
    said = "Hoà bình, ĐỔI MỚI – năm 2023: “tiến lên”."
    plain = "hòa bình doi moi nam 2023 tien len"
    ours, theirs = shingles.syllables([unicodedata.normalize("NFD", said)]), shingles.syllables([plain])
    assert [each.folded for each in ours] == ["hoa", "binh", "doi", "moi", "nam", "2023", "tien", "len"]
    assert shingles.shingles(ours) == shingles.shingles(theirs) != []


def test_a_syllable_knows_where_it_stands() -> None:
    paragraphs = ["Đường về bản.", "Bản xa lắm"]
    found = shingles.syllables(paragraphs)
    assert [paragraphs[each.paragraph][each.start : each.end] for each in found] == [
        "Đường",
        "về",
        "bản",
        "Bản",
        "xa",
        "lắm",
    ]


@pytest.mark.parametrize(("share", "low", "high"), [(0.02, 0.84, 0.95), (0.1, 0.48, 0.70), (0.3, 0.08, 0.27)])
def test_what_is_left_of_a_mended_text_is_the_fifth_power_of_what_was_kept(
    share: float, low: float, high: float
) -> None:
    words = text(1, 3000)
    changed = np.random.default_rng(2).random(len(words)) < share
    mended = [f"khac{n}" if other else word for n, (word, other) in enumerate(zip(words, changed, strict=True))]
    assert low < shingles.containment(numbers(words), numbers(mended)) < high


def test_an_excerpt_is_contained_and_strangers_are_not() -> None:
    words = text(1, 2000)
    assert shingles.containment(numbers(words[800:1200]), numbers(words)) == 1
    assert shingles.containment(numbers(text(3, 2000)), numbers(words)) < shingles.SHARED / 10


def test_a_caption_says_nothing() -> None:
    words = text(1, 2000)
    few = shingles.FEWEST + shingles.WIDTH - 2
    assert shingles.containment(numbers(words[:few]), numbers(words)) == 0
    assert shingles.containment(numbers(words[: few + 1]), numbers(words)) == 1


def test_passages_stand_in_our_order_as_long_as_they_go() -> None:
    shared, other = text(1, 60), text(2, 45)
    ours = [*text(5, 30), *shared, *text(6, 20), *other]
    theirs = [*other, *text(7, 50), *shared]
    found = shingles.passages(shingles.syllables([" ".join(ours)]), shingles.syllables([" ".join(theirs)]))
    assert [each for each in found if each.length > 10] == [Passage(30, 95, 60), Passage(110, 0, 45)]


def test_a_run_of_what_everybody_writes_is_no_passage() -> None:
    slogan, own = text(1, 12), text(2, 20)
    ours, theirs = [*slogan, *text(3, 9), *own], [*text(4, 9), *slogan, *own]
    common = numbers(slogan)
    one, other = (shingles.syllables([" ".join(words)]) for words in (ours, theirs))
    assert [each.length for each in shingles.passages(one, other, common=common)] == [20]
    assert [each.length for each in shingles.passages(one, other)] == [12, 20]


@pytest.mark.parametrize(("texts", "least"), [(2, 6), (250, 6), (300, 7), (10_000, 201)])
def test_a_slogan_is_what_two_texts_of_a_hundred_have_and_never_only_a_few(texts: int, least: int) -> None:
    assert shingles.common_from(texts) == least
