"""What the frame of every page must know of its reader in an edition: the questions of all rooms in one statement."""

from collections.abc import Mapping
from typing import Any

from flask import current_app
from sqlalchemy import BigInteger, BindParameter, Select, bindparam, select

from award.db import once_a_request, session
from award.features import installed

READER: BindParameter[int | None] = bindparam("glance_reader", type_=BigInteger)
EDITION: BindParameter[int] = bindparam("glance_edition", type_=BigInteger)


def glance(person_id: int | None, edition_id: int) -> Mapping[str, Any]:
    """What every room's `glances` say of the person (nobody: None) in the edition, as it was when first asked."""
    return once_a_request(("glance", person_id, edition_id), lambda: _asked(person_id, edition_id))


def _asked(person_id: int | None, edition_id: int) -> Mapping[str, Any]:
    values = {"glance_reader": person_id, "glance_edition": edition_id}
    return dict(session.execute(_statement(), values).one()._mapping)


def _statement() -> Select[Any]:
    """Made once for the rooms of an application: putting it together takes longer than asking it."""
    rooms = installed()
    made: dict[tuple[str, ...], Select[Any]] = current_app.extensions.setdefault("glance", {})
    key = tuple(room.name for room in rooms if room.glances)
    if key not in made:
        made[key] = select(*(ask.label(name) for room in rooms for name, ask in room.glances.items()))
    return made[key]
