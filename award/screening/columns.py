"""The columns of the queue: what each is called, what it says of a dossier, and how a spreadsheet holds it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.documents import tables
from award.screening.filters import ORDERS, STATES, WAYS
from award.screening.showing import QueueLine


@dataclass(frozen=True)
class QueueColumn:
    """One column. `order` is the order of the queue that its heading leads to."""

    key: str
    label: object
    said: Callable[[QueueLine], object]
    kind: tables.Kind = "text"
    width: int = 18
    order: str | None = None


def _findings(line: QueueLine) -> str:
    told = [_("%(n)s chưa đạt", n=line.red)] if line.red else []
    told += [_("%(n)s cần xem lại", n=line.amber)] if line.amber else []
    return ", ".join(told) or str(_("Đạt"))


COLUMNS = (
    QueueColumn("code", lazy_gettext("Mã hồ sơ"), lambda line: line.code, width=12, order=""),
    QueueColumn("title", lazy_gettext("Tên tác phẩm"), lambda line: line.title, width=60, order="title"),
    QueueColumn("authors", lazy_gettext("Tác giả"), lambda line: line.authors, width=36, order="name"),
    QueueColumn("publisher", lazy_gettext("Cơ quan đăng, phát"), lambda line: line.publisher, width=36),
    QueueColumn("place", lazy_gettext("Ưu tiên của cơ quan"), lambda line: line.place, "int", 14),
    QueueColumn("category", lazy_gettext("Loại hình"), lambda line: line.category, width=16),
    QueueColumn("genre", lazy_gettext("Thể loại"), lambda line: line.genre, width=16),
    QueueColumn("submitted", lazy_gettext("Ngày nộp"), lambda line: line.submitted_at, "date", 12, "submitted"),
    QueueColumn("channel", lazy_gettext("Đến bằng"), lambda line: str(WAYS[line.channel]), width=16),
    QueueColumn("findings", lazy_gettext("Kiểm tra tự động"), _findings, width=24),
    QueueColumn("decision", lazy_gettext("Kết luận"), lambda line: str(STATES[line.state][1]), width=20),
    QueueColumn("due", lazy_gettext("Hạn bổ sung"), lambda line: line.until, width=24),
    QueueColumn("reason", lazy_gettext("Lý do"), lambda line: line.reason, width=48),
    QueueColumn("clause", lazy_gettext("Căn cứ"), lambda line: line.clause, width=20),
    QueueColumn("blind_code", lazy_gettext("Mã tác phẩm"), lambda line: line.blind_code, width=14),
)
BY_KEY = {column.key: column for column in COLUMNS}
USUAL = ("code", "title", "authors", "publisher", "category", "submitted", "findings", "decision", "blind_code")
ALWAYS = "title"
"""The column that names the row."""

assert all(column.order is None or column.order in ORDERS for column in COLUMNS)


def chosen(keys: Iterable[str] | None) -> list[QueueColumn]:
    """The columns of these keys in the order of the page; the usual ones for who never chose."""
    wanted = set(USUAL if keys is None else keys) | {ALWAYS}
    return [column for column in COLUMNS if column.key in wanted]
