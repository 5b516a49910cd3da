"""The doors of screening: the queue, one dossier beside its rules, the list of works not eligible."""

from collections.abc import Sequence
from functools import partial

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.documents.answers import file_asked, list_asked
from award.doors import Done, deed, found
from award.editions.models import Category, Edition
from award.editions.permissions import Capacity, can_countersign
from award.editions.queries import capacity, waiting_countersign
from award.entries.models import Entry
from award.entries.queries import dossier, edition_with_clauses, entry_for_staff, files_of, rule_book
from award.entries.summaries import sections
from award.people.models import Person
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import findings
from award.screening import operations, papers, permissions, queries
from award.screening.alike import similar_works
from award.screening.forms import CorrectionForm, DecisionForm
from award.screening.models import Screening
from award.screening.showing import (
    DECISION_WORDS,
    VERDICT_WORDS,
    queue_lines,
    shown_files,
    suggested_clause,
    worst_first,
)
from award.verdicts import Refused, require

blueprint = Blueprint("screening", __name__)

Answer = str | BaseResponse | tuple[str, int]
PAPERS = {"danh-sach": papers.ineligible, "bien-ban": papers.minutes}


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_with_clauses(slug))
    by = capacity(signed_in(), edition)
    require(permissions.can_read(by))
    return edition, by


def _one(slug: str, entry_id: str) -> tuple[Edition, Capacity, Entry]:
    edition, by = _place(slug)
    return edition, by, found(entry_for_staff(edition.id, entry_id))


def _filter() -> dict[str, str]:
    names = {"decision": "ket-luan", "category": "loai-hinh", "words": "tim"}
    return {name: request.args.get(key, "").strip() for name, key in names.items()}


def _category(edition: Edition, public_id: str) -> Category | None:
    return next((each for each in edition.categories if each.public_id == public_id), None)


def _rows(edition: Edition, wanted: dict[str, str], limit: int | None) -> Sequence[tuple[Entry, Screening]]:
    category = _category(edition, wanted["category"])
    asked = queries.queue(
        edition.id,
        decision=wanted["decision"] if wanted["decision"] in DECISION_WORDS else "",
        category_id=category.id if category else None,
        words=wanted["words"],
    )
    after = request.args.get("sau", "")
    if limit is not None:
        asked = asked.where(Entry.code > after).limit(limit) if after else asked.limit(limit)
    return session.execute(asked).tuples().all()


@blueprint.get("/<slug>/kiem-tra")
@sign_in_required
def queue(slug: str) -> Answer:
    edition, by = _place(slug)
    wanted = _filter()
    lines = partial(_rows, edition, wanted, None)
    if taken := list_asked(f"tac-pham-{slug}", lambda: papers.received(edition, queue_lines(edition, lines()))):
        return taken
    rows = _rows(edition, wanted, queries.PAGE + 1)
    page = rows[: queries.PAGE]
    return render_template(
        "screening/queue.html",
        lines=queue_lines(edition, page),
        counts=queries.counts(edition.id),
        wanted=wanted,
        words=DECISION_WORDS,
        next_code=page[-1][0].code if len(rows) > queries.PAGE else None,
        may_approve=bool(permissions.can_approve(by)),
    )


def _page(
    edition: Edition,
    by: Capacity,
    entry: Entry,
    decision: DecisionForm | None = None,
    correction: CorrectionForm | None = None,
    fault: str = "",
) -> str:
    shown, files = dossier(entry.id), files_of(entry.id)
    rules = worst_first(findings(shown.facts, rule_book(edition)))
    screening = queries.decision_of(entry.id)
    waiting = waiting_countersign(edition.id, "exclude_entry", entry.public_id)
    before, after = queries.neighbours(edition.id, entry.code or "")
    return render_template(
        "screening/entry.html",
        entry=entry,
        work=shown,
        sections=sections(shown, rules, files, edition.slug, entry.public_id, editing=False),
        readings=shown_files(shown),
        rules=rules,
        similar=similar_works(edition, shown),
        screening=screening,
        decision_words=DECISION_WORDS,
        verdict_words=VERDICT_WORDS,
        form=decision or DecisionForm(formdata=None, clause=suggested_clause(rules)),
        correction=correction or CorrectionForm(formdata=None),
        may_decide=bool(permissions.can_screen(by, edition, entry)),
        excluding=screening is not None and bool(permissions.can_exclude(by, edition, entry, was=screening.decision)),
        waiting=waiting,
        proposer=session.get_one(Person, waiting.proposed_by_id).legal_name if waiting else "",
        may_confirm=waiting is not None and bool(can_countersign(by, waiting)),
        may_withdraw=waiting is not None and bool(permissions.can_withdraw(by, waiting)),
        before=before,
        after=after,
        fault=fault,
    )


@blueprint.get("/<slug>/kiem-tra/<entry_id>")
@sign_in_required
def entry(slug: str, entry_id: str) -> Answer:
    edition, by, one = _one(slug, entry_id)
    return _page(edition, by, one)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/<decision>")
@sign_in_required
def decide(slug: str, entry_id: str, decision: str) -> Answer:
    """`decision` in the address: du-dieu-kien or khong-du-dieu-kien."""
    edition, by, one = _one(slug, entry_id)
    to = found({"du-dieu-kien": "eligible", "khong-du-dieu-kien": "ineligible"}.get(decision))
    require(permissions.can_screen(by, edition, one))
    form = DecisionForm()
    if not form.validate():
        return _page(edition, by, one, decision=form), 422
    try:
        with deed() as done:
            operations.decide(
                by=by, edition=edition, entry=one, decision=to, reason=form.reason.data, clause=form.clause.data
            )
            return _onwards(done, edition, one, to)
    except Refused as refused:
        return _refused(edition, by, one, form, refused, clause=to == "ineligible")


def _refused(
    edition: Edition, by: Capacity, entry: Entry, form: DecisionForm, refused: Refused, *, clause: bool
) -> tuple[str, int]:
    """The page as it was typed: what is missing stands at its field, any other reason above."""
    verdict = refused.verdict
    if verdict.code != "reason":
        return _page(edition, by, entry, decision=form, fault=verdict.sentence), 422
    form.lack(verdict.sentence, clause=clause)
    return _page(edition, by, entry, decision=form), 422


def _onwards(done: Done, edition: Edition, entry: Entry, decision: str) -> BaseResponse:
    """To the next dossier nobody has decided on, or to the queue after the last one; what was done is said there."""
    words = str(DECISION_WORDS[decision][1])
    done.after(lambda: flash(_("%(code)s: %(words)s.", code=entry.code, words=words[:1].lower() + words[1:]), "ok"))
    following = queries.next_undecided(edition.id, entry.code or "")
    if following is None:
        return done(url_for("screening.queue", slug=edition.slug))
    return done(url_for("screening.entry", slug=edition.slug, entry_id=following))


@blueprint.post("/<slug>/kiem-tra/<entry_id>/bo-sung")
@sign_in_required
def correct(slug: str, entry_id: str) -> Answer:
    edition, by, one = _one(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    form = CorrectionForm()
    if not form.validate():
        return _page(edition, by, one, correction=form), 422
    with deed() as done:
        operations.request_correction(by=by, edition=edition, entry=one, items=form.items.data, due=form.due)
        return _onwards(done, edition, one, "correction")


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra")
@sign_in_required
def propose_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = _one(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    form = DecisionForm()
    if not form.validate():
        return _page(edition, by, one, decision=form), 422
    try:
        with deed() as done:
            reason, clause = form.reason.data, form.clause.data
            operations.propose_exclusion(by=by, edition=edition, entry=one, reason=reason, clause=clause)
            return done(url_for("screening.entry", slug=slug, entry_id=entry_id))
    except Refused as refused:
        return _refused(edition, by, one, form, refused, clause=True)


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra/xac-nhan")
@sign_in_required
def confirm_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = _one(slug, entry_id)
    with deed() as done:
        operations.confirm_exclusion(by=by, edition=edition, entry=one)
        return done(url_for("screening.entry", slug=slug, entry_id=entry_id))


@blueprint.post("/<slug>/kiem-tra/<entry_id>/dua-ra/rut")
@sign_in_required
def withdraw_exclusion(slug: str, entry_id: str) -> Answer:
    edition, by, one = _one(slug, entry_id)
    require(permissions.can_screen(by, edition, one))
    with deed() as done:
        operations.withdraw_exclusion(by=by, edition=edition, entry=one)
        return done(url_for("screening.entry", slug=slug, entry_id=entry_id))


@blueprint.get("/<slug>/khong-du-dieu-kien")
@sign_in_required
def ineligible(slug: str) -> Answer:
    edition, by = _place(slug)
    refused = partial(queries.not_eligible, edition.id)
    if taken := list_asked(f"khong-du-dieu-kien-{slug}", lambda: papers.refused(edition, refused())):
        return taken
    rows = session.execute(queries.ineligible(edition.id)).tuples().all()
    may_approve = bool(permissions.can_approve(by))
    return render_template(
        "screening/ineligible.html", rows=rows, may_approve=may_approve, asked="phe-duyet" in request.args
    )


@blueprint.get("/<slug>/khong-du-dieu-kien/van-ban/<kind>.<ending>")
@sign_in_required
def paper(slug: str, kind: str, ending: str) -> Answer:
    edition, _by = _place(slug)
    write = found(PAPERS.get(kind))
    return file_asked(f"{kind}-khong-du-dieu-kien-{slug}", ending, paper=lambda: write(edition))


@blueprint.post("/<slug>/khong-du-dieu-kien")
@sign_in_required
def approve(slug: str) -> Answer:
    edition, by = _place(slug)
    with deed() as done:
        told = operations.approve_ineligible(by=by, edition=edition)
        done.after(lambda: flash(_("Đã phê duyệt danh sách: %(n)s tác phẩm.", n=len(told)), "ok"))
        return done(url_for("screening.ineligible", slug=slug))
