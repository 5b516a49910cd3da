"""What a digital signature in a PDF says of itself is read, and nothing more is said."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

from uploads import pdf
from uploads.kinds import BY_CODE
from uploads.sniff import verify_in_child

SIGNER, ISSUER = "Trần Minh, Tổng Biên tập", "CA minh họa"
SAID = {
    "name": SIGNER,
    "issuer": ISSUER,
    "at": "2023-09-28T09:30:00+07:00",
    "reason": "Xác nhận danh sách",
    "whole": False,
}


def named(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


@cache
def container() -> bytes:
    """A container of signatures with the certificate of a signer whom another issued."""
    key, day = ec.generate_private_key(ec.SECP256R1()), datetime(2023, 1, 1, tzinfo=UTC)
    built = (
        x509.CertificateBuilder().subject_name(named(SIGNER)).issuer_name(named(ISSUER)).public_key(key.public_key())
    )
    built = built.serial_number(7).not_valid_before(day).not_valid_after(day + timedelta(days=900))
    certificate = built.sign(key, hashes.SHA256())
    signing = pkcs7.PKCS7SignatureBuilder().set_data(b"a list").add_signer(certificate, key, hashes.SHA256())
    return signing.sign(Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature])


def signed(**changed: Any) -> bytes:
    document = pikepdf.Pdf.new()
    document.add_blank_page(page_size=(420, 595))
    values = {
        "Type": pikepdf.Name.Sig,
        "Filter": pikepdf.Name("/Adobe.PPKLite"),
        "Contents": pikepdf.String(container() + bytes(500)),
        "M": pikepdf.String("D:20230928093000+07'00'"),
        "Reason": pikepdf.String("Xác nhận danh sách"),
        "Name": pikepdf.String("Minh"),
        "ByteRange": pikepdf.Array([0, 100, 200, 300]),
        **changed,
    }
    value = document.make_indirect(pikepdf.Dictionary({f"/{key}": each for key, each in values.items()}))
    field = document.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("Ký"), V=value))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read(tmp_path: Path, content: bytes) -> list[dict[str, Any]] | None:
    path = tmp_path / "danh-sach.pdf"
    path.write_bytes(content)
    return pdf.check(path).signatures


def test_a_child_tells_what_a_signature_says(tmp_path: Path) -> None:
    path = tmp_path / "danh-sach.pdf"
    path.write_bytes(signed())
    verdict = verify_in_child(path, "danh-sach.pdf", BY_CODE["pdf"])
    assert verdict.ok
    assert verdict.facts.signatures == [SAID]


def test_a_signature_over_all_of_the_file_is_told_from_one_that_something_was_added_to(tmp_path: Path) -> None:
    size = len(signed(ByteRange=pikepdf.Array([0, 100, 200, 1234])))
    assert (read(tmp_path, signed(ByteRange=pikepdf.Array([0, 100, 200, size - 200]))) or [])[0]["whole"]
    assert not (read(tmp_path, signed(ByteRange=pikepdf.Array([0, 100, 200, size - 201]))) or [])[0]["whole"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"Contents": pikepdf.String(b"no container")}, {"name": "Minh", "issuer": ""}),
        ({"Contents": pikepdf.String(b"")}, {"name": "Minh", "issuer": ""}),
        ({"M": pikepdf.String("hôm qua")}, {"at": ""}),
        ({"M": pikepdf.String("D:20230928023000Z")}, {"at": "2023-09-28T02:30:00+00:00"}),
        ({"M": pikepdf.String("D:20230928093000")}, {"at": ""}),
        ({"ByteRange": pikepdf.String("all")}, {"whole": False}),
        ({"Reason": pikepdf.String("x" * 900)}, {"reason": "x" * 200}),
    ],
)
def test_what_is_no_answer_says_nothing(tmp_path: Path, changed: dict[str, Any], told: dict[str, Any]) -> None:
    assert read(tmp_path, signed(**changed)) == [SAID | told]


def test_a_document_nobody_signed_says_so(tmp_path: Path) -> None:
    document = pikepdf.Pdf.new()
    document.add_blank_page(page_size=(420, 595))
    out = io.BytesIO()
    document.save(out)
    assert read(tmp_path, out.getvalue()) is None
