"""Events are numbered in the order of commits, without a gap, however many are on their way at once."""

from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import select

from award.db import session, unit_of_work
from award.log import tree
from award.log.models import Event, EventDetail
from award.log.operations import record


def test_events_of_many_at_once_have_numbers_in_the_order_of_commits(app: Flask) -> None:
    def act(number: int) -> None:
        with app.app_context(), unit_of_work():
            record("test.done", actor_id=None, award_id=number % 2 or None, facts={"n": number}, detail={"n": number})

    with ThreadPoolExecutor(8) as several:
        list(several.map(act, range(48)))
    with app.app_context():
        for award_id in (None, 1):
            stood = session.scalars(
                select(Event).where(Event.award_id.is_not_distinct_from(award_id)).order_by(Event.id)
            )
            events = stood.all()
            assert [event.seq for event in events] == list(range(1, 25))
            assert [event.at for event in events] == sorted(event.at for event in events)
            assert all(tree.leaf(event.payload) == event.leaf_hash for event in events)
        assert len(session.scalars(select(EventDetail)).all()) == 48
