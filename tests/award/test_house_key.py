"""The key that follows from the secret of the house, as what the house signs carries it."""

import pytest
from flask import Flask

from award import house_key
from config import Settings


def test_what_the_house_signs_is_held_by_its_key_and_by_no_other(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    own, other = (
        house_key.public(key) for key in (house_key.own(), house_key.derived("another secret of this length"))
    )
    assert own == house_key.public(house_key.derived(settings.secret_key))
    signature = house_key.own().sign(b"a receipt")
    assert house_key.holds(own.pem, b"a receipt", signature)
    assert not house_key.holds(own.pem, b"another", signature)
    assert not house_key.holds(other.pem, b"a receipt", signature)
    assert not house_key.holds(own.pem, b"a receipt", signature[:-1])
    assert house_key.read(own.pem) == own


def test_what_is_no_key_is_told_from_one() -> None:
    for pem in (b"", b"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n"):
        with pytest.raises(house_key.NoKey):
            house_key.read(pem)
