"""Voting on paper: papers handed out, their scan, two tellers who read it, the count they agree on.

The tellers read without seeing what the other read. Where they differ both are told at which place, and each looks
again; only a count that two have read alike closes the vote, and then like any other: by who leads.
"""

import hashlib
from collections.abc import Collection, Sequence
from typing import Any

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.files.models import File
from award.log.operations import canonical_json, record
from award.people.models import Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.readings.agreement import alike
from judging.readings.agreement import differences as apart
from judging.readings.operations import checked_scan, not_bound, own_reading, scan_begun, set_aside
from judging.readings.permissions import can_send, can_take_up
from judging.sittings import handed_out, permissions, queries, stacks
from judging.sittings.handed_out import Lined
from judging.sittings.majorities import Count, OnPaper, counted
from judging.sittings.models import AgendaItem, Sitting, Stack, StackReading, StackScan, Voter
from judging.sittings.operations.filling import fill
from judging.sittings.operations.meeting import COMMITTEE, lock, moved
from judging.sittings.operations.voting import begun, ended, facts_of, has_tellers, ready, written

MOST_BYTES = 50_000_000
Facts = dict[str, int | str | None]


def hand_out(
    *, by: Capacity, edition: Edition, sitting: Sitting, items: Sequence[AgendaItem], level: PrizeLevel, reason: str
) -> list[Stack]:
    """A vote on paper is open on each of the works, with as many papers as may vote; works that the same persons may
    vote on stand on one paper.

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
        item.id: (item, *ready(by, edition, sitting, item, level, reason, tabled=False))
        for item in sorted(items, key=lambda each: each.ordinal)
    }
    made = []
    for works in stacks.grouped({number: voters for number, (*_rest, voters) in asked.items()}):
        ordinal = 1 + len(handed_out.stacks(sitting.id))
        papers = stacks.codes(len(asked[works[0]][3]))
        stack = Stack(sitting_id=sitting.id, prize_level_id=level.id, ordinal=ordinal, codes=papers)
        session.add(stack)
        session.flush()
        for item, number, people, voters in (asked[work] for work in works):
            vote = begun(by, sitting, item, level, number, reason, people, voters, "paper", stack.id)
            session.add_all(Voter(vote_id=vote.id, person_id=who) for who in voters)
            facts = facts_of(edition, item, level, vote) | {"stack": stack.id}
            record("vote.opened", actor_id=by.person_id, award_id=edition.award_id, subject=vote, facts=facts)
        _record("ballots.handed_out", by, edition, stack, {"papers": len(papers), "works": len(works)})
        made.append(stack)
    moved(sitting)
    return made


def call_off(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, reason: str) -> None:
    """Who leads wants the papers called off for this reason; a teller has to agree. Not once a scan has come in."""
    lock(sitting)
    lined = _open_lines(stack)
    _may_decide(by, sitting, lined)
    _nothing_back(stack)
    if not canonical(reason):
        raise Refused(Verdict("reason", _("Hủy phát phiếu cần ghi lý do.")))
    stack.called_off_reason, stack.called_off_by_id = canonical(reason), by.person_id
    moved(sitting)
    _record(
        "ballots.call_off_asked", by, edition, stack, _called_off(stack, lined), {"reason": stack.called_off_reason}
    )


def agree_to_call_off(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The papers are called off, with the word of a teller too. Each of their votes was taken and came to nothing: to
    vote on a work again is to vote once more, for a reason.

    Raises Refused where nobody asked for it, for who did, and once a scan has come in.
    """
    _may_tell(by, edition, sitting, stack)
    session.refresh(stack)
    _nothing_back(stack)
    if not stack.called_off_reason:
        raise Refused(Verdict("not_asked", _("Người chủ trì chưa đề nghị hủy phát phiếu.")))
    if stack.called_off_by_id == by.person_id:
        raise Refused(Verdict("same_person", _("Hủy phát phiếu cần người thứ hai đồng ý.")))
    lined = _open_lines(stack)
    for one in lined:
        one.vote.state, one.vote.closed_by_id, one.vote.closed_at = "called_off", by.person_id, now()
    stack.called_off_at = now()
    moved(sitting)
    facts = _called_off(stack, lined) | {"asked_by": stack.called_off_by_id}
    _record("ballots.called_off", by, edition, stack, facts, {"reason": stack.called_off_reason})


def _nothing_back(stack: Stack) -> None:
    if handed_out.was_scanned(stack.id):
        words = _("Đã có bản quét phiếu, không hủy được. Bỏ phiếu lại nếu cần, sau khi kết thúc lần này.")
        raise Refused(Verdict("scanned", words))


def _called_off(stack: Stack, lined: Sequence[Lined]) -> Facts:
    return {
        "votes": ",".join(str(one.vote.id) for one in lined),
        "entries": ",".join(str(one.item.entry_id) for one in lined),
        "level": session.get_one(PrizeLevel, stack.prize_level_id).code,
        "works": len(lined),
    }


def begin_scan(
    *,
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    stack: Stack,
    uploader: Person,
    name: str,
    size: int,
    part_hashes: Sequence[str],
    resuming: str | None = None,
) -> File:
    """The papers that came back may be sent as one scan; who sends it is the first to read it.

    Raises Refused in place of one of which something was read: that is dropped first, for a reason.
    """
    _may_tell(by, edition, sitting, stack)
    scan = handed_out.scan_of(stack.id)
    require(can_send(by.person_id, scan))
    if scan is not None and _was_read(scan):
        raise Refused(Verdict("was_read", _("Bản quét đã nhập. Muốn thay, bỏ bản quét này và ghi lý do trước.")))
    sent: dict[str, Any] = {"name": name, "size": size, "part_hashes": part_hashes, "resuming": resuming}
    file = scan_begun(scan, uploader=uploader, max_bytes=MOST_BYTES, **sent)
    if scan is None or scan.scan_id != file.id:
        if scan is not None:
            _set_aside(by, edition, stack, scan, "")
        scan = StackScan(stack_id=stack.id, scan_id=file.id)
        session.add(scan)
        stack.called_off_reason, stack.called_off_by_id = "", None  # papers came back: nobody calls them off any more
        _bind(by, edition, stack, scan, 1)
        moved(sitting)
    return file


def drop_scan(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, reason: str = "") -> None:
    """No scan of the papers waits, and what was read on it is forgotten. Once something was read, a reason is asked.

    Where nobody who is bound by it may read it any more, who leads does it, always for a reason.
    """
    lock(sitting)
    lined, scan = _open_lines(stack), handed_out.scan_of(stack.id)
    left = scan is not None and handed_out.is_left(edition, sitting, scan, lined)
    if left:
        _may_decide(by, sitting, lined)
    else:
        _may_tell(by, edition, sitting, stack)
    if scan is None:
        return
    if not left and own_reading(scan, by.person_id) is None:
        raise not_bound()
    if (left or _was_read(scan)) and not canonical(reason):
        raise Refused(Verdict("reason", _("Bỏ bản quét đã nhập cần ghi lý do.")))
    _set_aside(by, edition, stack, scan, canonical(reason))
    moved(sitting)


def take_up(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The person is the second to read the papers, at the same time as the first if they like."""
    _may_tell(by, edition, sitting, stack)
    scan = _waiting(stack)
    require(can_take_up(by.person_id, scan, after_first=False))
    _bind(by, edition, stack, scan, 2)
    moved(sitting)


def read_page(
    *,
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    stack: Stack,
    page: int,
    code: str | None,
    says: Sequence[OnPaper] = (),
) -> StackScan:
    """What the person has read on a page of the scan stands: the code of its paper and one word a line.

    `code` is empty for a paper on which none can be read, which is invalid in every line, and None for a page without a
    paper. Raises Refused for who is not bound, a code of no paper of this stack, one that stands on another page, and
    for more papers than were handed out.
    """
    _may_tell(by, edition, sitting, stack)
    scan = _waiting(stack)
    own = own_reading(scan, by.person_id)
    if own is None:
        raise not_bound()
    assert isinstance(own, StackReading)
    file, digest = checked_scan(scan, _("Cần bản quét đã kiểm tra xong của các phiếu thu về."))
    scan.pages = int(file.facts.get("pages") or 1)
    if not 1 <= page <= scan.pages:
        raise Refused(Verdict("page", _("Bản quét không có trang này.")))
    own.papers = own.papers | {str(page): None if code is None else _paper(stack, own, page, code, says)}
    session.flush()
    if own.read is not None:
        facts: Facts = {"scan": digest, "reading_sha256": _digest(own), "ordinal": own.ordinal}
        _record("ballots.read", by, edition, stack, facts)
        moved(sitting)
    return scan


def _paper(stack: Stack, own: StackReading, page: int, code: str, says: Sequence[OnPaper]) -> list[Any]:
    """The paper as it is kept, or Refused."""
    why, at = stacks.unlike(page, code, own.papers, stack.codes)
    if why == "foreign":
        raise Refused(Verdict("foreign", _("Mã %(code)s không có trong xấp phiếu này.", code=stacks.in_halves(code))))
    if why == "twice":
        told = {"code": stacks.in_halves(code), "page": at}
        raise Refused(Verdict("twice", _("Phiếu %(code)s đã nhập ở trang %(page)s. Mỗi phiếu tính một lần.", **told)))
    if why == "too_many":
        words = _("Số phiếu tìm thấy nhiều hơn số phiếu phát ra (%(n)s).", n=len(stack.codes))
        raise Refused(Verdict("too_many", words))
    number = len(_open_lines(stack))
    said: list[OnPaper] = list(says) if code else ["invalid"] * number
    if len(said) != number:
        raise Refused(Verdict("lines", _("Mỗi tác phẩm trên phiếu chọn một ô.")))
    return [code, said]


def close_papers(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> list[Count]:
    """Each vote of the stack is over and came to what two tellers read alike, as a vote on devices ends. Which paper
    said what is known no more.

    Raises Refused before they agree, and for who ever read papers of the stack, on a scan that was set aside too.
    """
    lock(sitting)
    lined = _open_lines(stack)
    _may_decide(by, sitting, lined)
    scan = _waiting(stack)
    if not alike([one.read for one in scan.readings]):
        raise Refused(Verdict("not_agreed", _("Hai người kiểm phiếu chưa nhập xong hoặc nhập khác nhau.")))
    if by.person_id in handed_out.readers(stack.id):
        raise Refused(Verdict("own_count", _("Người kiểm phiếu không kết thúc lần bỏ phiếu mình kiểm.")))
    _file, digest = checked_scan(scan, _("Cần bản quét đã kiểm tra xong của các phiếu thu về."))
    first, second = scan.readings
    papers = stacks.papers_of(first.papers)
    told: Facts = {"stack": stack.id, "returned": len(papers), "scan": digest, "reading_sha256": _digest(first)}
    told |= {"first": first.person_id, "second": second.person_id}
    counts = []
    for one, choices in zip(lined, stacks.lines_of(papers, len(lined)), strict=True):
        count = counted(choices, one.vote.eligible)
        ended(by, edition, one.item, one.vote, count, written(one.vote, choices), told | {"invalid": count.invalid})
        counts.append(count)
    scan.taken_at, scan.scan_sha256 = now(), digest
    _forget(scan)
    moved(sitting)
    fill(by=by, edition=edition)
    return counts


def differences(scan: StackScan) -> list[tuple[int, int | None]]:
    """(page, line) that the two have read differently, in order; None stands for the code, or whether it is a paper."""
    return sorted(
        apart([one.read for one in scan.readings]), key=lambda place: (place[0], -1 if place[1] is None else place[1])
    )


def _open_lines(stack: Stack) -> list[Lined]:
    lined = handed_out.lines([stack.id])[stack.id]
    for one in lined:
        session.refresh(one.vote)
    if not lined or any(one.vote.state != "open" for one in lined):
        raise Refused(Verdict("over", _("Đã kết thúc bỏ phiếu.")))
    return lined


def _may_decide(by: Capacity, sitting: Sitting, lined: Collection[Lined]) -> None:
    for one in lined:
        require(permissions.can_decide(by, sitting, recused=queries.is_recused(one.item.id, by.person_id)))


def _may_tell(by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The sitting is held; the person is of its committee and has to do with no work of the stack."""
    lock(sitting)
    lined = _open_lines(stack)
    teller = handed_out.is_teller(sitting.id, by.person_id)
    tied = handed_out.is_tied(edition, by.person_id, lined)
    require(permissions.can_tell(by, sitting, teller=teller, tied=tied))


def _waiting(stack: Stack) -> StackScan:
    scan = handed_out.scan_of(stack.id)
    if scan is None:
        raise Refused(Verdict("no_scan", _("Chưa có bản quét của các phiếu thu về.")))
    return scan


def _bind(by: Capacity, edition: Edition, stack: Stack, scan: StackScan, ordinal: int) -> None:
    assert by.person_id is not None
    scan.readings.append(StackReading(person_id=by.person_id, ordinal=ordinal, papers={}))
    session.flush()
    _record("ballots.reader_bound", by, edition, stack, {"ordinal": ordinal})


def _was_read(scan: StackScan) -> bool:
    return any(one.papers for one in scan.readings)


def _set_aside(by: Capacity, edition: Edition, stack: Stack, scan: StackScan, reason: str) -> None:
    file = session.get(File, scan.scan_id)
    facts: Facts = {
        "scan": (file.sha256 if file is not None else None) or "",
        "pages": scan.pages or 0,
        "readers": ",".join(str(one.person_id) for one in scan.readings),
        "reason": int(bool(reason)),
    }
    _forget(scan)
    scan.dropped_reason = reason
    set_aside(scan)
    _record("ballots.dropped", by, edition, stack, facts, {"reason": reason} if reason else None)


def _forget(scan: StackScan) -> None:
    """What was read on the scan is nowhere, nor can its hash in the log be tried out."""
    for one in scan.readings:
        one.papers = {}
    scan.nonce = b""


def _digest(reading: StackReading) -> str:
    """Of what was read, alike for two who read alike; nobody guesses it, not even who has the codes."""
    read = [[int(page), reading.papers[page]] for page in sorted(reading.papers, key=int)]
    return hashlib.sha256(reading.paper.nonce + canonical_json(read)).hexdigest()


def _record(
    kind: str, by: Capacity, edition: Edition, stack: Stack, facts: Facts, detail: dict[str, Any] | None = None
) -> None:
    told = {"edition": edition.id, "sitting": stack.sitting_id, "stack": stack.id, **facts}
    record(kind, actor_id=by.person_id, award_id=edition.award_id, subject=stack, facts=told, detail=detail)
