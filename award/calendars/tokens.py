"""Addresses nobody guesses: made with the secret of the house, so that no row and no backup of rows holds one. Pure."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

_ID, _PROOF_BYTES = 12, 18


def token_of(public_id: str, secret: str) -> str:
    """What the address ends with."""
    proof = hmac.new(secret.encode(), f"calendar of {public_id}".encode(), hashlib.sha256).digest()
    return public_id + urlsafe_b64encode(proof[:_PROOF_BYTES]).decode()


def public_id_of(token: str, secret: str) -> str | None:
    """The row this is the address of, or None for anything that was not made here."""
    public_id = token[:_ID]
    genuine = hmac.compare_digest(token_of(public_id, secret).encode(), token.encode())
    return public_id if genuine else None
