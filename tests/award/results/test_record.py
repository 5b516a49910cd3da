"""Published prizes go down into the record: at the instant and not before, and as they stand after a correction."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.permissions import Capacity
from award.entries.models import Entry, PriorPrize
from award.entries.queries import dossier
from award.history.models import PastAuthor, PastWork
from award.log.models import Event
from award.results import operations
from award.results.models import Result
from award.results.record import hand_down
from award.screening.alike import similar_works
from tests import factories
from tests.award.history.conftest import HERE, taken_in
from tests.award.results.rows import Outcome, outcome, work
from tests.visitor import Visitor

BUSH = "Khi bí thư chi bộ xuống ruộng"


@pytest.fixture
def made(ctx: Flask) -> Outcome:
    with unit_of_work():
        return outcome()


def published(made: Outcome) -> None:
    """The instant has come, and the calendar has followed."""
    with unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1)).at = now() - timedelta(seconds=1)
    with unit_of_work():
        assert operations.mark_public(edition=made.edition)


def recorded() -> Sequence[PastWork]:
    session.expire_all()
    return session.scalars(select(PastWork).order_by(PastWork.level_rank)).all()


def test_prizes_are_in_the_record_once_they_are_public(made: Outcome) -> None:
    with unit_of_work():
        made.decide()
        made.publish(now() + timedelta(hours=1))
    with unit_of_work():
        assert not operations.mark_public(edition=made.edition)
    assert recorded() == []


def test_the_record_says_what_the_results_say(made: Outcome) -> None:
    published(made)
    first, second = recorded()
    assert (first.title, first.level, first.level_rank, first.public) == (BUSH, "Giải Đặc biệt", 1, True)
    assert (first.entry_key, first.edition_id, first.import_id) == (made.works[0].public_id, made.edition_id, None)
    assert (first.award_key, first.ordinal, first.year) == ("xay dung dang/khanh hoa", "III", 2023)
    names = session.scalars(select(PastAuthor.name).where(PastAuthor.work_id == first.id).order_by(PastAuthor.id))
    assert list(names) == ["Nguyễn Thị Vân", "Hà Vân", "Sông Mây"]
    assert second.level == "Giải A"
    assert session.scalars(select(Event).where(Event.kind == "history.published")).one().actor_id is None


def test_a_correction_is_followed_and_a_prize_that_is_no_longer_given_goes(made: Outcome) -> None:
    published(made)
    kept = recorded()[0].id
    with unit_of_work():
        hand_down(made.edition)
    assert recorded()[0].id == kept
    with unit_of_work():
        entry = session.get_one(Entry, made.works[0].id)
        entry.title, entry.authors[0].legal_name = "Bí thư chi bộ xuống ruộng", "Nguyễn Thị Vân Anh"
        second = session.scalars(select(Result).where(Result.entry_id == made.works[1].id)).one()
        second.state = "revoked"
        session.flush()
        hand_down(made.edition)
    (first,) = recorded()
    assert (first.id, first.title, first.title_words) == (
        kept,
        "Bí thư chi bộ xuống ruộng",
        "bi thu chi bo xuong ruong",
    )
    assert first.authors[0].name == "Nguyễn Thị Vân Anh"


def test_a_prize_that_an_entry_refers_to_stays_and_is_not_public(made: Outcome) -> None:
    published(made)
    with unit_of_work():
        prized = recorded()[1]
        later = work(made.edition, made.category, "Tác phẩm khác")
        later.prior_prizes = [PriorPrize(award_name="Giải A", past_work_id=prized.id)]
        result = session.scalars(select(Result).where(Result.entry_id == made.works[1].id)).one()
        result.state = "revoked"
        session.flush()
        hand_down(made.edition)
    assert [(row.level, row.public) for row in recorded()] == [("Giải Đặc biệt", True), ("Giải A", False)]


def test_what_a_list_told_already_is_not_told_twice(made: Outcome) -> None:
    row = {"year": 2023, "level": "Đặc biệt", "title": BUSH, "authors": "Nguyễn Thị Vân"}
    with unit_of_work():
        by = Capacity(made.secretary.id, made.edition_id, frozenset({"secretary"}))
        taken_in(by, made.edition, row)
    published(made)
    assert [(work.level, work.import_id is None) for work in recorded()] == [("Đặc biệt", False), ("Giải A", True)]


def test_the_next_edition_finds_the_prize_and_its_own_page_does_not_list_it(ctx: Flask, made: Outcome) -> None:
    published(made)
    with unit_of_work():
        following = factories.edition(state="screening", slug="iv-2024", ordinal=4, ordinal_words="IV", year=2024)
        following.award_id = made.edition.award_id
        again = work(following, factories.category(following), BUSH)
        facts = dossier(again.id).facts
        assert [(each.level, each.edition) for each in facts.prized] == [("Giải Đặc biệt", "lần thứ III - năm 2023")]
        own = dossier(made.works[0].id).facts
        assert own.prized == ()
        first = similar_works(following, dossier(again.id))[0]
        assert (first.other.key, first.other.where) == (
            made.works[0].public_id,
            "KH3-0001, Báo in, lần thứ III - năm 2023",
        )
        assert first.prizes == ("Giải Đặc biệt, Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ III - năm 2023",)
        key = following.slug
    assert BUSH in Visitor(ctx).get(f"/{key}/cac-lan-truoc").text
    assert BUSH not in Visitor(ctx).get(HERE).text
    assert f'href="{HERE}"' in Visitor(ctx).get("/iii-2023/ket-qua").text
