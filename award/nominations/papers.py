"""The letter and the list that go to the national award, and the list as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from award import dates
from award.documents.paper import DOTS, Block, Paper, Paragraph, Table
from award.documents.paper import Column as PaperColumn
from award.documents.tables import Column, Sheet
from award.editions.models import Edition, NationalEdition
from award.editions.papers import Letterhead, invented, letterhead
from award.entries.models import PriorPrize
from award.nominations.candidates import Work
from award.nominations.queries import Chosen
from award.nominations.resolution import Resolution
from award.results.words import note_of


@dataclass(frozen=True)
class Sending:
    """What is sent where, with which letter as far as its number and day are known, chosen by which paper."""

    edition: Edition
    national: NationalEdition | None
    """None of a whole edition, which goes to another house and not to another award."""
    works: Sequence[Work]
    number: str = ""
    day: date | None = None
    resolution: Resolution | None = None

    @property
    def to(self) -> str:
        """The award that the works go to."""
        return self.national.name if self.national else self.edition.name

    @property
    def recipient(self) -> str:
        """Who takes them there; dots to be filled in where nobody said."""
        return (self.national.recipient if self.national else "") or DOTS

    @property
    def head(self) -> Letterhead:
        return letterhead(self.edition, "letter", number=self.number, day=self.day)


def letter(sent: Sending) -> Paper:
    """The letter that the works go with."""
    head = sent.head
    told = {"issuer": head.issuer, "n": dates.number(len(sent.works)), "award": sent.to}
    first = _("%(issuer)s gửi %(n)s tác phẩm dự %(award)s, gồm: %(kinds)s.", kinds=_kinds(sent.works), **told)
    ground = "; ".join(each.rstrip(" .;,") for each in (*head.recitals, *_chosen_by(sent)))
    to = sent.recipient
    body = [
        Paragraph(f"{ground}, {first}" if ground else first),
        Paragraph(
            _(
                "Hồ sơ gửi kèm gồm: Danh sách tác phẩm; mỗi tác phẩm một thư mục có tệp tác phẩm, thông tin đăng, phát "
                "và giải thưởng đã đạt; bảng mã kiểm chứng của từng tệp."
            )
        ),
        *_corrected(sent.works),
        Paragraph(_("Đề nghị %(to)s tiếp nhận, xem xét.", to=to)),
    ]
    return head.paper("", _("gửi tác phẩm dự %(award)s", award=sent.to), body, to=[to])


def _chosen_by(sent: Sending) -> list[str]:
    """The ground that is the list's own: the paper by which the works were chosen."""
    if sent.resolution is None:
        return []
    return [_("Căn cứ %(paper)s về việc chọn tác phẩm gửi dự", paper=sent.resolution.cited)]


def _corrected(works: Sequence[Work]) -> list[Paragraph]:
    """That words of some works were corrected since they were published with their prize; nothing where none was."""
    many = sum(1 for each in works if each.corrected)
    if not many:
        return []
    words = _(
        "Thông tin của %(n)s tác phẩm được ghi theo nội dung đã đính chính; nội dung và căn cứ đính chính ghi ở cuối "
        "Danh sách và trong thư mục tác phẩm.",
        n=dates.number(many),
    )
    return [Paragraph(words)]


def national_list(sent: Sending) -> Paper:
    """The list that belongs to the letter, in the columns the national award asks for."""
    columns = (
        PaperColumn(_("STT"), 12, "center"),
        PaperColumn(_("Tên tác phẩm"), 54),
        PaperColumn(_("Thể loại"), 26),
        PaperColumn(_("Tác giả"), 42),
        PaperColumn(_("Cơ quan báo chí"), 34),
        PaperColumn(_("Ngày đăng, phát"), 24),
        PaperColumn(_("Mức giải đã đạt và đơn vị tổ chức"), 40),
        PaperColumn(_("Ghi chú"), 20),
    )
    rows = [
        (
            dates.number(number),
            work.title,
            kind_of(work),
            work.authors,
            work.newsroom,
            published(work),
            "; ".join(prizes(sent, work)),
            "; ".join(word for word in (_series(work), _("Đã đính chính") if work.corrected else "") if word),
        )
        for number, work in enumerate(sent.works, start=1)
    ]
    body: list[Block] = [
        Paragraph(_("(Kèm theo %(letter)s)", letter=sent.head.cited(_("Công văn"))), centred=True),
        Table(columns, tuple(rows)),
        Paragraph(_("Danh sách có %(n)s tác phẩm.", n=dates.number(len(rows)))),
        *(
            Paragraph(_("Tác phẩm số %(n)s: %(note)s", n=dates.number(number), note=note_of(each)))
            for number, work in enumerate(sent.works, start=1)
            for each in work.corrected
        ),
    ]
    subject = _("tác phẩm gửi dự %(award)s", award=sent.to)
    return letterhead(sent.edition, "national").paper(_("Danh sách"), subject, body, landscape=True)


def sheet(sent: Sending) -> Sheet:
    """The same list for a spreadsheet, as it lies in the dossier."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Tên tác phẩm"), width=44),
        Column(_("Thể loại"), width=22),
        Column(_("Tác giả"), width=34),
        Column(_("Cơ quan báo chí"), width=28),
        Column(_("Ngày đăng, phát"), width=18),
        Column(_("Mức giải đã đạt và đơn vị tổ chức"), width=36),
        Column(_("Ghi chú"), width=22),
    ]
    rows = [_row(number, sent, work) for number, work in enumerate(sent.works, start=1)]
    return Sheet(_("Danh sách gửi dự"), columns, rows, " ".join(_heading(sent)))


def chosen(edition: Edition, listed: Sequence[Chosen], resolution: Resolution | None = None) -> Sheet:
    """The page's own list: what is known here of each work and what the national rules say of it.

    Where it is kept for good, it is headed by the paper by which the works were chosen.
    """
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã tác phẩm"), width=16),
        Column(_("Tên tác phẩm"), width=50),
        Column(_("Tác giả"), width=34),
        Column(_("Cơ quan báo chí"), width=28),
        Column(_("Mức giải"), width=18),
        Column(_("Thứ hạng"), "int", 10),
        Column(_("Theo quy định của giải Trung ương"), width=50),
        Column(_("Lý do gửi"), width=40),
    ]
    rows = [
        (
            each.nomination.ordinal,
            each.work.code,
            each.work.title,
            each.work.authors,
            each.work.newsroom,
            each.work.level,
            each.work.rank,
            " ".join(finding.sentence for finding in each.findings) or _("Đạt"),
            each.nomination.reason,
        )
        for each in listed
    ]
    heading = [f"{edition.name}.", *([chosen_by(resolution)] if resolution else []), invented(edition)]
    return Sheet(_("Danh sách gửi dự"), columns, rows, " ".join(heading).strip())


def chosen_by(resolution: Resolution) -> str:
    """The sentence that names the paper by which the works were chosen."""
    return str(_("Chọn theo %(paper)s.", paper=resolution.cited))


def kind_of(work: Work) -> str:
    group = work.group or work.category
    return f"{work.genre} ({group})" if work.genre else group


def published(work: Work) -> str:
    return "; ".join(dates.day(part.published_on) for part in work.entry.parts if part.published_on)


def prizes(sent: Sending, work: Work) -> list[str]:
    """Every prize the work has had, as the national award asks it to be declared; our own once it is decided.

    With a whole edition our own never goes: there the work is judged again, and our decision may not be out yet.
    """
    found = [_prize(prize) for prize in work.entry.prior_prizes]
    ours = sent.national is not None and work.prize_decided
    return [*found, f"{work.level} - {sent.edition.name}"] if ours else found


def _prize(prize: PriorPrize) -> str:
    words = " - ".join(word for word in (prize.level, prize.award_name) if word)
    words += f" {prize.year}" if prize.year else ""
    return f"{words} ({prize.organiser})" if prize.organiser else words


def _kinds(works: Sequence[Work]) -> str:
    """báo in 5, truyền hình 2: the kinds in the order in which they first appear."""
    counts: dict[str, int] = {}
    for work in works:
        kind = work.group or work.category
        counts[kind] = counts.get(kind, 0) + 1
    return ", ".join(f"{kind[:1].lower()}{kind[1:]} {dates.number(n)}" for kind, n in counts.items())


def _series(work: Work) -> str:
    parts = len(work.entry.parts)
    return str(_("Loạt %(n)s kỳ", n=parts)) if parts > 1 else ""


def _heading(sent: Sending) -> list[str]:
    """The lines above the list: what it is sent to, from where, with which letter."""
    lines = [_("Danh sách tác phẩm gửi dự %(national)s.", national=sent.to), f"{sent.edition.name}."]
    if sent.number and sent.day:
        told = {"number": sent.number, "day": dates.day(sent.day)}
        lines.append(_("Kèm theo Công văn số %(number)s, ngày %(day)s.", **told))
    elif sent.number:
        lines.append(_("Kèm theo Công văn số %(number)s.", number=sent.number))
    if sent.resolution is not None:
        lines.append(chosen_by(sent.resolution))
    return [*lines, invented(sent.edition)] if sent.edition.illustrative else lines


def _row(number: int, sent: Sending, work: Work) -> tuple[object, ...]:
    notes = [
        _series(work),
        *(note_of(each) for each in work.corrected),
        _("Dữ liệu minh họa") if sent.edition.illustrative else "",
    ]
    return (
        number,
        work.title,
        kind_of(work),
        work.authors,
        work.newsroom,
        published(work),
        "; ".join(prizes(sent, work)),
        "; ".join(note for note in notes if note),
    )
