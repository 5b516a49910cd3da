"""What the room ceremony hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.ceremony.personal import personal
from award.ceremony.views import blueprint
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature
from award.glance import glance
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For who keeps the desk, from the decision on."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not by.holds("organiser", "secretary", "auditor") or not glance(person_id, edition_id)["prizes_decided"]:
        return ()
    return ((_("Lễ trao giải"), url_for("ceremony.desk", slug=edition.slug)),)


feature = Feature(name="ceremony", blueprint=blueprint, navigation=navigation, personal=personal)
