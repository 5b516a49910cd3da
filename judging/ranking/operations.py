"""Freezing and closing a round, each by two persons; handing its places down; drawing the shortlist."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from award.db import session
from award.editions import countersigns
from award.editions.models import Countersign, Edition, Round
from award.editions.operations import calendar
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.log.operations import record
from award.results.operations import StandingRow, record_shortlist, record_standing
from award.verdicts import Refused, Verdict, require
from judging.ranking import permissions, queries
from judging.ranking.aggregate import Sheet, places
from judging.scoring.queries import FinishedSheet, finished_marks


def propose_freeze(*, by: Capacity, edition: Edition, judged: Round) -> Countersign:
    """Freezing waits for its second person; scoring goes on until then."""
    require(permissions.can_freeze(by, judged))
    return countersigns.propose(by=by, edition=edition, act="freeze_round", subject=judged.public_id)


def confirm_freeze(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """No sheet is begun or changed from now on."""
    countersigns.confirm(by=by, edition=edition, proposal=_waiting(edition, "freeze_round", judged))
    calendar.freeze_round(edition=edition, round=judged)


def propose_close(*, by: Capacity, edition: Edition, judged: Round, shortfall_reason: str = "") -> Countersign:
    """Closing waits for its second person. Missing sheets need a reason, which the second person reads too."""
    require(permissions.can_close(by, judged))
    gaps = queries.shortfall(edition, judged)
    if gaps and not shortfall_reason.strip():
        raise Refused(Verdict("missing_sheets", gaps))
    return countersigns.propose(
        by=by,
        edition=edition,
        act="close_round",
        subject=judged.public_id,
        terms={"shortfall": gaps, "reason": shortfall_reason.strip()},
    )


def confirm_close(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """The round is closed, its sheets are open, and every work has its place.

    The event of closing carries the number of sheets and a hash over their commitments in sorted order, so that a
    sheet exchanged later no longer fits.
    """
    countersigns.confirm(by=by, edition=edition, proposal=_waiting(edition, "close_round", judged))
    calendar.close_round(edition=edition, round=judged)
    session.flush()
    sheets = finished_marks(judged.id)
    record_standing(by=by, edition=edition, judged=judged, rows=_standings(judged, sheets))
    commitments = queries.commitments(judged.id)
    record(
        "round.counted",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={
            "sheets": len(sheets),
            "commitments_sha256": hashlib.sha256("\n".join(commitments).encode()).hexdigest(),
        },
    )


def draw_shortlist(*, by: Capacity, edition: Edition, judged: Round, advanced: Mapping[int, str]) -> None:
    """The named works (entry id → reason) go on. A choice against the order, or out of a tie, has a reason."""
    require(permissions.can_draw_shortlist(by, judged, followed=queries.is_followed(judged)))
    against = queries.against_the_order(judged.id, set(advanced))
    unexplained = [code for entry_id, code in against.items() if not advanced.get(entry_id, "").strip()]
    if unexplained:
        words = _("Cần ghi lý do: %(codes)s được chọn trong khi tác phẩm có điểm cao hơn không được chọn.")
        raise Refused(Verdict("unexplained", words % {"codes": ", ".join(sorted(unexplained))}))
    record_shortlist(by=by, edition=edition, judged=judged, advanced=advanced)


def _waiting(edition: Edition, act: str, judged: Round) -> Countersign:
    waiting = waiting_countersign(edition.id, act, judged.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _standings(judged: Round, sheets: Sequence[FinishedSheet]) -> list[StandingRow]:
    """Places on each panel: works of different panels are never set against each other."""
    by_panel: dict[int, dict[int, list[FinishedSheet]]] = defaultdict(dict)
    for panel_id, entry_id in queries.works(judged.id):
        by_panel[panel_id][entry_id] = []
    for sheet in sheets:
        by_panel[sheet.panel_id].setdefault(sheet.entry_id, []).append(sheet)
    rows = []
    for panel_id, works in by_panel.items():
        given = {entry: [Sheet(each.seat_id, each.marks) for each in found] for entry, found in works.items()}
        for place in places(given, judged.steps_per_point):
            detail = [
                {"seat": each.seat_id, "marks": {str(criterion): steps for criterion, steps in each.marks.items()}}
                for each in works[place.entry_id]
            ]
            rows.append(
                StandingRow(place.entry_id, panel_id, place.rank, place.score, place.sheets, {"sheets": detail})
            )
    return rows
