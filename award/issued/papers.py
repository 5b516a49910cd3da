"""The list of the papers of an edition as a table."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.issued.models import IssuedPaper


def listed(kept: Sequence[IssuedPaper]) -> Sheet:
    """Every paper with its number, day and body, and the hash of what it says."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Tên văn bản"), width=50),
        Column(_("Số, ký hiệu"), width=24),
        Column(_("Ngày"), "date", 12),
        Column(_("Cơ quan ban hành"), width=40),
        Column(_("Mã kiểm chứng"), width=40),
    ]
    ordered = sorted(kept, key=lambda each: (each.day, each.id))
    rows = [(n, each.title, each.number, each.day, each.body, each.content_sha256) for n, each in enumerate(ordered, 1)]
    return Sheet(_("Văn bản đã ban hành"), columns, rows)
