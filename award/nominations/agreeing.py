"""Whose work it is agrees, after it was submitted, that it goes to the national award, or takes that back."""

from award.clock import now
from award.db import session
from award.editions.declaring import FORWARDING
from award.editions.models import Edition
from award.entries.declarations import Declaration, made, standing
from award.entries.models import Entry
from award.log.operations import record
from award.nominations import permissions, queries
from award.people.models import Person
from award.verdicts import require


def settle(*, person: Person, edition: Edition, entry: Entry, agreed: bool) -> None:
    """The dossier says in which words of the edition and when it was agreed to, or that it is not."""
    asked = queries.forwarding_asked(edition.id)
    require(permissions.can_agree(edition, entry, asked, sent=queries.sent_on(entry.id)))
    assert asked is not None
    others = {code: said for code, said in entry.declared.items() if code != FORWARDING}
    entry.declared = {**others, **(made(edition.id, [FORWARDING], {FORWARDING: asked}, now()) if agreed else {})}
    session.flush()
    record(
        "entry.forwarding_agreed" if agreed else "entry.forwarding_taken_back",
        actor_id=person.id,
        award_id=edition.award_id,
        subject=entry,
        facts={"version": entry.declared[FORWARDING]["version"]} if agreed else {},
    )


def agreed_to(entry: Entry, asked: Declaration | None) -> bool:
    """Whether it was agreed to in the words in which it is asked now."""
    return asked is not None and bool(standing(entry.declared, {FORWARDING: asked}))
