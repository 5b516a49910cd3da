"""Questions about the dossiers that were made of the list."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import select

from award.db import session
from award.features import StoredObject
from award.nominations.models import Dossier

MOST_LISTED = 20
"""The page of the list names as many, the newest."""


def dossiers(edition_id: int, *, whole: bool = False) -> Sequence[Dossier]:
    """The newest of the dossiers made of the list, first; or of those of the `whole` edition."""
    found = select(Dossier).where(Dossier.edition_id == edition_id, Dossier.whole.is_(whole))
    return session.scalars(found.order_by(Dossier.id.desc()).limit(MOST_LISTED)).all()


def dossier(edition_id: int, public_id: str) -> Dossier | None:
    return session.scalar(select(Dossier).where(Dossier.edition_id == edition_id, Dossier.public_id == public_id))


def stored_objects() -> Iterator[StoredObject]:
    """The ZIPs that stand."""
    for each in session.scalars(select(Dossier).where(Dossier.state == "ready").order_by(Dossier.id)):
        yield StoredObject(each.key, each.size or 0, f"dossier {each.public_id}", each.public_id, each.sha256)


def has_ready_dossier(edition_id: int) -> bool:
    found = select(Dossier.id).where(
        Dossier.edition_id == edition_id, Dossier.state == "ready", Dossier.whole.is_(False)
    )
    return session.scalar(found.limit(1)) is not None


def still_building(asked_before: datetime) -> Sequence[Dossier]:
    """Dossiers asked for before the instant and not there yet."""
    found = select(Dossier).where(Dossier.state == "building", Dossier.created_at < asked_before)
    return session.scalars(found.order_by(Dossier.id)).all()
