"""Who takes along the evidence of the judging."""

from collections.abc import Sequence
from typing import Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict
from judging.ranking.permissions import HEADS, READERS

KEPT_FROM = lazy_gettext("Có liên quan đến tác phẩm: việc đính chính do thành viên khác thực hiện.")


class HasState(Protocol):
    """A round, as a row or as the navigation sees it."""

    @property
    def state(self) -> str: ...


def can_be_corrected(judged: HasState, *, decided: bool) -> Verdict:
    """From the end of the round until the province has decided; after that a result is changed by a case."""
    if judged.state != "closed":
        return Verdict("state", _("Chỉ đính chính khi vòng chấm đã kết thúc."))
    if decided:
        words = _("Kết quả đã có quyết định: việc thay đổi thực hiện theo kiến nghị hoặc thu hồi giải.")
        return Verdict("decided", words)
    return YES


def can_correct(capacity: Capacity, judged: HasState, *, decided: bool) -> Verdict:
    """Who leads the council proposes; a second person confirms."""
    allowed = only_for(capacity, *HEADS)
    return can_be_corrected(judged, decided=decided) if allowed else allowed


def can_take_receipts(*, seated: bool) -> Verdict:
    """A member of the round's panels takes receipts of the own sheets, at any time."""
    if seated:
        return YES
    return Verdict("no_seat", _("Trang này dành cho thành viên các tiểu ban của vòng chấm."))


def can_take_evidence(capacity: Capacity, rounds: Sequence[HasState]) -> Verdict:
    """Heads, secretariat, organisers and the auditor, once a round is closed: it opens every sheet of such rounds."""
    allowed = only_for(capacity, *READERS)
    if not allowed:
        return allowed
    if not any(each.state == "closed" for each in rounds):
        return Verdict("sealed", _("Điểm đang được giữ kín. Bộ kiểm chứng có sau khi kết thúc vòng chấm."))
    return YES
