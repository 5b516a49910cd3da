"""Voting on paper: papers handed out, exchanged where one was spoiled, called off. `counting` takes them back."""

from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.log.operations import record
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.sittings import handed_out, permissions, queries, stacks
from judging.sittings.handed_out import Lined
from judging.sittings.models import AgendaItem, Sitting, Stack, Voter
from judging.sittings.operations.meeting import COMMITTEE, lock, moved
from judging.sittings.operations.voting import begun, facts_of, has_tellers, ready

Facts = dict[str, int | str | None]


def hand_out(
    *, by: Capacity, edition: Edition, sitting: Sitting, items: Sequence[AgendaItem], level: PrizeLevel, reason: str
) -> list[Stack]:
    """A vote on paper is open on each of the works, with a paper for each who may vote and a few to exchange spoiled
    ones for; works that the same persons may vote on stand on one paper.

    Raises Refused as a vote on devices does, for any of the works, but that none needs to be on the table.
    """
    lock(sitting)
    has_tellers(sitting)
    if len(handed_out.may_tell(edition.id, sitting.id)) < COMMITTEE:
        words = _(
            "Kiểm phiếu giấy cần ít nhất hai người trong Ban kiểm phiếu không là Chủ tịch, Phó Chủ tịch Hội đồng."
        )
        raise Refused(Verdict("no_tellers", words))
    if not items:
        raise Refused(Verdict("nothing", _("Chưa chọn tác phẩm nào.")))
    asked = {
        item.id: (item, ready(by, edition, sitting, item, level, reason, tabled=False))
        for item in sorted(items, key=lambda each: each.ordinal)
    }
    made = []
    for works in stacks.grouped({number: of.voters for number, (_item, of) in asked.items()}):
        ordinal = 1 + len(handed_out.stacks(sitting.id))
        out = len(asked[works[0]][1].voters)
        papers = stacks.codes(out + stacks.SPARE)
        stack = Stack(sitting_id=sitting.id, prize_level_id=level.id, ordinal=ordinal, codes=papers)
        session.add(stack)
        session.flush()
        for item, of in (asked[work] for work in works):
            vote = begun(by, sitting, item, level, of, reason, "paper", stack.id)
            session.add_all(Voter(vote_id=vote.id, person_id=who) for who in of.voters)
            facts = facts_of(edition, item, level, vote) | {"stack": stack.id}
            record("vote.opened", actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)
        tell("ballots.handed_out", by, edition, stack, {"papers": out, "works": len(works), "spare": stacks.SPARE})
        made.append(stack)
    moved(sitting)
    return made


def call_off(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, reason: str) -> None:
    """Who leads wants the papers called off for this reason; a teller has to agree. Not once a scan has come in."""
    lock(sitting)
    lined = open_lines(stack)
    may_decide(by, sitting, lined)
    _not_scanned(stack)
    if not canonical(reason):
        raise Refused(Verdict("reason", _("Hủy phát phiếu cần ghi lý do.")))
    stack.called_off_reason, stack.called_off_by_id = canonical(reason), by.person_id
    moved(sitting)
    tell("ballots.call_off_asked", by, edition, stack, _called_off(stack, lined), {"reason": stack.called_off_reason})


def agree_to_call_off(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The papers are called off, with the word of a teller too. Each of their votes was taken and came to nothing: to
    vote on a work again is to vote once more, for a reason.

    Raises Refused where nobody asked for it, for who did, and once a scan has come in.
    """
    may_tell(by, edition, sitting, stack)
    session.refresh(stack)
    _not_scanned(stack)
    if not stack.called_off_reason:
        raise Refused(Verdict("not_asked", _("Người chủ trì chưa đề nghị hủy phát phiếu.")))
    if stack.called_off_by_id == by.person_id:
        raise Refused(Verdict("same_person", _("Hủy phát phiếu cần người thứ hai đồng ý.")))
    lined = open_lines(stack)
    for one in lined:
        one.vote.state, one.vote.closed_by_id, one.vote.closed_at = "called_off", by.person_id, now()
    stack.called_off_at = now()
    moved(sitting)
    facts = _called_off(stack, lined) | {"asked_by": stack.called_off_by_id}
    tell("ballots.called_off", by, edition, stack, facts, {"reason": stack.called_off_reason})


def give_back(
    *, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, code: str, instead_of: str = ""
) -> None:
    """A teller holds a spoiled paper of this code, and who leads has to agree that it is exchanged. Whose it was is
    said nowhere. A code entered by mistake is taken back by the same teller, who names it: `instead_of`.

    Raises Refused for a code of no paper of the stack, one that is void, while another waits, where too few papers are
    left to draw from, and once a scan has come in or the unused papers are told.
    """
    may_tell(by, edition, sitting, stack)
    session.refresh(stack)
    _still_exchanged(stack)
    if code not in stack.codes or code in stack.dead:
        raise Refused(Verdict("foreign", _("Mã %(code)s không có trong xấp phiếu này.", code=stacks.in_halves(code))))
    if stack.given_back and (stack.given_back_to_id != by.person_id or stack.given_back != instead_of):
        words = _("Phiếu %(code)s đang chờ người chủ trì đồng ý đổi.", code=stacks.in_halves(stack.given_back))
        raise Refused(Verdict("waiting", words))
    _to_draw_from(stack)
    facts: Facts = {"exchanged": len(stack.void)}
    if stack.given_back:
        facts["instead"] = 1
    stack.given_back, stack.given_back_to_id = code, by.person_id
    stack.unused, stack.unused_found_by_id = [], None  # one of them is about to be drawn
    moved(sitting)
    tell("ballots.given_back", by, edition, stack, facts)


def exchange(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, code: str) -> None:
    """The paper of this code, which a teller holds, is void; who gave it back draws another from those that are left,
    unseen.

    Raises Refused where no teller holds one, or one of another code than was agreed to, and for whoever does not lead
    the council.
    """
    lock(sitting)
    may_decide(by, sitting, open_lines(stack))
    session.refresh(stack)
    _still_exchanged(stack)
    if not stack.given_back:
        raise Refused(Verdict("none_back", _("Ban kiểm phiếu chưa nhận lại phiếu hỏng nào.")))
    if code != stack.given_back:
        raise Refused(Verdict("not_seen", _not_seen()))
    _to_draw_from(stack)
    facts: Facts = {"exchanged": len(stack.void) + 1, "teller": stack.given_back_to_id}
    stack.void, stack.given_back, stack.given_back_to_id = [*stack.void, stack.given_back], "", None
    moved(sitting)
    tell("ballots.exchanged", by, edition, stack, facts)


def find_unused(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, codes: Sequence[str]) -> None:
    """A teller has all spare papers that nobody drew, these, and who leads has to agree. Other codes replace them.

    Raises Refused for a code that is no paper of the stack or void, for any other number of papers than have to be
    left, while a spoiled paper waits to be exchanged, and once a scan has come in or they were agreed to.
    """
    may_tell(by, edition, sitting, stack)
    session.refresh(stack)
    _still_exchanged(stack)
    if stack.given_back:
        raise Refused(Verdict("waiting", _("Còn phiếu hỏng đang chờ đổi.")))
    foreign = next((each for each in codes if each not in stack.codes or each in stack.void), None)
    if foreign is not None:
        told = {"code": stacks.in_halves(foreign)}
        raise Refused(Verdict("foreign", _("Mã %(code)s không có trong xấp phiếu này.", **told)))
    left = handed_out.spare(stack)
    if len(set(codes)) != left or len(codes) != left:
        words = _("Phải còn đúng %(n)s phiếu dự phòng không dùng; đã nhập %(m)s mã.", n=left, m=len(set(codes)))
        raise Refused(Verdict("number", words))
    stack.unused, stack.unused_found_by_id = sorted(codes), by.person_id
    moved(sitting)
    tell("ballots.unused_found", by, edition, stack, {"unused": left})


def agree_to_unused(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, codes: Sequence[str]) -> None:
    """These spare papers are no ballots, and no paper is exchanged any more: those that were handed out may come back.

    Raises Refused where no teller found any, or others than were agreed to, and for whoever does not lead the council.
    """
    lock(sitting)
    may_decide(by, sitting, open_lines(stack))
    session.refresh(stack)
    _still_exchanged(stack)
    if not stack.unused or sorted(codes) != sorted(stack.unused):
        raise Refused(Verdict("not_seen", _not_seen()))
    stack.unused_agreed_at = now()
    moved(sitting)
    tell("ballots.unused", by, edition, stack, {"unused": len(stack.unused), "teller": stack.unused_found_by_id})


def _not_seen() -> str:
    return str(_("Mã đang chờ khác mã đã xem. Đề nghị đối chiếu lại với phiếu."))


def _still_exchanged(stack: Stack) -> None:
    nothing_back(stack, _("Đã có bản quét phiếu, không đổi phiếu được nữa."))
    if stack.unused_agreed_at is not None:
        raise Refused(Verdict("unused_told", _("Đã thu phiếu dự phòng không dùng, không đổi phiếu được nữa.")))


def _to_draw_from(stack: Stack) -> None:
    """Raises Refused where who draws a paper could not draw it unseen."""
    if handed_out.spare(stack) < stacks.TO_DRAW_FROM:
        words = _("Còn dưới hai phiếu dự phòng, đổi thì biết phiếu của ai. Nếu cần, hủy phát phiếu rồi phát lại.")
        raise Refused(Verdict("no_spare", words))


def nothing_back(stack: Stack, words: str) -> None:
    """Raises Refused with these words once papers have come back."""
    if handed_out.was_scanned(stack.id):
        raise Refused(Verdict("scanned", words))


def _not_scanned(stack: Stack) -> None:
    nothing_back(stack, _("Đã có bản quét phiếu, không hủy được. Bỏ phiếu lại nếu cần, sau khi kết thúc lần này."))


def _called_off(stack: Stack, lined: Sequence[Lined]) -> Facts:
    return {
        "votes": ",".join(str(one.vote.id) for one in lined),
        "entries": ",".join(str(one.item.entry_id) for one in lined),
        "level": session.get_one(PrizeLevel, stack.prize_level_id).code,
        "works": len(lined),
    }


def open_lines(stack: Stack) -> list[Lined]:
    """The lines of the papers as they stand now. Raises Refused once a vote of theirs is over."""
    lined = handed_out.lines([stack.id])[stack.id]
    for one in lined:
        session.refresh(one.vote)
    if not lined or any(one.vote.state != "open" for one in lined):
        raise Refused(Verdict("over", _("Đã kết thúc bỏ phiếu.")))
    return lined


def may_decide(by: Capacity, sitting: Sitting, lined: Collection[Lined]) -> None:
    """Raises Refused for who does not lead the council, or has to do with one of the works."""
    for one in lined:
        require(permissions.can_decide(by, sitting, recused=queries.is_recused(one.item.id, by.person_id)))


def may_tell(by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The sitting is held; the person is of its committee and has to do with no work of the stack."""
    lock(sitting)
    lined = open_lines(stack)
    teller = handed_out.is_teller(sitting.id, by.person_id)
    tied = handed_out.is_tied(edition, by.person_id, lined)
    require(permissions.can_tell(by, sitting, teller=teller, tied=tied))


def tell(
    kind: str, by: Capacity, edition: Edition, stack: Stack, facts: Facts, detail: dict[str, Any] | None = None
) -> None:
    """The log tells it of the stack."""
    told = {"edition": edition.id, "sitting": stack.sitting_id, "stack": stack.id, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=stack, facts=told, detail=detail)
