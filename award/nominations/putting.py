"""What was planned goes into the store as one signed ZIP, in constant memory; every original is what was verified."""

import logging
from collections.abc import Callable, Iterator

from flask_babel import gettext as _

from award.files.store import storage
from award.nominations.bundle import ZIP, Member, Written, stream
from award.nominations.contents import Original, Page, Plan
from uploads.storage import NoSuchObject

log = logging.getLogger(__name__)


def put(key: str, planned: Plan, written: Written, sign: Callable[[bytes], bytes]) -> str:
    """The sentence of what went wrong; empty when the store holds it under `key`, every byte as it was verified."""
    try:
        storage().put_stream(key, stream(_members(planned), written, sign=sign), ZIP)
    except NoSuchObject:
        log.warning("an original of %s is not in the store", key)
        return str(_("Một tệp của tác phẩm không còn trong kho. Đề nghị báo người quản trị."))
    sums = dict(written.members)
    changed = [held.shown_as for held in planned.originals if sums[held.path] != held.sha256]
    if not changed:
        return ""
    storage().delete(key)
    return str(_("Tệp trong kho khác tệp đã kiểm tra: %(name)s. Đề nghị báo người quản trị.", name=changed[0]))


def _members(planned: Plan) -> Iterator[Member]:
    """Everything in the order of paths; an original is asked of the store when its turn comes."""
    everything: list[Original | Page] = [*planned.pages, *planned.originals]
    for held in sorted(everything, key=lambda each: each.path):
        if isinstance(held, Original):
            yield Member(held.path, storage().stream(held.key))
        else:
            yield Member(held.path, [held.content])
