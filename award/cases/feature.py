"""What the room cases hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award import dates
from award.cases import (
    correspondence,
    evidence,
    handling,  # noqa: F401 - its doors stand on the same blueprint
    permissions,
    queries,
)
from award.cases.operations import tied
from award.cases.personal import personal
from award.cases.views import blueprint
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.features import Feature, FileSight, NextAct
from award.people.models import Person
from award.verdicts import Verdict

NEAR = 3
"""So many days before its last day a case comes to the top of the desk."""


def _by(person_id: int, edition_id: int) -> tuple[Capacity, Edition]:
    edition = session.get_one(Edition, edition_id)
    return capacity(session.get_one(Person, person_id), edition), edition


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For who reads the cases."""
    if person_id is None or edition_id is None:
        return ()
    by, edition = _by(person_id, edition_id)
    if edition.state == "draft" or not permissions.can_list(by):
        return ()
    return ((_("Kiến nghị"), url_for("cases.desk", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """Cases that wait for an answer; those whose last day is near come first."""
    by, edition = _by(person_id, edition_id)
    if not permissions.can_handle_any(by):
        return ()
    count, due = queries.open_cases(edition_id)
    if not count:
        return ()
    near = due is not None and (due - dates.local(now()).date()).days <= NEAR
    detail = _("Hạn sớm nhất: ngày %(day)s.", day=dates.day(due)) if due else ""
    sentence = _("Trả lời %(n)s kiến nghị, phản ánh", n=count)
    return (NextAct(sentence, url_for("cases.desk", slug=edition.slug), detail, weight=-5 if near else 25),)


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """Evidence is read by who reads the case."""
    case = queries.case_of_file(file_id) if person_id is not None else None
    if case is None or person_id is None:
        return None
    by, _edition = _by(person_id, case.edition_id)
    allowed = permissions.follows(person_id, case) or permissions.can_read(by, case, tied=tied(case, person_id))
    return FileSight(f"kien-nghi-{case.number}") if allowed else None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in as long as the case may be added to."""
    case = queries.case_of_file(file_id)
    return None if case is None else evidence.can_send(_by(person_id, case.edition_id)[0], case)


feature = Feature(
    name="cases",
    blueprint=blueprint,
    navigation=navigation,
    next_acts=next_acts,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    personal=personal,
    letter_kinds=correspondence.KINDS,
)
