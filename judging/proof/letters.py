"""Checkpoints go out by letter: what lies in many mailboxes cannot be made to say something else afterwards."""

from flask_babel import gettext as _

from award.log.checkpoints import signer
from award.messages.operations import post
from award.people.letters import address, rendered
from judging.proof.acts import ACTS
from judging.proof.queries import Fresh, keepers

EVERYBODY = ("judge", "chair", "deputy", "secretary", "organiser", "auditor")
DAILY = "round.held_fast"


def tell(fresh: Fresh) -> None:
    """Everybody who holds an office in the edition has the checkpoint, once; a daily one the auditor alone."""
    edition, taken = fresh.edition, fresh.taken
    act = str(ACTS[fresh.act.kind])
    roles = ("auditor",) if fresh.act.kind == DAILY else EVERYBODY
    body = rendered(
        "proof/mail/checkpoint.txt",
        edition=edition,
        act=act,
        taken=taken,
        key=signer(edition.award_id).verifier_key,
        link=address("proof.checkpoints", slug=edition.slug),
    )
    subject = _("Mốc kiểm chứng: %(act)s", act=act)
    for email in keepers(edition.id, *roles):
        key = f"checkpoint:{taken.award_id}:{taken.size}:{email}"
        post(kind="checkpoint", to_address=email, subject=subject, body=body, dedupe_key=key)
