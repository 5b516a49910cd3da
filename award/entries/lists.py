"""A person's own works as a table: what is seen on the page, in typed cells."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import invented
from award.entries.progress import state_of
from award.entries.queries import OwnWork


def own(edition: Edition, works: Sequence[OwnWork]) -> Sheet:
    """The works as they are being prepared, each with the state of what was submitted."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã hồ sơ"), width=14),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=18),
        Column(_("Thể loại"), width=18),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Tác giả"), width=40),
        Column(_("Cơ quan đăng, phát"), width=30),
        Column(_("Tình trạng"), width=28),
        Column(_("Ngày nộp"), "date", 12),
    ]
    rows = [
        (
            number,
            each.standing.code,
            each.working.title,
            each.working.category,
            each.working.genre,
            len(each.working.parts),
            ", ".join(author.legal_name for author in each.working.authors),
            each.working.publisher,
            state_of(each.standing, revised=each.revision is not None)[1],
            each.standing.submitted_at,
        )
        for number, each in enumerate(works, start=1)
    ]
    return Sheet(_("Tác phẩm của tôi"), columns, rows, f"{edition.name}. {invented(edition)}".strip())
