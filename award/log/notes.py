"""Signed notes in the C2SP form: lines of text, an empty line, and a named Ed25519 key's signature over them."""

import base64
import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"


@dataclass(frozen=True)
class Signer:
    """A key with the name it signs under."""

    name: str
    key: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a reader finds the right key."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def verifier_key(self) -> str:
        """What a reader needs to check signatures: name, key id and public key."""
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def sign(self, text: str) -> str:
        """The note: `text`, which ends with a line break, and its signature."""
        assert text.endswith("\n")
        signature = base64.b64encode(self.key_id + self.key.sign(text.encode())).decode()
        return f"{text}\n— {self.name} {signature}\n"


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """Three lines: whose tree, how many leaves, its root."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
