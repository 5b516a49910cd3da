"""Text that the database holds only sealed: its rows, its backups and its log say nothing without the secret of the
house. Whoever asks for the column through the models reads it open, so such columns are asked for by name alone.
"""

import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, LargeBinary, TypeDecorator

_NONCE = 12
_house: list[AESGCM] = []


def install(secret: str) -> None:
    """Columns are sealed with a key that follows from the secret of the house from now on."""
    _house[:] = [AESGCM(HKDF(SHA256(), 32, salt=None, info=b"giai/columns/v1").derive(secret.encode()))]


class Sealed(TypeDecorator[str]):
    """One line of text, sealed on its way into the database and opened on its way out. `purpose`: what it is bound to;
    what was sealed for another purpose does not open."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        if value is None:
            return None
        nonce = secrets.token_bytes(_NONCE)
        return nonce + _house[0].encrypt(nonce, value.encode(), self.purpose.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        if value is None:
            return None
        return _house[0].decrypt(value[:_NONCE], value[_NONCE:], self.purpose.encode()).decode()
