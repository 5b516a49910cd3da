"""The list of winners as a table: empty for people to fill in, or full of what is recorded."""

from collections.abc import Sequence

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.history.columns import BY_NAME, FIELDS
from award.history.models import PastWork

OFFERED = {  # not translated: the words that lists are read by
    "level": ("Đặc biệt", "A", "B", "C", "Khuyến khích", "Chuyên đề", "Nhất", "Nhì", "Ba"),
    "category": ("Báo in", "Báo điện tử", "Phát thanh", "Truyền hình", "Ảnh báo chí"),
}


def blank(edition: Edition) -> list[Sheet]:
    """The list to fill in, and a sheet that says how each column is written."""
    return [Sheet(_("Danh sách"), _columns(), [], to_fill=True), _guide(edition)]


def recorded(edition: Edition, works: Sequence[PastWork]) -> Sheet:
    """Works as they are recorded, in the columns of the list, so that another house can read it in."""
    rows = [
        (
            work.award_name,
            work.ordinal,
            work.year,
            work.level,
            f"{work.unit} “{work.title}”" if work.unit else work.title,
            work.authors_words,
            work.newsroom_words,
            work.category,
            work.published_on,
            work.link,
        )
        for work in works
    ]
    note = _("Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.") if edition.illustrative else ""
    return Sheet(_("Danh sách"), _columns(), rows, note)


def _columns() -> list[Column]:
    return [Column(str(each.heading), each.kind, each.width, OFFERED.get(each.name, ())) for each in FIELDS]


def _guide(edition: Edition) -> Sheet:
    rows = [
        (str(each.heading), _("Phải ghi") if each.needed else _("Không bắt buộc"), str(each.hint)) for each in FIELDS
    ]
    example = _(
        "Năm: 2022; Mức giải: A; Tên tác phẩm: Loạt 5 bài “Giữ lời hứa với dân”; "
        "Tác giả: Nguyễn Thị Vân (Hà Vân), Trần Minh"
    )
    ours = str(BY_NAME["award_name"].heading)
    rows += [
        (_("Mỗi dòng"), "", _("Là một giải của một tác phẩm; tác phẩm có hai giải ghi hai dòng.")),
        (_("Ô gộp"), "", _("Ô gộp nhiều dòng được hiểu là giá trị của từng dòng.")),
        (_("Ví dụ"), "", f"{ours}: {edition.award.name}; {example}"),
    ]
    columns = [Column(_("Cột"), width=20), Column(_("Yêu cầu"), width=18), Column(_("Cách ghi"), width=90)]
    return Sheet(_("Hướng dẫn"), columns, rows)
