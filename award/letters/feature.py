"""What the room letters hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.correspondence import ShortText
from award.db import session
from award.editions.deadlines import confirmation, said, words
from award.editions.models import Edition
from award.editions.queries import capacity
from award.features import Feature
from award.letters.permissions import can_see_letters
from award.letters.personal import personal
from award.letters.views import blueprint
from award.people.letters import address
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """ "Thư" for who writes letters."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if not can_see_letters(capacity(session.get_one(Person, person_id), edition)):
        return ()
    return ((_("Thư"), url_for("letters.home", slug=edition.slug)),)


def short_texts(edition_id: int) -> Sequence[ShortText]:
    """Until when works are taken and confirmed, as everybody may read it."""
    edition = session.get_one(Edition, edition_id)
    if edition.state != "open" or edition.trial_of_id is not None:
        return ()
    own = confirmation(edition)
    lines = [
        _("%(edition)s nhận tác phẩm %(until)s.", edition=edition.name, until=words(edition)),
        _("Cơ quan báo chí xác nhận tác phẩm %(until)s.", until=said(own)) if own else "",
        address("editions.home", slug=edition.slug),
    ]
    return (ShortText(_("Thời hạn nhận tác phẩm"), "\n".join(filter(None, lines))),)


feature = Feature(
    name="letters", blueprint=blueprint, navigation=navigation, personal=personal, short_texts=short_texts
)
