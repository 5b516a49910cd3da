"""Checkpoints go out by letter: what lies in many mailboxes cannot be made to say something else afterwards."""

from collections.abc import Callable

from flask_babel import gettext as _

from award.letters.operations import write
from award.letters.queries import Written
from award.log.checkpoints import signer
from award.people.letters import address, rendered
from judging.proof.acts import ACTS
from judging.proof.queries import Fresh, keepers

CHECKPOINT = "checkpoint"
EVERYBODY = ("judge", "chair", "deputy", "secretary", "organiser", "auditor")
DAILY = "round.held_fast"


def tell(fresh: Fresh) -> None:
    """Everybody who holds an office in the edition has the checkpoint, once; a daily one the auditor alone."""
    edition, taken = fresh.edition, fresh.taken
    roles = ("auditor",) if fresh.act.kind == DAILY else EVERYBODY
    values, house = words(fresh)
    for email in keepers(edition.id, *roles):
        key = f"checkpoint:{taken.award_id}:{taken.size}:{email}"
        write(edition, CHECKPOINT, to_address=email, values=values, house=house, dedupe_key=key)


def words(fresh: Fresh) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    edition, taken = fresh.edition, fresh.taken
    values = {
        "su_kien": str(ACTS[fresh.act.kind]),
        "moc": taken.note.strip(),
        "ma_so": taken.root.hex(),
        "khoa": signer(edition.award_id).verifier_key,
        "lien_ket": address("proof.checkpoints", slug=edition.slug),
    }

    def house() -> Written:
        told = {"act": values["su_kien"], "key": values["khoa"], "link": values["lien_ket"]}
        body = rendered("proof/mail/checkpoint.txt", edition=edition, taken=taken, **told)
        return _("Mốc kiểm chứng: %(act)s", act=values["su_kien"]), body

    return values, house
