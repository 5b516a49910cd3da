"""What the room of archives hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.archive import permissions, queries, tasks
from award.archive.personal import personal
from award.archive.views import blueprint
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For the staff, once the edition is published."""
    if person_id is None or edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    if edition.state not in {"published", "archived"}:
        return []
    if not permissions.can_read(capacity(session.get_one(Person, person_id), edition)):
        return []
    return [(_("Bản lưu trữ"), url_for("archive.list", slug=edition.slug))]


feature = Feature(
    name="archive",
    blueprint=blueprint,
    navigation=navigation,
    stored_objects=queries.stored_objects,
    personal=personal,
)

__all__ = ["feature", "tasks"]
