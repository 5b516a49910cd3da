"""The doors to the things that lie at the secretariat: where they are, giving them back, the sheet that is signed."""

from functools import partial

from flask import render_template, request, url_for

from award.clock import now
from award.dates import local
from award.documents.answers import file_asked, list_asked
from award.doors import deed, found
from award.intake import held, lists, operations, permissions, showing
from award.intake.filters import HELD, ItemFilter
from award.intake.forms import GivingForm
from award.intake.pieces import KINDS
from award.intake.views import Answer, Place, blueprint, place
from award.paging import Turn
from award.people.signin import sign_in_required
from award.verdicts import Refused, require


def _page(at: Place, form: GivingForm, picked: list[str], fault: str = "") -> str:
    edition, by = at
    wanted = ItemFilter.read(request.args)
    return render_template(
        "intake/things.html",
        page=held.page_of_items(edition.id, wanted, Turn.read(request.args)),
        wanted=wanted,
        kinds=KINDS,
        held_words=HELD,
        code=partial(showing.code, edition),
        told=showing.told,
        form=form,
        picked=picked,
        fault=fault,
        may_give=permissions.can_give_back(by),
    )


@blueprint.get("/<slug>/tiep-nhan/hien-vat")
@sign_in_required
def things(slug: str) -> Answer:
    at = place(slug)
    wanted = ItemFilter.read(request.args)
    listed = partial(held.all_items, at.edition.id, wanted)
    if taken := list_asked(f"hien-vat-{slug}", lambda: lists.items(at.edition, listed())):
        return taken
    return _page(at, GivingForm(formdata=None), [])


@blueprint.post("/<slug>/tiep-nhan/hien-vat")
@sign_in_required
def give_back(slug: str) -> Answer:
    """The chosen things are given back to one person; the sheet to be signed follows."""
    at = place(slug)
    require(permissions.can_give_back(at.by))
    form, picked, today = GivingForm(request.form), request.form.getlist("piece"), local(now()).date()
    if not form.validate():
        return _page(at, form, picked), 422
    try:
        with deed() as done:
            made = operations.give_back(
                by=at.by,
                edition=at.edition,
                pieces=held.kept_pieces(at.edition.id, picked),
                receiver=form.receiver.data,
                given_on=form.given_on.data or today,
                today=today,
            )
            return done(url_for("intake.handover", slug=slug, handover_id=made.public_id))
    except Refused as refused:
        if refused.verdict.code not in {"none", "future"}:
            raise
        return _page(at, form, picked, refused.verdict.sentence), 422


@blueprint.get("/<slug>/tiep-nhan/tra/<handover_id>")
@sign_in_required
def handover(slug: str, handover_id: str) -> Answer:
    edition, _by = place(slug)
    given, giver, listed = found(held.handover(edition.id, handover_id))
    return render_template(
        "intake/handover.html",
        given=given,
        giver=giver,
        things=listed,
        told=showing.told,
        code=partial(showing.code, edition),
    )


@blueprint.get("/<slug>/tiep-nhan/tra/<handover_id>.<ending>")
@sign_in_required
def handover_sheet(slug: str, handover_id: str, ending: str) -> Answer:
    from award.intake import papers  # heavier than the rest of a web process

    edition, _by = place(slug)
    given, giver, listed = found(held.handover(edition.id, handover_id))
    name = f"tra-hien-vat-{given.public_id}"
    return file_asked(name, ending, paper=lambda: papers.handover_sheet(edition, given, giver, listed))
