"""Ballots of an open vote as the database may hold them: neither whose a ballot is nor what it says can be read.

Each vote has a key of its own, which lives no longer than the vote (`judging.sittings.operations.keys`). Place and
content of a ballot follow from that key together with the secret of the house: without either of them they say
nothing. What the database writes down and every copy of it holds the sealed ballots and never the key, so once the vote
is over nobody opens them, whatever was kept. While it is open, who has the running machine before them and the secret
too could: where they are not to be trusted people vote on paper.
"""

import hmac
import secrets
from collections.abc import Sequence
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from judging.sittings.majorities import Choice, OnPaper

_LETTERS: dict[Choice, bytes] = {"yes": b"y", "no": b"n", "blank": b"b"}
"""One byte each: all sealed ballots are of one length."""
_CHOICES = {letter: choice for choice, letter in _LETTERS.items()}
_NONCE = 12

_house: list[bytes] = []


def install(secret: str) -> None:
    """Ballots are sealed with the secret of the house beside the key of their vote from now on."""
    _house[:] = [HKDF(SHA256(), 32, salt=None, info=b"giai/ballots/v2").derive(secret.encode())]


def new_key() -> bytes:
    return secrets.token_bytes(32)


class Seal:
    """What gives ballots of one vote their places and closes them."""

    def __init__(self, key: bytes) -> None:
        (house,) = _house
        made = HKDF(SHA256(), 64, salt=house, info=b"giai/vote/v1").derive(key)
        self._naming, self._sealing = made[:32], AESGCM(made[32:])

    def place_of(self, person_id: int) -> bytes:
        """Where the ballot of this voter lies: the same each time, and nobody's without both secrets."""
        return hmac.new(self._naming, str(person_id).encode(), sha256).digest()

    def sealed(self, place: bytes, choice: Choice) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._sealing.encrypt(nonce, _LETTERS[choice], place)

    def opened(self, place: bytes, content: bytes) -> Choice:
        """What the ballot says. A ballot moved to another's place does not open."""
        return _CHOICES[self._sealing.decrypt(content[:_NONCE], content[_NONCE:], place)]


def mixed(choices: Sequence[OnPaper]) -> list[tuple[str, OnPaper]]:
    """The ballots in an order that says nothing of who gave which, each under a random number."""
    order = list(choices)
    secrets.SystemRandom().shuffle(order)
    return [(secrets.token_hex(16), choice) for choice in order]
