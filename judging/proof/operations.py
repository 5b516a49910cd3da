"""Holding the log fast day by day while judges score; correcting a closed round by two persons."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from award.db import session
from award.editions import countersigns
from award.editions.models import Countersign, Edition, Round
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.editions.rulebook import digest, figure_of, rules_then
from award.log.operations import record
from award.log.queries import grew
from award.results.models import FormerStanding, Standing
from award.results.operations import StandingRow, record_correction
from award.results.queries import decision
from award.verdicts import Refused, Verdict, require
from judging.proof import opened, permissions, queries, versions
from judging.proof.models import RoundCorrection
from judging.ranking.aggregate import LEAST_TO_TRIM, Sheet
from judging.ranking.minimum import Minimum
from judging.ranking.official import Official, official_of, placed_again
from judging.ranking.permissions import can_follow, can_withdraw
from judging.ranking.queries import kept_from, minimum_now, panels
from judging.scoring.contents import commitment
from judging.scoring.operations import annul

ACT = "correct_round"
AS_COUNTED = "as_counted"
"""What the event of a correction says of its figures. Corrections that were made before it was said estimated anew."""


def hold_fast() -> int:
    """Awards with a round open or frozen have a checkpoint over everything until now; gives how many were taken.

    An award in whose log nothing happened since its last checkpoint has none anew.
    """
    awards = {edition.award_id: judged for judged, edition in reversed(queries.rounds_at_work())}
    grown = {award: judged for award, judged in awards.items() if grew(award)}
    for award, judged in grown.items():
        record("round.held_fast", actor_id=None, award_id=award, subject=judged)
    return len(grown)


def propose_correction(
    *, by: Capacity, edition: Edition, judged: Round, sheets: Collection[str], reason: str
) -> Countersign:
    """That these sheets (public ids) count no longer waits for its second person; the places stay until then.

    Raises Refused without a reason, for a sheet that does not count, and for a work that is kept from `by`.
    """
    lock(edition)
    require(permissions.can_correct(by, judged, decided=decision(edition.id) is not None))
    if not reason.strip():
        raise Refused(Verdict("no_reason", _("Cần ghi lý do đính chính.")))
    _counting(by, judged, sheets)
    terms = {"sheets": sorted(set(sheets)), "reason": reason.strip(), "version": versions.version(judged.id)}
    return countersigns.propose(by=by, edition=edition, act=ACT, subject=judged.public_id, terms=terms)


def confirm_correction(*, by: Capacity, edition: Edition, judged: Round) -> RoundCorrection:
    """The sheets count no longer, and the places of the round are found anew from the others as its next version.

    The way of each list, λ and the judges' offsets stay as they were when the round ended: a work that lost no sheet
    keeps its score. What was said beside figures stays as it was found then; works that lost a sheet have it no more.
    Who had gone on has: a new shortlist is an act of its own. Raises Refused as proposing does.
    """
    require(can_follow(by))
    lock(edition)
    waiting = _waiting(edition, judged)
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    require(permissions.can_be_corrected(judged, decided=decision(edition.id) is not None))
    counting = _counting(by, judged, waiting.terms["sheets"])
    gone = {(each.entry_id, each.seat_id) for each in counting}
    made = RoundCorrection(
        round_id=judged.id,
        version=waiting.terms["version"] + 1,
        countersign_id=waiting.id,
        reason=waiting.terms["reason"],
        sheets=sorted(each.sheet.commitment or "" for each in counting),
        nonce=secrets.token_bytes(32),
        commitment="",
    )
    made.commitment = commitment(made.nonce, made.content(judged.public_id))
    session.add(made)
    annul(by=by, edition=edition, sheets=[each.sheet for each in counting], reason="corrected")
    told = opened.figures_told(judged)
    rows = _places_without(edition, judged, told, gone)
    record_correction(by=by, edition=edition, judged=judged, rows=rows, version=made.version)
    needed = digest(sorted([row.entry_id, row.needed] for row in rows))
    _tell(by, edition, judged, made, {**told, "figures": AS_COUNTED, "needed_sha256": needed})
    return made


def withdraw_correction(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """The correction no longer waits; it can be proposed again."""
    require(can_follow(by))
    lock(edition)
    waiting = _waiting(edition, judged)
    require(can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def _waiting(edition: Edition, judged: Round) -> Countersign:
    waiting = waiting_countersign(edition.id, ACT, judged.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _counting(by: Capacity, judged: Round, named: Collection[str]) -> list[versions.Counting]:
    """The named sheets, each of which counts in the round's present places and is not kept from `by`."""
    found = [each for each in versions.counting(judged.id) if each.sheet.public_id in set(named)]
    if not named or len(found) < len(set(named)):
        raise Refused(Verdict("not_counted", _("Có phiếu không còn được tính. Đề nghị tải lại trang.")))
    if kept_from(by.person_id, [each.entry_id for each in found]):
        raise Refused(Verdict("kept_from", str(permissions.KEPT_FROM)))
    return found


def _places_without(
    edition: Edition, judged: Round, told: Mapping[str, str], gone: set[tuple[int, int]]
) -> list[StandingRow]:
    """The places of every work, also of those that left since, from the sheets that are kept beside them, in the way
    that each list was counted when the round ended (`told`: what the log keeps of it)."""
    rows, now, first = [], versions.standings(judged.id), versions.as_counted(judged.id)
    minimum, may_read = minimum_now(edition, judged), versions.readers(judged.id)
    minimum = Minimum((judged.counted_rules or {}).get("least", 1), minimum.everybody)
    for panel_id, panel in panels(judged.id).items():
        of_panel = {each.entry_id: each for each in now if each.panel_id == panel_id}
        kept = {
            entry: [one for one in each.detail.get("sheets", ()) if (entry, one["seat"]) not in gone]
            for entry, each in of_panel.items()
        }
        whole = {entry: len(kept[entry]) == len(each.detail.get("sheets", ())) for entry, each in of_panel.items()}
        needed = {
            entry: each.needed if whole[entry] else _needed(minimum, each.needed, may_read.get(entry, 0))
            for entry, each in of_panel.items()
        }
        figure = _as_counted(judged, [each for each in first if each.panel_id == panel_id], told, panel.public_id)
        left = {entry: _sheets(each) for entry, each in kept.items()}
        for place in placed_again(left, needed, figure, steps_per_point=judged.steps_per_point):
            entry = place.entry_id
            beside = of_panel[entry].detail if whole[entry] else _beside(figure, place.sheets)
            detail = {**beside, "sheets": kept[entry]}
            rows.append(StandingRow(entry, panel_id, place.rank, place.score, place.sheets, detail, place.needed))
    return rows


def _as_counted(
    judged: Round, first: Sequence[Standing | FormerStanding], told: Mapping[str, str], panel: str
) -> Official:
    """How the scores of a panel (its public id) were found when the round ended, from the places of then."""
    ratio = told.get(f"lambda.{panel}")
    return official_of(
        {each.entry_id: _sheets(each.detail.get("sheets", ())) for each in first},
        {each.entry_id: each.needed for each in first},
        how=figure_of(judged),
        scale=judged.scale_max,
        steps_per_point=judged.steps_per_point,
        ratio=None if ratio is None else Fraction(ratio),
    )


def _sheets(kept: Sequence[Mapping[str, Any]]) -> list[Sheet]:
    return [Sheet(one["seat"], one["marks"]) for one in kept]


def _beside(figure: Official, left: int) -> dict[str, Any]:
    """What stands beside the place of a work that lost a sheet: whether too few are left to trim, as its list is."""
    return {"untrimmed": True} if figure.how == "trimmed" and 0 < left < LEAST_TO_TRIM else {}


def _needed(minimum: Minimum, before: int, readers: int) -> int:
    """As while the round was judged: where everybody reads, who may not read the work any more counts no longer."""
    return min(before, minimum.of(readers)) if minimum.everybody else before


def _tell(by: Capacity, edition: Edition, judged: Round, made: RoundCorrection, figures: Mapping[str, str]) -> None:
    """The event says of the new version what that of closing said of the first, and what was corrected."""
    session.flush()
    left = sorted(each.sheet.commitment or "" for each in versions.counting(judged.id))
    record(
        "round.corrected",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={
            "version": made.version,
            "sheets": len(left),
            "rules_sha256": digest(rules_then(judged, list(panels(judged.id).values()))),
            "commitments_sha256": hashlib.sha256("\n".join(left).encode()).hexdigest(),
            **figures,
            "commitment": made.commitment,
        },
    )
