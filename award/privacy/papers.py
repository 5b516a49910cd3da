"""The register of processing: which data of people the house holds, for what, for how long, and what guards them."""

from flask_babel import gettext as _

from award import dates
from award.documents.paper import Block, Column, Heading, Paper, Paragraph, Table
from award.editions.models import Edition
from award.editions.papers import letterhead
from award.personal import PersonalData
from award.privacy import queries, rooms
from award.privacy.labels import labelled


def register(edition: Edition) -> Paper:
    """The register as it stands: drawn from what the rooms declare, so that it cannot say less than is held."""
    head = letterhead(edition, "processing")
    body: list[Block] = [
        Heading(_("I. DỮ LIỆU VÀ MỤC ĐÍCH")),
        _data(),
        Heading(_("II. THỜI HẠN LƯU")),
        _terms(),
        Heading(_("III. BÊN NHẬN DỮ LIỆU")),
        *_receivers(),
        Heading(_("IV. BẢO VỆ DỮ LIỆU")),
        *_guards(),
        Heading(_("V. TRẢ LỜI YÊU CẦU")),
        *_requests(edition),
    ]
    return head.paper(_("SỔ THEO DÕI"), _("xử lý dữ liệu cá nhân"), body, landscape=True)


def _data() -> Table:
    rows: list[tuple[str, ...] | str] = []
    for room in reversed(rooms.rooms()):
        lines = list(_lines(room))
        if lines:
            rows.extend([str(room.purpose), *lines])
    columns = (Column(_("Nhóm dữ liệu"), 30), Column(_("Gồm"), 60), Column(_("Phần ở lại khi xóa, lý do"), 50))
    return Table(columns, tuple(rows))


def _lines(room: PersonalData) -> list[tuple[str, str, str]]:
    found = []
    for holding in room.holdings:
        columns = holding.columns("personal", "free", "record")
        shown = [name for name in columns if not name.endswith(("_folded", "_key"))]
        if shown:
            named = ", ".join(dict.fromkeys(labelled(name, "")[0] for name in shown))
            found.append((str(holding.title), named, str(holding.stays)))
    return found


def _terms() -> Table:
    rows = []
    for term in queries.terms(counted=False):
        days = _("lưu đến khi có quy định") if term.days is None else _("%(n)s ngày", n=dates.number(term.days))
        rows.append((str(term.lapse.what), str(term.lapse.since), days, term.reason))
    rows.append((_("Phiên đăng nhập, lần đăng nhập chưa đúng"), _("từ lúc hết hạn"), _("xóa mỗi đêm"), ""))
    rows.append((_("Số tài khoản ngân hàng"), _("từ lúc ghi đã chi"), _("xóa ngay"), _("chỉ để chi tiền thưởng")))
    rows.append((_("Ảnh chụp giấy tờ tùy thân"), "", _("không nhận"), ""))
    columns = (
        Column(_("Loại dữ liệu"), 60),
        Column(_("Tính"), 40),
        Column(_("Thời hạn"), 26),
        Column(_("Căn cứ"), 40),
    )
    return Table(columns, tuple(rows))


def _receivers() -> list[Block]:
    return [
        Paragraph(_("Ban Tổ chức Giải, Tổ Thư ký, Hội đồng chấm: theo vai trò được giao.")),
        Paragraph(_("Cơ quan báo chí: tác phẩm do cơ quan đăng, phát.")),
        Paragraph(_("Cơ quan tổ chức giải Trung ương: tác phẩm được chọn gửi dự.")),
        Paragraph(_("Công chúng: kết quả đã công bố, gồm tên tác phẩm, tác giả, cơ quan, mức giải.")),
    ]


def _guards() -> list[Block]:
    return [
        Paragraph(_("Số tài khoản được mã hóa khi lưu, chỉ kế toán chi trả xem được, mỗi lần xem được ghi nhật ký.")),
        Paragraph(_("Mật khẩu chỉ lưu dưới dạng băm; người giữ vai trò phải dùng mã xác nhận khi đăng nhập.")),
        Paragraph(_("Mỗi việc làm được ghi nhật ký, không sửa được, không chứa họ tên.")),
        Paragraph(_("Tệp chỉ mở được bằng địa chỉ có hạn, cấp cho người có quyền xem.")),
        Paragraph(_("Bản sao dữ liệu của một người chỉ tải được sau khi nhập lại mật khẩu.")),
    ]


def _requests(edition: Edition) -> list[Block]:
    count, due = queries.open_requests(edition.award_id)
    said = _("Hạn trả lời: 15 ngày kể từ ngày nhận. Đang chờ trả lời: %(n)s yêu cầu.", n=dates.number(count))
    if due is not None:
        said = f"{said} {_('Hạn sớm nhất: ngày %(day)s.', day=dates.day(due))}"
    return [Paragraph(said)]
