"""The doors to what a judge says, before works are dealt, of authors and press organs."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions import calendar
from award.editions.models import Edition, Round
from award.editions.relations import EFFECTS, RELATION_WORDS
from award.people.signin import sign_in_required
from award.typed import line, lines
from award.verdicts import Refused
from judging.panels import declared, declaring, parties, queries
from judging.panels.models import Seat
from judging.panels.permissions import relations_with
from judging.panels.views import Answer, blueprint, own_seats

OWN = "/<slug>/vong/<int:ordinal>/co-lien-quan"


def _page(edition: Edition, round_: Round, seats: list[Seat], fault: str = "") -> str:
    """The list, as far as it answers the words looked for, and what was said; with a fault what was typed stays."""
    may, words = declaring.may_declare(round_, seats, seats[0].person_id), request.args.get("tim", "")
    listed = declaring.parties(edition, round_, seats) if may else declaring.Parties()
    return render_template(
        "panels/own_ties.html",
        round=round_,
        called=calendar.called(round_),
        told_at=seats[0].ties_told_at if all(seat.ties_told_at for seat in seats) else None,
        said=declared.of_person(seats[0].person_id, edition.id),
        may=may,
        listed=listed,
        authors=parties.found(listed.authors, words),
        organs=parties.found(listed.organs, words),
        words=words,
        relations=_asked(edition),
        relation_words=RELATION_WORDS,
        longest=declaring.LONGEST,
        typed=request.form if fault else {},
        ticked=request.form.getlist("party"),
        fault=fault,
        secretariat=edition.secretariat_name,
    )


def _asked(edition: Edition) -> list[tuple[str, str]]:
    """Every kind that may be said, with what follows from it."""
    policy = queries.policy_of(edition)
    kinds = relations_with(policy, ()).items()
    return [(code, f"{words}: {EFFECTS[effect]}") for code, words in kinds if (effect := policy.effect(code))]


@blueprint.get(OWN)
@sign_in_required
def own_ties(slug: str, ordinal: int) -> Answer:
    edition, round_, _by, seats = own_seats(slug, ordinal)
    return _page(edition, round_, seats)


@blueprint.post(OWN)
@sign_in_required
def declare_ties(slug: str, ordinal: int) -> Answer:
    edition, round_, by, seats = own_seats(slug, ordinal)
    keys, relation, note = request.form.getlist("party"), line("relation"), lines("note")
    try:
        with deed() as done:
            if "none" in request.form:
                declaring.declare_none(by=by, edition=edition, round=round_)
            else:
                declaring.declare(by=by, edition=edition, round=round_, keys=keys, relation=relation, note=note)
            done.after(lambda: flash(_("Đã ghi nhận khai báo."), "ok"))
            return done(url_for("panels.own_ties", slug=slug, ordinal=ordinal))
    except Refused as refused:
        if refused.verdict.code not in {"none_chosen", "relation", "no_note"}:
            raise
        return _page(edition, round_, seats, refused.verdict.sentence), 422


@blueprint.post(f"{OWN}/<tie_id>/rut")
@sign_in_required
def take_tie_back(slug: str, ordinal: int, tie_id: str) -> Answer:
    edition, round_, by, _seats = own_seats(slug, ordinal)
    assert by.person_id is not None
    tie = found(next((t for t in declared.of_person(by.person_id, edition.id) if t.public_id == tie_id), None))
    with deed() as done:
        declaring.take_back(by=by, edition=edition, round=round_, tie=tie)
        done.after(lambda: flash(_("Đã rút khai báo."), "ok"))
        return done(url_for("panels.own_ties", slug=slug, ordinal=ordinal))
