"""Under which press organ each work with a prize stands, as the tables of the award count organs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _
from sqlalchemy import exists, select

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.deadlines import organs_named_on
from award.editions.models import Edition
from award.entries.models import Entry
from award.people.heirs import heir_of, name_of
from award.people.models import Newsroom
from award.results.models import Result
from award.results.works import PrizeWork
from award.text import sort_key

UNLISTED = "khac"
"""Stands for the organs that are not in the list."""


@dataclass(frozen=True)
class Organ:
    key: str
    name: str


def placed(edition: Edition, works: Sequence[PrizeWork]) -> tuple[list[PrizeWork], list[Organ]]:
    """The works, each with the key of its organ, and the organs by name; those that are not in the list as one, last.

    An organ is what it had become by the deadline, under the name it bore then. One statement.
    """
    known = _known(edition.id, organs_named_on(edition, local(now()).date()))
    unlisted = Organ(UNLISTED, _("Cơ quan chưa có trong danh sách"))
    of = {work.key: known.get(work.key, unlisted) for work in works}
    organs = sorted(set(of.values()), key=lambda organ: (organ == unlisted, sort_key(organ.name)))
    return [replace(work, organ=of[work.key].key) for work in works], organs


def _known(edition_id: int, on: date) -> dict[str, Organ]:
    found = (
        select(Entry.public_id, Newsroom.public_id, name_of(Newsroom.id, on, of=Newsroom))
        .join(Newsroom, Newsroom.id == heir_of(Entry.newsroom_id, on, of=Entry))
        .where(exists().where(Result.entry_id == Entry.id, Result.edition_id == edition_id))
    )
    return {work: Organ(key, name or "") for work, key, name in session.execute(found).tuples()}
