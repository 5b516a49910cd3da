"""What the digital signatures of a PDF say of themselves. Nobody here asks whether they are true.

Who a certificate names, and when a signature says it was made, is read as it stands: neither the chain of certificates
nor the sums of the bytes are checked, and whoever shows this must say so.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pikepdf

MOST, LONGEST = 20, 200
_MOMENT = re.compile(r"D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?:Z|([+-])(\d{2})'?(\d{2})'?)?")


def said(document: pikepdf.Pdf, size: int) -> list[dict[str, Any]]:
    """Name, issuer, moment (ISO 8601) and reason of each signature; `whole`: nothing was added after it was made."""
    return [_of(each, size) for _n, each in zip(range(MOST), _found(document), strict=False)]


def _found(document: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/FT") == pikepdf.Name.Sig:
            value = each.get("/V")
            if isinstance(value, pikepdf.Dictionary):
                yield value


def _of(signature: pikepdf.Dictionary, size: int) -> dict[str, Any]:
    name, issuer = _certified(signature.get("/Contents"))
    return {
        "name": name or _text(signature.get("/Name")),
        "issuer": issuer,
        "at": _moment(_text(signature.get("/M"))),
        "reason": _text(signature.get("/Reason")),
        "whole": _covers(signature.get("/ByteRange"), size),
    }


def _text(value: Any) -> str:
    return str(value)[:LONGEST] if isinstance(value, pikepdf.String) else ""


def _moment(text: str) -> str:
    """D:20230928093000+07'00' as 2023-09-28T09:30:00+07:00; nothing when it is no moment or names no zone."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return ""
    year, month, day, hour, minute, second, sign, east, rest = found.groups()
    zone = f"{sign}{east}:{rest}" if sign else "+00:00" if text.endswith("Z") else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}" if zone else ""


def _covers(value: Any, size: int) -> bool:
    """From the first byte to the last, but for the hole that holds the signature."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return False
    with suppress(TypeError, ValueError):
        first, _length, second, length = (int(each) for each in value)
        return first == 0 and second + length == size
    return False


def _certified(contents: Any) -> tuple[str, str]:
    """Who the certificate of the signer names, and who issued it."""
    if not isinstance(contents, pikepdf.String):
        return "", ""
    from cryptography.hazmat.primitives.serialization import pkcs7  # heavy, and few documents are signed

    try:
        held = pkcs7.load_der_pkcs7_certificates(_without_padding(bytes(contents)))
    except Exception:
        return "", ""
    issuers = {each.issuer for each in held if each.issuer != each.subject}
    signer = next((each for each in held if each.subject not in issuers), None)
    return ("", "") if signer is None else (_common(signer.subject), _common(signer.issuer))


def _without_padding(der: bytes) -> bytes:
    """The room for a signature is larger than what came to stand in it: its own length says where it ends."""
    if len(der) < 2 or der[1] < 0x80:
        return der
    digits = der[1] & 0x7F
    return der[: 2 + digits + int.from_bytes(der[2 : 2 + digits])]


def _common(name: Any) -> str:
    from cryptography.x509.oid import NameOID

    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value)[:LONGEST] if found else ""
