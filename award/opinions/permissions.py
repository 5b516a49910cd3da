"""Who records that a body was asked and what it answered, and who reads that."""

from flask_babel import gettext as _

from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.opinions.models import Opinion
from award.verdicts import Verdict


def can_read(capacity: Capacity) -> Verdict:
    """Who prepares the decision, and the auditor."""
    return only_for(capacity, "organiser", "secretary", "auditor")


def can_record(capacity: Capacity, edition: Edition) -> Verdict:
    """Organiser and secretariat, from the council's work on until the results are public."""
    allowed = only_for(capacity, "organiser", "secretary")
    if allowed and edition.state not in {"judging", "decision"}:
        return Verdict("state", _("Ghi việc xin ý kiến từ khi chấm đến trước khi công bố kết quả."))
    return allowed


def can_change(capacity: Capacity, edition: Edition, opinion: Opinion) -> Verdict:
    """What is recorded of one body; nothing more once the request was withdrawn."""
    allowed = can_record(capacity, edition)
    if allowed and opinion.withdrawn_at is not None:
        return Verdict("withdrawn", _("Đã rút việc xin ý kiến %(body)s.", body=opinion.body))
    return allowed


def can_answer(capacity: Capacity, edition: Edition, opinion: Opinion) -> Verdict:
    """The answer is recorded once; what was recorded by mistake is taken off first."""
    allowed = can_change(capacity, edition, opinion)
    if allowed and opinion.answered:
        return Verdict("answered", _("Ý kiến của %(body)s đã được ghi.", body=opinion.body))
    return allowed


def can_reopen(capacity: Capacity, edition: Edition, opinion: Opinion, *, followed: bool) -> Verdict:
    """An answer that was recorded by mistake is taken off by the organiser, with the reason in the log.

    Never one on which a proposal was set aside (`followed`).
    """
    allowed = can_change(capacity, edition, opinion)
    if allowed and not opinion.answered:
        return Verdict("unanswered", _("Chưa ghi ý kiến của %(body)s.", body=opinion.body))
    if allowed and followed:
        return Verdict("followed", _("Đã có đề nghị giải không trao theo ý kiến này, nên giữ nguyên."))
    return allowed and only_for(capacity, "organiser")


def can_drop_scan(capacity: Capacity, edition: Edition, opinion: Opinion) -> Verdict:
    """A scan sent by mistake, until the answer it belongs to is recorded."""
    allowed = can_change(capacity, edition, opinion)
    if allowed and opinion.answered:
        return Verdict("answered", _("Ý kiến của %(body)s đã được ghi, nên giữ bản quét.", body=opinion.body))
    return allowed


def can_withdraw(capacity: Capacity, edition: Edition, opinion: Opinion, *, followed: bool) -> Verdict:
    """A body that need not answer any more, or was not asked after all; one that answered stays."""
    allowed = can_change(capacity, edition, opinion)
    if allowed and opinion.answered:
        return Verdict("answered", _("Ý kiến của %(body)s đã được ghi.", body=opinion.body))
    if allowed and followed:
        return Verdict("followed", _("Đã có đề nghị giải không trao theo ý kiến này, nên giữ nguyên."))
    return allowed
