"""Who keeps the desk of the ceremony, and what may be written beside a name."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.editions.permissions import Capacity, only_for
from award.results.models import Decision
from award.verdicts import YES, Verdict


def can_read(capacity: Capacity, decision: Decision | None) -> Verdict:
    """The list of who is given what, once it is decided: organisers, secretariat, auditor."""
    return _decided(only_for(capacity, "organiser", "secretary", "auditor"), decision)


def can_record(capacity: Capacity, decision: Decision | None) -> Verdict:
    """Those who keep the desk."""
    return _decided(only_for(capacity, "organiser", "secretary"), decision)


def _decided(allowed: Verdict, decision: Decision | None) -> Verdict:
    if allowed and decision is None:
        return Verdict("undecided", _("Chưa ghi quyết định trao giải."))
    return allowed


def can_sign(recipient: str, *, here: bool | None, proxy: str) -> Verdict:
    """Somebody signs: who is named, being there, or whoever takes it for them."""
    if here or proxy:
        return YES
    return Verdict("nobody", _("Chưa ghi ai nhận: %(name)s. Chọn có mặt hoặc ghi người nhận thay.", name=recipient))


def elsewhere(recipients: Sequence[str]) -> Verdict:
    """Somebody else has written beside these names since the page was loaded."""
    told = {"names": ", ".join(recipients)}
    words = _("Dòng của %(names)s vừa được ghi ở máy khác. Đề nghị xem dòng đã ghi rồi lưu lại.", **told)
    return Verdict("changed", words)


def gone() -> Verdict:
    return Verdict("gone", _("Danh sách giấy chứng nhận đã thay đổi. Tải lại trang rồi ghi tiếp."))
