"""What the room proof hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity, rounds_seen
from award.features import Feature
from award.people.models import Person
from judging.proof import permissions, views
from judging.proof import tasks as tasks  # what it registers with the queue
from judging.proof.personal import personal


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The evidence, for those who may take it, from the end of the first round on."""
    if person_id is None or edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not permissions.can_take_evidence(by, rounds_seen(person_id, edition_id)):
        return []
    return [(_("Kiểm chứng"), url_for("proof.checkpoints", slug=edition.slug))]


feature = Feature(name="proof", blueprint=views.blueprint, navigation=navigation, personal=personal)
