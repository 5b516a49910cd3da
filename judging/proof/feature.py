"""What the room proof hands to the house."""

from collections.abc import Sequence
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity, rounds_seen
from award.features import Feature
from award.keeping import Kept, KeptFile, KeptPage
from award.people.models import Person
from judging.proof import correspondence, permissions, queries, views
from judging.proof import tasks as tasks  # what it registers with the queue
from judging.proof.bundle import LABELS, members
from judging.proof.personal import personal
from judging.ranking.queries import rounds


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The evidence, for those who may take it, from the end of the first round on."""
    if person_id is None or edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not permissions.can_take_evidence(by, rounds_seen(person_id, edition_id)):
        return []
    return [(_("Kiểm chứng"), url_for("proof.checkpoints", slug=edition.slug))]


def kept(edition_id: int) -> Kept:
    """Checkpoints, and the program that checks a receipt, for everybody; for the house all evidence, file by file, so
    that it is verified where it lies."""
    edition = session.get_one(Edition, edition_id)
    pages = [KeptPage(url_for("proof.checkpoints", slug=edition.slug), _("Kiểm chứng"))]
    pages.append(KeptPage(url_for("proof.verifier", slug=edition.slug)))
    for taken, _act, _of in queries.milestones(edition.award_id):
        pages.append(KeptPage(url_for("proof.note", slug=edition.slug, size=taken.size)))
    if not any(each.state == "closed" for each in rounds(edition_id)):
        return Kept(tuple(pages))
    files = [
        KeptFile(f"bo-kiem-chung/{name}", str(LABELS.get(name, "")), partial(bytes, content))
        for name, content in members(edition).items()
    ]
    return Kept(tuple(pages), files=tuple(files))


feature = Feature(
    name="proof",
    blueprint=views.blueprint,
    navigation=navigation,
    kept=kept,
    personal=personal,
    letter_kinds=(correspondence.KIND,),
)
