"""What still follows a form received before its files: begun or not, until when, and what has come since. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from award import dates
from award.entries.dossiers import HELD, Dossier, FileRow

Lack = Mapping[str, Any]
"""A place that lacks files, as a receipt keeps it: {slot, part (of a series) or None, count}."""


def lacking(dossier: Dossier) -> list[dict[str, Any]]:
    """The places with fewer files than they ask for, sent or begun, in their order."""
    several = len(dossier.parts) > 1
    found = []
    for place in dossier.places:
        count = place.slot.at_least - sum(file.state != "rejected" for file in place.files)
        if count > 0:
            part = place.part.ordinal if place.part is not None and several else None
            found.append({"slot": place.slot.label, "part": part, "count": count})
    return found


def named(lack: Lack) -> str:
    """Bản quét trang báo, kỳ 2 (1 tệp)."""
    what = lack["slot"]
    if lack["part"] is not None:
        what = _("%(label)s, kỳ %(n)s", label=what, n=lack["part"])
    return str(_("%(what)s (%(n)s tệp)", what=what, n=lack["count"]))


def sentence(coming: int, missing: int, due: datetime) -> str:
    """Files are still on their way, or not begun: how many, until when."""
    until = dates.deadline_moment(due)
    if not missing:
        told = _("Hồ sơ đã nộp đúng hạn. Còn %(n)s tệp đang gửi, chậm nhất %(moment)s.", n=coming, moment=until)
    elif not coming:
        told = _("Hồ sơ đã nộp đúng hạn. Còn %(n)s tệp chưa gửi, chậm nhất %(moment)s.", n=missing, moment=until)
    else:
        words = {"n": coming, "m": missing, "moment": until}
        told = _("Hồ sơ đã nộp đúng hạn. Còn %(n)s tệp đang gửi, %(m)s tệp chưa gửi, chậm nhất %(moment)s.", **words)
    return f"{told} {_('Có thể đóng trang và gửi tiếp từ máy khác.')}"


@dataclass(frozen=True)
class Following:
    """How what was to follow stands now. `coming` was begun, `lacks` was not; `came` arrived since the receipt."""

    sentence: str
    coming: tuple[FileRow, ...]
    lacks: tuple[str, ...]
    came: tuple[FileRow, ...]
    open: bool
    """Whether files may still be sent."""

    @property
    def whole(self) -> bool:
        """Everything is there."""
        return not self.coming and not self.lacks


def following(received: Mapping[str, Any], dossier: Dossier, now: datetime) -> Following | None:
    """What followed the receipt whose content this is; None where nothing was to follow."""
    promised = {file["key"] for file in received["files"] if file["state"] == "due"}
    missing = received.get("lacking", ())
    if not (promised or missing) or received["files_due_at"] is None:
        return None
    due = datetime.fromisoformat(received["files_due_at"])
    known = {file["key"] for file in received["files"]} - promised
    coming = tuple(file for file in dossier.files if file.state == "uploading")
    came = tuple(file for file in dossier.files if file.state in HELD and file.key not in known)
    lacks = lacking(dossier) if missing else []
    count = sum(each["count"] for each in lacks)
    words = _told(coming, count, came, due, now)
    return Following(words, coming, tuple(named(each) for each in lacks), came, now < due)


def _told(coming: Sequence[FileRow], missing: int, came: Sequence[FileRow], due: datetime, now: datetime) -> str:
    left = len(coming) + missing
    if left and now < due:
        return sentence(len(coming), missing, due)
    if left:
        words = {"moment": dates.deadline_moment(due), "n": left}
        return str(_("Đã hết thời hạn gửi tệp (chậm nhất %(moment)s). Còn thiếu %(n)s tệp.", **words))
    last = max((file.stored_at for file in came if file.stored_at is not None), default=None)
    if last is None:
        return str(_("Đã nhận đủ tệp."))
    return str(_("Đã nhận đủ tệp lúc %(moment)s.", moment=dates.receipt_moment(last)))
