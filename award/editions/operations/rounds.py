"""Setting up rounds and their panels, as long as a round is prepared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.calendar import weights_fault
from award.editions.models import Criterion, Edition, Panel, PanelScope, Round
from award.editions.operations.inviting import hold_invitations
from award.editions.operations.locking import flush_or_refuse, lock
from award.editions.permissions import Capacity, can_arrange_rounds, can_set_up_round
from award.log.operations import record
from award.text import one_line
from award.verdicts import Verdict, require


@dataclass(frozen=True)
class CriterionSpec:
    """A criterion with its weight in percent, and the words that describe a low, a middling and a high mark."""

    name: str
    weight: int
    low_words: str = ""
    middle_words: str = ""
    high_words: str = ""


@dataclass(frozen=True)
class PanelSpec:
    """A panel and what it judges: (category id, genre id or None for the whole category)."""

    name: str
    scopes: Sequence[tuple[int, int | None]]
    public_id: str | None = None
    """The panel that is changed; None makes one."""
    shortlist_size: int | None = None
    """How many of its works go on; None: the round's count is for all such panels together."""


def add_round(*, by: Capacity, edition: Edition, name: str) -> Round:
    """One more round, after the others, in preparation."""
    lock(edition)
    require(can_arrange_rounds(by, edition))
    ordinal = 1 + max((r.ordinal for r in edition.rounds), default=0)
    made = Round(edition_id=edition.id, ordinal=ordinal, name=one_line(name))
    session.add(made)
    session.flush()
    session.expire(edition, ["rounds"])
    _record(by, edition, made, "round.added")
    return made


def change_round(
    *,
    by: Capacity,
    edition: Edition,
    round: Round,
    name: str,
    blind: bool,
    scale_max: int,
    steps_per_point: int,
    criteria: Sequence[CriterionSpec],
    shortlist_size: int | None = None,
    opens_on: date | None = None,
    ends_on: date | None = None,
    illustrative: bool = False,
    asks_level: bool = False,
    calibration: str = "",
    unranked_list: bool = False,
) -> None:
    """The round is judged like this. Raises Refused `criteria` when weights or steps do not add up."""
    lock(edition)
    require(can_set_up_round(by, edition, round))
    if fault := weights_fault([(spec.name, spec.weight) for spec in criteria], scale_max, steps_per_point):
        require(Verdict("criteria", fault))
    round.name, round.blind = one_line(name), blind
    round.scale_max, round.steps_per_point = scale_max, steps_per_point
    round.shortlist_size, round.opens_on, round.ends_on = shortlist_size, opens_on, ends_on
    round.illustrative, round.asks_level, round.calibration = illustrative, asks_level, calibration
    round.unranked_list = unranked_list
    round.criteria = [
        Criterion(
            ordinal=n,
            name=one_line(spec.name),
            weight=spec.weight,
            low_words=one_line(spec.low_words),
            middle_words=one_line(spec.middle_words),
            high_words=one_line(spec.high_words),
        )
        for n, spec in enumerate(criteria, start=1)
    ]
    session.flush()
    hold_invitations(edition)
    _record(by, edition, round, "round.changed")


def remove_round(*, by: Capacity, edition: Edition, round: Round) -> None:
    """The round, its criteria and its panels are gone. Only the last one goes, so that the others keep their number."""
    lock(edition)
    require(can_set_up_round(by, edition, round))
    if round.ordinal != max(r.ordinal for r in edition.rounds):
        require(Verdict("not_last", str(_("Chỉ xóa được vòng cuối cùng."))))
    for panel in [p for p in edition.panels if p.round_id == round.id]:
        session.delete(panel)
    session.delete(round)
    flush_or_refuse(in_use())
    session.expire(edition, ["rounds", "panels"])
    _record(by, edition, None, "round.removed")


def set_panels(*, by: Capacity, edition: Edition, round: Round, panels: Sequence[PanelSpec]) -> None:
    """The round has these panels. Raises Refused `in_use` when one with members would go."""
    lock(edition)
    require(can_set_up_round(by, edition, round))
    kept = {panel.public_id: panel for panel in edition.panels if panel.round_id == round.id}
    for public_id in set(kept) - {spec.public_id for spec in panels}:
        session.delete(kept[public_id])
    for ordinal, spec in enumerate(panels, start=1):
        panel = kept.get(spec.public_id or "") or Panel(edition_id=edition.id, round_id=round.id)
        panel.ordinal, panel.name, panel.shortlist_size = ordinal, one_line(spec.name), spec.shortlist_size
        panel.scopes = [
            PanelScope(category_id=category, genre_id=genre) for category, genre in dict.fromkeys(spec.scopes)
        ]
        session.add(panel)
    flush_or_refuse(in_use())
    session.expire(edition, ["panels"])
    _record(by, edition, round, "panels.set")


def in_use() -> dict[str, Verdict]:
    """The refusal for a round or panel that people sit on, by the constraint that says so."""
    return {
        name: Verdict("in_use", str(_("Tiểu ban đã có thành viên. Đưa thành viên ra khỏi tiểu ban rồi mới xóa.")))
        for name in ("fk_seat_panel_id", "fk_seat_round_id")
    }


def _record(by: Capacity, edition: Edition, in_round: Round | None, kind: str) -> None:
    record(
        kind,
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=in_round or edition,
        facts={"edition": edition.id},
    )
