"""One body that was asked, as its page shows it: what it was sent and answered, its scans, what may be done."""

from typing import Any

from flask import url_for

from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.opinions import operations, permissions, queries
from award.opinions.models import Opinion
from award.opinions.words import STANCE_WORDS
from award.people.queries import legal_name


def opinion_shown(edition: Edition, by: Capacity, one: Opinion) -> dict[str, Any]:
    """What the page shows beside its forms, by the names of its template."""
    here: dict[str, Any] = {"slug": edition.slug, "opinion_id": one.public_id}
    files, followed = queries.files(one.id), queries.followed(one.id)
    dropping = files if permissions.can_drop_scan(by, edition, one) else ()
    return {
        "opinion": one,
        "here": here,
        "files": files,
        "removals": {each.id: url_for("opinions.remove_scan", file_id=each.public_id, **here) for each in dropping},
        "kinds": operations.KINDS,
        "most_bytes": operations.MOST_BYTES,
        "most": operations.MOST,
        "may_record": bool(permissions.can_change(by, edition, one)),
        "may_answer": bool(permissions.can_answer(by, edition, one)),
        "may_reopen": bool(permissions.can_reopen(by, edition, one, followed=followed)),
        "may_withdraw": bool(permissions.can_withdraw(by, edition, one, followed=followed)),
        "withdrawer": legal_name(one.withdrawn_by_id),
        "stances": STANCE_WORDS,
    }
