"""What the desk lists, as tables to take along."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from award.documents.listings import Field
from award.documents.tables import Column, Sheet
from award.editions.models import Category, Edition, Topic
from award.editions.papers import invented
from award.newsrooms import showing
from award.newsrooms.columns import FIELDS
from award.newsrooms.queries import Organ, Work, name_in
from award.newsrooms.showing import Surveyed

_LONGEST_OFFER = 255


def works(edition: Edition, organ: Organ, listed: Sequence[Work]) -> Sheet:
    """The works of one newsroom with what it has said of them."""
    columns = [
        Column(_("STT"), "int", 6),
        Column(_("Mã hồ sơ"), width=14),
        Column(_("Tên tác phẩm"), width=60),
        Column(_("Loại hình"), width=18),
        Column(_("Tác giả"), width=44),
        Column(_("Cơ quan đăng, phát"), width=30),
        Column(_("Ngày đăng, phát"), width=24),
        Column(_("Số kỳ"), "int", 8),
        Column(_("Xác nhận của cơ quan"), width=20),
        Column(_("Người xác nhận"), width=24),
        Column(_("Lý do"), width=40),
        Column(_("Thứ tự ưu tiên"), "int", 12),
    ]
    rows = [
        (
            number,
            each.read.code,
            each.read.title,
            each.read.category,
            showing.authors(each.read),
            each.read.publisher,
            showing.appeared(each.read),
            len(each.read.parts),
            str(showing.WORDS[each.state][1]),
            each.speaker,
            each.said.reason if each.said else "",
            each.place,
        )
        for number, each in enumerate(listed, start=1)
    ]
    note = f"{name_in(organ.newsroom, edition)}. {edition.name}. {invented(edition)}".strip()
    return Sheet(_("Tác phẩm của cơ quan"), columns, rows, note)


def blank(edition: Edition, organ: Organ, kinds: Sequence[Category], topics: Sequence[Topic]) -> list[Sheet]:
    """The list to fill in, and a sheet that says how each column is written."""
    return to_fill(FIELDS, kinds, topics, remarks=[(_("Cơ quan"), "", name_in(organ.newsroom, edition))])


def to_fill(
    fields: Sequence[Field],
    kinds: Sequence[Category],
    topics: Sequence[Topic],
    *,
    offered: Mapping[str, tuple[str, ...]] | None = None,
    remarks: Sequence[tuple[str, str, str]] = (),
) -> list[Sheet]:
    """A list of works to fill in, in these columns, and a sheet that says how each of them is written."""
    choices = {
        "category": tuple(each.name for each in kinds),
        "genre": tuple(dict.fromkeys(genre.name for each in kinds for genre in each.genres)),
        "topic": tuple(each.name for each in topics),
        **(offered or {}),
    }
    columns = [
        Column(str(each.heading), each.kind, each.width, _choices(choices.get(each.name, ()))) for each in fields
    ]
    return [Sheet(_("Danh sách"), columns, [], to_fill=True), _guide(fields, kinds, topics, remarks)]


def _choices(names: tuple[str, ...]) -> tuple[str, ...]:
    """What a cell offers; a spreadsheet takes no longer list, and no name with a comma in it."""
    fits = len(",".join(names)) <= _LONGEST_OFFER and not any("," in name for name in names)
    return names if fits else ()


def _guide(
    fields: Sequence[Field],
    kinds: Sequence[Category],
    topics: Sequence[Topic],
    remarks: Sequence[tuple[str, str, str]],
) -> Sheet:
    rows = [
        (str(each.heading), _("Phải ghi") if each.needed else _("Không bắt buộc"), str(each.hint)) for each in fields
    ]
    rows += [
        (_("Mỗi dòng"), "", _("Là một tác phẩm, hoặc một kỳ của loạt bài. Ô gộp là giá trị của từng dòng.")),
        *remarks,
        *((_("Loại hình"), each.name, "; ".join(genre.name for genre in each.genres)) for each in kinds),
        *((_("Nội dung"), "", each.name) for each in topics),
    ]
    columns = [Column(_("Cột"), width=30), Column(_("Yêu cầu"), width=18), Column(_("Cách ghi"), width=90)]
    return Sheet(_("Hướng dẫn"), columns, rows)


def survey(edition: Edition, listed: Sequence[Surveyed]) -> Sheet:
    """Every newsroom with its works by what it has said of them."""
    columns = [
        Column(_("Cơ quan"), width=44),
        Column(_("Người đại diện"), "int", 14),
        Column(_("Đã nộp"), "int", 10),
        Column(_("Chờ xác nhận"), "int", 14),
        Column(_("Đã xác nhận"), "int", 14),
        Column(_("Không xác nhận"), "int", 14),
        Column(_("Chưa nộp"), "int", 10),
    ]
    rows = [
        (
            each.name,
            each.line.speakers,
            each.n("waiting", "confirmed", "refused"),
            each.n("waiting"),
            each.n("confirmed"),
            each.n("refused"),
            each.n("draft"),
        )
        for each in listed
    ]
    return Sheet(_("Cơ quan báo chí"), columns, rows, f"{edition.name}. {invented(edition)}".strip())
