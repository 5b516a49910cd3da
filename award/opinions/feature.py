"""What the room of opinions hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.features import Feature, FileSight, NextAct
from award.opinions import permissions, queries
from award.opinions.personal import personal
from award.opinions.views import blueprint
from award.people.models import Person
from award.verdicts import Verdict


def _by(person_id: int, edition_id: int) -> tuple[Capacity, Edition]:
    edition = session.get_one(Edition, edition_id)
    return capacity(session.get_one(Person, person_id), edition), edition


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """Bodies that have not answered; when a day has passed, before everything else."""
    by, edition = _by(person_id, edition_id)
    if not permissions.can_record(by, edition):
        return ()
    waiting = queries.unanswered(edition_id)
    if not waiting:
        return ()
    due, today = waiting[0].due_day, dates.local(now()).date()
    detail = _("Hạn sớm nhất: ngày %(day)s.", day=dates.day(due)) if due else ""
    sentence = _("Ghi ý kiến trả lời của %(n)s cơ quan", n=len(waiting))
    late = due is not None and due < today
    return (NextAct(sentence, url_for("opinions.list", slug=edition.slug), detail, weight=5 if late else 28),)


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """Scans are read by who reads the opinions."""
    one = queries.opinion_of_file(file_id) if person_id is not None else None
    if one is None or person_id is None:
        return None
    return FileSight("y-kien") if permissions.can_read(_by(person_id, one.edition_id)[0]) else None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in as long as opinions are recorded."""
    one = queries.opinion_of_file(file_id)
    return None if one is None else permissions.can_change(*_by(person_id, one.edition_id), one)


feature = Feature(
    name="opinions",
    blueprint=blueprint,
    next_acts=next_acts,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    personal=personal,
)
