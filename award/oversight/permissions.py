"""Who looks after the store."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.verdicts import YES, Verdict


def can_see_store(*, administrator: bool, organises: Sequence[int]) -> Verdict:
    """Administrators see all of it, organisers what belongs to the editions they run."""
    if administrator or organises:
        return YES
    return Verdict("not_yours", _("Trang này dành cho quản trị hệ thống và Ban Tổ chức Giải."))
