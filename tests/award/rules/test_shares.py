"""Shares of authors where the category asks for them; other platforms on which a work appeared."""

from datetime import date
from typing import Any

import pytest

from award.rules.eligibility import AuthorFacts, EntryFacts, PartFacts, RuleBook, findings


def facts(**fields: Any) -> EntryFacts:
    return EntryFacts(medium="online", **fields)


def of(found: EntryFacts, code: str) -> list[tuple[str, str, str]]:
    return [(each.verdict, each.field, each.missing) for each in findings(found, RuleBook()) if each.code == code]


def shared(*shares: int | None) -> tuple[AuthorFacts, ...]:
    return tuple(AuthorFacts(key=f"a{n}", legal_name=f"Tác giả {n}", share=share) for n, share in enumerate(shares))


def test_nobody_is_asked_where_the_category_does_not_ask() -> None:
    assert of(facts(authors=shared(None, None)), "share") == []


def test_one_author_alone_has_the_whole() -> None:
    assert of(facts(needed=frozenset({"share"}), authors=shared(None)), "share") == []


@pytest.mark.parametrize(
    ("shares", "missing"),
    [
        ((60, 40), []),
        ((60, None), ["tỷ lệ đóng góp của tác giả thứ 2"]),
        ((None, None), ["tỷ lệ đóng góp của tác giả thứ 1", "tỷ lệ đóng góp của tác giả thứ 2"]),
        ((60, 30), ["tỷ lệ đóng góp của các tác giả cộng lại đủ 100% (hiện là 90%)"]),
        ((34, 33, 34), ["tỷ lệ đóng góp của các tác giả cộng lại đủ 100% (hiện là 101%)"]),
    ],
)
def test_together_they_are_the_whole(shares: tuple[int | None, ...], missing: list[str]) -> None:
    found = of(facts(needed=frozenset({"share"}), authors=shared(*shares)), "share")
    assert [each[2] for each in found if each[2]] == missing


@pytest.mark.parametrize(
    ("elsewhere", "told"),
    [
        ("", False),
        ("Fanpage của báo, https://example.vn/2", False),
        ("YouTube, 02/3/2023, https://example.vn/1", False),
        ("YouTube, 03/3/2023", False),
        ("TikTok\nYouTube, 1/3/2023, https://example.vn/1", True),
        ("Podcast 2023-02-28", True),
    ],
)
def test_an_earlier_day_elsewhere_asks_for_another_look(elsewhere: str, told: bool) -> None:
    parts = (PartFacts("k2", 2, published_on=date(2023, 3, 9)), PartFacts("k1", 1, published_on=date(2023, 3, 2)))
    found = of(facts(parts=parts, elsewhere=elsewhere), "first_publication")
    assert found == ([("amber", "work.elsewhere", "")] if told else [])


def test_without_a_day_of_its_own_nothing_is_earlier() -> None:
    assert of(facts(parts=(PartFacts("k1", 1),), elsewhere="YouTube, 01/3/2023"), "first_publication") == []
