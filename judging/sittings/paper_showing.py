"""What pages of ballots on paper show: how far each stack is, and to who reads it what differs. Never a count."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.files.models import File
from award.files.reading import Reading as Shown
from award.files.reading import readings
from award.people.models import Person
from judging.readings.agreement import alike
from judging.readings.models import Reading
from judging.readings.operations import own_reading
from judging.readings.permissions import can_send, can_take_up
from judging.sittings import handed_out, permissions, queries
from judging.sittings.handed_out import Lined
from judging.sittings.models import Sitting, Stack, StackReading, StackScan
from judging.sittings.operations.counting import differences
from judging.sittings.showing import Room, Row
from judging.sittings.stacks import TO_DRAW_FROM, in_halves, placed


@dataclass(frozen=True)
class Seen:
    """A stack as a list names it: its works, how many papers, how far it is."""

    stack: Stack
    level: PrizeLevel
    rows: tuple[Row, ...]
    state: tuple[str, str]
    open: bool
    out: int
    """How many papers were handed out."""


def seen(room: Room) -> list[Seen]:
    """Every stack of the sitting, the last first."""
    listed = handed_out.stacks(room.sitting.id)
    ids = [each.id for each in listed]
    lined, scans = handed_out.lines(ids), handed_out.scans(ids)
    levels = {each.level.id: each.level for each in room.structure}
    rows = {row.item.id: row for row in room.rows}
    return [
        Seen(
            stack,
            levels[stack.prize_level_id],
            tuple(rows[one.item.id] for one in lined[stack.id]),
            state_words(stack, lined[stack.id], scans.get(stack.id)),
            is_open(lined[stack.id]),
            lined[stack.id][0].vote.eligible,
        )
        for stack in reversed(listed)
    ]


def is_open(lined: Sequence[Lined]) -> bool:
    return any(one.vote.state == "open" for one in lined)


def state_words(stack: Stack, lined: Sequence[Lined], scan: StackScan | None) -> tuple[str, str]:
    """Mark and word of how far the count is. Tells nothing of what the papers say."""
    if stack.called_off_at is not None:
        return "none", _("Đã hủy phát phiếu")
    if not is_open(lined):
        return "done", _("Đã kết thúc bỏ phiếu")
    if scan is None and stack.called_off_reason:
        return "warn", _("Chờ Ban kiểm phiếu đồng ý hủy phát phiếu")
    if scan is None:
        return "doing", _("Đang bỏ phiếu")
    read = [one.read for one in scan.readings]
    if alike(read):
        return "done", _("Hai người nhập giống nhau, chờ kết thúc bỏ phiếu")
    if None not in read and len(read) > 1:
        return "warn", _("Hai người nhập khác nhau")
    return "doing", _("Đang kiểm phiếu: %(n)s/2 người đã nhập xong", n=len([one for one in read if one is not None]))


def stack_shown(by: Capacity, edition: Edition, sitting: Sitting, stack: Stack, rows: Sequence[Row]) -> dict[str, Any]:
    """The stack as `by` may see it."""
    lined, scan = handed_out.lines([stack.id])[stack.id], handed_out.scan_of(stack.id)
    teller, open_ = handed_out.is_teller(sitting.id, by.person_id), is_open(lined)
    tied = handed_out.is_tied(edition, by.person_id, lined)
    may_tell = permissions.can_tell(by, sitting, teller=teller, tied=tied)
    own = own_reading(scan, by.person_id) if scan is not None and may_tell and open_ else None
    files = handed_out.files_of(scan) if scan is not None else []
    spare, waits, sealed = handed_out.spare(stack), bool(stack.given_back), stack.unused_agreed_at is not None
    held = waits and stack.given_back_to_id == by.person_id
    out, asked = handed_out.is_out(stack.id), bool(stack.called_off_reason)
    recused = any(queries.is_recused(one.item.id, by.person_id) for one in lined)
    decides = open_ and bool(permissions.can_decide(by, sitting, recused=recused))
    agreed = scan is not None and alike([one.read for one in scan.readings])
    return {
        "state_words": state_words(stack, lined, scan),
        "rows": rows,
        "open": open_,
        "holders": handed_out.holders(lined[0].vote.id) if lined else [],
        "people": [session.get_one(Person, one.person_id).legal_name for one in (scan.readings if scan else ())],
        "scans": files if own is not None else [],
        "ready": bool(files) and all(file.state == "ready" for file in files),
        "given_out": len(stack.codes) - spare - len(stack.void),
        "spare": spare,
        "begun": scan is not None,
        "own": own,
        "pages": _pages(own, files),
        "apart": _apart(scan, rows) if scan is not None and own is not None else [],
        "teller": teller and open_,
        "may_tell": may_tell,
        "may_send": can_send(by.person_id, scan),
        "may_take_up": scan is not None and bool(can_take_up(by.person_id, scan, after_first=False)),
        "may_print": bool(permissions.can_print(by, sitting, teller=teller, wanted=out)),
        "may_end": decides and agreed and by.person_id not in handed_out.readers(stack.id),
        "may_call_off": decides and out,
        "may_drop_left": decides and scan is not None and handed_out.is_left(edition, sitting, scan, lined),
        "may_agree": asked and out and bool(may_tell) and stack.called_off_by_id != by.person_id,
        "asked": asked and out,
        "may_give_back": out and bool(may_tell) and spare >= TO_DRAW_FROM and not sealed and (not waits or held),
        "holds_back": held,
        "may_exchange": decides and out and waits and not sealed,
        "may_find_unused": out and bool(may_tell) and spare > 0 and not sealed and not waits,
        "may_agree_unused": decides and out and bool(stack.unused) and not sealed,
        "unused": [in_halves(code) for code in stack.unused] if out or sealed else [],
        "unused_agreed": sealed,
        "spare_told": sealed or not spare or handed_out.was_scanned(stack.id),
        "given_back": in_halves(stack.given_back) if stack.given_back and out else "",
    }


def _pages(own: Reading | None, files: Sequence[File]) -> list[tuple[int, str, str]]:
    """Number, mark and word of every page of the scan, as the reader has read it."""
    if not isinstance(own, StackReading):
        return []
    pages = sum(handed_out.pages_of(file) for file in files)
    return [(page, *_page_words(own.papers, page)) for page in range(1, pages + 1)]


def _page_words(read: Mapping[str, Any], page: int) -> tuple[str, str]:
    if str(page) not in read:
        return "none", _("Chưa nhập")
    paper = read[str(page)]
    if paper is None:
        return "done", _("Không có phiếu")
    return "done", _("Phiếu %(code)s", code=in_halves(paper[0])) if paper[0] else _("Phiếu không đọc được mã")


def _apart(scan: StackScan, rows: Sequence[Row]) -> list[str]:
    """Pages that the two have read differently, in words, for these two alone; neither what the other said."""
    found: dict[int, list[str]] = {}
    for page, line in differences(scan):
        found.setdefault(page, []).append(_("mã phiếu") if line is None else rows[line].line.code)
    return [
        _(
            "Trang %(page)s: hai người nhập khác nhau ở %(places)s. Đề nghị cả hai đối chiếu phiếu.",
            page=page,
            places=", ".join(places),
        )
        for page, places in found.items()
    ]


def file_at(scan: StackScan, page: int) -> tuple[File, int] | None:
    """The file that this page of the scan is in, and which page of it; None where the scan has none."""
    files = handed_out.files_of(scan)
    pages = [handed_out.pages_of(file) for file in files]
    if not 1 <= page <= sum(pages):
        return None
    at, within = placed(pages, page)
    return files[at], within


def page_of(scan: StackScan, page: int) -> Shown | None:
    """The picture of that page of the scan, without the others."""
    found = file_at(scan, page)
    if found is None:
        return None
    file, page = found
    whole = next(iter(readings({file.id: file.name}).values()), None)
    if whole is None or whole.photo is not None:
        return whole
    return replace(whole, pages=[each for each in whole.pages if each.number == page], paragraphs=())


def scans_kept(edition: Edition, by: Capacity, sat: Sequence[Sitting]) -> dict[int, list[tuple[Stack, list[File]]]]:
    """Sitting → stacks counted in it with the files of their scans, as far as `by` may still see them."""
    kept: dict[int, list[tuple[Stack, list[File]]]] = {}
    for sitting in sat:
        teller = handed_out.is_teller(sitting.id, by.person_id)
        listed = handed_out.stacks(sitting.id) if teller or by.holds("auditor") else []
        scans, lined = handed_out.scans([each.id for each in listed]), handed_out.lines([each.id for each in listed])
        for stack in (each for each in listed if each.id in scans):
            tied = handed_out.is_tied(edition, by.person_id, lined[stack.id])
            if permissions.can_read_ballots(by, scans[stack.id], teller=teller, tied=tied):
                kept.setdefault(sitting.id, []).append((stack, handed_out.files_of(scans[stack.id])))
    return kept


def next_page(own: StackReading, pages: int) -> int | None:
    """The first page that is not read yet."""
    return next((page for page in range(1, pages + 1) if str(page) not in own.papers), None)
