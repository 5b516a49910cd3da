"""Who writes letters in the name of an edition."""

from flask_babel import lazy_gettext as _

from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.verdicts import YES, Verdict


def can_see_letters(by: Capacity) -> Verdict:
    """The organiser and the secretariat."""
    return only_for(by, "organiser", "secretary")


def can_word(by: Capacity, edition: Edition) -> Verdict:
    """The same keep the edition's own words and switch reminders, until the edition is archived."""
    return can_see_letters(by) and _not_archived(edition)


def can_write_to_many(by: Capacity, edition: Edition) -> Verdict:
    """The same write to many at once while there is somebody to write to: not in a draft."""
    allowed = can_word(by, edition)
    if allowed and edition.state == "draft":
        return Verdict("draft", str(_("Lần tổ chức còn là dự thảo, chưa có người nhận.")))
    return allowed


def _not_archived(edition: Edition) -> Verdict:
    if edition.state == "archived":
        return Verdict("archived", str(_("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name)))
    return YES
