"""What the room offers of letters: words for the checkpoint that everybody of the edition keeps."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _

from award.correspondence import LetterKind, Recipient
from judging.proof.letters import CHECKPOINT, words
from judging.proof.queries import newest_told


def _told(edition_id: int) -> Sequence[Recipient]:
    fresh = newest_told(edition_id)
    if fresh is None:
        return ()
    values, house = words(fresh)
    return (Recipient(f"{fresh.taken.size}", values["su_kien"], "", values, house),)


KIND = LetterKind(
    CHECKPOINT,
    _("Mốc kiểm chứng"),
    {
        "su_kien": _("Việc vừa xong: kết thúc vòng, công bố"),
        "moc": _("Nội dung mốc, từng dòng"),
        "ma_so": _("Mã của sổ sự kiện"),
        "khoa": _("Khóa công khai"),
        "lien_ket": _("Đường dẫn đến các mốc của Giải"),
    },
    _told,
    needed=(frozenset({"noi_dung", "moc"}), frozenset({"noi_dung", "khoa"})),
)
