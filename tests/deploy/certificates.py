"""Certificates made on the spot: right ones, and each of the wrong kinds."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.x509.oid import NameOID

A_DAY = timedelta(days=1)
PEM = serialization.Encoding.PEM


def _named(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _pem(key: EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@dataclass
class Certificate:
    chain: Path
    key: Path


class Authority:
    """Whoever has `path` among the authorities it trusts takes what this one signs."""

    def __init__(self, folder: Path, name: str = "authority") -> None:
        self._folder, self._name = folder, name
        self._key = generate_private_key(SECP256R1())
        self.path = folder / f"{name}.pem"
        of_itself = self._begun(_named(name), self._key, datetime.now(UTC) + 30 * A_DAY)
        basic = x509.BasicConstraints(ca=True, path_length=0)
        signed = of_itself.add_extension(basic, critical=True).sign(self._key, hashes.SHA256())
        self.path.write_bytes(signed.public_bytes(PEM))

    def certificate(self, *names: str, ended: bool = False) -> Certificate:
        """For these host names and addresses; `ended` is one whose time is over since yesterday."""
        key = generate_private_key(SECP256R1())
        until = datetime.now(UTC) + (-A_DAY if ended else 30 * A_DAY)
        alternatives = [x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name) for name in names]
        signed = (
            self._begun(_named(names[0]), key, until)
            .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        stem = self._folder / f"{self._name}-{names[0]}{'-ended' if ended else ''}"
        made = Certificate(stem.with_suffix(".crt"), stem.with_suffix(".key"))
        made.chain.write_bytes(signed.public_bytes(PEM))
        made.key.write_bytes(_pem(key))
        return made

    def _begun(self, subject: x509.Name, key: EllipticCurvePrivateKey, until: datetime) -> x509.CertificateBuilder:
        return x509.CertificateBuilder(
            issuer_name=_named(self._name),
            subject_name=subject,
            public_key=key.public_key(),
            serial_number=x509.random_serial_number(),
            not_valid_before=datetime.now(UTC) - 30 * A_DAY,
            not_valid_after=until,
        )
