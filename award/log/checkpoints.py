"""Signed checkpoints: at every act that later figures hang on, the whole log so far is held fast by one signed number.

Whoever keeps one, on paper or in a letter, notices when anything before it is changed.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select
from sqlalchemy.orm import Session

from award.log import tree
from award.log.models import Checkpoint, Event
from award.log.notes import Signer, checkpoint_text

HELD_FAST = frozenset(
    {
        "edition.opened",
        "round.opened",
        "round.held_fast",
        "round.frozen",
        "round.counted",
        "round.corrected",
        "shortlist.drawn",
        "sitting.closed",
        "outcome.recorded",
        "results.decided",
        "result.revoked",
        "result.awarded_later",
        "result.lowered",
        "results.publication_set",
    }
)
"""Kinds of events after which a checkpoint is taken in the same commit."""

_house: list[tuple[str, Ed25519PrivateKey]] = []


def install(host: str, secret: str) -> None:
    """Checkpoints are signed for this host from now on, with a key that follows from the secret of the house."""
    seed = HKDF(SHA256(), 32, salt=None, info=b"giai/checkpoints/v1").derive(secret.encode())
    _house[:] = [(host, Ed25519PrivateKey.from_private_bytes(seed))]


def signer(award_id: int) -> Signer:
    """Who signs for the award. The name is the origin of its tree."""
    host, key = _house[0]
    return Signer(f"{host}/giai/{award_id}", key)


def take(session: Session, award_id: int, event_id: int) -> Checkpoint:
    """The log of the award up to this event, which is the last, is held fast."""
    leaves = session.scalars(select(Event.leaf_hash).where(Event.award_id == award_id).order_by(Event.seq)).all()
    whole, by = tree.root(leaves), signer(award_id)
    taken = Checkpoint(
        award_id=award_id,
        size=len(leaves),
        event_id=event_id,
        root=whole,
        note=by.sign(checkpoint_text(by.name, len(leaves), whole)),
    )
    session.add(taken)
    session.flush()
    return taken
