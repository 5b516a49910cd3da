"""The invented people of the demonstration, one for each role and some more to judge."""

from dataclasses import dataclass
from datetime import date

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.people.models import Newsroom, NewsroomName, Person, User
from award.people.passwords import that_nobody_knows
from demonstration.works import ORGANS


@dataclass(frozen=True)
class Part:
    """A role to sign in with: what the sign-in page calls it, who plays it, and the role held in an edition."""

    label: str
    name: str
    email: str
    role: str | None


PARTS = (
    Part("Tác giả", "Lê Hoài Giang", "tacgia@example.vn", None),
    Part("Tổ Thư ký", "Trần Thu Hiền", "thuky@example.vn", "secretary"),
    Part("Giám khảo", "Võ Minh Khoa", "giamkhao@example.vn", "judge"),
    Part("Giám khảo có liên quan", "Đặng Ngọc Mai", "giamkhao2@example.vn", "judge"),
    Part("Chủ tịch hội đồng", "Phạm Quốc Vinh", "chutich@example.vn", "chair"),
    Part("Ban Tổ chức Giải", "Nguyễn Thanh Bình", "bantochuc@example.vn", "organiser"),
    Part("Người giám sát", "Hồ Xuân Nam", "giamsat@example.vn", "auditor"),
    Part("Quản trị hệ thống", "Bùi Đình Sơn", "quantri@example.vn", None),
)
AUTHORS = 6
"""Entrants beside the one who has a sign-in button."""


def accounts() -> list[tuple[str, str]]:
    """What the sign-in page of a demonstration lists."""
    return [(part.label, part.email) for part in PARTS]


def newsrooms() -> list[Newsroom]:
    """The invented press organs, licensed since 2000."""
    made = [Newsroom(names=[NewsroomName(name=name, valid_from=date(2000, 1, 1))]) for name in ORGANS]
    session.add_all(made)
    session.flush()
    return made


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
