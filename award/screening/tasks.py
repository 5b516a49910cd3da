"""Counting anew what the automatic rules say of every dossier of an edition."""

from award.db import session, unit_of_work
from award.editions.models import Edition
from award.jobs import task
from award.screening import asking


@task("screening.check")
def check(edition_id: int) -> None:
    """The queue's filter knows of every submitted dossier how many rules speak against it, as things stand now."""
    edition = session.get(Edition, edition_id)
    last = 0 if edition is not None else None
    while edition is not None and last is not None:
        with unit_of_work():
            last = asking.count_again(edition=edition, after=last)
