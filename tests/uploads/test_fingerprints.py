import hashlib

import pytest

from tests.uploads.conftest import Browser
from uploads.fingerprints import sha256_of
from uploads.protocol import Stored
from uploads.storage import NoSuchObject, new_key


def test_a_stored_object_has_the_hash_of_the_file(browser: Browser, stored: Stored) -> None:
    assert sha256_of(browser.storage, stored.key) == hashlib.sha256(browser.data).hexdigest()


def test_what_is_not_there_has_no_hash(browser: Browser) -> None:
    with pytest.raises(NoSuchObject):
        sha256_of(browser.storage, new_key("tests"))
