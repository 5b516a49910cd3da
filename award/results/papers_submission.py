"""Tờ trình: what the council proposes laid before those who are asked, with what was looked at again since."""

from collections import Counter
from dataclasses import replace

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, Block, Heading, Paper, Paragraph
from award.editions.models import Edition
from award.editions.papers import letterhead
from award.issued.queries import standing
from award.issued.register import split
from award.opinions.models import Opinion
from award.opinions.queries import answered, opinions
from award.opinions.words import STANCE_WORDS
from award.results import rechecked
from award.results.lines import counted, within
from award.results.papers import Prizes, amount, annex, paid_from, prizes_of, taken_part
from award.results.words import FIELD_WORDS


def submission(edition: Edition) -> Paper:
    """The memo with figures, proposals, what was looked at again, and what is asked for; the list is annexed."""
    head, prizes = letterhead(edition, "submission"), prizes_of(edition)
    asked = _(
        "%(issuer)s đề nghị xem xét, cho ý kiến về kết quả nêu trên để ban hành quyết định trao %(award)s.",
        issuer=head.issuer,
        award=edition.name,
    )
    body: list[Block] = [
        Heading(_("1. Tác phẩm dự Giải"), 2),
        taken_part(edition),
        Heading(_("2. Kết quả chấm"), 2),
        Paragraph(_proposed(edition, prizes)),
        *([] if prizes.money == 0 else [_money(prizes.money, paid_from(head))]),
        Heading(_("3. Rà soát, ý kiến"), 2),
        *(_looked_at(edition) or [Paragraph(DOTS)]),
        Heading(_("4. Đề nghị"), 2),
        Paragraph(asked),
    ]
    return head.paper(
        _("Tờ trình"),
        _("kết quả %(award)s", award=edition.name),
        body,
        to=_asked_by(edition) or [DOTS],
        submits=True,
        recitals=head.recitals,
        annexes=[annex(edition, prizes, head.cited(_("Tờ trình")), decided=False)],
    )


def _proposed(edition: Edition, prizes: Prizes) -> str:
    """What the council proposed, in its mouth; and what is left of it where proposals were set aside since."""
    aside = rechecked.since_proposed(edition.id).aside
    council = letterhead(edition, "minutes").name or _("Hội đồng chấm Giải")
    left = {"whom": prizes.to_whom, "prizes": counted(prizes.counts) or DOTS}
    if not aside:
        return str(
            _(
                "%(council)s đề nghị trao giải, khen thưởng %(whom)s, gồm %(prizes)s (có Danh sách kèm theo).",
                council=council,
                **left,
            )
        )
    works = {work.key for shown in prizes.levels for work in shown.works}
    works |= {each.entry_key for each in aside if each.of_work}
    counts = Counter(dict(prizes.counts)) + Counter(each.level for each in aside)
    before = replace(prizes, works=len(works), honoured=prizes.honoured + sum(not each.of_work for each in aside))
    return str(
        _(
            "%(council)s đề nghị trao giải, khen thưởng %(before)s, gồm %(proposed)s; sau rà soát còn %(whom)s, gồm"
            " %(prizes)s (có Danh sách kèm theo).",
            council=council,
            before=before.to_whom,
            proposed=counted(
                [(each.level.name, counts[each.level.name]) for each in prizes.levels if counts[each.level.name]]
            ),
            **left,
        )
    )


def _asked_by(edition: Edition) -> list[str]:
    """The bodies asked by its number; and those asked by no paper that is told, until they have answered."""
    issued = standing(edition.id, "submission")
    number = split(issued.number) if issued else None
    return [
        each.body
        for each in opinions(edition.id)
        if (split(each.asked_by_paper) == number if each.asked_by_paper else not each.answered)
    ]


def _money(total: int | None, funding: str) -> Paragraph:
    return Paragraph(
        _("Tổng số tiền thưởng dự kiến là %(money)s, từ %(funding)s.", money=amount(total), funding=funding)
    )


def _looked_at(edition: Edition) -> list[Block]:
    """A line for each answer, each proposal that was set aside, each word that was mended."""
    said = [_said(each) for each in answered(edition.id)]
    since = rechecked.since_proposed(edition.id)
    told = [*(_set_aside(each) for each in since.aside), *(_mended(each) for each in since.mended)]
    return [Paragraph(f"- {words}") for words in (*said, *told)]


def _said(one: Opinion) -> str:
    assert one.answered_on is not None
    stance = str(STANCE_WORDS[one.stance])
    told = {"body": one.body, "stance": stance[:1].lower() + stance[1:], "day": dates.day(one.answered_on)}
    if one.answered_by_paper:
        words = _("%(body)s: %(stance)s (văn bản số %(number)s, ngày %(day)s).", number=one.answered_by_paper, **told)
    else:
        words = _("%(body)s: %(stance)s (ngày %(day)s).", **told)
    return f"{words} {one.words}" if one.words else str(words)


def _set_aside(each: rechecked.Aside) -> str:
    told = {"level": within(each.level), "whose": each.whose, "reason": each.reason.rstrip(" .")}
    if each.of_work:
        return str(_("Không trao %(level)s cho tác phẩm “%(whose)s”: %(reason)s.", **told))
    return str(_("Không trao %(level)s cho %(whose)s: %(reason)s.", **told))


def _mended(each: rechecked.Mended) -> str:
    told = {"what": str(FIELD_WORDS[each.field]).lower(), "title": each.title, "stood": each.stood, "reads": each.reads}
    return str(_("Tác phẩm “%(title)s”, %(what)s: “%(stood)s” sửa thành “%(reads)s”.", **told))
