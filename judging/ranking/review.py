"""A frozen round looked through before it is closed: sheets that lie apart and works near the cut, in words only.

Nothing here tells a mark, a distance, a direction or a place while the round is frozen. Once it is closed, what was
answered is read with its reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from award.db import session
from award.editions.models import Edition, Round
from award.entries.models import Entry
from award.screening.models import Screening
from judging.panels.dealing import Pair
from judging.panels.models import Assignment, Seat
from judging.ranking import queries
from judging.ranking.aggregate import shown
from judging.ranking.apart import Apart, apart
from judging.ranking.gathering import gathered
from judging.ranking.readers import MOST_ADDED, Why, more_readers
from judging.scoring.models import ScoreSheet, SecondLook


@dataclass(frozen=True)
class OddLine:
    """A sheet that lies apart, or did when its judge was asked. `level` is amber, red, or rule for the regulations."""

    sheet: str
    code: str
    panel: str
    member: str
    level: str
    against_rule: bool
    look: SecondLook | None
    before: str = ""
    after: str = ""
    """Its total before and after it was changed, once the round is closed."""


@dataclass(frozen=True)
class Reader:
    name: str
    sent: bool


@dataclass(frozen=True)
class NearLine:
    """A work that may be read by more, or was, and who reads it in addition. `why`: near the cut, short of sheets, …"""

    entry: str
    code: str
    panel: str
    why: str
    sheets: int
    readers: tuple[Reader, ...]

    @property
    def may_add(self) -> bool:
        return self.why != "" and len(self.readers) < MOST_ADDED


@dataclass(frozen=True)
class Review:
    odd: tuple[OddLine, ...]
    near: tuple[NearLine, ...]
    hidden: int
    """Works of either list that the reader is told nothing of."""

    @property
    def to_ask(self) -> bool:
        return any(line.look is None for line in self.odd)

    @property
    def to_add(self) -> bool:
        return any(line.may_add for line in self.near)


@dataclass(frozen=True)
class _Names:
    judges: Mapping[int, str]
    panels: Mapping[int, str]
    works: Mapping[int, tuple[str, str]]
    """Entry → public id and blind code."""


def review(edition: Edition, judged: Round, *, reader: int | None, limit: Fraction | None) -> Review:
    """As `reader` may see it. Statements do not grow with the works."""
    hidden = queries.hidden_works(judged.id, reader)
    panels = {key: panel.name for key, panel in queries.panels(judged.id).items()}
    names = _Names(queries.judges(judged.id), panels, _works(judged.id))
    found = gathered(judged)
    lie = apart(found, limit) if judged.state == "frozen" else []
    odd, near = _odd(judged, names, lie), _near(judged, names, more_readers(edition, judged, found, lie))
    left_out = {entry for entry, _line in (*odd, *near) if entry in hidden}
    return Review(
        tuple(line for entry, line in odd if entry not in hidden),
        tuple(line for entry, line in near if entry not in hidden),
        len(left_out),
    )


def _works(round_id: int) -> dict[int, tuple[str, str]]:
    found = (
        select(Entry.id, Entry.public_id, Screening.blind_code)
        .join(Screening, Screening.entry_id == Entry.id)
        .where(Entry.id.in_(select(Assignment.entry_id).where(Assignment.round_id == round_id)))
    )
    return {entry: (public_id, code or "") for entry, public_id, code in session.execute(found)}


def _odd(judged: Round, names: _Names, lie: Sequence[Apart]) -> list[tuple[int, OddLine]]:
    """By panel and code: those asked about, whatever they hold now, and in a frozen round those that lie apart now."""
    asked = {sheet.id: (look, sheet, seat, entry) for look, sheet, seat, entry in _asked(judged.id)}
    lines = [
        (seat.panel_id, entry, _asked_line(judged, look, sheet, seat, entry, names))
        for look, sheet, seat, entry in asked.values()
    ]
    if judged.state == "frozen":
        found = [each for each in lie if each.sheet_id not in asked]
        ids = _public_ids([each.sheet_id for each in found])
        for each in found:
            line = OddLine(
                ids[each.sheet_id],
                names.works[each.entry_id][1],
                names.panels[each.panel_id],
                names.judges[each.seat_id],
                each.level or "rule",
                each.gap is not None,
                None,
            )
            lines.append((each.panel_id, each.entry_id, line))
    order = {panel: number for number, panel in enumerate(names.panels)}
    lines.sort(key=lambda one: (order[one[0]], one[2].code, one[2].member))
    return [(entry, line) for _panel, entry, line in lines]


def _asked(round_id: int) -> list[tuple[SecondLook, ScoreSheet, Seat, int]]:
    found = (
        select(SecondLook, ScoreSheet, Seat, Assignment.entry_id)
        .join(ScoreSheet, ScoreSheet.id == SecondLook.sheet_id)
        .join(Assignment, Assignment.id == ScoreSheet.assignment_id)
        .join(Seat, Seat.id == Assignment.seat_id)
        .where(Assignment.round_id == round_id)
        .options(selectinload(ScoreSheet.marks))
    )
    return list(session.execute(found).tuples())


def _asked_line(judged: Round, look: SecondLook, sheet: ScoreSheet, seat: Seat, entry: int, names: _Names) -> OddLine:
    before = after = ""
    if judged.state == "closed" and look.answer == "revised":
        before = str(shown(Fraction(sum(look.former_steps), judged.steps_per_point)))
        after = str(shown(Fraction(sum(mark.steps for mark in sheet.marks), judged.steps_per_point)))
    return OddLine(
        sheet.public_id,
        names.works[entry][1],
        names.panels[seat.panel_id],
        names.judges[seat.id],
        look.level,
        bool(look.limit),
        look,
        before,
        after,
    )


def _public_ids(sheet_ids: list[int]) -> dict[int, str]:
    found = select(ScoreSheet.id, ScoreSheet.public_id).where(ScoreSheet.id.in_(sheet_ids))
    return dict(session.execute(found).tuples().all())


def _near(judged: Round, names: _Names, why: Mapping[Pair, Why]) -> list[tuple[int, NearLine]]:
    """By panel and code, which tells nothing of how near each is."""
    read = _readings(judged.id)
    near = sorted(why.keys() | {(panel, entry) for panel, entry, _seat, extra, _sent in read if extra})
    readers: dict[tuple[int, int], list[Reader]] = {pair: [] for pair in near}
    sheets = dict.fromkeys(near, 0)
    for panel, entry, seat, extra, sent in read:
        if (panel, entry) not in readers:
            continue
        sheets[panel, entry] += sent
        if extra:
            readers[panel, entry].append(Reader(names.judges[seat], sent))
    order = {panel: number for number, panel in enumerate(names.panels)}
    near.sort(key=lambda pair: (order[pair[0]], names.works[pair[1]][1]))
    return [
        (
            entry,
            NearLine(
                *names.works[entry],
                names.panels[panel],
                why.get((panel, entry), ""),
                sheets[panel, entry],
                tuple(readers[panel, entry]),
            ),
        )
        for panel, entry in near
    ]


def _readings(round_id: int) -> list[tuple[int, int, int, bool, bool]]:
    """(panel, entry, seat, whether asked for while frozen, whether sent) of whoever reads or has read."""
    found = (
        select(Seat.panel_id, Assignment.entry_id, Seat.id, Assignment.extra, ScoreSheet.state)
        .join(Seat, Seat.id == Assignment.seat_id)
        .outerjoin(ScoreSheet, ScoreSheet.assignment_id == Assignment.id)
        .where(Assignment.round_id == round_id, Assignment.state == "open")
        .order_by(Assignment.id)
    )
    return [(*row[:4], row[4] == "finished") for row in session.execute(found).tuples()]
