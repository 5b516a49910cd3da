"""Questions about the register of press organs, by the names works give them."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from award.db import session
from award.people.models import Newsroom, NewsroomName
from award.text import folded


def newsroom_names() -> list[tuple[int, str]]:
    """Every press organ under the names it bears now, in the order of the alphabet."""
    rows = session.execute(
        select(NewsroomName.newsroom_id, NewsroomName.name)
        .where(NewsroomName.valid_to.is_(None))
        .order_by(NewsroomName.name_key, NewsroomName.id)
    )
    return [(row.newsroom_id, row.name) for row in rows]


def newsrooms_called(folded_names: Sequence[str]) -> dict[str, int]:
    """Folded name -> the organ that bears or bore it."""
    return dict(session.execute(_NEWSROOMS_CALLED, {"names": list(folded_names)}).tuples().all())


_NEWSROOMS_CALLED = (
    select(NewsroomName.name_folded, NewsroomName.newsroom_id)
    .where(NewsroomName.name_folded.in_(bindparam("names", expanding=True)))
    .order_by(NewsroomName.valid_to.is_(None), NewsroomName.id)
)


class Listed(NamedTuple):
    """What the register says of a press organ."""

    licensed: bool
    kinds: Sequence[str]


def listed_outlet(name: str) -> Listed | None:
    """The press organ that bears or bore this name; None when none is listed under it."""
    number = newsrooms_called([folded(name)]).get(folded(name)) if name else None
    if number is None:
        return None
    return Listed(*session.execute(select(Newsroom.licensed, Newsroom.kinds).where(Newsroom.id == number)).one())
