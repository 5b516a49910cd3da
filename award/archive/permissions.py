"""Who makes the archive of an edition, and who takes it along."""

from flask_babel import gettext as _

from award.archive.models import Archive
from award.editions.permissions import READERS, Capacity, only_for
from award.verdicts import YES, Verdict


def can_read(by: Capacity) -> Verdict:
    return only_for(by, *READERS)


def can_make(by: Capacity, *, public: bool) -> Verdict:
    """The organiser, once the results are public; again at will."""
    allowed = only_for(by, "organiser")
    if allowed and not public:
        return Verdict("not_public", _("Bản lưu trữ được lập sau khi công bố kết quả."))
    return allowed


def can_download(by: Capacity, archive: Archive) -> Verdict:
    """The organiser and the secretariat, once it is whole. It may hold originals, so who only reads does not get it."""
    allowed = only_for(by, "organiser", "secretary")
    if allowed and archive.state != "ready":
        return Verdict("not_ready", _("Bản lưu trữ này không còn hoặc chưa lập xong."))
    return allowed


def is_licensed(audience: str, works: str, licence: str) -> Verdict:
    """Files of works go to everybody only by a paper of their authors, and then those of prizes alone."""
    if audience != "public" or works == "none":
        return YES
    if works == "eligible":
        return Verdict("works", _("Bản công khai chỉ gồm được tệp của tác phẩm đoạt giải."))
    if not licence:
        return Verdict("licence", _("Cần ghi văn bản cho phép của tác giả."))
    return YES
