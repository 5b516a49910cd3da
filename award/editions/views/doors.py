"""What the doors of editions share: the edition behind an address, and what other rooms say of it."""

from typing import Any

from flask import Blueprint, current_app, url_for
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.doors import found
from award.editions import calendar
from award.editions.calendar import Barrier
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity, can_read_setup, can_see
from award.editions.queries import appointed, capacity, edition_by_slug, with_rules
from award.features import Obstacle, installed
from award.people.signin import current_person
from award.verdicts import Verdict, require

Answer = str | tuple[str, int] | BaseResponse

blueprint = Blueprint("editions", __name__)

STEP_OF_ACT = {
    "open_entries": "open_entries",
    "close_entries": "close_entries",
    "open_round": "open_round",
    "start_decision": "decide",
}
"""What other rooms call the steps they may hold something against."""


def seen_edition(slug: str) -> tuple[Edition, Capacity]:
    """The edition of the address and what the visitor is in it; a draft is 404 for all but its people."""
    edition = found(edition_by_slug(slug))
    by = capacity(current_person(), edition)
    found(can_see(by, edition) or None)
    return edition, by


def edition_of_staff(slug: str) -> tuple[Edition, Capacity]:
    """The same for those who read the set-up."""
    edition, by = seen_edition(slug)
    require(can_read_setup(by))
    return edition, by


def edition_in_setup(slug: str) -> tuple[Edition, Capacity]:
    """The same with the rules loaded."""
    edition, by = edition_of_staff(slug)
    return with_rules(edition.id), by


def own_barriers(edition: Edition, act: str, in_round: Round | None) -> list[Barrier]:
    """What of the edition itself stands in the way of `act`. The edition comes with its rules."""
    if act == "open_entries":
        return calendar.before_opening(edition, now())
    if act == "close_entries":
        return calendar.before_closing(edition, now())
    if act == "open_round" and in_round is not None:
        return calendar.before_round(edition, in_round, appointed(edition.id))
    return calendar.before_decision(edition) if act == "start_decision" else []


def obstacles_of_others(edition: Edition, act: str, in_round: Round | None) -> list[Obstacle]:
    """What the other rooms hold against `act`."""
    step = STEP_OF_ACT.get(act)
    if step is None:
        return []
    round_id = in_round.id if in_round else None
    asked = [room.obstacles for room in installed() if room.obstacles and room.name != "editions"]
    return [obstacle for ask in asked for obstacle in ask(edition.id, step, round_id)]


def against_appointing(edition_id: int, person_id: int, role: str) -> list[Verdict]:
    """What the other rooms hold against the person taking the role."""
    asked = (room.against_appointing(edition_id, person_id, role) for room in installed() if room.against_appointing)
    return [verdict for verdict in asked if verdict is not None]


def in_the_way(edition: Edition, act: str, in_round: Round | None) -> list[Obstacle]:
    """Everything that stands in the way of `act`, with the page that removes it; our own first."""
    own = [Obstacle(b.sentence, page_of(edition, b, in_round)) for b in own_barriers(edition, act, in_round)]
    return [*own, *obstacles_of_others(edition, act, in_round)]


def page_of(edition: Edition, barrier: Barrier, in_round: Round | None) -> str:
    """The set-up page that removes a barrier."""
    if barrier.page in {"round", "panels"} and in_round is not None:
        return url_for(f"editions.{barrier.page}", slug=edition.slug, ordinal=in_round.ordinal)
    if barrier.page == "calendar":
        return url_for("editions.setup", slug=edition.slug)
    return url_for(f"editions.{barrier.page}", slug=edition.slug, _anchor=barrier.field)


def address_of(endpoint: str, **values: Any) -> str | None:
    """The address of another room's page; none in a house without that room."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None
