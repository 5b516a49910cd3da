"""Hands are shown where the rules know it, counted by one, confirmed by another; opinions of absent members too."""

import json

import pytest
from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.editions.models import Clause
from award.log.models import Event
from award.verdicts import Refused
from judging.council.models import Proposal
from judging.panels.models import Conflict
from judging.sittings.operations import hands, remarks
from tests.judging.rows import clause
from tests.judging.sittings.rooms import Council, council
from tests.judging.sittings.test_operations import refused


@pytest.fixture
def sits(ctx: Flask) -> Council:
    """Five of seven sit, where hands may be shown and what the two absent members wrote counts with them."""
    with unit_of_work():
        of = council()
        clause(of.hall.edition, "hands", yes=True)
        clause(of.hall.edition, "absent_opinions", choice="counted")
        of.begin(*(each for each in of.members if each not in of.members[2:4]))
    return of


def counting(of: Council, *, number: int = 0, code: str = "A") -> dict[str, object]:
    hand = {"by": of.hall.by(of.hall.secretary), "edition": of.hall.edition, "sitting": of.sitting}
    return hand | {"item": of.item(number), "level": of.level(code)}


def write(of: Council, member: int, says: remarks.Says | None, words: str = "Đã đọc kỹ.", number: int = 0) -> None:
    answer = None if says is None else remarks.Answer(of.level("A"), says)
    where = {"by": of.hall.by(of.hall.secretary), "edition": of.hall.edition, "sitting": of.sitting}
    with unit_of_work():
        who = of.members[member].id
        remarks.write_down(item=of.item(number), words=words, member=who, answer=answer, **where)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (False, "Theo khoản 1 Điều 5 Quy chế, Hội đồng bỏ phiếu kín, không biểu quyết giơ tay."),
        (None, "Quy chế không quy định biểu quyết giơ tay. Hội đồng bỏ phiếu kín."),
    ],
)
def test_the_sitting_refuses_hands_that_the_rules_do_not_know(sits: Council, said: bool | None, words: str) -> None:
    with unit_of_work():
        edition = sits.hall.edition
        session.delete(next(each for each in edition.clauses if each.code == "hands"))
        session.flush()
        if said is not None:
            clause(edition, "hands", yes=said)
        session.expire(edition, ["clauses"])
    with pytest.raises(Refused) as told, unit_of_work():
        hands.count_hands(yes=5, no=0, **counting(sits))
    assert told.value.verdict.sentence == words


def test_a_count_stands_once_another_who_leads_has_confirmed_it(sits: Council) -> None:
    of = sits.hall
    assert refused(lambda: hands.count_hands(yes=5, no=1, **counting(sits))) == "too_many"
    judge = {"by": of.by(of.bench.judges[3])}
    assert refused(lambda: hands.count_hands(yes=5, no=0, **counting(sits) | judge)) == "role"
    with unit_of_work():
        vote = hands.count_hands(yes=4, no=1, **counting(sits) | {"by": of.by(of.chair)})
    where = {"edition": of.edition, "sitting": sits.sitting, "vote": vote}
    assert session.scalars(select(Proposal)).all() == []
    assert (vote.state, vote.passed) == ("open", None)
    assert refused(lambda: sits.turn_to(1)) == refused(sits.close) == "voting"
    assert refused(lambda: sits.close_vote(vote, by=of.deputy)) == "hands"
    assert refused(lambda: hands.confirm_hands(by=of.by(of.secretary), **where)) == "role"
    assert refused(lambda: hands.confirm_hands(by=of.by(of.chair), **where)) == "own_count"
    with unit_of_work():
        hands.confirm_hands(by=of.by(of.deputy), **where)
    assert (vote.yes, vote.no, vote.blank, vote.eligible, vote.passed) == (4, 1, 0, 5, True)
    assert (vote.opened_by_id, vote.closed_by_id) == (of.chair.id, of.deputy.id)
    assert [each.entry_id for each in session.scalars(select(Proposal))] == [of.works[0].id]
    assert refused(lambda: hands.confirm_hands(by=of.by(of.deputy), **where)) == "over"


def test_a_count_sent_back_leaves_room_for_the_next_and_stays_in_the_log(sits: Council) -> None:
    of = sits.hall
    with unit_of_work():
        vote = hands.count_hands(yes=1, no=0, **counting(sits))
    gone = {"edition": of.edition, "sitting": sits.sitting, "vote": vote}
    with unit_of_work():
        hands.send_back(by=of.by(of.chair), **gone)
    assert refused(lambda: hands.send_back(by=of.by(of.chair), **gone)) == "over"
    with unit_of_work():
        assert hands.count_hands(yes=4, no=0, **counting(sits)).number == 1
    told = session.scalars(select(Event).where(Event.kind.like("vote.hands%")).order_by(Event.seq)).all()
    assert [(each.kind, json.loads(each.payload)["facts"]["yes"]) for each in told] == [
        ("vote.hands_counted", 1),
        ("vote.hands_sent_back", 1),
        ("vote.hands_counted", 4),
    ]


def test_who_has_to_do_with_the_work_confirms_nothing(sits: Council) -> None:
    of = sits.hall
    with unit_of_work():
        tie = {"relation": "relative", "source": "declared", "edition_id": of.edition.id}
        session.add(Conflict(person_id=of.chair.id, entry_id=of.works[0].id, **tie))
    with unit_of_work():
        vote = hands.count_hands(yes=3, no=0, **counting(sits))
    assert vote.eligible == 4
    where = {"edition": of.edition, "sitting": sits.sitting, "vote": vote}
    assert refused(lambda: hands.confirm_hands(by=of.by(of.chair), **where)) == "kept_from"


class TestOpinions:
    def test_they_are_added_to_the_hands_and_to_those_who_may_vote(self, sits: Council) -> None:
        write(sits, 2, "yes")
        write(sits, 3, "no")
        with unit_of_work():
            vote = hands.count_hands(yes=3, no=1, **counting(sits))
        assert (vote.eligible, vote.yes, vote.no, vote.blank, vote.present) == (7, 4, 2, 1, 5)
        assert (vote.letters_yes, vote.letters_no) == (1, 1)
        where = {"by": sits.hall.by(sits.hall.secretary), "edition": sits.hall.edition, "sitting": sits.sitting}
        said = next(each.remark for each in remarks.queries.remarks([sits.sitting.id])[sits.item(0).id])
        assert refused(lambda: remarks.take_back(remark=said, **where)) == "counted"

    def test_they_count_at_their_own_level_and_never_in_a_secret_ballot(self, sits: Council) -> None:
        write(sits, 2, "yes")
        with unit_of_work():
            vote = hands.count_hands(yes=3, no=1, **counting(sits, code="B"))
            assert (vote.eligible, vote.letters) == (5, 0)
            session.rollback()
        with unit_of_work():
            assert sits.open_vote().eligible == 5

    def test_the_rules_say_whether_who_wrote_is_there(self, sits: Council) -> None:
        with unit_of_work():
            sits.call_roll(*sits.members[:2], *sits.members[5:])
        write(sits, 2, "yes")
        assert refused(lambda: hands.count_hands(yes=4, no=0, **counting(sits))) == "quorum"
        with unit_of_work():
            kept = session.scalars(select(Clause).where(Clause.code == "absent_opinions")).one()
            kept.value = {"choice": "present"}
        with unit_of_work():
            vote = hands.count_hands(yes=4, no=0, **counting(sits))
        assert (vote.present, vote.letters_present, vote.yes, vote.eligible) == (4, True, 5, 5)

    def test_one_answer_to_a_level_of_who_is_away_as_the_rules_take_it(self, sits: Council) -> None:
        write(sits, 2, "yes")
        assert refused(lambda: write(sits, 2, "no")) == "answered"
        assert refused(lambda: write(sits, 4, "no")) == "present"
        for choice, code in (("read", "not_counted"), ("none", "no_opinions")):
            with unit_of_work():
                kept = session.scalars(select(Clause).where(Clause.code == "absent_opinions")).one()
                kept.value = {"choice": choice}
            assert refused(lambda c=choice: write(sits, 3, "yes" if c == "read" else None)) == code

    def test_who_comes_after_all_answers_for_themselves(self, sits: Council) -> None:
        write(sits, 2, "no")
        with unit_of_work():
            sits.call_roll()
        with unit_of_work():
            vote = hands.count_hands(yes=7, no=0, **counting(sits))
        assert (vote.eligible, vote.letters) == (7, 0)
