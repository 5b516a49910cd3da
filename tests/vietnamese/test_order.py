"""Vietnamese names and words in the order of the alphabet, by stored keys: the same that ICU gives for `vi`."""

import random
import unicodedata
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import text

from award.db import session
from award.text import name_sort_key, sort_key

BY_GIVEN_NAME = (
    "Đặng Văn An",
    "Mai An",
    "Nguyễn Thị Ánh",
    "Mai Ăn",
    "Trần Ân",
    "Mai Ấn",
    "Lê Bảo",
    "Lê Dạt",
    "Võ Dũng",
    "Đỗ Đạt",
    "Phạm Đức",
    "Ân Đức Ê",
    "Hà Ổi",
    "Cao Ôn",
    "Bùi Ơn",
)
BY_FAMILY_NAME = (
    "Ân Đức Ê",
    "Bùi Ơn",
    "Cao Ôn",
    "Đặng Văn An",
    "Đỗ Đạt",
    "Hà Ổi",
    "Lê Bảo",
    "Lê Dạt",
    "Mai An",
    "Mai Ăn",
    "Mai Ấn",
    "Nguyễn Thị Ánh",
    "Phạm Đức",
    "Trần Ân",
    "Võ Dũng",
)
WORDS = [
    *("An", "Anh", "Ánh", "Ăn", "Ân", "Ấn", "Dung", "Dũng", "Đạt", "Đức", "Em", "Oanh", "Ô", "Ơn", "Út", "Ưng", "Vân"),
]
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]
LETTERS = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TITLES = (
    "10 năm giữ rừng",
    "Biển gọi",
    "Bí thư chi bộ xuống ruộng",
    "Chuyện ở Khánh Sơn",
    "Dân vận khéo",
    "Đảng trong lòng dân",
    "Đường về bản",
    "Giữ lời hứa với dân",
    "Hoà giải ở cơ sở",
    "Hoa trên đá",
    "Ở nơi đầu sóng",
)
"""Blanks come before letters, figures too; among the same letters the tone decides."""


def neighbours(*lists: tuple[str, ...] | list[str]) -> list[tuple[str, str]]:
    return [pair for listed in lists for pair in pairwise(listed)]


@pytest.mark.parametrize(("before", "after"), neighbours(WORDS, TONES, LETTERS))
def test_words_stand_in_the_order_of_the_alphabet(before: str, after: str) -> None:
    assert sort_key(before) < sort_key(after)
    assert sort_key(unicodedata.normalize("NFD", before)) == sort_key(before)


@pytest.mark.parametrize(("before", "after"), neighbours(BY_GIVEN_NAME))
def test_names_stand_in_the_order_of_lists_by_given_name(before: str, after: str) -> None:
    assert name_sort_key(before) < name_sort_key(after)


@pytest.mark.parametrize(("before", "after"), neighbours(BY_FAMILY_NAME))
def test_names_stand_in_the_order_of_lists_by_family_name(before: str, after: str) -> None:
    assert sort_key(before) < sort_key(after)


@pytest.mark.parametrize("listed", [WORDS, TONES, LETTERS, BY_FAMILY_NAME, TITLES], ids=lambda one: one[-1])
def test_the_database_orders_the_same_by_the_rules_of_icu(ctx: Flask, listed: tuple[str, ...]) -> None:
    if session.scalar(text("SELECT 1 FROM pg_collation WHERE collname = 'vi-x-icu'")) is None:
        pytest.skip("this PostgreSQL was built without ICU; Debian's has it")
    mixed = list(listed)
    random.Random(7).shuffle(mixed)  # noqa: S311
    ordered = 'SELECT word FROM unnest(CAST(:words AS text[])) AS word ORDER BY word COLLATE "vi-x-icu"'
    assert session.scalars(text(ordered), {"words": mixed}).all() == sorted(mixed, key=sort_key)
