"""The doors to one dossier: beside its rules, decided on, asked to be mended, taken out of judging."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, current_app, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.doors import Done, deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_countersign, can_watch
from award.editions.queries import capacity, rules_in_force, waiting_countersign
from award.entries.granted import grants
from award.entries.models import Entry
from award.entries.queries import dossier, edition_with_clauses, entry_for_staff, files_of, rule_book
from award.entries.summaries import sections
from award.features import origins_of
from award.intake.showing import came_with
from award.newsrooms.showing import placed, said_by_newsroom
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import findings
from award.screening import asking, operations, permissions, queries, together
from award.screening.alike import similar_works
from award.screening.asked import asking_form, blank_form, mended
from award.screening.filters import STATES, QueueFilter
from award.screening.forms import CorrectionForm, DecisionForm, Typed, said_of_rules
from award.screening.models import Screening
from award.screening.rulings import BY_PEOPLE, grounds, rulings
from award.screening.showing import VERDICT_WORDS, shown_files, state_of
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


@dataclass
class _Fault:
    """What is shown again, and why: the forms as they were typed, and a sentence that belongs to no field."""

    decision: DecisionForm | None = None
    typed: Typed | None = None
    correction: CorrectionForm | None = None
    sentence: str = ""


def _page(edition: Edition, by: Capacity, entry: Entry, fault: _Fault | None = None) -> str:
    fault = fault or _Fault()
    shown, files = dossier(entry.id), files_of(entry.id)
    screening = queries.decision_of(entry.id)
    said = fault.typed.said if fault.typed else queries.said_of(screening)
    found_ = findings(shown.facts, rule_book(edition))
    listed = rulings(found_, said)
    may_decide = bool(permissions.can_screen(by, edition, entry))
    wanted = wanted_in(edition)
    before, after = queries.neighbours(edition.id, entry.code or "", wanted)
    reason, clause = grounds(listed)
    last = queries.last_request(entry.id) if shown.leave.mend else None
    habits = queries.habits(edition.id) if may_decide else queries.Habits({}, None)
    return render_template(
        "screening/entry.html",
        entry=entry,
        work=shown,
        sections=sections(shown, found_, files, edition.slug, entry.public_id),
        readings=shown_files(shown),
        similar=similar_works(edition, shown),
        rulings=listed,
        typed_faults=fault.typed.faults if fault.typed else {},
        cited=habits.clauses,
        suggested={"reason": reason, "clause": clause},
        screening=screening,
        state_code=state_of(entry, screening),
        state_words=STATES,
        verdict_words=VERDICT_WORDS,
        mended=mended(last, shown.medium),
        form=fault.decision or DecisionForm(formdata=None, seen=operations.seen_of(entry, screening)),
        correction=fault.correction or blank_form(edition, shown, found_, habits.due_day),
        may_decide=may_decide,
        watches=bool(can_watch(by)),
        attested=said_by_newsroom(edition, entry),
        placed=placed(entry),
        came=came_with(edition, entry),
        origins=origins_of(entry.id),
        versions=rules_in_force(edition.id, entry.submitted_at, screening.decided_at if screening else None),
        granted=grants(edition.id, person_id=entry.owner_id)[:1] if shown.leave.until else (),
        before=before,
        after=after,
        wanted=wanted,
        fault=fault.sentence,
        **_exclusion(edition, by, entry, screening),
    )


def _exclusion(edition: Edition, by: Capacity, entry: Entry, screening: Screening | None) -> dict[str, Any]:
    """Whether the work is being taken out of judging, by whom, and who may go on with that."""
    waiting = waiting_countersign(edition.id, "exclude_entry", entry.public_id)
    excluding = screening is not None and permissions.can_exclude(by, edition, entry, was=screening.decision)
    return {
        "excluding": bool(excluding),
        "waiting": waiting,
        "proposer": session.get_one(Person, waiting.proposed_by_id).legal_name if waiting else "",
        "may_confirm": waiting is not None and bool(can_countersign(by, waiting)),
        "may_withdraw": waiting is not None and bool(permissions.can_withdraw(by, waiting)),
    }


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
        return _page(edition, by, one, _Fault(form, typed)), 422
    words = {"reason": form.reason.data, "clause": form.clause.data, "seen": form.seen.data or ""}
    try:
        with deed() as done:
            operations.decide(
                by=by, edition=edition, entry=one, decision=to, said=typed.said if typed else None, **words
            )
            return _onwards(done, edition, one, to)
    except Refused as refused:
        return _refused(edition, by, one, _Fault(form, typed), refused, clause=to == "ineligible")


def _refused(
    edition: Edition, by: Capacity, entry: Entry, fault: _Fault, refused: Refused, *, clause: bool
) -> tuple[str, int]:
    """The page as it was typed: what is missing stands at its field, any other reason above."""
    verdict = refused.verdict
    if verdict.code == "changed":
        fault = _Fault()
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
        return _page(edition, by, one, _Fault(correction=form)), 422
    base: str = current_app.extensions["settings"].base_url
    there = base.rstrip("/") + url_for("entries.tasks", slug=slug, entry_id=entry_id)
    ask = partial(asking.request_correction, items=form.items.data, parts=form.parts.data, due=form.due, address=there)
    try:
        with deed() as done:
            ask(by=by, edition=edition, entry=one)
            return _onwards(done, edition, one, "correction")
    except Refused as refused:
        fault = _Fault(correction=form)
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
        return _page(edition, by, one, _Fault(form)), 422
    try:
        with deed() as done:
            reason, clause = form.reason.data, form.clause.data
            operations.propose_exclusion(by=by, edition=edition, entry=one, reason=reason, clause=clause)
            return done(_address("entry", edition, entry_id))
    except Refused as refused:
        return _refused(edition, by, one, _Fault(form), refused, clause=True)


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
