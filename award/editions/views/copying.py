"""Taking the set-up of an earlier edition into a draft, and asking its people again."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award.doors import deed, found
from award.editions import letters, operations
from award.editions.copying import BY_CODE, offers
from award.editions.models import Edition, Invitee
from award.editions.operations.copying import copy_pieces, source_of
from award.editions.permissions import Capacity, can_appoint, can_set_up, role_label
from award.editions.queries import editions_to_copy, invitees, with_rules
from award.editions.views.doors import Answer, against_appointing, blueprint, edition_in_setup, edition_of_staff
from award.people.models import Person
from award.people.operations import end_sessions
from award.people.signin import sign_in_required
from award.typed import line
from award.verdicts import Refused, require


@blueprint.route("/<slug>/thiet-lap/lay-tu-lan-truoc", methods=["GET", "POST"])
@sign_in_required
def copy(slug: str) -> Answer:
    edition, by = edition_in_setup(slug)
    require(can_set_up(by, edition))
    others = editions_to_copy(edition)
    asked = request.values.get("source", "")
    source = next((each for each in others if each.slug == asked), others[0] if others and not asked else None)
    if source is None:
        found(None if asked else True)
        return render_template("editions/setup/copying.html", edition=edition, others=[], source=None, offers=[])
    chosen = [code for code in request.form.getlist("piece") if code in BY_CODE]
    if request.method == "GET" or not chosen:
        return _choosing(edition, others, source, wrong=request.method == "POST")
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        copy_pieces(by=by, edition=edition, source=source, pieces=chosen)
        words = lazy_gettext(
            "Đã lấy %(n)s mục từ %(source)s. Các ngày phải ghi lại.", n=len(chosen), source=source.name
        )
        done.after(lambda: flash(str(words), "ok"))
        return done(url_for("editions.setup", slug=slug))


def _choosing(edition: Edition, others: list[Edition], source: Edition, *, wrong: bool) -> Answer:
    page = render_template(
        "editions/setup/copying.html",
        edition=edition,
        others=others,
        source=source,
        offers=offers(source_of(source.id)),
        filled=filled(edition),
        wrong=[_("Chọn ít nhất một mục.")] if wrong else [],
    )
    return (page, 422) if wrong else page


def filled(edition: Edition) -> frozenset[str]:
    """Pieces of which the draft has something that a copy would take the place of."""
    ours = {offer.piece.code for offer in offers(source_of(edition.id)) if offer.there}
    begun = any(in_round.criteria for in_round in edition.rounds) or bool(edition.panels)
    return frozenset(ours - {"contact", "texts", "people"} - (set() if begun else {"rounds"}))


@blueprint.post("/<slug>/thiet-lap/nhan-su/moi-lai")
@sign_in_required
def ask_again(slug: str) -> Answer:
    """Those ticked are appointed and get their letter, or are struck off the list; whoever may not is told why."""
    edition, by = edition_of_staff(slug)
    require(can_appoint(by, edition))
    ticked = set(request.form.getlist("who"))
    with deed() as done:
        chosen = [(each, who) for each, who in invitees(edition.id) if each.public_id in ticked]
        if request.form.get("act") == "drop":
            operations.strike_off(by=by, edition=edition, invitees=[each for each, _who in chosen])
            told, kept = lazy_gettext("Đã bỏ %(n)s người khỏi danh sách dự kiến mời.", n=len(chosen)), []
        else:
            kept = [refusal for each, who in chosen if (refusal := _ask(by, edition, each, who))]
            told = lazy_gettext("Đã giao vai trò và gửi thư mời %(n)s người.", n=len(chosen) - len(kept))
        done.after(lambda: flash(" ".join([str(told), *map(str, kept)]), "warn" if kept else "ok"))
        return done(url_for("editions.people", slug=slug))


def _ask(by: Capacity, edition: Edition, invitee: Invitee, who: Person) -> str:
    """Appointed, and the letter goes out; or why not, in words, and the person stays on the list."""
    against = against_appointing(edition.id, who.id, invitee.role)
    if against:
        return f"{who.legal_name} ({role_label(invitee.role)}): {against[0].sentence}"
    try:
        appointment = operations.ask(by=by, edition=edition, invitee=invitee, decision=line("decision"))
    except Refused as refused:
        return f"{who.legal_name}: {refused.verdict.sentence}"
    letters.tell(edition, who, appointment)
    end_sessions(who.id)
    return ""
