"""Second factors: six-digit codes that open once, recovery codes of which only a keyed hash is kept."""

import hashlib
import hmac

from flask import Flask
from flask_security import MfRecoveryCodesUtil, Totp, UserMixin
from passlib.exc import TokenError  # type: ignore[import-untyped]
from sqlalchemy import or_, update

from award.db import session
from award.people.models import User


class OneTimeCodes(Totp):
    """Codes of an authenticator application. A code that was accepted is never accepted again, not even at once."""

    def verify_totp(self, token: str, totp_secret: str, user: UserMixin, window: int = 0) -> bool:
        assert isinstance(user, User)
        fresh_secret = totp_secret != user.tf_totp_secret
        last = None if fresh_secret else user.tf_last_counter
        try:
            match = self._totp.verify(token, totp_secret, window=window, last_counter=last)
        except TokenError:
            return False
        taken = update(User).where(User.id == user.id).values(tf_last_counter=match.counter)
        if not fresh_secret:
            taken = taken.where(or_(User.tf_last_counter.is_(None), User.tf_last_counter < match.counter))
        return session.connection().execute(taken).rowcount == 1


class RecoveryCodes(MfRecoveryCodesUtil):
    """Codes for the day the telephone is lost. They are shown once, when made; the table holds their hashes."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self._key = hashlib.sha256(b"recovery" + str(app.config["SECRET_KEY"]).encode()).digest()

    def get_recovery_codes(self, user: UserMixin) -> list[str]:  # noqa: ARG002
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Holds the account until the commit, so that of two requests with one code the second finds it used."""
        session.refresh(user, ["mf_recovery_codes"], with_for_update={"of": User})
        return self._hash(code) in (user.mf_recovery_codes or ())

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        left = [kept for kept in user.mf_recovery_codes or () if kept != self._hash(code)]
        used = len(left) < len(user.mf_recovery_codes or ())
        user.mf_recovery_codes = left
        return used

    def _encrypt_codes(self, codes: list[str]) -> list[str]:
        return [self._hash(code) for code in codes]

    def _hash(self, code: str) -> str:
        return hmac.new(self._key, code.strip().lower().encode(), hashlib.sha256).hexdigest()[:40]


def codes_left(user: UserMixin) -> int:
    """How many recovery codes of the account are unused."""
    return len(user.mf_recovery_codes or ())


__all__ = ["OneTimeCodes", "RecoveryCodes", "codes_left"]
