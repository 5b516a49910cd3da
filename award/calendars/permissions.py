"""Who plans the days of an edition."""

from flask_babel import lazy_gettext as _

from award.editions.models import Edition
from award.editions.permissions import Capacity, only_for
from award.verdicts import Verdict


def can_plan(by: Capacity, edition: Edition) -> Verdict:
    """The organiser and the secretariat, until the edition is archived."""
    allowed = only_for(by, "organiser", "secretary")
    if allowed and edition.state == "archived":
        return Verdict("archived", str(_("%(edition)s đã lưu trữ, chỉ xem.", edition=edition.name)))
    return allowed
