"""The decisions to take a prize back, to lower it, to give a place: drafts until number and day are known."""

from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from award.db import session
from award.documents.paper import DOTS, Paper, Paragraph
from award.editions.issuing import KINDS
from award.editions.models import Category, Edition, Genre, PrizeLevel
from award.editions.papers import Letterhead, letterhead
from award.entries.models import Entry
from award.people.models import Newsroom
from award.results import queries, rulings
from award.results.lines import titled, within
from award.results.models import Commendation, Decision, Honour, Result, Ruling
from award.results.papers import amount, paid_from
from award.results.signers import headed_as_recorded
from award.results.works import PrizeWork, shown


def written(edition: Edition, ruling: Ruling) -> Paper:
    """The paper that records the ruling, as it stands."""
    if ruling.kind == "awarded":
        revoked = session.get_one(Ruling, ruling.in_place_of_id) if ruling.in_place_of_id else None
        return succession(edition, rulings.level_of(ruling), revoked, session.get_one(Entry, ruling.entry_id), ruling)
    if ruling.kind == "lowered":
        return lowering(edition, session.get_one(Result, ruling.result_id), ruling)
    honoured = ruling.honour_id is not None
    prize = session.get_one(Honour, ruling.honour_id) if honoured else session.get_one(Result, ruling.result_id)
    return revocation(edition, prize, ruling)


def revocation(edition: Edition, prize: Result | Honour, ruling: Ruling | None) -> Paper:
    """Three articles: what is taken back and why, what it means for certificate and money, who carries it out.

    It cites the paper that gave the prize: of one given later its own, of others the decision.
    """
    head = _head(edition, "revocation", ruling)
    decided: Decision | Commendation | Ruling | None = queries.decision(edition.id)
    level = within(session.get_one(PrizeLevel, prize.prize_level_id).name)
    if isinstance(prize, Honour):
        whom, decided = prize.recipient, queries.commended_by(edition.id)
    else:
        work = _with_prize(edition, prize)
        whom, decided = _whom(work), work.awarded or decided
    body = [
        Paragraph(
            _(
                "Thu hồi %(level)s đã trao cho %(whom)s tại %(decision)s. Lý do: %(reason)s.",
                level=level,
                whom=whom,
                decision=_cited(decided),
                reason=_reason(ruling),
            ),
            _("Điều 1."),
        ),
        Paragraph(
            _("Giấy chứng nhận đã cấp không còn giá trị; tiền thưởng không chi hoặc được nộp lại theo quy định."),
            _("Điều 2."),
        ),
        _carried_out(head),
    ]
    subject = _("về việc thu hồi %(level)s, %(award)s", level=level, award=edition.name)
    return head.paper(_("Quyết định"), subject, body, recitals=_recitals(head), decides=True)


def lowering(edition: Edition, prize: Result, ruling: Ruling | None) -> Paper:
    """Three articles: from which level to which and why, certificate and money, who carries it out."""
    head, work = _head(edition, "lowering", ruling), _with_prize(edition, prize)
    lower = session.get_one(PrizeLevel, ruling.level_id) if ruling else None
    by = work.awarded if ruling is None or ruling.state != "confirmed" else _before(ruling)
    former = session.get_one(PrizeLevel, ruling.former_level_id) if ruling else work.level
    told = {
        "former": within(former.name),
        "whom": _whom(work),
        "decision": _cited(by or queries.decision(edition.id)),
        "level": within(lower.name) if lower else DOTS,
        "reason": _reason(ruling),
    }
    first = _("Chuyển %(former)s đã trao cho %(whom)s tại %(decision)s xuống %(level)s. Lý do: %(reason)s.", **told)
    if ruling is not None and ruling.beyond:
        beside = _("Giải này ngoài cơ cấu giải, không tính vào số lượng %(level)s.", level=told["level"])
        first = f"{first} {beside}"
    second = _("Giấy chứng nhận đã cấp được thay bằng giấy chứng nhận theo Quyết định này.")
    sum_ = amount(lower.money) if lower else DOTS
    money = _(
        "Tiền thưởng là %(money)s, từ %(funding)s; phần đã chi vượt số tiền này được nộp lại theo quy định.",
        money=sum_,
        funding=paid_from(head),
    )
    body = [
        Paragraph(first, _("Điều 1.")),
        Paragraph(second if lower is not None and lower.money == 0 else f"{second} {money}", _("Điều 2.")),
        _carried_out(head),
    ]
    subject = _("về việc hạ mức %(level)s, %(award)s", level=told["former"], award=edition.name)
    return head.paper(_("Quyết định"), subject, body, recitals=_recitals(head), decides=True)


def _before(ruling: Ruling) -> Ruling | None:
    """The paper by which the work had its level before this one; none where that was the decision."""
    earlier = select(Ruling).where(Ruling.result_id == ruling.result_id, Ruling.kind.in_(queries.GIVE))
    earlier = earlier.where(Ruling.state == "confirmed", Ruling.id < ruling.id)
    return session.scalar(earlier.order_by(Ruling.id.desc()).limit(1))


def succession(
    edition: Edition, level: PrizeLevel, revoked: Ruling | None, entry: Entry | None, ruling: Ruling | None
) -> Paper:
    """Three articles: which prize is given in whose place and why, the money, who carries it out.

    Nobody's place: one that was vacant. With no work yet there is room for it.
    """
    head = _head(edition, "succession", ruling)
    lower = _lower_prize(entry, level, ruling) if entry else None
    told = {
        "level": within(level.name),
        "whom": _whom(_candidate(entry, level)) if entry else _("tác phẩm %(dots)s", dots=DOTS),
        "decision": _cited(revoked or queries.decision(edition.id)),
        "reason": _reason(ruling),
    }
    first = (
        _("Trao %(level)s cho %(whom)s, thay cho giải đã thu hồi tại %(decision)s. Lý do: %(reason)s.", **told)
        if revoked
        else _("Trao %(level)s còn khuyết theo %(decision)s cho %(whom)s. Lý do: %(reason)s.", **told)
    )
    if lower is not None:
        also = _("Tác phẩm thôi giữ %(level)s đã trao trước đó; vị trí ấy để khuyết.", level=within(lower.name))
        first = f"{first} {also}"
    body = [
        Paragraph(first, _("Điều 1.")),
        Paragraph(_money(level, lower, head), _("Điều 2.")),
        _carried_out(head),
    ]
    subject = _("về việc trao %(level)s còn khuyết, %(award)s", level=within(level.name), award=edition.name)
    return head.paper(_("Quyết định"), subject, body, recitals=_recitals(head), decides=True)


def _head(edition: Edition, kind: str, ruling: Ruling | None) -> Letterhead:
    """As settled for the kind; where nothing is, headed as the decision is, whose number, day and grounds are its own.

    What was recorded of the ruling goes before whatever is settled: body and signer, as well as number and day.
    """
    number, day = (ruling.number, ruling.day) if ruling else ("", None)
    head = letterhead(edition, kind, number=number, day=day)
    if not head.name:
        usual = letterhead(edition, "decision")
        head = replace(usual, kind=KINDS[kind], number=number, day=day, recitals=(), executors="")
    return head if ruling is None else headed_as_recorded(head, ruling.body, ruling.signatory)


def _recitals(head: Letterhead) -> tuple[str, ...]:
    return head.recitals or (_("Căn cứ %(dots)s", dots=DOTS),)


def _reason(ruling: Ruling | None) -> str:
    return (ruling.reason if ruling else DOTS).rstrip(" .")


def _cited(paper: Decision | Commendation | Ruling | None) -> str:
    return str(_("Quyết định số %(number)s", number=paper.number if paper else DOTS))


def _carried_out(head: Letterhead) -> Paragraph:
    usual = _("%(issuer)s, các cơ quan, đơn vị liên quan và người nêu tại Điều 1", issuer=head.issuer)
    words = _(
        "%(who)s chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký.",
        who=head.executors.rstrip(" .") or usual,
    )
    return Paragraph(words, _("Điều 3."))


def _money(level: PrizeLevel, lower: PrizeLevel | None, head: Letterhead) -> str:
    """What is paid with the prize, of it what a lower one brought already, and out of which means."""
    if level.money == 0:
        return str(_("Giấy chứng nhận được cấp theo Quyết định này."))
    words = str(_("Tiền thưởng là %(money)s, từ %(funding)s.", money=amount(level.money), funding=paid_from(head)))
    if lower is None or lower.money == 0:
        return words
    less = _("Số tiền đã chi cho %(level)s được trừ vào tiền thưởng này.", level=within(lower.name))
    return f"{words} {less}"


def _lower_prize(entry: Entry, level: PrizeLevel, ruling: Ruling | None) -> PrizeLevel | None:
    """The prize of the same kind that the work has, or had, until it gets the place."""
    if ruling is not None and ruling.state == "confirmed":
        return session.get_one(PrizeLevel, ruling.former_level_id) if ruling.former_level_id else None
    has = next((each for each in rulings.results_of(entry.id) if each.kind == level.kind), None)
    return session.get_one(PrizeLevel, has.prize_level_id) if has is not None else None


def _with_prize(edition: Edition, prize: Result) -> PrizeWork:
    works = queries.prize_works(edition.id, "decided", "revoked")
    return next(each for each in works if each.result_key == prize.public_id)


def _candidate(entry: Entry, level: PrizeLevel) -> PrizeWork:
    """The work as lists of results word it, with what was corrected of it; it need not have any prize yet."""
    return shown(
        Result(entry_id=entry.id, prize_level_id=level.id, theme="", proposed_reason="", state="proposed"),
        level,
        entry,
        session.get_one(Category, entry.category_id),
        session.get(Genre, entry.genre_id) if entry.genre_id else None,
        session.get(Newsroom, entry.newsroom_id) if entry.newsroom_id else None,
        None,
        corrections=queries.corrections_of(entry.id),
    )


def _whom(work: PrizeWork) -> str:
    return str(_("tác phẩm %(title)s của %(authors)s", title=titled(work), authors=work.author_words))
