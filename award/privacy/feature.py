"""What the room privacy hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature, NextAct
from award.people.models import Person
from award.privacy import (
    answering,  # noqa: F401 - its doors stand on the same blueprint
    permissions,
    queries,
    tasks,
)
from award.privacy.personal import personal
from award.privacy.views import blueprint

NEAR = 5
"""So many days before its last day a request comes to the top of the desk."""


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For who answers requests."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if not permissions.can_handle(capacity(session.get_one(Person, person_id), edition)):
        return ()
    return ((_("Dữ liệu cá nhân"), url_for("privacy.requests", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """Requests that wait for an answer, on one desk of the person; those whose last day is near come first."""
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not permissions.can_handle(by) or queries.newest_office(person_id, edition.award_id) != edition_id:
        return ()
    count, due = queries.open_requests(edition.award_id)
    if due is None:
        return ()
    near = (due - dates.local(now()).date()).days <= NEAR
    sentence = _("Trả lời %(n)s yêu cầu về dữ liệu cá nhân", n=count)
    detail = _("Hạn sớm nhất: ngày %(day)s.", day=dates.day(due))
    return (NextAct(sentence, url_for("privacy.requests", slug=edition.slug), detail, weight=-5 if near else 35),)


feature = Feature(
    name="privacy",
    blueprint=blueprint,
    navigation=navigation,
    next_acts=next_acts,
    stored_objects=queries.stored_objects,
    personal=personal,
)

__all__ = ["feature", "tasks"]
