"""What the room payments hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries.models import Entry
from award.features import Feature, NextAct, OwnPiece
from award.glance import glance
from award.payments import (
    operations,
    permissions,
    queries,
    terms,  # noqa: F401 - its door stands on the same blueprint
)
from award.payments.personal import personal
from award.payments.views import blueprint
from award.people.models import Person
from award.results.models import Result
from award.results.queries import decision, seen_public

PAID_IN = frozenset({"decision", "published", "archived"})


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For who pays and who organises, from the decision on."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not by.holds("accountant", "organiser") or not glance(person_id, edition_id)["prizes_decided"]:
        return ()
    return ((_("Chi tiền thưởng"), url_for("payments.list", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """A winner says where the money goes; the accountant pays what is told."""
    edition = session.get_one(Edition, edition_id)
    if edition.state not in PAID_IN:
        return ()
    by = capacity(session.get_one(Person, person_id), edition)
    if permissions.can_pay(by, decision(edition_id)):
        waiting = [each for each in queries.owed(edition_id) if each.open and each.amount]
        sentence = _("Chi tiền thưởng cho %(n)s người nhận", n=len(waiting))
        return [NextAct(sentence, url_for("payments.list", slug=edition.slug), weight=30)] if waiting else ()
    if not seen_public(person_id, edition_id, now()):
        return ()
    return [
        NextAct(_("Khai tài khoản nhận tiền thưởng"), url_for("payments.account", slug=edition.slug, entry_id=key))
        for key in queries.untold(edition_id, person_id)
    ]


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:
    """Of a work with a prize: what the reader is owed, and that it was paid."""
    entry = session.get_one(Entry, entry_id)
    if not seen_public(person_id, entry.edition_id, now()):
        return ()
    edition, lines = session.get_one(Edition, entry.edition_id), queries.own(entry.edition_id, entry.id, person_id)
    if not lines:
        return ()
    where = url_for("payments.account", slug=edition.slug, entry_id=entry.public_id)
    if all(not each.open for each in lines):
        return [NextAct(_("Tiền thưởng đã chi"), where)]
    told = all(each.told_at is not None or not each.open for each in lines)
    return [NextAct(_("Tài khoản nhận tiền thưởng đã khai") if told else _("Khai tài khoản nhận tiền thưởng"), where)]


def take_terms(source_id: int, edition_id: int, _person_id: int) -> None:
    operations.take_terms(source_id=source_id, edition=session.get_one(Edition, edition_id))


def prize_revoked(result_id: int, person_id: int | None) -> None:
    """Nobody is paid for it any more, so that no account is needed."""
    operations.drop(result=session.get_one(Result, result_id), by_id=person_id)


feature = Feature(
    name="payments",
    blueprint=blueprint,
    navigation=navigation,
    next_acts=next_acts,
    acts_without_office=True,
    acts_in_archived=True,
    told_owner=told_owner,
    on_prize_revoked=prize_revoked,
    pieces={"payments": OwnPiece(queries.terms_said, take_terms)},
    personal=personal,
)
