"""The lists of the desk: to be signed, with what is known already, and for people's own programs."""

from flask_babel import gettext as _

from award import dates
from award.ceremony import queries
from award.documents.paper import Paper
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.results import papers_ceremony
from award.results.papers_ceremony import Beside


def signing_list(edition: Edition) -> Paper:
    """The list to sign, with who is there and who takes it for whom where the desk knows it."""
    return papers_ceremony.signing_list(
        edition,
        {
            line.code: Beside(
                _here(line.here, "x"),
                line.proxy,
                _("Đã ký nhận %(at)s", at=dates.moment(line.signed_at)) if line.signed_at else "",
            )
            for line in queries.lines(edition)
        },
    )


def listed(edition: Edition) -> Sheet:
    """Every certificate in the order in which it is given."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Lượt"), "int", 6),
        Column(_("Mức giải"), width=20),
        Column(_("Người nhận giấy chứng nhận"), width=36),
        Column(_("Tác phẩm, thành tích"), width=60),
        Column(_("Có mặt"), width=10),
        Column(_("Người nhận thay"), width=28),
        Column(_("Ký nhận lúc"), width=24),
    ]
    rows = [
        (
            turn.number,
            turn.level,
            line.recipient,
            line.work,
            _here(line.here, str(_("có mặt"))),
            line.proxy,
            line.signed_at,
        )
        for turn in queries.turns(edition)
        for line in turn.lines
    ]
    said = edition.name
    if edition.illustrative:
        said = f"{said}. {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    return Sheet(_("Lễ trao giải"), columns, [(n, *row) for n, row in enumerate(rows, start=1)], said)


def _here(here: bool | None, came: str) -> str:
    """Nothing while nobody has said."""
    return "" if here is None else came if here else str(_("vắng"))
