"""A conflict found late: two persons annul what a judge gave a work, and somebody else reads it.

One of the secretariat or the heads says so with a reason, another confirms. The sheet stays in the log and counts no
more. Neither of the two is the judge, nor has to do with the work.
"""

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.editions import countersigns
from award.editions.models import Countersign, Edition, Round
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_countersign
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.panels import queries as panels
from judging.panels.models import Assignment, Seat
from judging.panels.permissions import relations
from judging.panels.table import late_ties
from judging.ranking import permissions
from judging.scoring import operations as scoring

ACT = "annul_sheet"


def propose_annulment(
    *, by: Capacity, edition: Edition, judged: Round, assignment: Assignment, relation: str, reason: str
) -> Countersign:
    """That this judge has to do with this work waits for its second person; until then nothing is changed.

    Raises Refused without a reason or a relation the rules know, for an assignment that has ended, and for the judge
    or anybody else who has to do with the work.
    """
    lock(edition)
    require(permissions.can_annul(by, judged))
    if assignment.round_id != judged.id or assignment.state != "open":
        raise Refused(Verdict("ended", _("Thành viên này không chấm tác phẩm ấy, hoặc đã thôi chấm.")))
    if relation not in relations(panels.policy_of(edition)):
        raise Refused(Verdict("relation", _("Đề nghị chọn mối liên quan.")))
    if not canonical(reason):
        raise Refused(Verdict("no_reason", _("Cần ghi lý do.")))
    _uninvolved(by, edition, assignment)
    terms = {"relation": relation, "reason": canonical(reason)}
    return countersigns.propose(by=by, edition=edition, act=ACT, subject=assignment.public_id, terms=terms)


def confirm_annulment(*, by: Capacity, edition: Edition, judged: Round, proposal: Countersign) -> None:
    """What the judge gave the work counts no more, in every round that is not closed; another member reads it.

    Raises Refused for who proposed it or is not told the reason, for who has to do with the work, and once the round
    is closed.
    """
    lock(edition)
    assignment = assignment_of(judged, proposal)
    require(permissions.can_confirm_annulment(by, judged, seated=bool(panels.seats_of(by.person_id or 0, judged.id))))
    _uninvolved(by, edition, assignment)
    countersigns.confirm(by=by, edition=edition, proposal=proposal)
    person_id = session.get_one(Seat, assignment.seat_id).person_id
    relation, reason = proposal.terms["relation"], proposal.terms["reason"]
    scoring.annul_for_conflict(
        by=by, edition=edition, person_id=person_id, entry_id=assignment.entry_id, relation=relation, reason=reason
    )


def withdraw_annulment(*, by: Capacity, edition: Edition, judged: Round, proposal: Countersign) -> None:
    """The proposal no longer waits and nothing was changed."""
    lock(edition)
    require(permissions.can_annul(by, judged))
    require(permissions.can_withdraw(by, proposal))
    countersigns.withdraw(by=by, edition=edition, proposal=proposal)


def require_settled(edition: Edition, judged: Round) -> None:
    """Raises Refused while a sheet counts whose judge has to do with the work, or an annulment waits."""
    tied = sum(tie.sent for tie in late_ties(edition, judged))
    if tied:
        words = _(
            "Còn %(n)s phiếu của thành viên có liên quan đến tác phẩm. Đề nghị vô hiệu phiếu hoặc cho phép bằng "
            "văn bản trước khi kết thúc vòng.",
            n=tied,
        )
        raise Refused(Verdict("tied", words))
    if waiting(edition, judged):
        raise Refused(Verdict("annulment_waits", _("Có đề nghị vô hiệu phiếu chấm chưa xác nhận hoặc rút.")))


def waiting(edition: Edition, judged: Round) -> list[Countersign]:
    """Annulments in this round that wait for their second person, oldest first."""
    found = (
        select(Countersign)
        .join(Assignment, Assignment.public_id == Countersign.subject)
        .where(
            Countersign.edition_id == edition.id,
            Countersign.act == ACT,
            Assignment.round_id == judged.id,
            Countersign.confirmed_at.is_(None),
            Countersign.withdrawn_at.is_(None),
        )
        .order_by(Countersign.id)
    )
    return list(session.scalars(found))


def assignment_of(judged: Round, proposal: Countersign) -> Assignment:
    """What the proposal is about."""
    found = select(Assignment).where(Assignment.public_id == proposal.subject, Assignment.round_id == judged.id)
    return session.scalars(found).one()


def may_confirm(by: Capacity, judged: Round, proposal: Countersign, *, seated: bool) -> bool:
    """Whether the page offers it; who has to do with the work is refused by the deed."""
    return bool(permissions.can_confirm_annulment(by, judged, seated=seated) and can_countersign(by, proposal))


def _uninvolved(by: Capacity, edition: Edition, assignment: Assignment) -> None:
    assert by.person_id is not None
    if session.get_one(Seat, assignment.seat_id).person_id == by.person_id:
        raise Refused(Verdict("own_sheet", _("Phiếu của mình: khai báo có liên quan ở trang chấm.")))
    if panels.ties_between(edition, [by.person_id], [assignment.entry_id]):
        raise Refused(
            Verdict("kept_from", _("Đồng chí có liên quan đến tác phẩm này. Việc này do người khác thực hiện."))
        )
