"""What is said of a parcel and its work while they are typed: whether it is in time, what the rules have against the
work as far as it is named, and which dossiers that were entered online it may belong to."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request

from award.arrival import reached
from award.editions.models import Edition
from award.editions.posting import Arrival
from award.entries.queries import categories, dossier
from award.entries.showing import found_in
from award.intake import operations, permissions, queries
from award.intake.forms import RegisterForm
from award.intake.permissions import can_open
from award.intake.queries import Found
from award.intake.views import Answer, Place, blueprint, place
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import Finding
from award.text import folded
from award.verdicts import Refused, require

LEAST = 4
"""A title of fewer letters names too many dossiers."""
MOST_ALIKE = 5
_WORDS = {"red": "bad", "amber": "warn"}


@dataclass(frozen=True)
class Seen:
    late: str
    """Why the parcel does not count; empty where it does, or where nobody can tell yet."""
    against: Sequence[Finding]
    alike: Sequence[Found]


def seen(at: Place, form: RegisterForm, keeper: Person) -> Seen:
    """What can be said of what is typed so far. The work is written to be read, and never kept: whoever calls commits
    nothing."""
    edition, came = at.edition, _came(form)
    title = (form.title.data or "").strip()
    alike = queries.dossiers(edition.id, title, beside=0)[:MOST_ALIKE] if len(folded(title)) >= LEAST else []
    late = ""
    if came is not None and not can_open(edition, came):
        late = can_open(edition, came).sentence
    return Seen(late, _against(at, form, keeper, came), alike)


def _came(form: RegisterForm) -> Arrival | None:
    try:
        at = operations.arrival(form.arrived_on.data, form.arrived_time.data, reached())
    except Refused:
        return None
    return Arrival(form.channel.data, at, form.postmark.data if form.channel.data == "post" else None)


def _against(at: Place, form: RegisterForm, keeper: Person, came: Arrival | None) -> list[Finding]:
    """Red before amber; what a dossier would still lack is typed later."""
    form.validate()
    named = form.named(categories(at.edition.id)) if hasattr(form, "named_authors") else None
    if named is None or came is None:
        return []
    entry = operations.opened(edition=at.edition, keeper=keeper, named=named, organ=form.newsroom.data or "", came=came)
    found = found_in(dossier(entry.id), at.edition)
    told = [each for each in found if each.verdict in _WORDS and not each.missing]
    return sorted(told, key=lambda each: each.verdict != "red")


def _offer(form: RegisterForm, edition: Edition) -> None:
    form.offer([(each.public_id, each.name) for each in categories(edition.id)], none=True)


@blueprint.post("/<slug>/tiep-nhan/xet")
@sign_in_required
def look(slug: str) -> Answer:
    """A piece of the page: nothing is kept, the end of the request takes back what was written to be read."""
    at = place(slug)
    require(permissions.can_register(at.by, at.edition))
    form = RegisterForm(request.form)
    _offer(form, at.edition)
    return render_template("intake/looking.html", seen=seen(at, form, signed_in()), words=_WORDS)
