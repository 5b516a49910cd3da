"""Who takes along the evidence of the judging."""

from collections.abc import Sequence
from typing import Protocol

from flask_babel import gettext as _

from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict
from judging.ranking.permissions import READERS


class HasState(Protocol):
    """A round, as a row or as the navigation sees it."""

    @property
    def state(self) -> str: ...


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
