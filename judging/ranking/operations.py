"""Freezing and closing a round, each by two persons; handing its places down; drawing the shortlist."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from award.db import session
from award.editions import countersigns
from award.editions.models import Countersign, Edition, Round
from award.editions.operations import calendar
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.editions.rulebook import digest, rules_of_round
from award.log.operations import record
from award.results.operations import StandingRow, record_shortlist, record_standing
from award.verdicts import Refused, Verdict, require
from judging.ranking import permissions, queries
from judging.ranking.advice import Advice, advice
from judging.ranking.aggregate import Place, Sheet, places, shown, totals
from judging.ranking.cuts import own_sizes
from judging.ranking.severity import DECIMALS
from judging.ranking.shortfall import Shortfall, shortfall
from judging.scoring.queries import FinishedSheet, finished_marks, progress


def propose_freeze(*, by: Capacity, edition: Edition, judged: Round) -> Countersign:
    """Freezing waits for its second person; scoring goes on until then."""
    lock(edition)
    require(permissions.can_freeze(by, judged))
    return countersigns.propose(by=by, edition=edition, act="freeze_round", subject=judged.public_id)


def confirm_freeze(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """No sheet is begun or changed from now on. A save under way counts before, a later one is refused."""
    require(permissions.can_follow(by))
    lock(edition)
    countersigns.confirm(by=by, edition=edition, proposal=_waiting(edition, "freeze_round", judged))
    calendar.freeze_round(edition=edition, round=judged)


def propose_close(*, by: Capacity, edition: Edition, judged: Round, shortfall_reason: str = "") -> Countersign:
    """Closing waits for its second person. Missing sheets need a reason, which the second person reads too."""
    lock(edition)
    require(permissions.can_close(by, judged))
    lacking = _lacking(edition, judged)
    if lacking and not shortfall_reason.strip():
        raise Refused(Verdict("missing_sheets", permissions.cannot_close(judged, lacking.sentence)))
    terms = {"shortfall": lacking.terms, "reason": shortfall_reason.strip()}
    return countersigns.propose(by=by, edition=edition, act="close_round", subject=judged.public_id, terms=terms)


def confirm_close(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """The round is closed, its sheets are open, and every work has its place.

    The event of closing carries the number of sheets and a hash over their commitments in sorted order, so that a
    sheet exchanged later no longer fits; the hash of the rules they are counted by; and λ of each panel, with which
    its corrected scores are found again. Raises Refused when more is lacking than the first person gave a reason for.
    """
    require(permissions.can_follow(by))
    lock(edition)
    waiting = _waiting(edition, "close_round", judged)
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    lacking = _lacking(edition, judged)
    if lacking and lacking.terms != waiting.terms["shortfall"]:
        raise Refused(Verdict("shortfall_changed", str(permissions.SHORTFALL_CHANGED)))
    calendar.close_round(edition=edition, round=judged)
    session.flush()
    sheets = finished_marks(judged.id)
    commitments = queries.commitments([sheet.sheet_id for sheet in sheets])
    rows, ratios = _standings(judged, sheets, commitments)
    record_standing(by=by, edition=edition, judged=judged, rows=rows)
    record(
        "round.counted",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={
            "sheets": len(sheets),
            "rules_sha256": digest(rules_of_round(judged, list(queries.panels(judged.id).values()))),
            "commitments_sha256": hashlib.sha256("\n".join(commitments).encode()).hexdigest(),
            **ratios,
        },
    )


def withdraw_proposal(*, by: Capacity, edition: Edition, judged: Round, act: str) -> None:
    """The act no longer waits; it can be proposed again."""
    require(permissions.can_follow(by))
    lock(edition)
    waiting = _waiting(edition, act, judged)
    require(permissions.can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def draw_shortlist(*, by: Capacity, edition: Edition, judged: Round, advanced: Mapping[int, str]) -> None:
    """The named works (entry id → reason) go on. A choice against the order, or out of a tie, has a reason."""
    lock(edition)
    require(permissions.can_draw_shortlist(by, judged, followed=queries.use_of(judged).followed))
    if not advanced:
        raise Refused(Verdict("nothing_chosen", _("Chưa chọn tác phẩm nào.")))
    against = queries.against_the_order(judged.id, set(advanced))
    unexplained = [code for entry_id, code in against.items() if not advanced.get(entry_id, "").strip()]
    if unexplained:
        codes = ", ".join(sorted(unexplained))
        words = _("Cần ghi lý do chọn %(codes)s: tác phẩm có điểm cao hơn hoặc bằng điểm không được chọn.", codes=codes)
        raise Refused(Verdict("unexplained", words))
    own = [against[entry_id] for entry_id in queries.kept_from(by.person_id, against)]
    if own:
        codes = ", ".join(sorted(own))
        words = _("Có liên quan đến %(codes)s: việc chọn khác thứ tự điểm do thành viên khác thực hiện.", codes=codes)
        raise Refused(Verdict("kept_from", words))
    kept = {entry_id: reason.strip() for entry_id, reason in advanced.items()}
    record_shortlist(by=by, edition=edition, judged=judged, advanced=kept)


def _lacking(edition: Edition, judged: Round) -> Shortfall:
    return shortfall(progress(judged.id), queries.readings(edition))


def _waiting(edition: Edition, act: str, judged: Round) -> Countersign:
    waiting = waiting_countersign(edition.id, act, judged.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _standings(
    judged: Round, sheets: Sequence[FinishedSheet], commitments: Sequence[str]
) -> tuple[list[StandingRow], dict[str, str]]:
    """Places on each panel, whose works are never set against those of another; and λ of each where there is one."""
    by_panel: dict[int, dict[int, list[FinishedSheet]]] = defaultdict(dict)
    for panel_id, entry_id in queries.works(judged.id):
        by_panel[panel_id][entry_id] = []
    for sheet in sheets:
        by_panel[sheet.panel_id].setdefault(sheet.entry_id, []).append(sheet)
    given = {
        panel_id: {entry: [Sheet(each.seat_id, each.marks) for each in found] for entry, found in works.items()}
        for panel_id, works in by_panel.items()
    }
    panels = queries.panels(judged.id)
    sizes = own_sizes({panel_id: panels[panel_id].shortlist_size for panel_id in given}, judged.shortlist_size)
    rows, ratios = [], {}
    for panel_id, works in given.items():
        beside = advice(totals(works, judged.steps_per_point), judged.scale_max, sizes.get(panel_id), commitments)
        if beside.ratio is not None:
            ratios[f"lambda.{panels[panel_id].public_id}"] = str(shown(beside.ratio, DECIMALS))
        rows += [
            _row(panel_id, place, by_panel[panel_id][place.entry_id], beside)
            for place in places(works, judged.steps_per_point)
        ]
    return rows, ratios


def _row(panel_id: int, place: Place, sheets: Sequence[FinishedSheet], beside: Advice) -> StandingRow:
    kept = [
        {"seat": each.seat_id, "marks": {str(criterion): steps for criterion, steps in each.marks.items()}}
        for each in sheets
    ]
    detail = {"sheets": kept, **beside.works[place.entry_id]}
    return StandingRow(place.entry_id, panel_id, place.rank, place.score, place.sheets, detail)
