"""What the room viewings hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import exists, select

from award.db import session
from award.editions.models import Edition, Panel
from award.features import Feature, FileSight, NextAct
from award.files.models import File
from award.glance import EDITION, READER, glance
from judging.panels.aside import ties_of
from judging.panels.models import Seat
from judging.panels.queries import still_appointed
from judging.scoring.queries import shown_name
from judging.viewings import queries, views
from judging.viewings.models import Viewing
from judging.viewings.personal import personal

_OWN = exists().where(
    Seat.panel_id == Viewing.panel_id, Seat.person_id == READER, Seat.pledged_at.is_not(None), still_appointed()
)
GLANCES = {
    "viewing": (
        select(Viewing.public_id)
        .join(Panel, Panel.id == Viewing.panel_id)
        .where(Panel.edition_id == EDITION, Viewing.closed_at.is_(None), _OWN)
        .order_by(Viewing.id)
        .limit(1)
        .scalar_subquery()
    )
}


def _address(door: str, person_id: int, edition_id: int) -> str | None:
    """A door of the viewing in which the person's panel sits now."""
    running = glance(person_id, edition_id)["viewing"]
    if running is None:
        return None
    return url_for(f"viewings.{door}", slug=session.get_one(Edition, edition_id).slug, viewing_id=running)


def followed(person_id: int, edition_id: int) -> str | None:
    """The line that leads devices of the panel to what is on."""
    return _address("line", person_id, edition_id)


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The room, for members of the panel while it sits."""
    if person_id is None or edition_id is None:
        return ()
    address = _address("room", person_id, edition_id)
    return [(_("Xem chung"), address)] if address else ()


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """That the panel sits."""
    address = _address("room", person_id, edition_id)
    return [NextAct(_("Vào buổi xem chung của tiểu ban"), address, weight=5)] if address else ()


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """What is on is seen by the members of its panel, those who do not mark it included; by nobody who was to leave."""
    if person_id is None:
        return None
    name = shown_name(file_id, person_id, through=queries.before_the_screen(person_id))
    if name is None:
        return None
    if any(ties_of(edition, works, [person_id]) for edition, works in queries.on_with(file_id).items()):
        return None
    return FileSight(name or session.get_one(File, file_id).name, original=not name)


feature = Feature(
    name="viewings",
    blueprint=views.blueprint,
    navigation=navigation,
    glances=GLANCES,
    next_acts=next_acts,
    followed=followed,
    may_read_file=may_read_file,
    personal=personal,
)
