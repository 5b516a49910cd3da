"""Deeds on sheets that a judge filled in on paper: the scan comes in, two persons key it, and it is the judge's sheet.

Whoever reads the scan learns sealed marks, so reading it is a deed of its own: at most two persons are bound, the log
says who, and neither may judge, lead or audit until the round is closed. The second keys without seeing what the first
keyed. Where the two differ both are shown to both, and each corrects their own by the scan; only what two persons have
keyed alike becomes the sheet.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Unpack

from flask_babel import gettext as _
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.files.codes import whose
from award.files.declared import Declared
from award.files.models import File
from award.log.operations import record
from award.people.models import Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.panels.models import Assignment, Seat
from judging.panels.operations import pledge_on_paper
from judging.panels.queries import still_appointed, still_judged, ties_between
from judging.readings import agreement
from judging.readings.agreement import alike
from judging.readings.operations import checked_scan, not_bound, own_reading, scan_begun, set_aside
from judging.scoring import brought, looking_again
from judging.scoring.contents import put_marks, seal, sealed_content, whole, within
from judging.scoring.models import Keying, PaperSheet, ScoreSheet, SecondLook
from judging.scoring.operations import begins, hold
from judging.scoring.permissions import can_see_paper, can_send_paper, can_take_paper, can_take_up, is_asked
from judging.scoring.queries import look_at, own_sheet

MOST_BYTES = 20_000_000
MOST_PAGES = 4
"""So many pages of a scan are looked at for their code."""


def begin_scan(
    *,
    by: Capacity,
    edition: Edition,
    assignment: Assignment,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """The scan of the signed sheet may be sent; who sends it is the first to key it, and bound by what it says.

    Raises Refused while another person's scan waits, and when the sheet could not be sent on a screen either.
    """
    round_, seat, sheet = _held(assignment)
    paper = brought.waiting_paper(assignment.id)
    require(can_send_paper(by, paper))
    require(takes(assignment, round_, seat, sheet, look_at(sheet)))
    _no_tie(by, edition, assignment)
    file = scan_begun(paper, uploader=uploader, max_bytes=MOST_BYTES, **sent)
    if paper is None or paper.scan_id != file.id:
        _drop(paper)
        paper = PaperSheet(assignment_id=assignment.id, scan_id=file.id)
        session.add(paper)
        _bind(by, edition, paper, 1)
    return file


def drop_scan(*, by: Capacity, edition: Edition, assignment: Assignment) -> None:
    """Nothing waits for this sheet: the scan is gone, and what was keyed by it. Who read it stays bound."""
    _held(assignment)
    require(can_see_paper(by))
    paper = brought.waiting_paper(assignment.id)
    if paper is not None:
        facts: dict[str, int | str | None] = {"assignment": assignment.id}
        _drop(paper)
        record("paper.dropped", actor_id=by.person_id, award_id=edition.award_id, subject=paper, facts=facts)


def take_up(*, by: Capacity, edition: Edition, assignment: Assignment) -> None:
    """The person is the second to key this paper, and bound by what it says; may read its scan from now on."""
    round_, seat, sheet = _held(assignment)
    paper = _waiting(assignment)
    require(can_take_up(by, paper))
    require(takes(assignment, round_, seat, sheet, look_at(sheet)))
    _no_tie(by, edition, assignment)
    _bind(by, edition, paper, 2)


def key(
    *,
    by: Capacity,
    edition: Edition,
    assignment: Assignment,
    marks: dict[int, int],
    signed_on: date,
    codes: Sequence[str],
    address: str,
    seen: bool,
    level: str | None = None,
    reason: str = "",
) -> PaperSheet:
    """The person has keyed this; once two persons have keyed alike, it is the judge's sheet, sent.

    `codes` were read on the scan: this sheet's `address` among them is enough, another sheet's refuses, and where none
    could be read a person must have `seen` whose sheet it is. `reason` is what the judge wrote on a sheet that
    was asked about after the round was frozen: keyed alike as the marks are. Raises Incomplete for a sheet that is not
    whole, Refused for who is not bound, without that reason, and for a scan that is not examined yet.
    """
    round_, seat, sheet = _held(assignment)
    paper = _waiting(assignment)
    own = own_reading(paper, by.person_id)
    if own is None:
        raise not_bound()
    assert isinstance(own, Keying)
    look = look_at(sheet)
    require(takes(assignment, round_, seat, sheet, look))
    within(round_, marks, level)
    whole(round_, marks, level)
    asked, reason = is_asked(round_, sheet, look), canonical(reason)
    if asked and not reason:
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    _file, scan = checked_scan(paper, _("Cần bản quét đã kiểm tra xong của phiếu đã ký."))
    paper.read_from_scan = paper.read_from_scan or _is_of(codes, address, seen=seen)
    own.marks, own.level, own.signed_on = [[c.id, marks[c.id]] for c in round_.criteria], level, signed_on
    own.reason = reason if asked else None
    session.flush()
    record(
        "paper.keyed",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=paper,
        facts={"assignment": assignment.id, "scan": scan},
    )
    if alike([one.read for one in paper.keyings]):
        _send(by, edition, round_, seat, sheet, assignment, paper, scan)
    return paper


def takes(
    assignment: Assignment, round_: Round, seat: Seat, sheet: ScoreSheet | None, look: SecondLook | None
) -> Verdict:
    """Whether a paper may stand for the sheet now, and the judge may mark works at all by now."""
    allowed = can_take_paper(assignment, round_, sheet, look)
    return begins(seat.person_id, round_) if allowed else allowed


def differences(paper: PaperSheet) -> set[int | str]:
    """What two persons have keyed differently: criteria, `level`, `signed_on` and `reason`."""
    return agreement.differences([one.read for one in paper.keyings])


def _send(
    by: Capacity,
    edition: Edition,
    round_: Round,
    seat: Seat,
    sheet: ScoreSheet | None,
    assignment: Assignment,
    paper: PaperSheet,
    scan: str,
) -> None:
    """The judge's sheet holds what the paper says and counts as sent, or as looked at once more; a pledge given on the
    paper is noted first."""
    first, second = paper.keyings
    told: looking_again.Facts = {"scan": scan, "first": first.person_id, "second": second.person_id}
    if is_asked(round_, sheet, look_at(sheet)):
        where: dict[str, Any] = {"round_": round_, "seat": seat, "assignment": assignment}
        where |= {"marks": first.steps, "level": first.level, "reason": first.reason or "", "paper": told}
        _taken(paper, looking_again.answer_on_paper(by=by, edition=edition, **where), scan)
        return
    if seat.pledged_at is None:
        pledge_on_paper(by=by, edition=edition, round=round_, seat=seat, scan=scan)
    if sheet is None:
        sheet = ScoreSheet(assignment_id=assignment.id, note="", changed_at=now())
        session.add(sheet)
    put_marks(sheet, first.steps)
    sheet.level = first.level
    sheet.state, sheet.finished_at, sheet.changed_at = "finished", now(), now()
    seal(sheet, sealed_content(round_, seat, assignment, first.steps, first.level))
    _taken(paper, sheet, scan)
    record(
        "sheet.sent",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=sheet,
        facts={
            "assignment": assignment.id,
            "entry": assignment.entry_id,
            "commitment": sheet.commitment,
            **told,
        },
    )


def _taken(paper: PaperSheet, sheet: ScoreSheet, scan: str) -> None:
    paper.taken_at, paper.commitment, paper.scan_sha256 = now(), sheet.commitment, scan
    paper.signed_on = paper.keyings[0].signed_on
    session.flush()


def _is_of(codes: Collection[str], address: str, *, seen: bool) -> bool:
    """True where the scan itself says that it is of this sheet. Raises Refused for another's, and for an unseen one."""
    said = whose(codes, address)
    if said == "another":
        raise Refused(Verdict("other_sheet", _("Bản quét là của phiếu khác: mã QR không khớp phiếu này.")))
    if said == "unread" and not seen:
        raise Refused(
            Verdict("no_code", _("Chưa đọc được mã QR trên bản quét. Đối chiếu bằng mắt rồi chọn ô bên dưới."))
        )
    return said == "this"


def _bind(by: Capacity, edition: Edition, paper: PaperSheet, ordinal: int) -> None:
    assert by.person_id is not None
    paper.keyings.append(Keying(person_id=by.person_id, ordinal=ordinal))
    session.flush()
    record(
        "paper.keyer_bound",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=paper,
        facts={"assignment": paper.assignment_id, "ordinal": ordinal},
    )


def _drop(paper: PaperSheet | None) -> None:
    if paper is None:
        return
    for one in paper.keyings:
        one.marks = one.level = one.signed_on = one.reason = None
    set_aside(paper)


def _waiting(assignment: Assignment) -> PaperSheet:
    paper = brought.waiting_paper(assignment.id)
    if paper is None:
        raise Refused(Verdict("no_paper", _("Chưa có bản quét của phiếu đã ký.")))
    return paper


def _no_tie(by: Capacity, edition: Edition, assignment: Assignment) -> None:
    """Who has to do with a work does not learn its marks either."""
    assert by.person_id is not None
    if ties_between(edition, [by.person_id], [assignment.entry_id]):
        raise Refused(Verdict("tied", _("Người có liên quan đến tác phẩm không nhập phiếu chấm tác phẩm đó.")))


def _held(assignment: Assignment) -> tuple[Round, Seat, ScoreSheet | None]:
    """The round, the seat and the sheet behind it, held so that freezing, closing and the other keyer wait."""
    seat = session.scalar(
        select(Seat)
        .join(Assignment, Assignment.seat_id == Seat.id)
        .where(Assignment.id == assignment.id, still_appointed(), still_judged())
    )
    if seat is None:
        raise Refused(Verdict("not_judged", _("Phiếu này không còn cần chấm.")))
    return hold(assignment), seat, own_sheet(seat.id, assignment.id)
