"""Who looks after the store, and who reads what happened."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict


def can_see_store(*, administrator: bool, organises: Sequence[int]) -> Verdict:
    """Administrators see all of it, organisers what belongs to the editions they run."""
    if administrator or organises:
        return YES
    return Verdict("not_yours", _("Trang này dành cho quản trị hệ thống và Ban Tổ chức Giải."))


def can_read_log(capacity: Capacity) -> Verdict:
    """The organisers and the auditor of the edition: what its staff did, and who sent what."""
    return only_for(capacity, "organiser", "auditor")
