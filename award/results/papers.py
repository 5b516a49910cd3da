"""The decision with its annexed list, the notice of the results, and the prizes as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _

from award import dates
from award.documents import money
from award.documents.certificate import Certificate, Issuer
from award.documents.paper import DOTS, Annex, Block, Heading, Paper, Paragraph
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.editions.papers import Letterhead, invented, letterhead
from award.issued.operations import grouped
from award.results import certifying, queries
from award.results.front import LevelShown, by_level, distinct
from award.results.lines import blocks, counted, groups, titled, within
from award.results.signers import headed_as_recorded
from award.results.works import Honoured, PrizeWork
from award.text import folded


@dataclass(frozen=True)
class Prizes:
    """What is proposed or decided, counted: figures are never typed."""

    works: int
    """Each once, whatever it has."""
    honoured: int
    levels: list[LevelShown]

    @property
    def given(self) -> list[LevelShown]:
        return [each for each in self.levels if each.given]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(each.level.name, each.given) for each in self.given]

    @property
    def money(self) -> int | None:
        """The sum of all prizes; None while the money of one of them is not settled."""
        sums = [(each.level.money, each.given) for each in self.given]
        if not sums or any(amount is None for amount, _count in sums):
            return None
        return sum((amount or 0) * count for amount, count in sums)

    @property
    def to_whom(self) -> str:
        works = _("%(n)s tác phẩm", n=dates.number(self.works))
        if not self.honoured:
            return str(works)
        return str(_("%(works)s và %(n)s tập thể, cá nhân", works=works, n=dates.number(self.honoured)))


def decision(edition: Edition) -> Paper:
    """The decision to give the prizes as they are proposed, or as they were decided, with the list of works."""
    apart = queries.commendation(edition.id) is not None
    head, prizes = _decision_head(edition), prizes_of(edition, honours=() if apart else STANDING)
    return head.paper(
        _("Quyết định"),
        _("về việc trao %(award)s", award=edition.name),
        [*_first_article(prizes, edition), _second_article(prizes, head), _third_article(head)],
        recitals=_recitals(edition, head),
        decides=True,
        annexes=[annex(edition, prizes, head.cited(_("Quyết định")))],
    )


def notice(edition: Edition) -> Paper:
    """The notice of the results, with the figures of the edition and the list of works.

    Bodies and persons with a paper of their own are told once it is recorded; both decisions are then named.
    """
    head, decided, apart = letterhead(edition, "notice"), _decision_head(edition), queries.commendation(edition.id)
    prizes = prizes_of(edition, honours=STANDING if apart is None else ("decided",))
    carried_out = decided.cited(_("Quyết định"))
    if apart is not None and apart.number:
        told = {"first": carried_out, "last": commendation_head(edition).cited(_("Quyết định"))}
        carried_out = _("%(first)s và %(last)s", **told)
    body: list[Block] = [
        Paragraph(
            _(
                "Thực hiện %(decision)s, %(issuer)s thông báo kết quả %(award)s như sau:",
                decision=carried_out,
                issuer=head.issuer,
                award=edition.name,
            )
        ),
        Heading(_("1. Tác phẩm dự Giải"), 2),
        taken_part(edition),
        Heading(_("2. Kết quả"), 2),
        Paragraph(
            _(
                "%(whom)s đoạt giải, được khen thưởng, gồm %(prizes)s (có Danh sách kèm theo)."
                if prizes.honoured
                else "%(whom)s đoạt giải, gồm %(prizes)s (có Danh sách kèm theo).",
                whom=prizes.to_whom,
                prizes=counted(prizes.counts) or DOTS,
            )
        ),
    ]
    return head.paper(
        _("Thông báo"),
        _("kết quả %(award)s", award=edition.name),
        body,
        recitals=head.recitals,
        annexes=[annex(edition, prizes, head.cited(_("Thông báo")))],
    )


def taken_part(edition: Edition) -> Paragraph:
    """How many works came, how many were eligible, of how many authors, and of which kinds."""
    figures = queries.figures(edition.id)
    by_kind = ", ".join(f"{name.lower()} {dates.number(count)}" for name, count in figures["by_category"])
    told = {name: dates.number(figures[name]) for name in ("received", "eligible", "groups")}
    return Paragraph(
        _(
            "Đã tiếp nhận %(received)s tác phẩm; %(eligible)s tác phẩm của %(groups)s tác giả, nhóm tác giả "
            "đủ điều kiện dự Giải (%(kinds)s).",
            kinds=by_kind,
            **told,
        )
    )


def certificates(edition: Edition, *, each_author: bool, checked_at: str = "") -> tuple[list[Certificate], Issuer]:
    """One for a work, or one for each of its authors, in the order of the decision; then bodies and persons.

    Those who were commended by a paper of their own have theirs from whom that paper is (`commended`). `checked_at` is
    where anybody asks whether one is valid; each bears its code and leads there.
    """
    prizes = prizes_of(edition, honours=STANDING if queries.commendation(edition.id) is None else ())
    codes = certifying.codes_by_prize(edition.id)
    given = [each for shown in prizes.levels for each in for_works(shown, codes, each_author=each_author)]
    given += [each for shown in prizes.levels for each in for_honours(shown, codes)]
    return _certified(edition, _decision_head(edition), given, checked_at)


def commended(edition: Edition, *, checked_at: str = "") -> tuple[list[Certificate], Issuer]:
    """Those of bodies and persons with a paper of their own, headed, dated and signed as that paper is."""
    apart = queries.commendation(edition.id)
    if apart is None or not apart.number:
        return _certified(edition, commendation_head(edition), [], checked_at)
    shown, codes = prizes_of(edition, honours=("decided",)).levels, certifying.codes_by_prize(edition.id)
    given = [each for level in shown for each in for_honours(level, codes)]
    return _certified(edition, commendation_head(edition), given, checked_at)


def _certified(
    edition: Edition, head: Letterhead, given: Sequence["Given"], checked_at: str
) -> tuple[list[Certificate], Issuer]:
    place = head.place or edition.award.place
    made = [
        Certificate(
            recipient=each.recipient,
            work=each.work,
            prize=_("Đoạt %(prize)s", prize=within(each.prize)) if each.work else each.prize,
            award=edition.name,
            ground=_("Theo %(decision)s", decision=each.ground or head.cited(_("Quyết định"))),
            number=_("Số thứ tự: %(n)s", n=dates.number(number)),
            dateline=f"{place}, {dates.paper_day(head.day)}" if head.day else f"{place}, {DOTS}",
            code=grouped(each.code),
            address=f"{checked_at}/{grouped(each.code)}" if checked_at and each.code else "",
        )
        for number, each in enumerate(given, start=1)
    ]
    settled_on = head.day or date(edition.year, 1, 1)
    return made, Issuer(head.form, head.name, head.authority, head.post, head.signer, invented(edition), settled_on)


class Given(NamedTuple):
    """What one certificate says, and its code."""

    recipient: str
    work: str
    prize: str
    code: str
    ground: str = ""
    """The later decision, where the prize does not rest on that of the edition."""


Codes = Mapping[tuple[str, int], str]


def for_works(shown: LevelShown, codes: Codes, *, each_author: bool) -> list[Given]:
    """The certificates of the works of a level, in their order."""
    return [each for work in shown.works for each in _for_work(work, each_author, codes)]


def for_honours(shown: LevelShown, codes: Codes) -> list[Given]:
    """Those of the bodies and persons of a level."""
    return [
        Given(each.recipient, _depicted(each), each.level.name, codes.get((each.key, 0), "")) for each in shown.honours
    ]


def _for_work(work: PrizeWork, each_author: bool, codes: Codes) -> list[Given]:
    """Every certificate of the work: its own, or one for each of several authors."""
    title = titled(work)
    told = title if not title.startswith("“") else _("Tác phẩm %(title)s", title=title)
    told = f"{told} - {work.newsroom}" if work.newsroom else told
    later = work.awarded
    ground = _("Quyết định số %(number)s, ngày %(day)s", number=later.number, day=dates.day(later.day)) if later else ""
    if each_author and len(work.authors) > 1:
        return [
            Given(str(author), told, work.level.name, codes.get((work.result_key, ordinal), ""), ground)
            for ordinal, author in enumerate(work.authors, start=1)
        ]
    group = _("Nhóm tác giả %(authors)s", authors=work.author_words) if len(work.authors) > 1 else work.author_words
    return [Given(group, told, work.level.name, codes.get((work.result_key, 0), ""), ground)]


def _depicted(honoured: Honoured) -> str:
    return str(_("Nhân vật trong tác phẩm “%(title)s”", title=honoured.work)) if honoured.work else ""


def listed(edition: Edition, works: Sequence[PrizeWork], honours: Sequence[Honoured], *, staff: bool) -> Sheet:
    """The works of a page of results in its order, then the bodies and persons. Codes are known to the staff alone."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mức giải"), width=18),
        *([Column(_("Mã tác phẩm"), width=16)] if staff else []),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=16),
        Column(_("Thể loại"), width=16),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Tác giả; tập thể, cá nhân"), width=40),
        Column(_("Cơ quan đăng, phát"), width=30),
        Column(_("Chuyên đề; thành tích"), width=40),
        Column(_("Đường dẫn"), width=40),
    ]
    told = [
        (
            work.level.name,
            *((work.code,) if staff else ()),
            work.title,
            work.category.name,
            work.genre,
            len(work.parts),
            work.author_words,
            work.newsroom,
            work.theme,
            work.link,
        )
        for work in works
    ]
    told += [
        (each.level.name, *(("",) if staff else ()), each.work, "", "", None, each.recipient, "", each.reason, "")
        for each in honours
    ]
    rows = [(number, *row) for number, row in enumerate(told, start=1)]
    return Sheet(_("Kết quả"), columns, rows, f"{edition.name}. {invented(edition)}".strip())


def _decision_head(edition: Edition) -> Letterhead:
    """Number, day and body as they were recorded from the issued decision."""
    decided = queries.decision(edition.id)
    if decided is None:
        return letterhead(edition, "decision")
    head = letterhead(edition, "decision", number=decided.number, day=decided.day)
    return _of_its_body(head, decided.body, decided.signatory)


def commendation_head(edition: Edition) -> Letterhead:
    """The same of the paper by which bodies and persons are commended."""
    known = queries.commendation(edition.id)
    if known is None or not known.number:
        return letterhead(edition, "commendation")
    head = letterhead(edition, "commendation", number=known.number, day=known.day)
    return _of_its_body(head, known.body, known.signatory)


def _of_its_body(head: Letterhead, body: str, signatory: str) -> Letterhead:
    """What is settled for the kind, where it is of the body that issued the paper; else that body and who signed."""
    if not head.name:
        return replace(head, name=body)
    return head if folded(head.name) == folded(body) else headed_as_recorded(head, body, signatory)


STANDING = ("proposed", "decided")


def prizes_of(edition: Edition, *, honours: Sequence[str] = STANDING) -> Prizes:
    """What is proposed or decided, with the bodies and persons in these states: others are told in another paper."""
    works = queries.prize_works(edition.id, *STANDING)
    others = queries.honours(edition.id, *honours) if honours else []
    return Prizes(distinct(works), len(others), by_level(works, queries.levels(edition.id), others))


def _recitals(edition: Edition, head: Letterhead) -> tuple[str, ...]:
    """As settled; the council's proposal is what a decision always rests on."""
    said = head.recitals or (_("Căn cứ %(dots)s", dots=DOTS),)
    if any(each.lower().startswith(("xét ", "theo đề nghị")) for each in said):
        return said
    council = letterhead(edition, "minutes").name or _("Hội đồng chấm Giải")
    return (*said, _("Xét đề nghị của %(council)s", council=council))


def _first_article(prizes: Prizes, edition: Edition) -> list[Paragraph]:
    paid = prizes.money is None or prizes.money > 0
    what = _("giấy chứng nhận và tiền thưởng") if paid else _("giấy chứng nhận")
    told = {"what": what, "whom": prizes.to_whom, "award": edition.name}
    first = _("Trao %(what)s cho %(whom)s đoạt %(award)s (có Danh sách kèm theo), gồm:", **told)
    lines = [_level_line(each) for each in prizes.given] or [DOTS]
    ends = [";"] * (len(lines) - 1) + ["."]
    listed = [Paragraph(f"- {words}{end}") for words, end in zip(lines, ends, strict=True)]
    return [Paragraph(first, _("Điều 1.")), *listed]


def _level_line(each: LevelShown) -> str:
    words = f"{dates.number(each.given)} {within(each.level.name)}"
    if not each.level.money:
        return words
    told = {"prizes": words, "money": money.figures(each.level.money)}
    if each.honours:
        return str(_("%(prizes)s, kèm theo %(money)s mỗi tập thể, cá nhân", **told))
    return str(_("%(prizes)s, mỗi giải %(money)s", **told))


def _second_article(prizes: Prizes, head: Letterhead) -> Paragraph:
    total = prizes.money
    if total == 0:
        return Paragraph(_("Kinh phí thực hiện: %(funding)s.", funding=_funding(head)), _("Điều 2."))
    words = {"money": amount(total), "funding": paid_from(head)}
    return Paragraph(_("Tổng số tiền thưởng là %(money)s, từ %(funding)s.", **words), _("Điều 2."))


def _funding(head: Letterhead) -> str:
    return head.funding.removeprefix("từ ").rstrip(" .") or DOTS


def paid_from(head: Letterhead) -> str:
    """Out of which means, after the word "từ"."""
    funding = _funding(head)
    return funding if funding.lower().startswith("nguồn") else str(_("nguồn: %(funding)s", funding=funding))


def amount(total: int | None) -> str:
    """A sum in figures and words, or room for both."""
    return money.both(total) if total else str(_("%(dots)s đồng (%(dots)s)", dots=DOTS))


def _third_article(head: Letterhead) -> Paragraph:
    usual = _(
        "%(issuer)s, các cơ quan, đơn vị liên quan và các tác giả, nhóm tác giả nêu tại Điều 1", issuer=head.issuer
    )
    words = _(
        "%(who)s chịu trách nhiệm thi hành Quyết định này. Quyết định có hiệu lực kể từ ngày ký.",
        who=head.executors.rstrip(" .") or usual,
    )
    return Paragraph(words, _("Điều 3."))


def annex(edition: Edition, prizes: Prizes, belongs_to: str, *, decided: bool = True) -> Annex:
    """The list of what is given, or, in a paper that asks for it, of what is proposed."""
    return Annex(
        title=_("Danh sách"),
        subject=_subject(edition, prizes) if decided else _proposed_subject(edition, prizes),
        note=_("Kèm theo %(paper)s", paper=belongs_to),
        body=tuple(blocks(groups(prizes.levels))),
    )


def _subject(edition: Edition, prizes: Prizes) -> str:
    if prizes.honoured:
        return str(_("tác phẩm, tập thể, cá nhân đoạt %(award)s", award=edition.name))
    return str(_("tác phẩm đoạt %(award)s", award=edition.name))


def _proposed_subject(edition: Edition, prizes: Prizes) -> str:
    if prizes.honoured:
        words = _("tác phẩm, tập thể, cá nhân đề nghị trao giải, khen thưởng, %(award)s", award=edition.name)
        return str(words)
    return str(_("tác phẩm đề nghị trao giải, %(award)s", award=edition.name))
