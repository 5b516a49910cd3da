"""What the room history hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature
from award.history import permissions, views
from award.history.personal import personal
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For who keeps the lists; everybody else comes from the results."""
    if person_id is None or edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not permissions.can_read_lists(by):
        return []
    return [(_("Các lần trước"), url_for("history.works", slug=edition.slug))]


feature = Feature(name="history", blueprint=views.blueprint, navigation=navigation, personal=personal)
