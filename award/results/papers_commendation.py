"""Quyết định khen thưởng: the bodies and persons who are commended by a paper of their own."""

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, Block, Paper, Paragraph
from award.editions.models import Edition
from award.editions.papers import Letterhead
from award.results import queries
from award.results.front import by_level
from award.results.lines import counted, honour
from award.results.papers import Prizes, amount, commendation_head, paid_from


def commendation(edition: Edition) -> Paper:
    """Three articles: who is commended for what, the money, who carries it out."""
    head, given = commendation_head(edition), queries.honours(edition.id, "proposed", "decided")
    prizes = Prizes(0, len(given), by_level([], queries.levels(edition.id), given))
    told = {"n": dates.number(len(given)), "prizes": counted(prizes.counts) or DOTS, "award": edition.name}
    first = _("Khen thưởng %(n)s tập thể, cá nhân có thành tích trong %(award)s, gồm %(prizes)s:", **told)
    lines = [honour(each) for level in prizes.levels for each in level.honours]
    ends = [";"] * (len(lines) - 1) + ["."]
    body: list[Block] = [
        Paragraph(first, _("Điều 1.")),
        *(Paragraph(f"- {words.rstrip(' .')}{end}") for words, end in zip(lines, ends, strict=False)),
        Paragraph(_money(prizes.money, head), _("Điều 2.")),
        Paragraph(
            _(
                "%(who)s chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký.",
                who=head.executors.rstrip(" .")
                or _("%(issuer)s, các cơ quan, đơn vị liên quan và người nêu tại Điều 1", issuer=head.issuer),
            ),
            _("Điều 3."),
        ),
    ]
    recitals = head.recitals or (_("Căn cứ %(dots)s", dots=DOTS),)
    subject = _("về việc khen thưởng tập thể, cá nhân, %(award)s", award=edition.name)
    return head.paper(_("Quyết định"), subject, body, recitals=recitals, decides=True)


def _money(total: int | None, head: Letterhead) -> str:
    if total == 0:
        return str(_("Kinh phí thực hiện: %(funding)s.", funding=head.funding.rstrip(" .") or DOTS))
    return str(_("Tổng số tiền thưởng là %(money)s, từ %(funding)s.", money=amount(total), funding=paid_from(head)))
