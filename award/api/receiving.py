"""Whom somebody may have told, and where receivers may stand."""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import STAFF
from award.editions.queries import capacity
from award.newsrooms.queries import name_in, spoken_for
from award.people.models import Newsroom, Person


def loopback_allowed() -> bool:
    """A demonstration on one's own machine may tell a program on that machine; no other house tells anybody there."""
    settings = current_app.extensions["settings"]
    host = urlsplit(settings.base_url).hostname
    return bool(settings.demonstration and host in {"127.0.0.1", "localhost", "::1"})


class Offered(NamedTuple):
    """Something that a person may have told: the works of a newsroom in an edition, or all works of it."""

    key: str
    words: str
    edition: Edition
    newsroom: Newsroom | None


def offered(person: Person) -> Sequence[Offered]:
    """What the person may be told of, in editions that are under way, newest first."""
    under_way = select(Edition).where(Edition.state.not_in(("draft", "archived")), Edition.trial_of_id.is_(None))
    ours = spoken_for(person.id)
    found = []
    for edition in session.scalars(under_way.order_by(Edition.id.desc())):
        if capacity(person, edition).holds(*STAFF):
            found.append(Offered(edition.slug, _("%(edition)s: mọi tác phẩm", edition=edition.name), edition, None))
        for each in ours:
            words = _("%(edition)s: %(newsroom)s", edition=edition.name, newsroom=name_in(each, edition))
            found.append(Offered(f"{edition.slug}:{each.public_id}", words, edition, each))
    return found
