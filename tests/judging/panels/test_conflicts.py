"""Which ties stand between a judge and a work."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award.editions.relations import EFFECTS, RELATION_WORDS, SETTLED
from judging.panels.conflicts import Author, Effect, Judge, Organs, Policy, Tie, Work, between, own_since
from judging.panels.permissions import disclosures, relations

SEA, MOUNTAIN, MERGED, FAR = 1, 2, 3, 4
ORGANS = Organs({SEA: MERGED, MOUNTAIN: MERGED}, {"bao bien xanh": SEA, "dai nui bac": MOUNTAIN, "bao phuong xa": FAR})
VAN = Judge(10, "nguyen thi van", frozenset({SEA}))


def work(*authors: Author, publisher: int | None = FAR, publisher_typed: str = "") -> Work:
    return Work(1, authors or (Author(99, "le thi hoa", FAR),), publisher, publisher_typed)


CASES: list[tuple[str, Work, list[Tie]]] = [
    ("nothing in common", work(), []),
    ("the very person", work(Author(10, "nguyen thi van")), [Tie("author", "person")]),
    ("the person under another name", work(Author(10, "ha van")), [Tie("author", "person")]),
    ("the name without an account", work(Author(None, "nguyen thi van")), [Tie("author", "name")]),
    ("the name on another account", work(Author(77, "nguyen thi van")), [Tie("author", "name")]),
    ("second of three authors", work(Author(1, "a"), Author(10, "x"), Author(2, "b")), [Tie("author", "person")]),
    ("the publisher", work(publisher=SEA), [Tie("newsroom", "publisher")]),
    ("what the publisher became", work(publisher=MERGED), [Tie("newsroom", "publisher")]),
    ("another part of what it became", work(publisher=MOUNTAIN), [Tie("newsroom", "publisher")]),
    (
        "the publisher typed by its name",
        work(publisher=None, publisher_typed="bao bien xanh"),
        [Tie("newsroom", "publisher")],
    ),
    (
        "a listed publisher outweighs typed words",
        work(publisher=FAR, publisher_typed="bao bien xanh"),
        [],
    ),
    (
        "another organ that published a part",
        replace(work(), of_parts=((FAR, ""), (SEA, ""))),
        [Tie("newsroom", "publisher")],
    ),
    (
        "a part's organ typed by its name",
        replace(work(), of_parts=((None, "dai nui bac"),)),
        [Tie("newsroom", "publisher")],
    ),
    ("parts of organs that have nothing to do with it", replace(work(), of_parts=((FAR, ""), (None, "bao la"))), []),
    ("an author's employer", work(Author(5, "x", MOUNTAIN)), [Tie("newsroom", "employer")]),
    ("an employer typed by its name", work(Author(5, "x", None, "dai nui bac")), [Tie("newsroom", "employer")]),
    ("an unknown name", work(Author(5, "x", None, "bao la"), publisher=None, publisher_typed="bao la"), []),
    (
        "own work in the own newsroom",
        work(Author(10, "nguyen thi van", SEA), publisher=SEA),
        [Tie("author", "person"), Tie("newsroom", "publisher")],
    ),
]


@pytest.mark.parametrize(("told", "of", "ties"), CASES, ids=[case[0] for case in CASES])
def test_ties_under_the_rule_on_the_own_newsroom(told: str, of: Work, ties: list[Tie]) -> None:
    assert between(VAN, of, policy=Policy("own_newsroom"), organs=ORGANS) == ties


@pytest.mark.parametrize(("told", "of", "ties"), CASES, ids=[case[0] for case in CASES])
def test_the_rule_on_own_works_blocks_the_author_alone(told: str, of: Work, ties: list[Tie]) -> None:
    assert between(VAN, of, policy=Policy("own_work"), organs=ORGANS) == [
        tie for tie in ties if tie.relation == "author"
    ]


@pytest.mark.parametrize(("told", "of", "ties"), CASES, ids=[case[0] for case in CASES])
def test_without_a_rule_nothing_is_blocked(told: str, of: Work, ties: list[Tie]) -> None:
    assert between(VAN, of, policy=Policy("none"), organs=ORGANS) == []


@pytest.mark.parametrize("place", range(6))
def test_any_of_many_authors_keeps_a_judge_from_the_work(place: int) -> None:
    many = [Author(20 + n, f"tac gia {n}") for n in range(6)]
    many[place] = Author(20, "dong nghiep", SEA)
    assert between(VAN, work(*many), policy=Policy("own_newsroom"), organs=ORGANS) == [Tie("newsroom", "employer")]
    many[place] = Author(10, "nguyen thi van")
    assert between(VAN, work(*many), policy=Policy("own_work"), organs=ORGANS) == [Tie("author", "person")]


def test_only_the_very_person_is_certain() -> None:
    assert Tie("author", "person").certain
    assert not Tie("author", "name").certain
    assert not Tie("newsroom", "publisher").certain


def test_a_judge_without_a_newsroom_shares_none() -> None:
    freelance = Judge(11, "tran minh")
    unlisted = work(Author(5, "x"), publisher=None)
    assert between(freelance, unlisted, policy=Policy("own_newsroom"), organs=ORGANS) == []


@given(st.dictionaries(st.integers(1, 8), st.integers(1, 8)), st.integers(1, 8))
def test_following_successors_ends_and_stays_in_the_chain(successors: dict[int, int], organ: int) -> None:
    end = Organs(successors).today(organ)
    seen, at = {organ}, organ
    while at in successors and successors[at] not in seen:
        at = successors[at]
        seen.add(at)
    assert end in seen
    assert Organs(successors).today(organ) == end


@pytest.mark.parametrize(
    ("window", "today", "since"),
    [
        (date(2025, 11, 1), date(2026, 3, 5), date(2024, 3, 5)),
        (date(2022, 11, 1), date(2026, 3, 5), date(2022, 11, 1)),
        (None, date(2028, 2, 29), date(2026, 2, 28)),
    ],
)
def test_an_organ_left_less_than_two_years_ago_or_in_the_time_of_the_works_is_the_own(
    window: date | None, today: date, since: date
) -> None:
    assert own_since(window, today) == since


OWN = ("none", "own_work", "own_newsroom")
TODAY = {
    "author": "block",
    "coauthor": None,
    "same_parent": None,
    "editor": "block",
    "commissioner": "block",
    "subject": "block",
    "relative": "block",
    "friend": None,
    "branch": None,
    "superior": None,
    "teacher": None,
    "other": "block",
    "acquainted": "disclose",
}
"""What follows from each where the edition settles none of them, whatever it says of own works and own organs."""


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("relation", RELATION_WORDS)
@pytest.mark.parametrize("said", [None, *EFFECTS])
def test_what_follows_from_each_relation_under_each_policy(own: Any, relation: str, said: Any) -> None:
    policy = Policy(own, {} if said is None or relation not in SETTLED else {relation: said})
    organ = {"newsroom", "successor"}
    usual = ("block" if own == "own_newsroom" else None) if relation in organ else TODAY[relation]
    effect = said if said and relation in SETTLED else usual
    assert policy.effect(relation) == effect
    told_as = policy.parts_successors or relation != "successor"
    assert (relation in relations(policy)) is (effect in ("block", "waivable") and told_as)
    assert (relation in disclosures(policy)) is (effect == "disclose" and told_as)
    by_paper = effect == "waivable" and said is not None
    assert policy.may_waive(relation, told=(), in_person=False) is (relation == "author" or by_paper)
    assert policy.may_waive(relation, told=[relation], in_person=False) is by_paper
    assert not policy.may_waive(relation, told=(), in_person=True)


def test_who_told_of_two_ties_is_let_back_only_where_both_may_be_waived() -> None:
    policy = Policy("own_newsroom", {"superior": "waivable", "newsroom": "waivable"})
    assert policy.may_waive("newsroom", told=["superior"], in_person=False)
    assert not policy.may_waive("newsroom", told=["superior", "relative"], in_person=False)


@pytest.mark.parametrize(
    ("of", "found"),
    [
        (work(publisher=SEA), ["newsroom"]),
        (work(publisher=MERGED), ["successor"]),
        (work(publisher=MOUNTAIN), ["successor"]),
        (work(Author(5, "x", MOUNTAIN), publisher=SEA), ["newsroom", "successor"]),
        (replace(work(publisher=MOUNTAIN), of_parts=((SEA, ""),)), ["newsroom", "successor"]),
        (work(Author(5, "x", None, "bao bien xanh")), ["newsroom"]),
        (work(Author(5, "x", None, "dai nui bac")), ["successor"]),
        (work(), []),
    ],
)
@pytest.mark.parametrize("gravest", ["newsroom", "successor"])
def test_rules_may_part_the_organ_from_what_it_became(of: Work, found: list[str], gravest: str) -> None:
    """A softer tie hides no graver one, whichever of the two the rules take more seriously."""
    effects: dict[str, Effect] = {"newsroom": "disclose", "successor": "disclose", gravest: "block"}
    parted = Policy("own_newsroom", effects)
    assert [tie.relation for tie in between(VAN, of, policy=parted, organs=ORGANS)] == sorted(
        found, key=lambda relation: relation != gravest
    )
    same = Policy("own_newsroom", {"successor": "block"})
    assert {tie.relation for tie in between(VAN, of, policy=same, organs=ORGANS)} <= {"newsroom"}


def test_who_belongs_to_an_organ_and_to_another_that_became_one_with_it_has_both_ties() -> None:
    both = replace(VAN, organs=frozenset({SEA, MOUNTAIN}))
    parted = Policy("own_newsroom", {"newsroom": "waivable", "successor": "block"})
    ties = [Tie("successor", "publisher"), Tie("newsroom", "publisher")]
    assert between(both, work(publisher=SEA), policy=parted, organs=ORGANS) == ties


HEAD, TOP = 5, 6
UNDER = replace(ORGANS, parents={MERGED: HEAD, HEAD: TOP, FAR: TOP, TOP: HEAD})


@pytest.mark.parametrize(
    ("of", "found"),
    [
        (work(publisher=HEAD), [Tie("same_parent", "publisher")]),
        (work(), [Tie("same_parent", "publisher")]),
        (work(Author(5, "x", 8), publisher=9), []),
        (work(Author(5, "x", TOP), publisher=9), [Tie("same_parent", "employer")]),
        (work(Author(5, "x", 8), publisher=MOUNTAIN), []),
    ],
    ids=["the body above", "a sister", "nothing in common", "the body above that one", "the organ itself"],
)
def test_organs_under_one_body_are_seen_only_where_the_rules_ask(of: Work, found: list[Tie]) -> None:
    """Bodies that stand under each other in a circle end the search."""
    asked = Policy("none", {"same_parent": "block"})
    assert between(VAN, of, policy=asked, organs=UNDER) == found
    assert all(tie.relation != "same_parent" for tie in between(VAN, of, policy=Policy("own_newsroom"), organs=UNDER))


def test_who_wrote_another_work_together_is_seen_only_where_the_rules_ask() -> None:
    van = replace(VAN, wrote_with=frozenset({99}))
    assert between(van, work(), policy=Policy("own_newsroom"), organs=ORGANS) == []
    asked = Policy("none", {"coauthor": "disclose"})
    assert between(van, work(), policy=asked, organs=ORGANS) == [Tie("coauthor", "person")]
    assert not Tie("coauthor", "person").certain
    assert between(VAN, work(), policy=asked, organs=ORGANS) == []
