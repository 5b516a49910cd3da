"""What a receipt says, signed by the house, in a form that stays true and readable without its database. Pure.

The PDF of a receipt carries three files: the statement (canonical JSON: sorted keys, no blanks, UTF-8), the signature
over its bytes, and the key. Of its authors the statement says what lists of works say, and no telephone numbers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask_babel import gettext as _

from award import house_key
from award.entries.models import Entry, Receipt
from award.log.operations import canonical_json

STATEMENT, SIGNATURE = "bien-nhan.json", "bien-nhan.json.sig"
"""Names of what a receipt carries, beside the key."""
NAMES = (STATEMENT, SIGNATURE, house_key.KEY)
CHECK_SIGNATURE = house_key.verifying(STATEMENT, SIGNATURE)
FORM = "giai/bien-nhan/1"
_MOMENTS = ("first_received_at", "received_at", "made_at")
_UNSAID = frozenset({"phone", "guardian"})
"""What the house keeps of an author and a paper that is passed on does not say."""


class Untrue(Exception):
    """What was given is no receipt of this house. Codes: not_receipt, changed, other_key."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def sentence(self) -> str:
        words = {
            "not_receipt": _("Tệp này không phải biên nhận (PDF) do hệ thống lập."),
            "changed": _("Nội dung biên nhận đã bị sửa: dấu kiểm chứng không khớp."),
            "other_key": _("Biên nhận này ký bằng khóa khác, không phải khóa của hệ thống này."),
        }
        return str(words[self.code])


@dataclass(frozen=True)
class Statement:
    """What a receipt says. The keys are public ids; `received` is its content without what is not passed on."""

    edition: str
    entry: str
    receipt: str
    owner: str
    first_received_at: datetime
    received_at: datetime
    made_at: datetime
    """When it was submitted by hand: of a work that came on paper later than the work itself came."""
    content_hash: str
    received: Mapping[str, Any]

    @property
    def code(self) -> str:
        return str(self.received["code"])


@dataclass(frozen=True)
class Attested:
    """The bytes of a statement with the signature over them, and the key that made it."""

    statement: bytes
    signature: bytes
    key: house_key.PublicKey

    @property
    def files(self) -> dict[str, bytes]:
        """What the receipt carries, by name."""
        return dict(zip(NAMES, (self.statement, self.signature, self.key.pem), strict=True))


def attested(receipt: Receipt, entry: Entry, *, edition: str, owner: str, by: Ed25519PrivateKey) -> Attested:
    """The receipt signed: the same bytes for the same receipt. `edition`, `owner`: their public ids."""
    assert entry.submitted_at is not None
    said = canonical_json(
        {
            "form": FORM,
            "edition": edition,
            "entry": entry.public_id,
            "receipt": receipt.public_id,
            "owner": owner,
            "first_received_at": entry.submitted_at.isoformat(timespec="microseconds"),
            "received_at": receipt.received_at.isoformat(timespec="microseconds"),
            "made_at": receipt.created_at.isoformat(timespec="microseconds"),
            "content_hash": receipt.content_hash,
            "received": passed_on(receipt.content),
        }
    )
    return Attested(said, by.sign(said), house_key.public(by))


def passed_on(received: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a receipt without what it does not say to others: of who is under age that, and not by whom
    they are represented."""
    authors = [
        {name: said for name, said in each.items() if name not in _UNSAID}
        | ({"minor": True} if "guardian" in each else {})
        for each in received["authors"]
    ]
    return {**received, "authors": authors}


def checked(carried: Mapping[str, bytes], key: house_key.PublicKey) -> Statement:
    """What a receipt with these files says, once the `key` of the house has held its signature true. Raises Untrue."""
    said, signature = carried.get(STATEMENT), carried.get(SIGNATURE)
    if said is None or signature is None:
        raise Untrue("not_receipt")
    if not house_key.holds(key.pem, said, signature):
        raise Untrue("other_key" if _of_another(carried.get(house_key.KEY), said, signature) else "changed")
    try:
        told: Any = json.loads(said)
    except ValueError:  # the house signs other files with this key as well
        raise Untrue("not_receipt") from None
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise Untrue("not_receipt")
    moments = {name: datetime.fromisoformat(told[name]) for name in _MOMENTS}
    return Statement(**{each.name: told[each.name] for each in fields(Statement)} | moments)


def _of_another(pem: bytes | None, said: bytes, signature: bytes) -> bool:
    """Whether the key that lies beside them made the signature, whosever it is."""
    try:
        return pem is not None and house_key.holds(pem, said, signature)
    except house_key.NoKey:
        return False
