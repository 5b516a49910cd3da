"""Who may send, replace and read the scan of a paper: two different persons, the second not before the first is bound.

Who may read papers at all, and whose interest keeps somebody from one, is for the room that takes them to say.
"""

from flask_babel import lazy_gettext as _

from award.verdicts import YES, Verdict
from judging.readings.models import Scanned

NOT_BOUND = _("Chỉ hai người đã nhận nhập phiếu này mới nhập được.")


def can_send(person_id: int | None, paper: Scanned | None) -> Verdict:
    """The scan is sent by who is the first to read it, and replaced by the same person until a second is bound."""
    if paper is not None and (len(paper.readers) > 1 or paper.readers[0].person_id != person_id):
        return Verdict("other_scan", str(_("Phiếu này đã có bản quét do người khác gửi hoặc đang nhập lần hai.")))
    return YES


def can_take_up(person_id: int | None, paper: Scanned, *, after_first: bool = True) -> Verdict:
    """A second person, and no third; where one waits for the other, not before the first has read everything."""
    if any(one.person_id == person_id for one in paper.readers):
        return Verdict("same_person", str(_("Hai lần nhập do hai người khác nhau thực hiện.")))
    if len(paper.readers) > 1:
        return Verdict("two_already", str(_("Phiếu này đã có hai người nhập.")))
    if after_first and paper.readers[0].read is None:
        return Verdict("first_missing", str(_("Chờ người thứ nhất nhập xong.")))
    return YES
