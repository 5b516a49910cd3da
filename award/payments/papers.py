"""The list by which prize money is paid, as a paper to sign and as a table."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award import dates
from award.documents import money
from award.documents.paper import DOTS, Block, Paper, Paragraph, Table
from award.documents.paper import Column as Across
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import invented, letterhead
from award.payments.models import BankAccount
from award.payments.owed import Owed, sums
from award.payments.queries import Accounts
from award.payments.taxed import Tax


def paying(edition: Edition, lines: Sequence[Owed], accounts: Accounts, tax: Tax | None) -> Paper:
    """Who is still to receive how much for what, to which account, and below it how much was paid before. Where no tax
    is said it is left to who knows it, and so is every signature."""
    left = [each for each in lines if each.open]
    head = letterhead(edition, "payment")
    columns = (
        Across(_("STT"), 5, "center"),
        Across(_("Người nhận"), 22),
        Across(_("Tác phẩm, mức giải"), 34),
        Across(_("Số tiền (đồng)"), 14, "right"),
        Across(_("Thuế (nếu có)"), 12, "right"),
        Across(_("Thực nhận (đồng)"), 14, "right"),
        Across(_("Số tài khoản, ngân hàng"), 26),
        Across(_("Ký nhận"), 12),
    )
    rows = tuple(
        (
            str(n),
            each.name,
            ", ".join(word for word in (f"“{each.work}”" if each.work else "", each.level) if word),
            *map(_sum, _sums(each)),
            _account(accounts.get(each.key)),
            "",
        )
        for n, each in enumerate(left, start=1)
    )
    body: list[Block] = [Table(columns, rows), *_together(left, tax), *_before(lines)]
    about = _("chi tiền thưởng %(award)s", award=edition.name)
    return head.paper(_("Danh sách"), about, body, landscape=True)


def _sum(amount: int | None) -> str:
    return "" if amount is None else dates.number(amount)


def _sums(line: Owed) -> tuple[int | None, int | None, int | None]:
    """What the receiver is to have of the line, tax, and the rest: without what is to be given back."""
    if line.revoked or line.amount is None:
        return None, None, None
    return line.amount - line.over, line.tax, None if line.net is None else line.net - line.over


def _together(lines: Sequence[Owed], tax: Tax | None) -> list[Paragraph]:
    """The sum of what is settled in figures and words, and of how many prizes nothing is; what is withheld of it and by
    which rule, where that is said."""
    together = sums(lines)
    known = money.both(together.known) if together.known else DOTS
    said = [Paragraph(_("Tổng số tiền: %(money)s.", money=known))]
    if together.unknown:
        told = {"money": known, "n": dates.number(together.unknown)}
        said = [Paragraph(_("Tổng số tiền đã quy định: %(money)s; chưa quy định số tiền: %(n)s giải.", **told))]
    if together.tax is None or tax is None:
        return said
    told = {"tax": money.figures(together.tax), "net": money.both(together.known - together.tax)}
    said.append(Paragraph(_("Thuế khấu trừ: %(tax)s; thực nhận: %(net)s.", **told)))
    return [*said, Paragraph(_("Mức khấu trừ: %(rule)s", rule=tax.words))]


def _account(kept: BankAccount | None) -> str:
    return f"{kept.number}, {kept.bank} ({kept.holder})" if kept is not None else ""


def _before(lines: Sequence[Owed]) -> list[Paragraph]:
    """What went out before, and what of it is to be given back: neither stands in the list."""
    paid = [each for each in lines if each.paid_on is not None]
    if not paid:
        return []
    told = {"money": money.figures(sum(each.amount or 0 for each in paid)), "n": dates.number(len(paid))}
    said = [Paragraph(_("Đã chi trước đó, không ghi trong danh sách này: %(money)s, %(n)s lượt.", **told))]
    if back := sum((each.amount or 0) if each.revoked else each.over for each in paid):
        said.append(Paragraph(_("Trong đó phải nộp lại: %(money)s.", money=money.figures(back))))
    return said


def listed(edition: Edition, lines: Sequence[Owed], accounts: Accounts) -> Sheet:
    """The same as a table for accounting. What is to be given back has a column of its own: sums hold."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Người nhận"), width=32),
        Column(_("Tác phẩm"), width=50),
        Column(_("Mức giải"), width=18),
        Column(_("Số tiền"), "money", 18),
        Column(_("Thuế (nếu có)"), "money", 18),
        Column(_("Thực nhận"), "money", 18),
        Column(_("Chủ tài khoản"), width=32),
        Column(_("Số tài khoản"), width=24),
        Column(_("Ngân hàng, chi nhánh"), width=32),
        Column(_("Ngày chi"), "date", 12),
        Column(_("Phải nộp lại"), "money", 18),
    ]
    rows = [
        (
            *(n, each.name, each.work, each.level),
            *_sums(each),
            *_told(accounts.get(each.key)),
            *(each.paid_on, each.amount if each.revoked else each.over or None),
        )
        for n, each in enumerate(lines, start=1)
    ]
    return Sheet(_("Chi tiền thưởng"), columns, rows, f"{edition.name}. {invented(edition)}".strip())


def _told(kept: BankAccount | None) -> tuple[str, str, str]:
    return (kept.holder, kept.number, kept.bank) if kept is not None else ("", "", "")
