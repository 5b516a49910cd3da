"""Who chooses what goes to the national award, and who makes its dossier."""

from flask_babel import gettext as _

from award.editions.models import NationalEdition
from award.editions.permissions import READERS, Capacity, only_for
from award.nominations.models import Dossier
from award.verdicts import YES, Verdict


def can_read(capacity: Capacity) -> Verdict:
    return only_for(capacity, *READERS)


def can_choose(capacity: Capacity, national: NationalEdition | None) -> Verdict:
    """The organiser, once the national edition and its rules are known. Publication is another matter."""
    allowed = only_for(capacity, "organiser")
    if not allowed:
        return allowed
    if national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    return YES


def can_build(capacity: Capacity, national: NationalEdition | None, chosen: int) -> Verdict:
    """The organiser and the secretariat, once something is on the list."""
    allowed = only_for(capacity, "organiser", "secretary")
    return _something(national, chosen) if allowed else allowed


def can_take_papers(capacity: Capacity, national: NationalEdition | None, chosen: int) -> Verdict:
    """Letter and list can be drafted by who reads the list, once something is on it."""
    allowed = can_read(capacity)
    return _something(national, chosen) if allowed else allowed


def _something(national: NationalEdition | None, chosen: int) -> Verdict:
    if national is None:
        return Verdict("no_national", _("Chưa nhập giải Trung ương và quy định của giải."))
    if not chosen:
        return Verdict("empty", _("Danh sách gửi dự chưa có tác phẩm nào."))
    return YES


def can_download(capacity: Capacity, dossier: Dossier) -> Verdict:
    """Those who make it, once it is whole. It holds the originals, so who only reads does not get it."""
    allowed = only_for(capacity, "organiser", "secretary")
    if not allowed:
        return allowed
    if dossier.state != "ready":
        return Verdict("not_ready", _("Hồ sơ gửi dự chưa lập xong."))
    return YES
