"""The annex of minutes that holds the log fast on paper: who keeps it notices when anything before it is changed."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.paper import Annex, Paragraph, Table
from award.documents.paper import Column as PaperColumn
from award.editions.models import Edition
from award.log.checkpoints import signer
from award.log.queries import last_checkpoint

Act = tuple[str, str, int]
"""Kind of event, kind of thing, thing."""


def annexes(edition: Edition, acts: Sequence[Act], note: str) -> tuple[Annex, ...]:
    """The latest checkpoint taken after one of the acts, with the key it is checked by; none before the first."""
    taken = last_checkpoint(edition.award_id, *acts)
    if taken is None:
        return ()
    rows = (
        (_("Số sự kiện"), dates.number(taken.size)),
        (_("Mã của sổ"), _in_groups(taken.root.hex())),
        (_("Khóa công khai"), signer(edition.award_id).verifier_key),
    )
    words = _(
        "Mã dưới đây là của toàn bộ sổ sự kiện trên hệ thống đến khi kết thúc việc ghi trong biên bản. Sổ bị sửa sau đó"
        " thì bộ kiểm chứng không còn khớp với mã này."
    )
    body = (Paragraph(words), Table((PaperColumn(_("Nội dung"), 40), PaperColumn(_("Giá trị"), 125)), rows))
    return (Annex(title=_("Phụ lục"), subject=_("mốc kiểm chứng"), note=note, body=body),)


def _in_groups(code: str) -> str:
    """Four by four, so that it can be read out and compared."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))
