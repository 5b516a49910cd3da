"""Every work that falls in the season falls by the rules as they are, or by a person's word, with clause and reason."""

from collections import Counter
from dataclasses import replace
from typing import cast

import pytest

from award.documents.tables import Column, Sheet, csv
from award.editions.media import Medium
from award.entries.inquiry import ANSWERED_BY, Outlet, hear
from award.rules.eligibility import (
    AuthorFacts,
    EntryFacts,
    Finding,
    PartFacts,
    PriorPrizeFacts,
    RuleBook,
    SlotFacts,
    worst,
)
from award.rules.eligibility import findings as said_of
from demonstration.plan import CLAUSES
from demonstration.season.browser import Unexpected
from demonstration.season.script import (
    FAULTS,
    LEAST_WORKS,
    LICENSED,
    PUBLISHED,
    WINDOW,
    Entered,
    Figures,
    scaled,
    script,
)
from demonstration.season.secretariat import by_clause
from tests.award.entries.test_inquiry import answers_of, as_anybody_knows_it, by_code, category_of


def _number(code: str) -> int:
    value, _source = CLAUSES[code]
    assert value is not None
    return int(value["number"])


def _book() -> RuleBook:
    """The rules of the plan, as an edition that is made of them has them, after the time for files."""
    barred = CLAUSES["prior_prizes"][0]
    assert barred is not None
    return RuleBook(
        window_from=WINDOW[0],
        window_to=WINDOW[1],
        max_parts=_number("max_parts"),
        max_group_size=_number("max_group_size"),
        max_works_per_author=_number("max_works_per_author"),
        organisers_enter=False,
        judges_enter=True,
        members="own_newsroom",
        prior_prizes="barred",
        barred_prizes=tuple(barred["names"]),
        licensed_outlet=True,
        files_still_come=False,
        sources={code: source for code, (_value, source) in CLAUSES.items() if source},
    )


def _facts(entered: Entered, before: Counter[str]) -> EntryFacts:
    """The work as its form tells it, after so many works of each author."""
    work = entered.work
    held = 0 if entered.fault == "no_file" else 1
    prize = entered.prior_prize
    return EntryFacts(
        medium=cast("Medium", entered.medium),
        title=work.title,
        publisher=work.organ,
        publisher_licensed=work.organ in LICENSED,
        byline=", ".join(author.legal_name for author in work.authors),
        parts=tuple(
            PartFacts(f"k{n}", n, part.title, part.published_on, part.place, link="https://bao.vn/bai")
            for n, part in enumerate(work.parts, start=1)
        ),
        authors=tuple(
            AuthorFacts(f"a{n}", a.legal_name, contact=n == 1, phone=entered.owner.phone, works=before[a.legal_name])
            for n, a in enumerate(work.authors, start=1)
        ),
        slots=(SlotFacts("file", "Tệp bắt buộc", held=held),),
        no_prior_prize=prize is None,
        prior_prizes=() if prize is None else (PriorPrizeFacts("p", prize[0], prize[1], prize[3]),),
        declared=frozenset({"commitment", "consent"}),
    )


def _screened(figures: Figures) -> list[tuple[Entered, list[Finding]]]:
    """Every work in the order of its coming, with what the rules have against it."""
    before: Counter[str] = Counter()
    found = []
    for entered in script(figures).works:
        against = [each for each in said_of(_facts(entered, before), _book()) if each.blocks]
        found.append((entered, against))
        before.update(author.legal_name for author in entered.work.authors)
    return found


@pytest.mark.parametrize(
    "figures", [scaled(LEAST_WORKS), scaled(40), PUBLISHED], ids=["smallest", "small", "published"]
)
def test_each_work_that_falls_has_its_clause_and_its_reason_and_no_other_falls(figures: Figures) -> None:
    fallen: Counter[str] = Counter()
    for entered, against in _screened(figures):
        red = [each for each in against if each.verdict == "red"]
        if not entered.fault:
            assert against == [], (entered.title, against)
            continue
        fault = FAULTS[entered.fault]
        fallen[fault.seen_by] += 1
        assert fault.clause
        if fault.seen_by == "rule":
            assert {(each.code, each.clause) for each in red} == {(fault.code, fault.clause)}, entered.title
            assert all(f"Căn cứ: {fault.clause} Thể lệ." in each.sentence for each in red)
        elif fault.seen_by == "lacking":
            assert red == []
            assert {each.code for each in against} == {fault.code}
            assert fault.reason
        else:
            assert against == [], "theme and content are people's verdicts"
            assert fault.reason
    assert sum(fallen.values()) == sum(figures.faults.values())


def test_of_the_eighty_three_the_rules_find_all_but_theme_and_content() -> None:
    fallen = Counter(FAULTS[entered.fault].seen_by for entered, _against in _screened(PUBLISHED) if entered.fault)
    assert fallen == {"rule": 53, "lacking": 12, "person": 18}
    assert sum(fallen.values()) == 83


def test_of_every_work_of_the_season_anybody_hears_before_entering_what_screening_finds() -> None:
    before: Counter[str] = Counter()
    heard_red: Counter[str] = Counter()
    for entered in script(PUBLISHED).works:
        facts = as_anybody_knows_it(_facts(entered, before))
        answers, inside = answers_of(facts), by_code(facts, _book())
        heard = hear(answers, category_of(facts), Outlet(bool(facts.publisher_licensed), frozenset()), _book())
        public = {each.code: worst(one for one in heard.found if one.code == each.code) for each in heard.found}
        answered = {code for code, name in ANSWERED_BY.items() if getattr(answers, name).strip()}
        assert public == {code: inside[code] for code in answered & set(inside)}, entered.title
        heard_red[entered.fault or "none"] += "red" in public.values()
        before.update(author.legal_name for author in entered.work.authors)
    by_rule = {code for code, fault in FAULTS.items() if fault.seen_by == "rule"}
    assert +heard_red == {code: PUBLISHED.faults[code] for code in by_rule}, "whatever falls by a rule could be heard"


def test_a_clause_taken_away_lets_none_fall_by_it() -> None:
    bare = replace(_book(), sources={})
    for entered in script(scaled(40)).works:
        found = said_of(_facts(entered, Counter()), bare)
        assert [each for each in found if each.verdict == "red"] == []


def _list(*rows: tuple[str, str, str]) -> str:
    """The list of refused works as it is taken along, as far as it is read here."""
    columns = [Column("Mã hồ sơ", width=12), Column("Lý do", width=50), Column("Căn cứ", width=24)]
    return csv(Sheet("Danh sách", columns, list(rows), "")).decode()


def test_the_approved_list_tells_how_many_fell_by_which_clause() -> None:
    listed = _list(("1", "quá số kỳ", "Điều 5"), ("2", "đăng trước", "Điều 4"), ("3", "nhóm đông", "Điều 5"))
    assert by_clause(listed, 3) == "Điều 5: 2; Điều 4: 1"
    for bare in (_list(("1", "", "Điều 5")), _list(("1", "quá số kỳ", " ")), _list()):
        with pytest.raises(Unexpected):
            by_clause(bare, 1)
