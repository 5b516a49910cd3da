"""Vietnamese sentences of the interface keep to the words of the award: none that its readers would stumble over."""

import re

import pytest

from award.translations import sources

REFUSED = {
    r"\b[Bb]ạn\b": "no word for you",
    r"[Qq]uý khách|Vui lòng|Rất tiếc": "no shopkeeper's politeness",
    "người dùng": "people have roles",
    r"[!—]": "signs that official writing does without",
    r"\d %": "a percentage stands at its number",
    r"^Hủy$|\bOK\b|[Ss]ubmit|[Uu]pload|[Dd]ownload|\blink\b|[Dd]eadline": "a label says what happens, in Vietnamese",
    "[Tt]hí sinh|bài thi|[Tt]rúng giải": "of contests",
    "dự thi": "of contests",
    r"(?<!vi )phạm quy": "of contests",
    "phiếu bầu|[Ứứ]ng viên|[Xx]ác minh|[Bb]ốc thăm": "words of other trades",
    r"\bBTC\b|Ban Tổ chức(?! Giải| Tỉnh ủy| Trung ương)": "bodies by their names",
    r"[Uu]ỷ|\bHoà\b": "marks stand on the main vowel",
}


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    found = [message.id for message in sources() if message.id]
    return [one for each in found for one in (each if isinstance(each, tuple) else (each,))]


@pytest.mark.parametrize("pattern", REFUSED)
def test_no_sentence_has_a_word_that_its_readers_would_stumble_over(sentences: list[str], pattern: str) -> None:
    odd = [sentence for sentence in sentences if re.search(pattern, sentence)]
    assert not odd, REFUSED[pattern]


@pytest.mark.parametrize(
    "wrong", ["hồ sơ của bạn", "Hủy", "Tải về 5 %", "vào dự thi", "phạm quy", "của Ban Tổ chức.", "Thành uỷ"]
)
def test_such_a_word_would_be_found(wrong: str) -> None:
    assert any(re.search(pattern, wrong) for pattern in REFUSED)
