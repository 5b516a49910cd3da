"""Whether an invitation can be accepted, or taken back; pure."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from award.people.models import Invitation
from award.verdicts import YES, Verdict


def can_accept(invitation: Invitation, now: datetime) -> Verdict:
    """An invitation is good for one acceptance, before its time is over, unless it was taken back."""
    if invitation.used_at is not None:
        return Verdict("invitation.used", _("Lời mời này đã được nhận. Mời đăng nhập."))
    if invitation.revoked_at is not None:
        return Verdict("invitation.revoked", _("Lời mời này đã được thu hồi. Đề nghị liên hệ Tổ Thư ký."))
    if invitation.expires_at <= now:
        return Verdict("invitation.expired", _("Lời mời này đã hết hạn. Đề nghị Tổ Thư ký gửi lại."))
    return YES


def can_revoke(invitation: Invitation) -> Verdict:
    """Until somebody has come in by it; also once it has run out, since it holds again when its day moves away."""
    if invitation.used_at is not None:
        return Verdict("invitation.accepted", _("Lời mời đã được nhận, không thu hồi được. Cần thì thôi vai trò."))
    return YES
