"""What identifies the bytes of a stored object."""

import hashlib

from uploads.storage import Storage


def sha256_of(storage: Storage, key: str) -> str:
    """SHA-256 (hex) of the whole object, read once in constant memory."""
    digest = hashlib.sha256()
    for piece in storage.stream(key):
        digest.update(piece)
    return digest.hexdigest()
