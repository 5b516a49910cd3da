"""The doors to two works beside each other: looked at, and concluded on."""

from flask import flash, render_template, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.entries.queries import dossiers_of
from award.people.signin import sign_in_required
from award.screening import comparing, permissions, queries
from award.screening.filters import STATES
from award.screening.forms import ConclusionForm
from award.screening.showing import state_of
from award.screening.side_by_side import side_by_side
from award.screening.views import Answer, blueprint, one_dossier, wanted_in
from award.verdicts import Refused

VERDICTS = {"cung-mot": "same", "cung-de-tai": "story", "khac-nhau": "different"}


def _two(slug: str, entry_id: str, other_id: str) -> tuple[Edition, Capacity, Entry, Entry]:
    edition, by, one = one_dossier(slug, entry_id)
    return edition, by, one, found(comparing.other_work(edition, one, other_id))


def _page(
    edition: Edition, by: Capacity, pair: tuple[Entry, Entry], form: ConclusionForm | None = None, fault: str = ""
) -> str:
    one, other = pair
    works = dossiers_of([one.id, other.id])
    known = comparing.concluded(one, other)
    decided = queries.decisions([one.id, other.id])
    return render_template(
        "screening/comparison.html",
        edition=edition,
        entry=one,
        other=other,
        ours=works[one.id],
        theirs=works[other.id],
        here=other.edition_id == edition.id,
        pair=side_by_side(works[one.id], works[other.id]),
        concluded=known,
        states=[STATES[state_of(each, decided.get(each.id))] for each in pair],
        form=form or ConclusionForm(formdata=None, seen=comparing.seen_of(known)),
        may_conclude=bool(permissions.can_conclude(by, edition)),
        wanted=wanted_in(edition),
        fault=fault,
    )


@blueprint.get("/<slug>/kiem-tra/<entry_id>/so-sanh/<other_id>")
@sign_in_required
def compare(slug: str, entry_id: str, other_id: str) -> Answer:
    edition, by, one, other = _two(slug, entry_id, other_id)
    return _page(edition, by, (one, other))


@blueprint.post("/<slug>/kiem-tra/<entry_id>/so-sanh/<other_id>/<verdict>")
@sign_in_required
def conclude(slug: str, entry_id: str, other_id: str, verdict: str) -> Answer:
    """`verdict` in the address: cung-mot, cung-de-tai or khac-nhau."""
    edition, by, one, other = _two(slug, entry_id, other_id)
    said, form = found(VERDICTS.get(verdict)), ConclusionForm()
    allowed = permissions.can_conclude(by, edition)
    if allowed and not form.validate():
        return _page(edition, by, (one, other), form), 422
    words = {"verdict": said, "reason": form.reason.data or "", "seen": form.seen.data or ""}
    try:
        with deed() as done:
            comparing.conclude(by=by, edition=edition, entry=one, other=other, **words)
            done.after(lambda: flash(_("Đã ghi kết luận."), "ok"))
            back = url_for("screening.compare", slug=slug, entry_id=entry_id, other_id=other_id)
            return done(back + wanted_in(edition).address())
    except Refused as refused:
        if refused.verdict.code != "changed":
            raise
        return _page(edition, by, (one, other), fault=refused.verdict.sentence), 422
