"""Setting up the kinds of press organ that an edition tells apart: frozen with the rules of entry."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.outlets import as_rows, kinds_of, told
from award.editions.permissions import Capacity, can_set_up
from award.log.operations import record
from award.verdicts import Verdict, require


def set_outlet_kinds(*, by: Capacity, edition: Edition, said: Sequence[tuple[str, str, bool]]) -> None:
    """The edition tells these kinds apart, in this order: (code it is known by or empty, name, licensed).

    Raises Refused `kinds` when a loại hình takes works of a kind that would be gone.
    """
    lock(edition)
    require(can_set_up(by, edition))
    known = {kind.code: kind.name for kind in kinds_of(edition.outlet_kinds)}
    kinds = told(said, known)
    gone = set(known) - {kind.code for kind in kinds}
    for category in edition.categories:
        for code in category.outlets:
            if code in gone:
                words = _(
                    "%(category)s chỉ nhận tác phẩm của một số loại cơ quan, trong đó có “%(kind)s”. Bỏ chọn ở trang "
                    "loại hình trước.",
                    category=category.name,
                    kind=known[code],
                )
                require(Verdict("kinds", str(words)))
    before, edition.outlet_kinds = edition.outlet_kinds, as_rows(kinds)
    session.flush()
    if before != edition.outlet_kinds:
        record(
            "outlet_kinds.set",
            actor_id=by.person_id,
            award_id=edition.award_id,
            subject=edition,
            facts={"kinds": len(kinds)},
            detail={"before": before, "after": edition.outlet_kinds},
        )
