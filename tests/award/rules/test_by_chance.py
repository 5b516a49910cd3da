"""What holds of the rules whatever a work says: order, wider windows, looser limits, and an answer for everything."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from award.rules.eligibility import (
    AuthorFacts,
    CategoryLimits,
    EntryFacts,
    Finding,
    LengthFacts,
    PartFacts,
    PriorPrizeFacts,
    RuleBook,
    SlotFacts,
    TwinFacts,
    findings,
)

DAYS = st.dates(date(2022, 6, 1), date(2024, 6, 1))
NUMBERS = st.none() | st.integers(1, 6)
NAMES = st.sampled_from(["Nguyễn Thị Vân", "Trần Minh", "Lê Hòa", "Hà Vân", ""])
CLAUSES = (
    "window",
    "carry_over",
    "several_categories",
    "file_length",
    "max_parts",
    "max_group_size",
    "max_works_per_author",
    "max_works_per_group",
    "max_works_per_newsroom",
    "prior_prizes",
    "licensed_outlet",
    "newsroom_confirmation",
    "organisers_enter",
    "judges_enter",
    "conflict_policy",
)
LIMITS = ("max_parts", "max_group_size", "max_works_per_author", "max_works_per_group", "max_works_per_newsroom")
KINDS = st.frozensets(st.sampled_from(["newspaper", "station", "portal"]))
COUNTS = st.integers(0, 8)


@st.composite
def works(draw: Any) -> EntryFacts:
    """Any work: whole or not, within the rules or not."""
    parts = [
        PartFacts(
            f"k{n}",
            n,
            draw(st.sampled_from(["", "Kỳ"])),
            draw(st.none() | DAYS),
            link=draw(st.sampled_from(["", "x", "https://bao.vn"])),
            outlet=draw(st.sampled_from(["", "", "Đài B"])),
            outlet_licensed=draw(st.none() | st.booleans()),
            outlet_kinds=draw(KINDS),
        )
        for n in range(1, draw(st.integers(0, 7)) + 1)
    ]
    authors = [
        AuthorFacts(
            f"a{n}",
            draw(NAMES),
            tuple(draw(st.lists(NAMES, max_size=2))),
            contact=draw(st.booleans()),
            minor=draw(st.booleans()),
            employer=draw(st.sampled_from(["", "Báo A", "Đài B"])),
            employer_works=draw(COUNTS),
            employer_works_here=draw(COUNTS),
            organiser=draw(st.booleans()),
            organiser_namesake=draw(st.booleans()),
            judge=draw(st.booleans()),
            judge_namesake=draw(st.booleans()),
            consent_withdrawn=draw(st.booleans()),
            works=draw(COUNTS),
            works_here=draw(COUNTS),
            namesakes=draw(COUNTS),
        )
        for n in range(1, draw(st.integers(0, 7)) + 1)
    ]
    return EntryFacts(
        medium=draw(st.sampled_from(["print", "online", "radio", "television", "photo"])),
        needed=draw(st.frozensets(st.sampled_from(["link", "page", "topic", "share"]))),
        title=draw(st.sampled_from(["", "Giữ lời hứa"])),
        genre_missing=draw(st.booleans()),
        elsewhere=draw(st.sampled_from(["", "Trang B, 01/7/2022", "Kênh C, 01/01/2025\nTrang B"])),
        publisher=draw(st.sampled_from(["", "Báo A"])),
        publisher_licensed=draw(st.none() | st.booleans()),
        publisher_kinds=draw(KINDS),
        outlets=draw(KINDS),
        publisher_works=draw(COUNTS),
        publisher_works_here=draw(COUNTS),
        group_works=draw(COUNTS),
        group_works_here=draw(COUNTS),
        category="Báo in",
        byline=draw(NAMES),
        parts=tuple(parts),
        authors=tuple(authors),
        slots=(
            SlotFacts(
                "page",
                "Bản quét",
                held=draw(COUNTS),
                coming=draw(COUNTS),
                at_most=3,
                lengths=tuple(LengthFacts("a.pdf", "pages", n, 5) for n in draw(st.lists(COUNTS, max_size=2))),
            ),
        ),
        twins=tuple(TwinFacts("Phát thanh", sure) for sure in draw(st.lists(st.booleans(), max_size=2))),
        no_prior_prize=draw(st.none() | st.booleans()),
        prior_prizes=tuple(
            PriorPrizeFacts(f"p{n}", draw(st.sampled_from(["", "Giải Báo chí quốc gia", "Giải X"])))
            for n in range(draw(st.integers(0, 2)))
        ),
        limits=CategoryLimits(
            draw(st.dictionaries(st.sampled_from(LIMITS), st.integers(1, 6), max_size=3)),
            draw(st.sampled_from(["", "khoản 9"])),
        ),
        confirmed=draw(st.none() | st.booleans()),
    )


@st.composite
def books(draw: Any) -> RuleBook:
    """Any rules, some of them with a clause."""
    first, last = sorted((draw(DAYS), draw(DAYS)))
    return RuleBook(
        window_from=draw(st.sampled_from([None, first])),
        window_to=draw(st.sampled_from([None, last])),
        carry_over=draw(st.booleans()),
        several_categories=draw(st.none() | st.booleans()),
        **{code: draw(NUMBERS) for code in LIMITS},
        newsroom_means=draw(st.sampled_from(["publisher", "employer"])),
        organisers_enter=draw(st.none() | st.booleans()),
        judges_enter=draw(st.none() | st.booleans()),
        members=draw(st.sampled_from([None, "none", "own_work", "own_newsroom"])),
        confirmation=draw(st.booleans()),
        confirmation_over=draw(st.booleans()),
        prior_prizes=draw(st.sampled_from([None, "allowed", "declared", "barred"])),
        barred_prizes=("Giải Báo chí quốc gia",),
        licensed_outlet=draw(st.none() | st.booleans()),
        files_still_come=draw(st.booleans()),
        files_may_follow=draw(st.booleans()),
        sources=dict.fromkeys(draw(st.sets(st.sampled_from(CLAUSES))), "Điều 5"),
    )


def against(facts: EntryFacts, book: RuleBook) -> set[tuple[str, str, str]]:
    """What is red, by rule, field and clause."""
    return {(each.code, each.field, each.clause) for each in findings(facts, book) if each.verdict == "red"}


def told(facts: EntryFacts, book: RuleBook) -> list[tuple[str, str, str, str]]:
    return sorted((each.code, each.field, each.verdict, each.clause) for each in findings(facts, book))


def one_field_each(found: list[Finding], code: str) -> set[tuple[str, str]]:
    return {(each.field, each.verdict) for each in found if each.code == code}


@given(works(), books(), st.randoms(use_true_random=False))
def test_no_rule_depends_on_the_order_of_rows(facts: EntryFacts, book: RuleBook, chance: Any) -> None:
    """Of organs with equally many works one is named, whichever stands first: that finding is compared by verdict."""
    mixed = {
        name: tuple(chance.sample(list(getattr(facts, name)), len(getattr(facts, name))))
        for name in ("parts", "authors", "prior_prizes", "slots")
    }
    one, other = findings(facts, book), findings(replace(facts, **mixed), book)
    for code in {each.code for each in one}:
        if code == "max_works_per_newsroom":
            assert {v for _f, v in one_field_each(one, code)} == {v for _f, v in one_field_each(other, code)}
        else:
            assert one_field_each(one, code) == one_field_each(other, code), code


@given(works(), books(), st.integers(0, 400), st.integers(0, 400))
def test_a_wider_window_never_turns_green_to_red(facts: EntryFacts, book: RuleBook, before: int, after: int) -> None:
    wider = replace(
        book,
        window_from=book.window_from and book.window_from - timedelta(days=before),
        window_to=book.window_to and book.window_to + timedelta(days=after),
    )
    assert against(facts, wider) <= against(facts, book)


@given(works(), books())
def test_taking_series_begun_before_never_turns_green_to_red(facts: EntryFacts, book: RuleBook) -> None:
    assert against(facts, replace(book, carry_over=True)) <= against(facts, replace(book, carry_over=False))


@given(works(), books())
def test_who_may_enter_in_several_categories_has_no_twin_against_the_work(facts: EntryFacts, book: RuleBook) -> None:
    freer = replace(book, several_categories=True)
    assert against(facts, freer) <= against(facts, book)
    assert not any(code == "several_categories" for code, *_rest in against(facts, freer))


@given(works(), books(), st.sampled_from(LIMITS), st.none() | st.integers(0, 20))
def test_a_looser_limit_or_none_never_turns_green_to_red(
    facts: EntryFacts, book: RuleBook, code: str, more: int | None
) -> None:
    limit = getattr(book, code)
    looser = replace(book, **{code: None if limit is None or more is None else limit + more})
    assert against(facts, looser) <= against(facts, book)


@given(works(), books(), st.sampled_from(("max_works_per_author", "max_works_per_newsroom")))
def test_a_category_without_its_limit_of_works_never_turns_green_to_red(
    facts: EntryFacts, book: RuleBook, code: str
) -> None:
    kept = {each: n for each, n in facts.limits.numbers.items() if each != code}
    freer = replace(facts, limits=replace(facts.limits, numbers=kept))
    assert against(freer, book) <= against(facts, book)


@given(works(), books(), st.sampled_from(CLAUSES))
def test_without_a_clause_nothing_is_red_by_that_rule(facts: EntryFacts, book: RuleBook, code: str) -> None:
    bare = replace(book, sources={each: clause for each, clause in book.sources.items() if each != code})
    facts = replace(facts, limits=replace(facts.limits, source=""))
    assert {each for each in against(facts, bare) if each[0] == code} == set()
    assert {(c, f) for c, f, _clause in against(facts, bare) if c != code} == {
        (c, f) for c, f, _clause in against(facts, book) if c != code
    }


@given(works(), books())
def test_a_newsrooms_word_never_turns_green_to_red(facts: EntryFacts, book: RuleBook) -> None:
    assert against(replace(facts, confirmed=True), book) <= against(facts, book)


@given(works(), books())
def test_more_works_of_others_never_turn_red_to_green(facts: EntryFacts, book: RuleBook) -> None:
    more = replace(
        facts,
        publisher_works=facts.publisher_works + 1,
        group_works=facts.group_works + 1,
        group_works_here=facts.group_works_here + 1,
        authors=tuple(replace(each, works=each.works + 1) for each in facts.authors),
    )
    assert {code for code, *_rest in against(facts, book)} <= {code for code, *_rest in against(more, book)}


@given(works(), books())
def test_every_red_finding_cites_its_clause_in_its_sentence(facts: EntryFacts, book: RuleBook) -> None:
    for each in findings(facts, book):
        assert each.sentence
        assert each.field.partition(".")[0] in {"work", "parts", "authors", "files", "captions", "declarations"}
        if each.verdict == "red":
            assert each.clause
            assert f"Căn cứ: {each.clause} Thể lệ." in each.sentence


@given(works(), books())
def test_asked_twice_the_rules_say_the_same(facts: EntryFacts, book: RuleBook) -> None:
    assert told(facts, book) == told(facts, book)


@given(works(), books())
def test_files_that_may_follow_never_block_more(facts: EntryFacts, book: RuleBook) -> None:
    strict = {(e.code, e.field) for e in findings(facts, replace(book, files_may_follow=False)) if e.blocks}
    kind = {(e.code, e.field) for e in findings(facts, replace(book, files_may_follow=True)) if e.blocks}
    assert kind <= strict
