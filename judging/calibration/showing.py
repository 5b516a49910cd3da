"""What the pages of calibration show: to a member the own sheets and, once the panel is through, how the others' lie.

Nothing is told of a panel while anybody may still send: whoever looked before and after would know that sheet.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from flask_babel import gettext as _

from award.dates import number
from award.editions.models import Panel, Round
from judging.calibration import queries
from judging.calibration.models import CalibrationEnd, CalibrationSheet, CalibrationWork
from judging.calibration.spreads import LEAST, LEAST_FOR_MIDDLE, Spread, spreads
from judging.panels.models import Seat
from judging.panels.queries import panels_of, seats_in
from judging.scoring.marks import total


@dataclass(frozen=True)
class Line:
    """One criterion of a work, or its total: the own mark, how those of the others lie, what a mark means."""

    name: str
    own: str
    spread: Spread | None
    anchors: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The spread as it is read; a dash where it is not told."""
        if self.spread is None:
            return "–"
        low, high = number(self.spread.lowest, 2), number(self.spread.highest, 2)
        if self.spread.middle is None:
            return str(_("%(low)s đến %(high)s", low=low, high=high))
        middle = number(self.spread.middle, 2)
        return str(_("%(low)s đến %(high)s, giữa %(middle)s", low=low, high=high, middle=middle))


@dataclass(frozen=True)
class Telling:
    """What a page tells of the sheets of a panel: nothing before it is over, and less the fewer they are."""

    over: bool
    """Everybody has sent all, or the chair has closed it: no more sheets come."""
    others: int
    """How many have sent all of them, the reader not counted."""

    @property
    def told(self) -> bool:
        """The range of the others is shown."""
        return self.over and self.others >= LEAST

    @property
    def without_middle(self) -> bool:
        """The range alone."""
        return self.told and self.others < LEAST_FOR_MIDDLE


@dataclass(frozen=True)
class OwnWork:
    """A calibration work of the member's panel with the own sheet of it."""

    work: CalibrationWork
    state: tuple[str, str]
    """Mark and word."""
    lines: tuple[Line, ...] = ()
    """Only once the member has sent all of the panel."""


@dataclass(frozen=True)
class OwnPanel(Telling):
    """What a member does first on one panel."""

    panel: Panel
    works: tuple[OwnWork, ...]
    sent: int
    ended: bool

    @property
    def done(self) -> bool:
        return self.sent == len(self.works)


def is_over(round_: Round) -> bool:
    """Whether nobody sends a calibration sheet any more, closed or not: then what was sent is told."""
    return round_.state in ("frozen", "closed")


def own_panels(round_: Round, seats: list[Seat]) -> list[OwnPanel]:
    """The calibration of each panel the member sits on; panels without works are left out."""
    ids = [seat.panel_id for seat in seats]
    works, ends, sent = queries.works_of(ids), queries.ends_of(ids), queries.finished(ids)
    own, waiting = queries.own_sheets([seat.id for seat in seats]), queries.waiting(ids)
    return [
        _own_panel(
            round_,
            seat,
            works[at],
            own,
            sent[at],
            over=at in ends or at not in waiting or is_over(round_),
            ended=at in ends,
        )
        for seat in seats
        if works.get(at := seat.panel_id)
    ]


def _own_panel(
    round_: Round,
    seat: Seat,
    works: list[CalibrationWork],
    own: Mapping[tuple[int, int], CalibrationSheet],
    sent: Mapping[int, Mapping[int, CalibrationSheet]],
    *,
    over: bool,
    ended: bool,
) -> OwnPanel:
    mine = {work.id: own.get((seat.id, work.id)) for work in works}
    others = {other: sheets for other, sheets in sent.items() if other != seat.id and len(sheets) == len(works)}
    count = sum(sheet is not None and sheet.finished_at is not None for sheet in mine.values())
    shown = []
    for work in works:
        sheet = mine[work.id]
        lines: tuple[Line, ...] = ()
        if sheet is not None and count == len(works):
            lines = lines_of(round_, sheet.steps, [each[work.id].steps for each in others.values()] if over else [])
        shown.append(OwnWork(work, _state(sheet), lines))
    return OwnPanel(over, len(others), seat.panel, tuple(shown), count, ended)


def _state(sheet: CalibrationSheet | None) -> tuple[str, str]:
    if sheet is None:
        return "none", str(_("Chưa chấm"))
    return ("sealed", str(_("Đã gửi"))) if sheet.finished_at else ("doing", str(_("Đang chấm")))


def lines_of(round_: Round, own: Mapping[int, int], others: list[dict[int, int]]) -> tuple[Line, ...]:
    """Every criterion and the total. `own` is empty where nobody's own marks stand beside the others'."""
    found = spreads(others, round_.steps_per_point)
    lines = [
        Line(
            criterion.name,
            number(Fraction(own[criterion.id], round_.steps_per_point), 2) if criterion.id in own else "",
            found.get(criterion.id),
            tuple(words for words in (criterion.low_words, criterion.middle_words, criterion.high_words) if words),
        )
        for criterion in round_.criteria
    ]
    return (*lines, Line(_("Tổng điểm"), total(own.values(), round_.steps_per_point) if own else "", found.get(None)))


@dataclass(frozen=True)
class PanelShown(Telling):
    """A panel as those read of it who lead: the works, who has sent how many, and the spread once it is told."""

    panel: Panel
    works: tuple[CalibrationWork, ...]
    members: tuple[tuple[str, int], ...]
    """Name → how many were sent."""
    ended: CalibrationEnd | None
    lines: tuple[tuple[CalibrationWork, tuple[Line, ...]], ...] = ()


def panels_shown(round_: Round, reader_id: int | None) -> list[PanelShown]:
    """Every panel of the round. The same number of statements for any number of members.

    A reader who sits on a panel is told of the others there, as on the own page.
    """
    panels = panels_of(round_.id)
    ids = [panel.id for panel in panels]
    works, ends, sent, seats = queries.works_of(ids), queries.ends_of(ids), queries.finished(ids), seats_in(round_.id)
    waiting, own = queries.waiting(ids), {seat.id for seat in seats if seat.person_id == reader_id}
    return [
        _panel_shown(
            round_,
            panel,
            works.get(panel.id, []),
            [seat for seat in seats if seat.panel_id == panel.id],
            ends.get(panel.id),
            sent[panel.id],
            own,
            over=panel.id in ends or panel.id not in waiting or is_over(round_),
        )
        for panel in panels
    ]


def _panel_shown(
    round_: Round,
    panel: Panel,
    works: list[CalibrationWork],
    seats: list[Seat],
    ended: CalibrationEnd | None,
    sent: Mapping[int, Mapping[int, CalibrationSheet]],
    own: Collection[int],
    *,
    over: bool,
) -> PanelShown:
    whole = [sheets for at, sheets in sent.items() if at not in own and works and len(sheets) == len(works)]
    members = tuple((seat.person.legal_name, len(sent.get(seat.id, {}))) for seat in seats)
    shown = PanelShown(over, len(whole), panel, tuple(works), members, ended)
    if not shown.told:
        return shown
    lines = tuple((work, lines_of(round_, {}, [sheets[work.id].steps for sheets in whole])) for work in works)
    return replace(shown, lines=lines)
