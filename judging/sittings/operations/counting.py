"""Counting papers that came back: their scan, two tellers who read it, the count they agree on.

The tellers read without seeing what the other read. Where they differ both are told at which place, and each looks
again; only a count that two have read alike closes the vote, and then like any other: by who leads.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Unpack

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.declared import Declared
from award.files.models import File
from award.files.operations import begin_or_resume, discard
from award.log.operations import canonical_json
from award.people.models import Person
from award.text import canonical
from award.verdicts import Refused, Verdict, require
from judging.readings.agreement import alike
from judging.readings.agreement import differences as apart
from judging.readings.operations import KINDS, not_bound, own_reading, set_aside
from judging.readings.permissions import can_send, can_take_up
from judging.sittings import handed_out, stacks
from judging.sittings.majorities import Count, OnPaper, counted
from judging.sittings.models import ScanFile, Sitting, Stack, StackReading, StackScan
from judging.sittings.operations.filling import fill
from judging.sittings.operations.meeting import lock, moved
from judging.sittings.operations.on_paper import Facts, may_decide, may_tell, open_lines, tell
from judging.sittings.operations.voting import ended, written

MOST_BYTES, MOST_FILES = 50_000_000, 10


def begin_scan(
    *,
    by: Capacity,
    edition: Edition,
    sitting: Sitting,
    stack: Stack,
    uploader: Person,
    **sent: Unpack[Declared],
) -> File:
    """The papers that came back may be sent, in one file or in several; who sends them is the first to read them.

    A file may follow the others until a second person has begun to read. Raises Refused before the spare papers that
    nobody drew are told: any of them could be put in among those that come back.
    """
    may_tell(by, edition, sitting, stack)
    scan = handed_out.scan_of(stack.id)
    require(can_send(by.person_id, scan))
    if not handed_out.was_scanned(stack.id) and handed_out.spare(stack) and stack.unused_agreed_at is None:
        words = _("Trước khi quét cần nhập mã các phiếu dự phòng không dùng, người chủ trì đồng ý.")
        raise Refused(Verdict("unused", words))
    standing = scan.files if scan is not None else []
    file = begin_or_resume(uploader=uploader, kinds=KINDS, max_bytes=MOST_BYTES, place=standing, **sent)
    if file.id in standing:
        return file
    if len(standing) == MOST_FILES:
        raise Refused(Verdict("too_many_files", _("Bản quét có nhiều nhất %(n)s tệp.", n=MOST_FILES)))
    if scan is None:
        scan = StackScan(stack_id=stack.id, scan_id=file.id)
        session.add(scan)
        # papers came back: nobody calls them off or exchanges one any more
        stack.called_off_reason, stack.called_off_by_id = "", None
        stack.given_back, stack.given_back_to_id = "", None
        _bind(by, edition, stack, scan, 1)
    else:
        scan.more.append(ScanFile(file_id=file.id))
        scan.pages = None
    moved(sitting)
    return file


def drop_scan(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, reason: str = "") -> None:
    """No scan of the papers waits, and what was read on it is forgotten. Once something was read, a reason is asked.

    Where nobody who is bound by it may read it any more, who leads does it, always for a reason.
    """
    lock(sitting)
    lined, scan = open_lines(stack), handed_out.scan_of(stack.id)
    left = scan is not None and handed_out.is_left(edition, sitting, scan, lined)
    if left:
        may_decide(by, sitting, lined)
    else:
        may_tell(by, edition, sitting, stack)
    if scan is None:
        return
    if not left and own_reading(scan, by.person_id) is None:
        raise not_bound()
    if (left or _was_read(scan)) and not canonical(reason):
        raise Refused(Verdict("reason", _("Bỏ bản quét đã nhập cần ghi lý do.")))
    _set_aside(by, edition, stack, scan, canonical(reason))
    moved(sitting)


def drop_file(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, public_id: str) -> None:
    """The file is no part of the scan; asked again, nothing more happens. Of a scan of this file alone all of it goes,
    as `drop_scan` says. Raises Refused once something was read: then it is the whole scan that goes, for a reason."""
    may_tell(by, edition, sitting, stack)
    scan = handed_out.scan_of(stack.id)
    file = next((each for each in handed_out.files_of(scan) if each.public_id == public_id), None) if scan else None
    if scan is None or file is None:
        return None
    if _was_read(scan):
        words = _("Đã nhập phiếu theo bản quét này. Muốn quét lại, bỏ cả bản quét và ghi lý do.")
        raise Refused(Verdict("read", words))
    if not scan.more:
        return drop_scan(by=by, edition=edition, sitting=sitting, stack=stack)
    require(can_send(by.person_id, scan))
    others = [each for each in scan.files if each != file.id]
    scan.more.clear()
    session.flush()
    scan.scan_id, scan.pages = others[0], None
    scan.more.extend(ScanFile(file_id=each) for each in others[1:])
    session.flush()
    discard(file=file)
    return moved(sitting)


def take_up(*, by: Capacity, edition: Edition, sitting: Sitting, stack: Stack) -> None:
    """The person is the second to read the papers, at the same time as the first if they like."""
    may_tell(by, edition, sitting, stack)
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
    may_tell(by, edition, sitting, stack)
    scan = _waiting(stack)
    own = own_reading(scan, by.person_id)
    if own is None:
        raise not_bound()
    assert isinstance(own, StackReading)
    files, digest = _checked(scan)
    scan.pages = sum(handed_out.pages_of(each) for each in files)
    if not 1 <= page <= scan.pages:
        raise Refused(Verdict("page", _("Bản quét không có trang này.")))
    own.papers = own.papers | {str(page): None if code is None else _paper(stack, own, page, code, says)}
    session.flush()
    if own.read is not None:
        facts: Facts = {"scan": digest, "reading_sha256": _digest(own), "ordinal": own.ordinal}
        tell("ballots.read", by, edition, stack, facts)
        moved(sitting)
    return scan


def _paper(stack: Stack, own: StackReading, page: int, code: str, says: Sequence[OnPaper]) -> list[Any]:
    """The paper as it is kept, or Refused."""
    lined = open_lines(stack)
    out = lined[0].vote.eligible
    why, at = stacks.unlike(page, code, own.papers, stack.codes, stack.dead, out)
    if why == "foreign":
        raise Refused(Verdict("foreign", _("Mã %(code)s không có trong xấp phiếu này.", code=stacks.in_halves(code))))
    if why == "void":
        told = {"code": stacks.in_halves(code)}
        if code in stack.unused:
            words = _("Phiếu %(code)s là phiếu dự phòng không dùng, không tính.", **told)
        else:
            words = _("Phiếu %(code)s đã đổi vì hỏng, không tính.", **told)
        raise Refused(Verdict("void", words))
    if why == "twice":
        seen = {"code": stacks.in_halves(code), "page": at}
        raise Refused(Verdict("twice", _("Phiếu %(code)s đã nhập ở trang %(page)s. Mỗi phiếu tính một lần.", **seen)))
    if why == "too_many":
        words = _("Số phiếu tìm thấy nhiều hơn số phiếu phát ra (%(n)s).", n=out)
        raise Refused(Verdict("too_many", words))
    number = len(lined)
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
    lined = open_lines(stack)
    may_decide(by, sitting, lined)
    scan = _waiting(stack)
    if not alike([one.read for one in scan.readings]):
        raise Refused(Verdict("not_agreed", _("Hai người kiểm phiếu chưa nhập xong hoặc nhập khác nhau.")))
    if by.person_id in handed_out.readers(stack.id):
        raise Refused(Verdict("own_count", _("Người kiểm phiếu không kết thúc lần bỏ phiếu mình kiểm.")))
    _files, digest = _checked(scan)
    first, second = scan.readings
    papers = stacks.papers_of(first.papers)
    told: Facts = {"stack": stack.id, "returned": len(papers), "scan": digest, "reading_sha256": _digest(first)}
    told |= {"first": first.person_id, "second": second.person_id}
    told |= {"exchanged": len(stack.void)} if stack.void else {}
    told |= {"unused": len(stack.unused)} if stack.unused_agreed_at is not None else {}
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


def _waiting(stack: Stack) -> StackScan:
    scan = handed_out.scan_of(stack.id)
    if scan is None:
        raise Refused(Verdict("no_scan", _("Chưa có bản quét của các phiếu thu về.")))
    return scan


def _checked(scan: StackScan) -> tuple[list[File], str]:
    """The files of the scan and their hashes. Raises Refused while one is not examined."""
    files = handed_out.files_of(scan)
    if not files or any(each.state != "ready" or not each.sha256 for each in files):
        raise Refused(Verdict("scan", _("Cần bản quét đã kiểm tra xong của các phiếu thu về.")))
    return files, ",".join(each.sha256 or "" for each in files)


def _bind(by: Capacity, edition: Edition, stack: Stack, scan: StackScan, ordinal: int) -> None:
    assert by.person_id is not None
    scan.readings.append(StackReading(person_id=by.person_id, ordinal=ordinal, papers={}))
    session.flush()
    tell("ballots.reader_bound", by, edition, stack, {"ordinal": ordinal})


def _was_read(scan: StackScan) -> bool:
    return any(one.papers for one in scan.readings)


def _set_aside(by: Capacity, edition: Edition, stack: Stack, scan: StackScan, reason: str) -> None:
    files = handed_out.files_of(scan)
    facts: Facts = {
        "scan": ",".join(each.sha256 or "" for each in files),
        "pages": scan.pages or 0,
        "readers": ",".join(str(one.person_id) for one in scan.readings),
        "reason": int(bool(reason)),
    }
    _forget(scan)
    scan.dropped_reason = reason
    later = [each for each in files if each.id != scan.scan_id]
    scan.more.clear()
    set_aside(scan)
    for each in later:
        discard(file=each)
    tell("ballots.dropped", by, edition, stack, facts, {"reason": reason} if reason else None)


def _forget(scan: StackScan) -> None:
    """What was read on the scan is nowhere, nor can its hash in the log be tried out."""
    for one in scan.readings:
        one.papers = {}
    scan.nonce = b""


def _digest(reading: StackReading) -> str:
    """Of what was read, alike for two who read alike; nobody guesses it, not even who has the codes."""
    read = [[int(page), reading.papers[page]] for page in sorted(reading.papers, key=int)]
    return hashlib.sha256(reading.paper.nonce + canonical_json(read)).hexdigest()
