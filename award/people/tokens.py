"""Keys for programs: an account's owner makes one, hands it to a program of theirs, and ends it.

A key opens no more than its owner may, only for what it was made for, a year at most. It is shown once: a random
word of 256 bits of which the house keeps a hash and the first letters, by which its owner knows it again.
"""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import Engine, delete, func, select, update

from award.clock import now
from award.dates import moment
from award.db import session
from award.log.operations import record
from award.messages.operations import post
from award.people.models import ApiToken, Person, User
from award.people.sessions import SEEN_EVERY, token_hash
from award.verdicts import Refused, Verdict

SCOPES = {
    "entries": _("Tác phẩm của tôi: đọc hồ sơ, kết quả kiểm tra, biên nhận; lập bản nháp"),
    "newsroom": _("Cơ quan báo chí: đọc danh sách tác phẩm, xác nhận tác phẩm"),
    "webhooks": _("Báo tự động: xem nơi nhận và các lần gửi"),
}
"""What a key can be for → in words."""
DAYS = (30, 90, 180, 365)
"""For how long one is made."""
MOST = 20
"""Keys of one account at a time."""
_BEGINNING = "giai_"


def issue(*, user: User, name: str, scopes: Collection[str], days: int) -> tuple[ApiToken, str]:
    """A new key of the account with the secret itself, which nobody sees again."""
    session.execute(
        select(User.id).where(User.id == user.id).with_for_update(key_share=True)
    )  # two at once are counted
    held = select(func.count()).where(ApiToken.user_id == user.id, ApiToken.expires_at > now())
    if (session.scalar(held) or 0) >= MOST:
        raise Refused(Verdict("too_many", gettext("Đã có %(n)s khóa. Đề nghị thu hồi khóa không dùng.", n=MOST)))
    assert set(scopes) <= set(SCOPES), "only what can be asked for"
    assert days in DAYS, "a year at most"
    secret = _BEGINNING + secrets.token_urlsafe(32)
    made = ApiToken(
        user_id=user.id,
        name=name,
        begins=secret[: len(_BEGINNING) + 4],
        scopes=[scope for scope in SCOPES if scope in scopes],
        token_hash=token_hash(secret),
        expires_at=now() + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    facts: dict[str, int | str | None] = {"scopes": " ".join(made.scopes), "days": days}
    record("token.made", actor_id=user.person_id, award_id=None, subject=made, facts=facts)
    _tell_owner(user, made)
    return made, secret


def _tell_owner(user: User, made: ApiToken) -> None:
    """Who did not make it learns of it."""
    body = gettext(
        "Tài khoản này vừa có thêm khóa cho phần mềm “%(name)s”, hiệu lực đến %(until)s. Nếu không phải chủ tài khoản "
        "lập khóa, đề nghị đổi mật khẩu ngay: mọi khóa và nơi nhận thông báo tự động hết hiệu lực.",
        name=made.name,
        until=moment(made.expires_at),
    )
    subject = gettext("Tài khoản có thêm khóa cho phần mềm")
    post(kind="token_made", to_address=user.email, subject=subject, body=body, dedupe_key=f"token:{made.public_id}")


def end(*, by: Person, token: ApiToken) -> None:
    """The key opens nothing from now on."""
    record("token.ended", actor_id=by.id, award_id=None, subject=by, facts={"token": token.public_id})
    session.execute(delete(ApiToken).where(ApiToken.id == token.id))


def tokens_of(user_id: int) -> Sequence[ApiToken]:
    """The keys of the account that open something, newest first."""
    found = select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.expires_at > now())
    return session.scalars(found.order_by(ApiToken.id.desc())).all()


def token_of(user_id: int, public_id: str) -> ApiToken | None:
    """One key of the account; another's is not found."""
    return session.scalar(select(ApiToken).where(ApiToken.user_id == user_id, ApiToken.public_id == public_id))


def bearer(secret: str, instant: datetime) -> tuple[ApiToken, User] | None:
    """Whose key this is, while it and the account are good."""
    found: Any = (
        select(ApiToken, User)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.token_hash == token_hash(secret), ApiToken.expires_at > instant, User.active.is_(True))
    )
    row = session.execute(found).first()
    return None if row is None else (row[0], row[1])


def note_use(engine: Engine, token: ApiToken, instant: datetime) -> None:
    """When it was last used is written down for itself, once a minute at most, whatever becomes of the request."""
    if token.seen_at is not None and token.seen_at > instant - SEEN_EVERY:
        return
    with engine.begin() as connection:
        connection.execute(update(ApiToken).where(ApiToken.id == token.id).values(seen_at=instant))
