"""Which works stand on one paper, and which papers can have come back."""

import pytest

from judging.sittings import stacks
from judging.sittings.majorities import Count, counted


def test_works_of_the_same_voters_stand_on_one_paper_and_no_paper_lacks_a_line() -> None:
    everybody, fewer = [1, 2, 3], [1, 3]
    assert stacks.grouped({10: everybody, 11: fewer, 12: everybody, 13: [3, 1]}) == [[10, 12], [11, 13]]
    assert stacks.grouped({10: [1, 2], 11: [1, 3]}) == [[10], [11]], "as many voters, but not the same"
    assert stacks.grouped({}) == []
    many = stacks.grouped(dict.fromkeys(range(23), everybody))
    assert [len(works) for works in many] == [10, 10, 3]


def test_codes_are_random_and_different_and_read_as_they_are_typed() -> None:
    made = stacks.codes(200)
    assert len(set(made)) == 200
    assert made == sorted(made), "their order says nothing"
    assert set(made).isdisjoint(stacks.codes(200))
    assert [stacks.code_of(f" {stacks.in_halves(code).lower()} ") for code in made] == made


READ = {"1": ["AAAA2222", ["yes", "no"]], "2": None, "3": ["", ["invalid", "invalid"]]}
ISSUED = ("AAAA2222", "BBBB3333", "CCCC4444", "EEEE6666")


@pytest.mark.parametrize(
    ("page", "code", "out", "why"),
    [
        (4, "BBBB3333", 3, ("", None)),
        (1, "AAAA2222", 3, ("", None)),
        (1, "BBBB3333", 3, ("", None)),
        (4, "AAAA2222", 3, ("twice", 1)),
        (4, "DDDD5555", 3, ("foreign", None)),
        (4, "EEEE6666", 3, ("void", None)),
        (4, "", 3, ("", None)),
        (4, "", 2, ("too_many", None)),
        (4, "BBBB3333", 2, ("too_many", None)),
        (3, "BBBB3333", 2, ("", None)),
    ],
)
def test_what_can_have_come_back(page: int, code: str, out: int, why: tuple[str, int | None]) -> None:
    assert stacks.unlike(page, code, READ, ISSUED, ("EEEE6666",), out) == why


@pytest.mark.parametrize(("page", "at"), [(1, (0, 1)), (2, (0, 2)), (3, (1, 1)), (4, (2, 1)), (6, (2, 3))])
def test_pages_are_counted_on_from_file_to_file(page: int, at: tuple[int, int]) -> None:
    assert stacks.placed([2, 1, 3], page) == at


def test_a_page_without_paper_counts_nothing_and_a_paper_without_code_is_invalid() -> None:
    papers = stacks.papers_of({"10": ["BBBB3333", ["blank", "yes"]], **READ})
    assert [code for code, _says in papers] == ["AAAA2222", "", "BBBB3333"]
    first, second = stacks.lines_of(papers, 2)
    assert counted(first, 4) == Count(4, yes=1, no=0, blank=1, invalid=1)
    assert (counted(second, 4).returned, counted(second, 4).valid) == (3, 2)
    assert stacks.lines_of([], 2) == [[], []]
    assert not counted(["invalid", "invalid"], 2).unanimous


BASE = "https://giai.example.vn/iii-2023/phien-hop/phieu-giay"


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ([f"{BASE}/abc?phieu=AAAA2222"], ("this", "AAAA2222")),
        (["https://example.vn", f"{BASE}/abc?phieu=AAAA2222"], ("this", "AAAA2222")),
        ([f"{BASE}/abcd?phieu=AAAA2222"], ("another", "")),
        (["https://example.vn"], ("unread", "")),
        ([], ("unread", "")),
    ],
)
def test_what_the_code_on_a_page_says(codes: list[str], said: tuple[str, str]) -> None:
    assert stacks.said_by(codes, f"{BASE}/abc") == said
