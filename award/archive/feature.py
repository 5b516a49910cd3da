"""What the room of archives hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.archive import permissions, queries, tasks
from award.archive.personal import personal
from award.archive.views import blueprint
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature, NextAct
from award.people.models import Person
from award.results.queries import seen_public


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For the staff, once the results are public."""
    if person_id is None or edition_id is None or not seen_public(person_id, edition_id, now()):
        return []
    edition = session.get_one(Edition, edition_id)
    if not permissions.can_read(capacity(session.get_one(Person, person_id), edition)):
        return []
    return [(_("Bản lưu trữ"), url_for("archive.list", slug=edition.slug))]


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the organiser of an edition whose results are public, until there is an archive of it, for whomever."""
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not permissions.can_make(by, public=seen_public(person_id, edition_id, now())):
        return []
    if queries.has_archive(edition_id):
        return []
    detail = _("Toàn bộ kết quả và hồ sơ trong một thư mục mở được từ đĩa.")
    return [NextAct(_("Lập bản lưu trữ"), url_for("archive.list", slug=edition.slug), detail, weight=70)]


feature = Feature(
    name="archive",
    blueprint=blueprint,
    navigation=navigation,
    next_acts=next_acts,
    stored_objects=queries.stored_objects,
    personal=personal,
)

__all__ = ["feature", "tasks"]
