"""Rows for tests, with believable values. Each function adds, flushes and returns; the test commits when it must."""

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from award.clock import VIETNAM, now
from award.db import session
from award.editions.models import (
    Appointment,
    Award,
    Category,
    Criterion,
    Edition,
    FileSlot,
    Genre,
    NationalEdition,
    Panel,
    PanelScope,
    PrizeLevel,
    Round,
)
from award.people.models import Newsroom, NewsroomName, Person, User


def _added(row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def newsroom(name: str = "Báo Biển Xanh", **fields: Any) -> Newsroom:
    made = Newsroom(names=[NewsroomName(name=name, valid_from=date(2000, 1, 1))], **fields)
    return _added(made)  # type: ignore[no-any-return]


def person(
    legal_name: str = "Nguyễn Thị Vân", *, account: bool = True, email: str | None = None, **fields: Any
) -> Person:
    made = Person(legal_name=legal_name, **fields)
    made.user = None
    if account:
        made.user = User(
            email=email or f"p{secrets.token_hex(5)}@example.vn",
            password="not a hash: nobody signs in with it",
            fs_uniquifier=secrets.token_hex(16),
            confirmed_at=now(),
        )
    return _added(made)  # type: ignore[no-any-return]


def edition(*, state: str = "draft", slug: str = "iii-2023", **fields: Any) -> Edition:
    """An edition that takes works published from 01/11/2022 until 30/9/2023, with a deadline ten days from now."""
    name = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa"
    award = Award(slug=f"giai-{secrets.token_hex(3)}", name=name, place="Khánh Hòa")
    last_day = (now() + timedelta(days=10)).astimezone(VIETNAM).date()
    values: dict[str, Any] = {
        **({} if "award_id" in fields else {"award": award}),
        "slug": slug,
        "ordinal": 3,
        "ordinal_words": "III",
        "year": 2023,
        "name": f"{name} lần thứ III - năm 2023",
        "state": state,
        "code_prefix": "KH3",
        "window_from": date(2022, 11, 1),
        "window_to": date(2023, 9, 30),
        "deadline_day": last_day,
        "deadline_at": datetime.combine(last_day + timedelta(days=1), datetime.min.time(), VIETNAM),
        "deadline_words": "đến hết ngày",
        "help_name": "Tổ Thư ký",
        "help_phone": "0258 000 000",
    }
    return _added(Edition(**{**values, **fields}))  # type: ignore[no-any-return]


def category(of: Edition, *, code: str = "IN", name: str = "Báo in", medium: str = "print", **fields: Any) -> Category:
    """A loại hình with one genre and one slot for the scanned page of each part."""
    before = session.scalar(select(func.count()).select_from(Category).where(Category.edition_id == of.id)) or 0
    made = Category(edition_id=of.id, ordinal=before + 1, code=code, name=name, medium=medium, **fields)
    made.genres = [Genre(ordinal=1, name="Phóng sự")]
    made.slots = [
        FileSlot(
            ordinal=1,
            code="page",
            label="Bản quét trang báo",
            kinds=["pdf"],
            at_least=1,
            at_most=3,
            max_bytes=50_000_000,
            per_part=True,
        )
    ]
    return _added(made)  # type: ignore[no-any-return]


def picture_slot(ordinal: int = 1, **fields: Any) -> FileSlot:
    """A place for pictures with captions; none has to be there."""
    values: dict[str, Any] = {"label": "Tệp ảnh gốc", "kinds": ["jpeg"], "at_least": 0, "at_most": 20}
    return FileSlot(
        ordinal=ordinal, code="pictures", max_bytes=50_000_000, per_part=True, captions=True, **{**values, **fields}
    )


def judging_round(of: Edition, *, ordinal: int = 1, name: str = "Sơ khảo", **fields: Any) -> Round:
    """A round on ten points in steps of 0,25 with three criteria of 40, 35 and 25 percent."""
    made = Round(edition_id=of.id, ordinal=ordinal, name=name, **fields)
    weights = {"Tính phát hiện, tính chân thực": 40, "Thể hiện, ngôn ngữ báo chí": 35, "Tác động xã hội": 25}
    made.criteria = [
        Criterion(ordinal=n, name=words, weight=w) for n, (words, w) in enumerate(weights.items(), start=1)
    ]
    return _added(made)  # type: ignore[no-any-return]


def panel(of: Edition, in_round: Round, *categories: Category, name: str = "Tiểu ban Báo in") -> Panel:
    made = Panel(edition_id=of.id, round_id=in_round.id, ordinal=1, name=name)
    made.scopes = [PanelScope(category_id=c.id) for c in categories]
    return _added(made)  # type: ignore[no-any-return]


def appointment(of: Edition, whom: Person, role: str) -> Appointment:
    return _added(Appointment(edition_id=of.id, person_id=whom.id, role=role))  # type: ignore[no-any-return]


def prize_level(
    of: Edition, *, rank: int = 2, code: str = "A", name: str = "Giải A", quota: int = 2, **fields: Any
) -> PrizeLevel:
    made = PrizeLevel(edition_id=of.id, rank=rank, code=code, name=name, quota=quota, **fields)
    return _added(made)  # type: ignore[no-any-return]


def national_edition(of: Edition, **fields: Any) -> NationalEdition:
    values: dict[str, Any] = {
        "name": "Giải Búa liềm vàng lần thứ VIII - năm 2023",
        "window_from": date(2022, 11, 1),
        "window_to": date(2023, 10, 31),
        "barred_prizes": ["Giải Báo chí quốc gia"],
    }
    return _added(NationalEdition(edition_id=of.id, **{**values, **fields}))  # type: ignore[no-any-return]
