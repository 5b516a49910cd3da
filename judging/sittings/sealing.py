"""Ballots of an open vote as the database may hold them: in the database alone neither whose a ballot is nor what it
says can be read.

That is what rows left behind and what the database writes show of a ballot, also in copies; without the secret of the
house it says nothing. Who has that secret too could read both, while a vote is open and for as long as a copy of that
time is kept: the copies that `award.local.backup` makes hold the secret beside what the database wrote. Where whoever
keeps machine, secret and copies is not to be trusted people vote on paper.
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

_house: list[tuple[bytes, bytes]] = []


def install(secret: str) -> None:
    """Ballots are kept under keys that follow from the secret of the house from now on."""
    made = HKDF(SHA256(), 64, salt=None, info=b"giai/ballots/v1").derive(secret.encode())
    _house[:] = [(made[:32], made[32:])]


def key_of(vote_id: int, person_id: int) -> bytes:
    """Where the ballot of this voter lies: the same each time, and nobody's without the secret."""
    naming, _sealing = _house[0]
    return hmac.new(naming, f"{vote_id}/{person_id}".encode(), sha256).digest()


def sealed(key: bytes, choice: Choice) -> bytes:
    _naming, sealing = _house[0]
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(sealing).encrypt(nonce, _LETTERS[choice], key)


def opened(key: bytes, content: bytes) -> Choice:
    """What the ballot says. A ballot moved to another's place does not open."""
    _naming, sealing = _house[0]
    return _CHOICES[AESGCM(sealing).decrypt(content[:_NONCE], content[_NONCE:], key)]


def mixed(choices: Sequence[OnPaper]) -> list[tuple[str, OnPaper]]:
    """The ballots in an order that says nothing of who gave which, each under a random number."""
    order = list(choices)
    secrets.SystemRandom().shuffle(order)
    return [(secrets.token_hex(16), choice) for choice in order]
