"""The decision with its annexed list, the notice of the results, and the prizes as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from award import dates
from award.documents import money
from award.documents.paper import DOTS, Annex, Block, Heading, Paper, Paragraph
from award.documents.tables import Column, Sheet
from award.editions.models import Edition, PrizeLevel
from award.editions.papers import Letterhead, invented, letterhead
from award.results import queries
from award.results.front import LevelShown, by_level
from award.results.lines import blocks, by_category, counted, of_others, within
from award.results.works import Honoured, PrizeWork


@dataclass(frozen=True)
class _Prizes:
    """What is proposed or decided, counted: figures are never typed."""

    works: list[PrizeWork]
    levels: Sequence[PrizeLevel]
    honours: list[Honoured]
    """Bodies, and persons whom works depict."""

    @property
    def given(self) -> list[LevelShown]:
        return [each for each in by_level(self.works, self.levels) if each.works]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(each.level.name, len(each.works)) for each in self.given]

    @property
    def honoured(self) -> list[tuple[PrizeLevel, list[Honoured]]]:
        """Levels that are no work's, with who has them; none where nobody has."""
        found = [(level, [one for one in self.honours if one.level.id == level.id]) for level in self.levels]
        return [(level, ours) for level, ours in found if ours]

    @property
    def money(self) -> int | None:
        """The sum of all prizes; None while the money of one of them is not settled."""
        sums = [(each.level.money, len(each.works)) for each in self.given]
        sums += [(level.money, len(ours)) for level, ours in self.honoured]
        if not sums or any(amount is None for amount, _count in sums):
            return None
        return sum((amount or 0) * count for amount, count in sums)


def decision(edition: Edition) -> Paper:
    """The decision to give the prizes as they are proposed, or as they were decided, with the list of works."""
    head, prizes = _decision_head(edition), _prizes(edition)
    return head.paper(
        _("Quyết định"),
        _("về việc trao %(award)s", award=edition.name),
        [*_first_article(prizes, edition), _second_article(prizes, head), _third_article(head)],
        recitals=_recitals(edition, head),
        decides=True,
        annexes=[_annex(edition, prizes, head.cited(_("Quyết định")))],
    )


def notice(edition: Edition) -> Paper:
    """The notice of the results, with the figures of the edition and the list of works."""
    head, decided, prizes = letterhead(edition, "notice"), _decision_head(edition), _prizes(edition)
    figures = queries.figures(edition.id)
    by_kind = ", ".join(f"{name.lower()} {dates.number(count)}" for name, count in figures["by_category"])
    told = {name: dates.number(figures[name]) for name in ("received", "eligible", "groups")}
    body: list[Block] = [
        Paragraph(
            _(
                "Thực hiện %(decision)s, %(issuer)s thông báo kết quả %(award)s như sau:",
                decision=decided.cited(_("Quyết định")),
                issuer=head.issuer,
                award=edition.name,
            )
        ),
        Heading(_("1. Tác phẩm dự Giải"), 2),
        Paragraph(
            _(
                "Đã tiếp nhận %(received)s tác phẩm; %(eligible)s tác phẩm của %(groups)s tác giả, nhóm tác giả "
                "đủ điều kiện dự Giải (%(kinds)s).",
                kinds=by_kind,
                **told,
            )
        ),
        Heading(_("2. Kết quả"), 2),
        Paragraph(
            _(
                "%(n)s tác phẩm đoạt giải, gồm %(prizes)s (có Danh sách kèm theo).",
                n=dates.number(len(prizes.works)),
                prizes=counted(prizes.counts) or DOTS,
            )
        ),
    ]
    return head.paper(
        _("Thông báo"),
        _("kết quả %(award)s", award=edition.name),
        body,
        recitals=head.recitals,
        annexes=[_annex(edition, prizes, head.cited(_("Thông báo")))],
    )


def listed(edition: Edition, works: Sequence[PrizeWork], *, staff: bool) -> Sheet:
    """The works of a page of results, in its order. Codes are known to the staff alone."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mức giải"), width=18),
        *([Column(_("Mã tác phẩm"), width=16)] if staff else []),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=16),
        Column(_("Thể loại"), width=16),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Tác giả"), width=40),
        Column(_("Cơ quan đăng, phát"), width=30),
        Column(_("Đường dẫn"), width=40),
    ]
    rows = [
        (
            number,
            work.level.name,
            *((work.code,) if staff else ()),
            work.title,
            work.category.name,
            work.genre,
            len(work.parts),
            work.author_words,
            work.newsroom,
            work.link,
        )
        for number, work in enumerate(works, start=1)
    ]
    return Sheet(_("Tác phẩm đoạt giải"), columns, rows, f"{edition.name}. {invented(edition)}".strip())


def _decision_head(edition: Edition) -> Letterhead:
    """Number, day and, where nothing else is settled, the body as they were recorded from the issued decision."""
    decided = queries.decision(edition.id)
    if decided is None:
        return letterhead(edition, "decision")
    head = letterhead(edition, "decision", number=decided.number, day=decided.day)
    return head if head.name else replace(head, name=decided.body)


def _prizes(edition: Edition) -> _Prizes:
    states = ("proposed", "decided")
    works, honours = queries.prize_works(edition.id, *states), queries.honours(edition.id, *states)
    return _Prizes(works, queries.levels(edition.id), honours)


def _recitals(edition: Edition, head: Letterhead) -> tuple[str, ...]:
    """As settled; the council's proposal is what a decision always rests on."""
    said = head.recitals or (_("Căn cứ %(dots)s", dots=DOTS),)
    if any(each.lower().startswith(("xét ", "theo đề nghị")) for each in said):
        return said
    council = letterhead(edition, "minutes").name or _("Hội đồng chấm Giải")
    return (*said, _("Xét đề nghị của %(council)s", council=council))


def _first_article(prizes: _Prizes, edition: Edition) -> list[Paragraph]:
    paid = prizes.money is None or prizes.money > 0
    what = _("giấy chứng nhận và tiền thưởng") if paid else _("giấy chứng nhận")
    told = {"what": what, "n": dates.number(len(prizes.works)), "award": edition.name}
    first = _("Trao %(what)s cho %(n)s tác phẩm đoạt %(award)s (có Danh sách kèm theo), gồm:", **told)
    lines = [_level_line(each.level, len(each.works)) for each in prizes.given] or [DOTS]
    ends = [";"] * (len(lines) - 1) + ["."]
    listed = [Paragraph(f"- {words}{end}") for words, end in zip(lines, ends, strict=True)]
    others = [f"- {_level_line(level, len(ours))}" for level, ours in prizes.honoured]
    if others:
        listed.append(Paragraph(_("Tặng thưởng tập thể, cá nhân (có Danh sách kèm theo), gồm:")))
        listed += [Paragraph(words + (";" if words is not others[-1] else ".")) for words in others]
    return [Paragraph(first, _("Điều 1.")), *listed]


def _level_line(level: PrizeLevel, count: int) -> str:
    words = f"{dates.number(count)} {within(level.name)}"
    if not level.money:
        return words
    return str(_("%(prizes)s, mỗi giải %(money)s", prizes=words, money=money.figures(level.money)))


def _second_article(prizes: _Prizes, head: Letterhead) -> Paragraph:
    total, funding = prizes.money, head.funding or DOTS
    if total == 0:
        return Paragraph(_("Kinh phí thực hiện: %(funding)s.", funding=funding), _("Điều 2."))
    words = {"money": money.both(total) if total else _("%(dots)s đồng (%(dots)s)", dots=DOTS), "funding": funding}
    return Paragraph(_("Tổng số tiền thưởng là %(money)s, từ nguồn: %(funding)s.", **words), _("Điều 2."))


def _third_article(head: Letterhead) -> Paragraph:
    usual = _(
        "%(issuer)s, các cơ quan, đơn vị liên quan và các tác giả, nhóm tác giả nêu tại Điều 1", issuer=head.issuer
    )
    words = _(
        "%(who)s chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký.",
        who=head.executors.rstrip(" .") or usual,
    )
    return Paragraph(words, _("Điều 3."))


def _annex(edition: Edition, prizes: _Prizes, belongs_to: str) -> Annex:
    return Annex(
        title=_("Danh sách"),
        subject=_("tác phẩm đoạt %(award)s", award=edition.name),
        note=_("Kèm theo %(paper)s", paper=belongs_to),
        body=tuple(blocks([*by_category(prizes.works, prizes.levels), *of_others(prizes.honoured)])),
    )
