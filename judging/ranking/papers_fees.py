"""Who judged how much and what is paid for it, as a paper to sign and as a table to be reckoned on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award import dates
from award.documents import money
from award.documents.paper import Block, Column, Paper, Paragraph, Table
from award.documents.tables import Column as SheetColumn
from award.documents.tables import Sheet
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.papers import letterhead
from award.payments.taxed import Fees
from judging.ranking.following import Following
from judging.ranking.papers import headed


def fees(edition: Edition, judged: Round, shown: Following, sent: Mapping[int, int], paid: Fees) -> Paper:
    """Every sheet that a seat has sent, and how many of them do not count.

    How much a sheet is worth, and the tax on it, is left to who knows it where nobody has said so; so is the signing.
    """
    columns = (
        Column(_("STT"), 10, "center"),
        Column(_("Họ và tên"), 48),
        Column(_("Tiểu ban"), 38),
        Column(_("Số phiếu"), 14, "center"),
        Column(_("Trong đó không tính"), 16, "center"),
        Column(_("Mức chi (đồng/phiếu)"), 24, "right"),
        Column(_("Thành tiền (đồng)"), 26, "right"),
        Column(_("Thuế (nếu có)"), 20, "right"),
        Column(_("Thực nhận (đồng)"), 26, "right"),
        Column(_("Ký nhận"), 26),
    )
    done = _fees(shown, sent, paid)
    rows = tuple(
        (dates.number(n), each.name, each.panel, *map(_figure, (each.sheets, each.lost, *each.money)), "")
        for n, each in enumerate(done, start=1)
    )
    told = {
        "n": dates.number(len(rows)),
        "sheets": dates.number(sum(each.sheets for each in done)),
        "lost": dates.number(sum(each.lost for each in done)),
    }
    end = Paragraph(
        _(
            "Danh sách có %(n)s lượt thành viên, %(sheets)s phiếu chấm đã gửi, trong đó %(lost)s phiếu không tính vào"
            " kết quả do tác phẩm rút, không đủ điều kiện hoặc thành viên có liên quan.",
            **told,
        )
    )
    subject = _("chi thù lao chấm vòng %(round)s, %(award)s", round=called(judged), award=edition.name)
    body: list[Block] = [Table(columns, rows), end, *_together(done, paid)]
    return letterhead(edition, "fees").paper(_("Danh sách"), subject, body, landscape=True)


def fee_sheet(edition: Edition, judged: Round, shown: Following, sent: Mapping[int, int], paid: Fees) -> Sheet:
    """The same as a table, to be reckoned on."""
    columns = [
        SheetColumn(_("STT"), "int", 6),
        SheetColumn(_("Họ và tên"), width=32),
        SheetColumn(_("Tiểu ban"), width=30),
        SheetColumn(_("Số phiếu"), "int", 10),
        SheetColumn(_("Trong đó không tính"), "int", 10),
        SheetColumn(_("Mức chi (đồng/phiếu)"), "money", 18),
        SheetColumn(_("Thành tiền (đồng)"), "money", 18),
        SheetColumn(_("Thuế (nếu có)"), "money", 18),
        SheetColumn(_("Thực nhận (đồng)"), "money", 18),
    ]
    rows = [
        (n, each.name, each.panel, each.sheets, each.lost, *each.money)
        for n, each in enumerate(_fees(shown, sent, paid), start=1)
    ]
    return Sheet(_("Thù lao chấm"), columns, rows, headed(edition, judged))


@dataclass(frozen=True)
class _Fee:
    """Of a seat: sheets sent, how many of them do not count; what each and all of them are paid, the tax, the rest."""

    name: str
    panel: str
    sheets: int
    lost: int
    money: tuple[int | None, int | None, int | None, int | None]


def _fees(shown: Following, sent: Mapping[int, int], paid: Fees) -> list[_Fee]:
    """Every seat in its order. Tax is reckoned on all that a person is paid for the round, for whatever seats."""
    amounts = {each.seat_id: paid.amount(sent.get(each.seat_id, 0)) for each in shown.judges}
    held: dict[int, list[int]] = {}
    for each in shown.judges:
        held.setdefault(each.person_id, []).append(each.seat_id)
    taxes: dict[int, int | None] = {}
    for seats in held.values():
        taxes |= zip(seats, paid.taxes([amounts[seat] for seat in seats]), strict=True)
    found = []
    for each in shown.judges:
        sheets, amount, tax = sent.get(each.seat_id, 0), amounts[each.seat_id], taxes[each.seat_id]
        rest = None if amount is None or tax is None else amount - tax
        told = (paid.per_sheet, amount, tax, rest)
        found.append(_Fee(each.name, each.panel, sheets, max(0, sheets - each.finished), told))
    return found


def _together(done: Sequence[_Fee], paid: Fees) -> list[Paragraph]:
    """The sum in figures and words; what is withheld of it and by which rule, where that is said."""
    if paid.per_sheet is None:
        return []
    sum_ = sum(each.money[1] or 0 for each in done)
    said = [Paragraph(_("Tổng số tiền: %(money)s.", money=money.both(sum_)))]
    if paid.tax is None:
        return said
    tax = sum(each.money[2] or 0 for each in done)
    told = {"tax": money.figures(tax), "net": money.both(sum_ - tax)}
    said.append(Paragraph(_("Thuế khấu trừ: %(tax)s; thực nhận: %(net)s.", **told)))
    return [*said, Paragraph(_("Mức khấu trừ: %(rule)s", rule=paid.tax.words))]


def _figure(number: int | None) -> str:
    return "" if number is None else dates.number(number)
