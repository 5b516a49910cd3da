"""Bodies that issue the papers of an edition, and what is settled for its kinds, for tests."""

from typing import Any

from award.db import session
from award.editions.issuing import KINDS
from award.editions.models import Edition, PaperBody, PaperKind


def issuing_body(of: Edition, **fields: Any) -> PaperBody:
    """The organising committee of the award, under the Party's form of 2018 unless said otherwise."""
    values: dict[str, Any] = {
        "ordinal": 1,
        "name": "Ban Tổ chức Giải",
        "parent": "Tỉnh ủy Khánh Hòa",
        "form": "hd36",
        "place": "Khánh Hòa",
        "symbol": "BTCG",
        "post": "Trưởng Ban",
        "signer": "Nguyễn Văn Hòa",
    }
    made = PaperBody(edition_id=of.id, **{**values, **fields})
    session.add(made)
    session.flush()
    return made


def settled(of: Edition, kind: str, body: PaperBody | None = None, **fields: Any) -> PaperKind:
    """What the edition says of a kind of paper."""
    made = PaperKind(edition_id=of.id, kind=kind, body=body, **{"symbol": KINDS[kind].symbol, **fields})
    session.add(made)
    session.flush()
    return made
