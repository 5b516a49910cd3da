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
    beginning=(
        _("Mốc kiểm chứng: {su_kien}"),
        _(
            "{giai}: {su_kien}. Hệ thống đã lập mốc kiểm chứng giữ toàn bộ sổ sự kiện đến lúc đó.\n\nĐề nghị lưu thư"
            " này. Ai giữ mốc thì biết sổ trước đó có bị sửa hay không.\n\nNội dung mốc (lưu các dòng giữa hai vạch"
            " thành một tệp khi cần đối chiếu):\n\n-----\n{moc}\n-----\n\nMã của sổ: {ma_so}\nKhóa công khai:"
            " {khoa}\n\nCác mốc của Giải:\n{lien_ket}\n\n{lien_he}\n\nTrân trọng.\n{co_quan}"
        ),
    ),
)
