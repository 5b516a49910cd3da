"""The tables of the statistics for people's own programs: the same lines as on the page, in typed cells."""

from dataclasses import dataclass

from flask_babel import gettext as _

from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.reports.statistics import Frame, Line, Statistics

Row = tuple[object, ...]
TABLES = (
    "tong-hop",
    "loai-hinh",
    "khong-du-dieu-kien",
    "co-quan",
    "noi-dung",
    "thoi-gian",
    "co-cau-giai",
    "giai-theo-co-quan",
)
"""Names of the tables in addresses."""
UNITS = "co-quan-cong-tac"
"""That of the one the staff alone reads."""


@dataclass(frozen=True)
class Report:
    """Everything the page and its exports show of one edition."""

    edition: Edition
    frame: Frame
    figures: Statistics
    units: tuple[Line, ...] | None = None
    """Where the authors work; None for who may not read it: of a small unit it tells how its one author fared."""


def sheets(report: Report) -> dict[str, Sheet]:
    """Name in the address -> table."""
    said = report.edition.name
    if report.edition.illustrative:
        said = f"{said}. {_('Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải.')}"
    made = (
        _overall(report.figures),
        _by_lines(_("Theo loại hình"), _("Loại hình"), report.figures.categories),
        _clauses(report.figures),
        _by_lines(_("Theo cơ quan đăng, phát"), _("Cơ quan"), report.figures.organs),
        _topics(report.figures),
        _spans(report.figures),
        _levels(report),
        _prized_organs(report),
    )
    named = dict(zip(TABLES, made, strict=True))
    if report.units is not None:
        named[UNITS] = _by_lines(_("Theo cơ quan công tác"), _("Cơ quan công tác"), report.units)
    return {name: Sheet(title, columns, rows, said) for name, (title, columns, rows) in named.items()}


def _overall(figures: Statistics) -> tuple[str, list[Column], list[Row]]:
    rows: list[Row] = [
        (_("Tác phẩm đã nhận"), figures.received),
        (_("Tác giả, nhóm tác giả"), figures.authors),
        (_("Đủ điều kiện dự Giải"), figures.eligible),
        (_("Tác giả, nhóm tác giả có tác phẩm đủ điều kiện"), figures.eligible_authors),
        (_("Không đủ điều kiện"), figures.ineligible),
        (_("Chưa kết luận"), figures.undecided),
        (_("Đã rút"), figures.withdrawn),
        (_("Tác phẩm đoạt giải"), figures.prizes),
    ]
    return _("Tổng hợp"), [Column(_("Chỉ tiêu"), width=48), _number(_("Số lượng"))], rows


def _by_lines(title: str, what: str, lines: tuple[Line, ...]) -> tuple[str, list[Column], list[Row]]:
    columns = [Column(what, width=48), _number(_("Đã nhận")), _number(_("Đủ điều kiện")), _number(_("Đoạt giải"))]
    return title, columns, [(line.name or _("Không ghi"), line.received, line.eligible, line.prizes) for line in lines]


def _clauses(figures: Statistics) -> tuple[str, list[Column], list[Row]]:
    columns = [
        Column(_("Điều khoản"), width=24),
        Column(_("Quy định về"), width=48),
        _number(_("Tác phẩm")),
        _number(_("Kiểm tra tự động có cảnh báo")),
    ]
    return (
        _("Không đủ điều kiện"),
        columns,
        [(line.clause, line.matter, line.works, line.flagged) for line in figures.clauses],
    )


def _topics(figures: Statistics) -> tuple[str, list[Column], list[Row]]:
    columns = [
        Column(_("Nội dung"), width=72),
        Column(_("Trọng tâm"), width=12),
        _number(_("Đã nhận")),
        _number(_("Đủ điều kiện")),
        _number(_("Đoạt giải")),
    ]
    rows: list[Row] = [
        ("  " * line.depth + line.name, _("có") if line.focal else "", line.received, line.eligible, line.prizes)
        for line in figures.topics
    ]
    return _("Theo nội dung của kế hoạch"), columns, rows


def _spans(figures: Statistics) -> tuple[str, list[Column], list[Row]]:
    columns = [
        Column(_("Từ ngày"), "date", 14),
        Column(_("Đến ngày"), "date", 14),
        _number(_("Đã nhận")),
        _number(_("Cộng dồn")),
    ]
    return _("Theo thời gian"), columns, [(span.first, span.last, span.works, span.so_far) for span in figures.spans]


def _levels(report: Report) -> tuple[str, list[Column], list[Row]]:
    categories = [_number(category.name) for category in report.frame.categories]
    columns = [Column(_("Mức giải"), width=30), _number(_("Cơ cấu")), _number(_("Đã trao")), *categories]
    rows: list[Row] = [(line.name, line.quota, line.given, *line.by_category) for line in report.figures.levels]
    return _("Cơ cấu giải"), columns, rows


def _prized_organs(report: Report) -> tuple[str, list[Column], list[Row]]:
    levels = [_number(level.name) for level in report.frame.levels_of_works]
    columns = [Column(_("Cơ quan"), width=48), _number(_("Số giải")), *levels]
    rows: list[Row] = [
        (line.name or _("Không ghi"), line.given, *line.by_level) for line in report.figures.prized_organs
    ]
    return _("Giải theo cơ quan đăng, phát"), columns, rows


def _number(heading: str) -> Column:
    return Column(heading, "int", 16)
