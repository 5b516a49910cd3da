"""Moving an edition and its rounds along the calendar. Each act is refused while something stands in its way.

What other rooms hold against an act comes in as `elsewhere`, since only a door knows every room.
"""

from collections.abc import Callable, Mapping, Sequence

from flask_babel import lazy_gettext as _

from award.clock import now
from award.db import session
from award.editions import calendar
from award.editions.calendar import Barrier
from award.editions.models import Countersign, Edition, Round
from award.editions.operations.forgetting import end_trial
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_move_calendar
from award.editions.queries import appointed, confirmed_countersign, with_rules
from award.editions.rulebook import rules_at_opening
from award.features import Obstacle
from award.log.operations import record
from award.verdicts import Verdict, require


def open_entries(*, by: Capacity, edition: Edition, elsewhere: Sequence[Obstacle] = ()) -> None:
    """Entries come in from now on; the rules of entry no longer change, and nothing is left of a trial."""
    edition = _begin(by, edition, "open_entries")
    _clear(calendar.before_opening(edition, now()), elsewhere)
    end_trial(actor_id=by.person_id, edition=edition)
    _move(by.person_id, edition, "open_entries", "edition.opened")


def close_entries(*, by: Capacity, edition: Edition, elsewhere: Sequence[Obstacle] = ()) -> None:
    """No more entries; what came in is screened."""
    edition = _begin(by, edition, "close_entries")
    _clear(calendar.before_closing(edition, now()), elsewhere)
    _move(by.person_id, edition, "close_entries", "edition.entries_closed")


def open_round(
    *,
    by: Capacity,
    edition: Edition,
    round: Round,
    elsewhere: Sequence[Obstacle] = (),
    after_opening: Callable[[Round], object] = lambda _round: None,
) -> None:
    """Judges work on the round from now on; its rules no longer change, and their hash stands in the log.

    `after_opening` is what other rooms do in the same unit of work, such as dealing the works.
    """
    edition = _begin(by, edition, "open_round")
    require(calendar.may_move_round(round, "open_round"))
    _clear(calendar.before_round(edition, round, appointed(edition.id)), elsewhere)
    if edition.state != "judging":
        _move(by.person_id, edition, "open_round", "edition.judging_started")
    round.opened_at = now()
    rules = rules_at_opening(round, [panel for panel in edition.panels if panel.round_id == round.id])
    _move_round(by.person_id, edition, round, "open_round", "round.opened", rules)
    after_opening(round)


def freeze_round(*, edition: Edition, round: Round) -> None:
    """No first sheet after this. Raises Refused unless two persons have just confirmed it (`freeze_round`)."""
    lock(edition)
    require(calendar.may_move_round(round, "freeze_round"))
    second = _two_persons(edition, "freeze_round", round.public_id)
    round.frozen_at = now()
    _move_round(second.confirmed_by_id, edition, round, "freeze_round", "round.frozen")


def close_round(*, edition: Edition, round: Round) -> None:
    """The round's marks are final and open. Raises Refused unless two persons have confirmed it (`close_round`)."""
    lock(edition)
    require(calendar.may_move_round(round, "close_round"))
    second = _two_persons(edition, "close_round", round.public_id)
    round.closed_at = now()
    _move_round(second.confirmed_by_id, edition, round, "close_round", "round.closed")


def start_decision(*, by: Capacity, edition: Edition, elsewhere: Sequence[Obstacle] = ()) -> None:
    """Judging is over; the decision is prepared."""
    edition = _begin(by, edition, "start_decision")
    _clear(calendar.before_decision(edition), elsewhere)
    _move(by.person_id, edition, "start_decision", "edition.decision_started")


def mark_published(*, edition: Edition) -> None:
    """The results are public. Raises Refused unless two persons have confirmed it (`publish`)."""
    lock(edition)
    require(calendar.may_move(edition, "mark_published"))
    second = _two_persons(edition, "publish", edition.public_id)
    _move(second.confirmed_by_id, edition, "mark_published", "edition.published")


def archive(*, by: Capacity, edition: Edition) -> None:
    """The edition is only read from now on."""
    edition = _begin(by, edition, "archive")
    _move(by.person_id, edition, "archive", "edition.archived")


def _begin(by: Capacity, edition: Edition, act: str) -> Edition:
    """The edition as it stands now, nobody else moving it, its rules loaded; `by` may move it and it stands right."""
    require(can_move_calendar(by))
    lock(edition)
    edition = with_rules(edition.id)
    require(calendar.may_move(edition, act))
    return edition


def _clear(own: Sequence[Barrier], elsewhere: Sequence[Obstacle]) -> None:
    """Returns when nothing stands in the way; otherwise refuses with the first of it."""
    for barrier in own:
        require(Verdict(barrier.code, barrier.sentence))
    for obstacle in elsewhere:
        require(Verdict("obstacle", obstacle.sentence))


def _two_persons(edition: Edition, act: str, subject: str) -> Countersign:
    second = confirmed_countersign(edition.id, act, subject)
    if second is None:
        require(Verdict("one_person", str(_("Việc này cần hai người xác nhận."))))
    assert second is not None
    return second


def _move(actor_id: int | None, edition: Edition, act: str, kind: str) -> None:
    before, edition.state = edition.state, calendar.MOVES[act][1]
    session.flush()
    facts: dict[str, int | str | None] = {"from": before, "to": edition.state}
    record(kind, actor_id=actor_id, award_id=edition.award_id, subject=edition, facts=facts)


def _move_round(
    actor_id: int | None, edition: Edition, in_round: Round, act: str, kind: str, more: Mapping[str, int | str] = {}
) -> None:
    before, in_round.state = in_round.state, calendar.ROUND_MOVES[act][1]
    session.flush()
    facts: dict[str, int | str | None] = {"edition": edition.id, "from": before, "to": in_round.state, **more}
    record(kind, actor_id=actor_id, award_id=edition.award_id, subject=in_round, facts=facts)
