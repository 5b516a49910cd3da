"""The Ed25519 key by which the house signs what leaves it: dossiers, archives, receipts. It follows from the secret of
the house and lies beside what it signed, so that whoever holds one needs no program of ours: openssl reads key, content
and signature as they lie there.
"""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

KEY = "KHOA-CONG-KHAI.pem"
"""The name of the key beside what it signed."""
SUMS, SIGNATURE, README = "SHA256SUMS", "SHA256SUMS.sig", "DOC-TRUOC.txt"
"""Names where many files are signed by their sums: the table, its signature, what to read first."""
ADDRESS = "/khoa-ho-so.pem"
"""Where the house shows its key to everybody."""
CHECK_SUMS = f"sha256sum -c {SUMS}"
CHECK_KEY = f"openssl pkey -pubin -in {KEY} -outform DER | sha256sum"
_SIGNATURE_BYTES = 64
_house: list[Ed25519PrivateKey] = []


def verifying(signed: str, signature: str) -> str:
    """The command that says whether the key lying beside the two files made the signature."""
    return f"openssl pkeyutl -verify -pubin -inkey {KEY} -rawin -in {signed} -sigfile {signature}"


CHECK_SIGNATURE = verifying(SUMS, SIGNATURE)


@dataclass(frozen=True)
class PublicKey:
    """A key as it lies beside what it signed. `fingerprint` (hex): SHA-256 of its DER form, as openssl writes it."""

    pem: bytes
    fingerprint: str


class NoKey(Exception):
    """What should be an Ed25519 public key in PEM is none."""


def install(secret: str) -> None:
    """What leaves the house is signed with the key that follows from this secret from now on."""
    _house[:] = [derived(secret)]


def own() -> Ed25519PrivateKey:
    """The key this house signs with, as long as its secret stays the same."""
    return _house[0]


def derived(secret: str) -> Ed25519PrivateKey:
    """The key of the house that has this secret."""
    seed = HKDF(SHA256(), 32, salt=None, info=b"giai/dossiers/v1").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public(key: Ed25519PrivateKey) -> PublicKey:
    return _told(key.public_key())


def read(pem: bytes) -> PublicKey:
    """The key of this PEM, in the one form that fingerprints are made of. Raises NoKey."""
    return _told(_loaded(pem))


def holds(pem: bytes, signed: bytes, signature: bytes) -> bool:
    """Whether the key of this PEM signed these bytes. Raises NoKey."""
    if len(signature) != _SIGNATURE_BYTES:
        return False
    try:
        _loaded(pem).verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def grouped(fingerprint: str) -> str:
    """In groups of four, to be read out and compared."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def _told(key: Ed25519PublicKey) -> PublicKey:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(pem, hashlib.sha256(der).hexdigest())


def _loaded(pem: bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise NoKey from fault
    if not isinstance(key, Ed25519PublicKey):
        raise NoKey
    return key
