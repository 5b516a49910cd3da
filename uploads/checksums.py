"""SHA-256 as stores write it, and as we do."""

import base64
import binascii


def base64_of(sha256: str) -> str:
    """The hash (hex) as a header has it."""
    return base64.b64encode(bytes.fromhex(sha256)).decode()


def of_whole(checksum: str) -> str | None:
    """In hex the hash of all bytes; None of anything else, such as that of an object in parts."""
    try:
        raw = base64.b64decode(checksum, validate=True)
    except binascii.Error:
        return None
    return raw.hex() if len(raw) == 32 else None


def of_parts(checksum: str) -> str | None:
    """In hex the hash of the parts' hashes, which is told as "base64-parts"; None of anything else."""
    digest, dash, _count = checksum.rpartition("-")
    return of_whole(digest) if dash else None
