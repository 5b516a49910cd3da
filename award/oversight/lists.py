"""The tables of the store's page for people's own programs, each at its own name; and the list of what happened."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from flask_babel import gettext as _

from award import dates
from award.documents.tables import Column, Sheet
from award.editions.models import Edition
from award.oversight.changes import changes
from award.oversight.deeds import WORDS
from award.oversight.events import Happened
from award.oversight.queries import Fetched, Held, Sent, Unsettled
from award.oversight.readers import Read


def _by_edition(held: Sequence[Held], editions: Mapping[int | None, Edition]) -> Sheet:
    """Sizes are bytes, so that they add up."""
    columns = [
        Column(_("Lần tổ chức"), width=48),
        Column(_("Số tệp"), "int", 12),
        Column(_("Bản gốc (byte)"), "int", 20),
        Column(_("Bản để đọc, xem (byte)"), "int", 24),
        Column(_("Đang tải"), "int", 12),
    ]
    rows = [
        (
            editions[each.edition_id].name if each.edition_id in editions else _("Không thuộc lần nào"),
            each.number,
            each.size,
            each.made,
            each.coming,
        )
        for each in held
    ]
    return Sheet(_("Kho tệp theo lần"), columns, rows)


def _by_person(people: Sequence[Sent]) -> Sheet:
    """Who sent most."""
    columns = [Column(_("Người gửi"), width=28), Column(_("Số tệp"), "int", 12)]
    columns.append(Column(_("Dung lượng (byte)"), "int", 20))
    return Sheet(_("Người gửi nhiều nhất"), columns, [tuple(each) for each in people])


def _unsettled(files: Sequence[Unsettled]) -> Sheet:
    """What has not come in whole, or could not be checked."""
    columns = [Column(_("Tệp"), width=40), Column(_("Kích thước (byte)"), "int", 20), Column(_("Người gửi"), width=28)]
    columns += [Column(_("Bắt đầu gửi"), "date", 14), Column(_("Trạng thái"), width=28)]
    return Sheet(
        _("Chưa tải xong"), columns, [(each.name, each.size, each.person, each.begun, _state(each)) for each in files]
    )


def _fetched(files: Sequence[Fetched]) -> Sheet:
    """Who was given whose file."""
    columns = [Column(_("Tệp"), width=40), Column(_("Người lấy"), width=28), Column(_("Ngày"), "date", 14)]
    columns.append(Column(_("Để"), width=16))
    rows = [(each.name, each.person, each.at, purpose(each.saved)) for each in files]
    return Sheet(_("Ai đã lấy tệp gốc"), columns, rows)


def named(
    held: Sequence[Held],
    editions: Mapping[int | None, Edition],
    people: Sequence[Sent],
    unsettled: Sequence[Unsettled],
    fetched: Sequence[Fetched],
) -> Mapping[str, Callable[[], Sheet]]:
    """What stands in the address → the table it means; the names are those of the page's sections."""
    return {
        "lan": lambda: _by_edition(held, editions),
        "nguoi": lambda: _by_person(people),
        "do-dang": lambda: _unsettled(unsettled),
        "da-lay": lambda: _fetched(fetched),
    }


def _state(one: Unsettled) -> str:
    if one.unchecked:
        return str(_("Chưa kiểm tra được"))
    return str(_("Quá giờ giữ, phần đã tải đã xóa") if one.given_up else _("Chưa tải xong"))


def happened(edition: Edition, told: Iterable[Happened]) -> Sheet:
    """Each event a row: when, who, what, about what, and what stood before and after."""
    columns = [Column(_("Ngày"), "date", 14), Column(_("Giờ"), width=12), Column(_("Người làm"), width=28)]
    columns += [Column(_("Việc"), width=44), Column(_("Về"), width=28)]
    columns += [Column(_("Trước"), width=44), Column(_("Sau"), width=44)]
    rows = [
        (
            each.event.at,
            dates.time_with_seconds(each.event.at),
            each.by,
            str(WORDS[each.event.kind]),
            each.about,
            "; ".join(one.before for one in changes(edition, each)),
            "; ".join(one.after for one in changes(edition, each)),
        )
        for each in told
    ]
    return Sheet(_("Nhật ký"), columns, rows, edition.name)


def given(edition: Edition, told: Iterable[Read]) -> Sheet:
    """Each time somebody was given a file of a work as it came: when, of which work, who, and what for."""
    columns = [Column(_("Ngày"), "date", 14), Column(_("Trong giờ từ"), width=12), Column(_("Mã hồ sơ"), width=18)]
    columns += [Column(_("Tệp"), width=40), Column(_("Người lấy"), width=28), Column(_("Để"), width=16)]
    rows = [(each.at, dates.time(each.at), each.code, each.file, each.person, purpose(each.saved)) for each in told]
    return Sheet(_("Ai đã lấy tệp gốc"), columns, rows, edition.name)


def purpose(saved: bool) -> str:
    """What somebody was given a file for."""
    return str(_("lưu về máy") if saved else _("xem, nghe"))
