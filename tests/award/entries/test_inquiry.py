"""What anybody hears before entering is what screening finds: the same rules, on few answers or a whole dossier."""

from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings

from award.entries.books import RULED
from award.entries.inquiry import ANSWERED_BY, NOT_KNOWN, Answers, Kind, Outlet, hear
from award.rules.eligibility import EntryFacts, PartFacts, RuleBook, findings, worst
from award.rules.names import OF_THE_FORM, name_of
from tests.award.rules.test_by_chance import books, works

READ_ELSEWHERE = {"counted_in_time", "carry_over"}
"""The first says when a dossier counts, not whether its work may enter; the second is heard with the window."""


def as_anybody_knows_it(facts: EntryFacts) -> EntryFacts:
    """The work without what its author cannot be asked: namesakes, an organ's kind where the register has no organ."""
    prizes = tuple(prize for prize in facts.prior_prizes if prize.award_name)
    none_had = True if facts.no_prior_prize else False if prizes else None
    return replace(
        facts,
        parts=tuple(
            replace(part, published_on=part.published_on or date(2023, 3, 2), outlet="") for part in facts.parts
        ),
        authors=tuple(
            replace(
                a,
                works=max(a.works, a.works_here),  # those of the category are among those of the edition
                namesakes=0,
                namesakes_here=0,
                organiser_namesake=False,
                judge_namesake=False,
            )
            for a in facts.authors
        ),
        group_works=max(facts.group_works, facts.group_works_here),
        publisher_kinds=frozenset() if facts.publisher_licensed is None else facts.publisher_kinds,
        no_prior_prize=none_had,
        prior_prizes=() if none_had else prizes,
    )


def answers_of(facts: EntryFacts) -> Answers:
    """What somebody who knows the work would write."""
    had = {True: "none", False: "some", None: ""}[facts.no_prior_prize]
    return Answers(
        category="in",
        genre="" if facts.genre_missing else "7",
        days="\n".join(f"{part.published_on:%d/%m/%Y}" for part in facts.parts if part.published_on),
        links="\n".join(part.link for part in facts.parts),
        elsewhere=facts.elsewhere,
        people=str(len(facts.authors)),
        works=str(max(author.works for author in facts.authors)),
        works_here=str(max(author.works_here for author in facts.authors)),
        group_works=str(facts.group_works),
        group_works_here=str(facts.group_works_here),
        outlet=facts.publisher,
        prizes=had,
        prize_names="\n".join(prize.award_name for prize in facts.prior_prizes),
        organiser="y" if any(author.organiser for author in facts.authors) else "n",
        judge="y" if any(author.judge for author in facts.authors) else "n",
    )


def category_of(facts: EntryFacts) -> Kind:
    return Kind(facts.category, facts.medium, facts.limits, frozenset({"7"}), facts.needed, facts.outlets)


def by_code(facts: EntryFacts, book: RuleBook) -> dict[str, str]:
    found = findings(facts, book)
    return {code: worst(each for each in found if each.code == code) for code in {each.code for each in found}}


def test_every_rule_of_the_engine_is_asked_about_or_named_as_not_known() -> None:
    assert set(ANSWERED_BY).isdisjoint(NOT_KNOWN)
    assert {*ANSWERED_BY, *NOT_KNOWN} == {*OF_THE_FORM, *RULED} - READ_ELSEWHERE
    assert set(ANSWERED_BY.values()) <= set(Answers.__dataclass_fields__)
    assert all(name_of(code) != code for code in (*ANSWERED_BY, *NOT_KNOWN))


@settings(max_examples=150)
@given(works(), books())
def test_both_doors_agree_on_every_rule_that_can_be_known(facts: EntryFacts, book: RuleBook) -> None:
    """Whatever the work and the rules, screening says of the whole dossier what anybody hears on the answers."""
    assume(facts.parts and facts.authors)
    facts = as_anybody_knows_it(facts)
    answers = answers_of(facts)
    outlet = None if facts.publisher_licensed is None else Outlet(facts.publisher_licensed, facts.publisher_kinds)
    heard = hear(answers, category_of(facts), outlet, book)
    assert heard.faults == {}
    public = {code: worst(each for each in heard.found if each.code == code) for code in {f.code for f in heard.found}}
    inside = by_code(facts, book)
    assert set(inside) <= {*ANSWERED_BY, *NOT_KNOWN}
    answered = {code for code, name in ANSWERED_BY.items() if getattr(answers, name).strip()}
    assert public == {code: inside[code] for code in answered & set(inside)}


def test_an_address_belongs_to_the_part_of_its_line() -> None:
    kind = Kind("Báo điện tử", "online")
    heard = hear(
        Answers(category="x", days="2/3/2023\n3/3/2023", links="https://bao.vn/1\nbao"), kind, None, RuleBook()
    )
    assert [each.verdict for each in heard.found if each.code == "link"] == ["green", "amber"]
    many = hear(
        Answers(category="x", days="2/3/2023", links="https://bao.vn/1\nhttps://bao.vn/2"), kind, None, RuleBook()
    )
    assert list(many.faults) == ["links"]


def test_a_genre_of_another_category_is_no_answer() -> None:
    kind = Kind("Báo in", "print", genres=frozenset({"7"}))
    assert list(hear(Answers(category="x", genre="8"), kind, None, RuleBook()).faults) == ["genre"]
    told = hear(Answers(category="x", genre="7"), kind, None, RuleBook())
    assert [each.verdict for each in told.found if each.code == "genre"] == ["green"]


def test_parts_stand_in_their_order() -> None:
    """A day before the window is told of the very part that has it."""
    book = RuleBook(window_from=date(2023, 1, 1), window_to=date(2023, 9, 30), sources={"window": "Điều 4"})
    heard = hear(Answers(category="x", days="2/3/2023\n1/12/2022"), Kind("Báo in", "print"), None, book)
    assert [(each.field, each.verdict) for each in heard.found if each.code == "window"] == [
        (f"parts.{PartFacts('1', 1).key}.published_on", "green"),
        (f"parts.{PartFacts('2', 2).key}.published_on", "red"),
    ]
