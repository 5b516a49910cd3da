"""The doors to one dossier: beside its rules, decided on, asked to be mended, taken out of judging."""

from functools import partial

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.doors import Done, came_in, deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Entry
from award.entries.queries import dossier, edition_with_clauses, entry_for_staff
from award.people.signin import sign_in_required, signed_in
from award.screening import asking, operations, permissions, queries, together
from award.screening.asked import asking_form
from award.screening.beside_rules import Fault, beside_rules
from award.screening.filters import STATES, QueueFilter
from award.screening.forms import DecisionForm, said_of_rules
from award.screening.rulings import BY_PEOPLE
from award.verdicts import Refused, require

blueprint = Blueprint("screening", __name__)

Answer = str | BaseResponse | tuple[str, int]


def place(slug: str) -> tuple[Edition, Capacity]:
    """The edition at this address, for who may look at its dossiers."""
    edition = found(edition_with_clauses(slug))
    by = capacity(signed_in(), edition)
    require(permissions.can_read(by))
    return edition, by


def wanted_in(edition: Edition) -> QueueFilter:
    """The filter of the queue that the address of this request carries."""
    named = edition.categories if "loai-hinh" in request.args else ()
    return QueueFilter.read(request.args, [category.public_id for category in named])


def one_dossier(slug: str, entry_id: str) -> tuple[Edition, Capacity, Entry]:
    """The edition and its dossier at this address, for who may look at it."""
    edition, by = place(slug)
    return edition, by, found(entry_for_staff(edition.id, entry_id))


def _address(door: str, edition: Edition, entry_id: str) -> str:
    """A door of a dossier, with the filter of the queue one came by."""
    there = url_for(f"screening.{door}", slug=edition.slug, entry_id=entry_id)
    return there + wanted_in(edition).address()


def _page(edition: Edition, by: Capacity, entry: Entry, fault: Fault | None = None) -> str:
    shown = beside_rules(edition, by, entry, wanted_in(edition), fault or Fault())
    return render_template("screening/entry.html", **shown)


@blueprint.get("/<slug>/kiem-tra/<entry_id>")
@sign_in_required
def entry(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    return _page(edition, by, one)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/<decision>")
@sign_in_required
def decide(slug: str, entry_id: str, decision: str) -> Answer:
    """`decision` in the address: du-dieu-kien or khong-du-dieu-kien."""
    edition, by, one = one_dossier(slug, entry_id)
    to = found({"du-dieu-kien": "eligible", "khong-du-dieu-kien": "ineligible"}.get(decision))
    require(permissions.can_screen(by, edition, one))
    form, typed = DecisionForm(), said_of_rules(request.form)
    if not form.validate() or (typed and typed.faults):
        return _page(edition, by, one, Fault(form, typed)), 422
    words = {"reason": form.reason.data, "clause": form.clause.data, "seen": form.seen.data or ""}
    try:
        with deed() as done:
            operations.decide(
                by=by, edition=edition, entry=one, decision=to, said=typed.said if typed else None, **words
            )
            there = url_for("screening.entry", slug=slug, entry_id=entry_id)
            return came_in(_onwards(done, edition, one, to), there)
    except Refused as refused:
        return _refused(edition, by, one, Fault(form, typed), refused, clause=to == "ineligible")


def _refused(
    edition: Edition, by: Capacity, entry: Entry, fault: Fault, refused: Refused, *, clause: bool
) -> tuple[str, int]:
    """The page as it was typed: what is missing stands at its field, any other reason above."""
    verdict = refused.verdict
    if verdict.code == "changed":
        fault = Fault()
    if verdict.code == "reason" and fault.decision is not None:
        fault.decision.lack(verdict.sentence, clause=clause)
    else:
        fault.sentence = verdict.sentence
    return _page(edition, by, entry, fault), 422


def _onwards(done: Done, edition: Edition, entry: Entry, decision: str) -> BaseResponse:
    """To the next dossier nobody has decided on, or to the queue after the last one; what was done is said there."""

    def told() -> str:
        words = str(STATES[decision][1])
        said = str(_("%(code)s: %(words)s.", code=entry.code, words=words[:1].lower() + words[1:]))
        unseen = [str(label) for code, label in BY_PEOPLE.items() if request.form.get(f"rule-{code}") == ""]
        left = str(_("Chưa xem: %(rules)s.", rules="; ".join(unseen)))
        return f"{said} {left}" if unseen else said

    act = queries.last_act(edition.id, signed_in().id) if decision != "correction" else None
    done.after(lambda: flash(told(), f"undo:{act.public_id}" if act else "ok"))
    wanted = wanted_in(edition)
    following = queries.next_undecided(edition.id, entry.code or "", wanted)
    if following is None:
        return done(url_for("screening.queue", slug=edition.slug) + wanted.address())
    return done(_address("entry", edition, following))


@blueprint.post("/<slug>/kiem-tra/<entry_id>/bo-sung")
@sign_in_required
def correct(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    shown = dossier(one.id, counted=False)
    form = asking_form(edition, shown)
    if not form.validate():
        return _page(edition, by, one, Fault(correction=form)), 422
    base: str = current_app.extensions["settings"].base_url
    there = base.rstrip("/") + url_for("entries.tasks", slug=slug, entry_id=entry_id)
    ask = partial(asking.request_correction, items=form.items.data, parts=form.parts.data, due=form.due, address=there)
    try:
        with deed() as done:
            ask(by=by, edition=edition, entry=one)
            return _onwards(done, edition, one, "correction")
    except Refused as refused:
        fault = Fault(correction=form)
        if refused.verdict.code in {"parts", "not_mendable"}:
            form.parts.errors = [refused.verdict.sentence]
            return _page(edition, by, one, fault), 422
        return _refused(edition, by, one, fault, refused, clause=False)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/bo-sung/rut")
@sign_in_required
def take_back(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    with deed() as done:
        asking.take_back(by=by, edition=edition, entry=one)
        return done(_address("entry", edition, entry_id))


@blueprint.post("/<slug>/kiem-tra/hoan-tac/<act_id>")
@sign_in_required
def undo(slug: str, act_id: str) -> Answer:
    edition, by = place(slug)
    with deed() as done:
        act = found(queries.act_at(edition.id, act_id))
        outcome = together.undo(by=by, edition=edition, act=act)
        done.after(lambda: flash(_undone(outcome), "ok"))
        alone = session.get(Entry, int(next(iter(act.before)))) if len(act.before) == 1 else None
        if alone is not None:
            return done(_address("entry", edition, alone.public_id))
        return done(url_for("screening.queue", slug=slug) + wanted_in(edition).address())


def _undone(outcome: together.Outcome) -> str:
    told = _("Đã hoàn tác: %(codes)s.", codes=", ".join(outcome.done) or _("không có hồ sơ nào"))
    if outcome.left:
        told += " " + _("Giữ nguyên vì đã thay đổi sau đó: %(codes)s.", codes=", ".join(outcome.left))
    return str(told)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra")
@sign_in_required
def propose_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    form = DecisionForm()
    if not form.validate():
        return _page(edition, by, one, Fault(form)), 422
    try:
        with deed() as done:
            reason, clause = form.reason.data, form.clause.data
            operations.propose_exclusion(by=by, edition=edition, entry=one, reason=reason, clause=clause)
            return done(_address("entry", edition, entry_id))
    except Refused as refused:
        return _refused(edition, by, one, Fault(form), refused, clause=True)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra/xac-nhan")
@sign_in_required
def confirm_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    with deed() as done:
        operations.confirm_exclusion(by=by, edition=edition, entry=one)
        return done(_address("entry", edition, entry_id))


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra/rut")
@sign_in_required
def withdraw_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = one_dossier(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    with deed() as done:
        operations.withdraw_exclusion(by=by, edition=edition, entry=one)
        return done(_address("entry", edition, entry_id))
