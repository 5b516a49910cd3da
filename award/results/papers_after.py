"""The decision to take a prize back, as a paper: a draft until its number, day and reason are recorded."""

from flask_babel import gettext as _

from award.db import session
from award.documents.paper import DOTS, Paper, Paragraph
from award.editions.models import Edition, PrizeLevel
from award.editions.papers import letterhead
from award.results import queries
from award.results.lines import titled, within
from award.results.models import Decision, Honour, Result, Ruling
from award.results.works import PrizeWork


def revocation(edition: Edition, prize: Result | Honour, ruling: Ruling | None) -> Paper:
    """Three articles: what is taken back and why, what it means for certificate and money, who carries it out.

    It cites the paper that gave the prize: of one given later its own, of others the decision.
    """
    head = letterhead(edition, "decision", number=ruling.number if ruling else "", day=ruling.day if ruling else None)
    decided: Decision | Ruling | None = queries.decision(edition.id)
    level = within(session.get_one(PrizeLevel, prize.prize_level_id).name)
    if isinstance(prize, Honour):
        whom = prize.recipient
    else:
        work = _work(edition, prize)
        whom, decided = _whom(work), work.awarded or decided
    cited = _("Quyết định số %(number)s", number=decided.number) if decided else _("Quyết định số %(dots)s", dots=DOTS)
    reason = (ruling.reason if ruling else DOTS).rstrip(" .")
    body = [
        Paragraph(
            _(
                "Thu hồi %(level)s đã trao cho %(whom)s tại %(decision)s. Lý do: %(reason)s.",
                level=level,
                whom=whom,
                decision=cited,
                reason=reason,
            ),
            _("Điều 1."),
        ),
        Paragraph(
            _("Giấy chứng nhận đã cấp không còn giá trị; tiền thưởng không chi hoặc được nộp lại theo quy định."),
            _("Điều 2."),
        ),
        Paragraph(
            _(
                "%(issuer)s, các cơ quan, đơn vị liên quan và người nêu tại Điều 1 chịu trách nhiệm thi hành Quyết "
                "định này. Quyết định có hiệu lực kể từ ngày ký.",
                issuer=head.issuer,
            ),
            _("Điều 3."),
        ),
    ]
    subject = _("về việc thu hồi %(level)s, %(award)s", level=level, award=edition.name)
    recitals = head.recitals or (_("Căn cứ %(dots)s", dots=DOTS),)
    return head.paper(_("Quyết định"), subject, body, recitals=recitals, decides=True)


def _work(edition: Edition, prize: Result) -> PrizeWork:
    works = queries.prize_works(edition.id, "decided", "revoked")
    return next(each for each in works if each.result_key == prize.public_id)


def _whom(work: PrizeWork) -> str:
    return str(_("tác phẩm %(title)s của %(authors)s", title=titled(work), authors=work.author_words))
