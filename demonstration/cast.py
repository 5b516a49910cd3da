"""The invented people of the demonstration, one for each role."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_pgettext
from sqlalchemy import select

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.people import memberships
from award.people.demonstration import Account
from award.people.models import Newsroom, NewsroomName, Person, User
from award.people.operations import REGISTRATION, give_consent
from award.people.passwords import that_nobody_knows
from demonstration.works import ORGANS


@dataclass(frozen=True)
class Part:
    """An account to sign in with: what the sign-in page calls it, who plays it, and the role held in every edition."""

    label: Any
    name: str
    email: str
    role: str | None
    does: Any
    """What can be tried with it, in a few words."""


AUTHOR, PRESS, SECRETARY, JUDGE, KEPT_FROM, COUNCIL, CHAIR, DEPUTY, ORGANISER, AUDITOR, PAYER, ADMINISTRATOR = PARTS = (
    Part(
        lazy_pgettext("role", "Tác giả"),
        "Lê Hoài Giang",
        "tacgia@example.vn",
        None,
        _("Nộp một tác phẩm, xem biên nhận và trạng thái"),
    ),
    Part(
        _("Cơ quan báo chí"),
        "Mai Thùy Dương",
        "toasoan@example.vn",
        None,
        _("Xem tác phẩm của cơ quan mình còn thiếu gì, xác nhận, nạp danh sách"),
    ),
    Part(_("Tổ Thư ký"), "Trần Thu Hiền", "thuky@example.vn", "secretary", _("Kiểm tra hồ sơ, theo dõi tiến độ chấm")),
    Part(_("Giám khảo"), "Võ Minh Khoa", "giamkhao@example.vn", "judge", _("Đọc, nghe, xem và chấm cả năm loại hình")),
    Part(
        _("Giám khảo có liên quan"),
        "Đặng Ngọc Mai",
        "giamkhao2@example.vn",
        "judge",
        _("Cam kết trước khi chấm; không chấm tác phẩm của cơ quan mình"),
    ),
    Part(
        _("Thành viên hội đồng"),
        "Ngô Thảo Linh",
        "giamkhao3@example.vn",
        "judge",
        _("Phiếu chấm của mình ở cả hai vòng đã kết thúc"),
    ),
    Part(
        _("Chủ tịch hội đồng"),
        "Phạm Quốc Vinh",
        "chutich@example.vn",
        "chair",
        _("Tiến độ, xếp hạng, đề nghị mức giải"),
    ),
    Part(
        _("Phó Chủ tịch hội đồng"), "Lý Hoài Thu", "phochutich@example.vn", "deputy", _("Xác nhận việc cần hai người")
    ),
    Part(
        _("Ban Tổ chức Giải"),
        "Nguyễn Thanh Bình",
        "bantochuc@example.vn",
        "organiser",
        _("Thể lệ, lịch, quyết định, công bố, hồ sơ gửi Trung ương"),
    ),
    Part(
        _("Người giám sát"), "Hồ Xuân Nam", "giamsat@example.vn", "auditor", _("Xem mọi hồ sơ không giữ kín, không sửa")
    ),
    Part(
        _("Kế toán chi trả"),
        "Đỗ Thị Ngân",
        "ketoan@example.vn",
        "accountant",
        _("Xem tài khoản nhận tiền thưởng, ghi đã chi"),
    ),
    Part(_("Quản trị hệ thống"), "Bùi Đình Sơn", "quantri@example.vn", None, _("Tạo lần tổ chức mới")),
)
READERS = (CHAIR, DEPUTY, JUDGE, KEPT_FROM, COUNCIL)
"""Who sits on the panels."""


def accounts() -> list[Account]:
    """What the sign-in page of a demonstration lists."""
    return [Account(part.label, part.email, part.does) for part in PARTS]


def played_by(part: Part) -> Person:
    """The person of the part."""
    return account(part.email)


def account(email: str) -> Person:
    return session.scalars(select(Person).join(User).where(User.email == email)).one()


def found_newsrooms(names: Iterable[str]) -> None:
    """These invented press organs are on the register, licensed since 2000."""
    session.add_all(Newsroom(names=[NewsroomName(name=name, valid_from=date(2000, 1, 1))]) for name in names)
    session.flush()


def newsroom(name: str) -> Newsroom | None:
    """The organ of this name, if it is on the register."""
    return session.scalar(select(Newsroom).join(NewsroomName).where(NewsroomName.name == name))


def assemble() -> None:
    """Everybody who has a part has an account, and the administrator's is one."""
    organs = {AUTHOR: newsroom(ORGANS[0]), KEPT_FROM: newsroom(ORGANS[1])}
    for part in PARTS:
        made = person(part.name, part.email, organs.get(part))
        assert made.user is not None, "made with an account"
        made.user.administrator = part is ADMINISTRATOR
        give_consent(person=made, purpose=REGISTRATION)
    organ = organs[AUTHOR]
    assert organ is not None, "founded before"
    memberships.join(by_id=None, person=played_by(PRESS), newsroom=organ, role="contact")
    session.flush()


def person(name: str, email: str, newsroom: Newsroom | None = None) -> Person:
    """An account nobody has a password of: the demonstration signs in without one."""
    made = Person(legal_name=name, phone="0900 000 000", newsroom_id=newsroom.id if newsroom else None)
    session.add(made)
    session.flush()
    user = User(
        person_id=made.id,
        email=email,
        password=that_nobody_knows(),
        fs_uniquifier=f"demonstration-{made.public_id}",
        confirmed_at=now(),
    )
    session.add(user)
    session.flush()
    session.refresh(made, ["user"])
    return made


def seen_from(edition: Edition, who: Person) -> Capacity:
    return capacity(who, edition)
