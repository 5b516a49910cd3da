"""The doors to many dossiers: the queue as filtered, its columns and export, acts on many, the list of ineligible."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import session
from award.documents.answers import file_asked, list_asked
from award.doors import Done, deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.entries.models import Entry
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.screening import columns, operations, papers, permissions, queries, refusals, together
from award.screening.asked import form_for_many
from award.screening.filters import FINDINGS, ORDERS, STATES, UNLISTED, WAYS, QueueFilter
from award.screening.forms import CorrectionForm, DecisionForm, FilterForm
from award.screening.models import Screening
from award.screening.showing import QueueLine, queue_lines
from award.screening.views import Answer, blueprint, place, wanted_in
from award.verdicts import Refused, require

DECISIONS = {"du-dieu-kien": "eligible", "khong-du-dieu-kien": "ineligible"}
PAPERS = {"danh-sach": papers.ineligible, "bien-ban": papers.minutes}
LISTED = {"tiep-nhan": QueueFilter(), "du-dieu-kien": QueueFilter(decision="eligible")}


def _whole(edition: Edition, wanted: QueueFilter) -> Sequence[tuple[Entry, Screening, int | None]]:
    return session.execute(queries.listed(edition.id, wanted)).tuples().all()


def _here(edition: Edition) -> str:
    """The queue as filtered, at the page that the address of this request carries."""
    wanted = wanted_in(edition).address(Turn.read(request.args).carried)
    return url_for("screening.queue", slug=edition.slug) + wanted


@dataclass
class _Typed:
    """What was typed for many dossiers and is shown again, with those that were chosen."""

    decision: DecisionForm
    correction: CorrectionForm
    saving: FilterForm
    picked: Sequence[str] = ()


@blueprint.get("/<slug>/kiem-tra")
@sign_in_required
def queue(slug: str) -> Answer:
    edition, by = place(slug)
    return _queue(edition, by)


@blueprint.get("/<slug>/kiem-tra/danh-sach/<kind>.<ending>")
@sign_in_required
def list_paper(slug: str, kind: str, ending: str) -> Answer:
    """The works received, or those that are eligible, as a paper of the secretariat."""
    edition, _by = place(slug)
    wanted = found(LISTED.get(kind))
    write = partial(papers.taken, edition, eligible=bool(wanted.decision))
    return file_asked(f"{kind}-{slug}", ending, paper=lambda: write(_listed(edition, wanted)))


def _listed(edition: Edition, wanted: QueueFilter) -> list[QueueLine]:
    """Those of the queue; among all that were received are those withdrawn since, as every count has them."""
    rows = [*_whole(edition, wanted)]
    if not wanted.decision:
        rows += _whole(edition, replace(wanted, decision="withdrawn"))
    return queue_lines(edition, sorted(rows, key=lambda row: row[0].code or ""))


def _queue(edition: Edition, by: Capacity, typed: _Typed | None = None) -> Answer:
    around = queries.around(edition.id, signed_in().id)
    wanted = QueueFilter.read(request.args, [public_id for public_id, _name in around.categories])
    shown, whole = columns.chosen(around.columns), partial(_whole, edition, wanted)
    name = f"tac-pham-{edition.slug}"
    if taken := list_asked(name, lambda: papers.received(edition, queue_lines(edition, whole()), shown)):
        return taken
    turn = Turn.read(request.args)
    page = queries.page_of(edition.id, wanted, turn)
    return render_template(
        "screening/queue.html",
        lines=queue_lines(edition, page.rows),
        page=page,
        turn=turn.carried,
        counts=around.counts,
        categories=around.categories,
        wanted=wanted,
        columns=shown,
        every_column=columns.COLUMNS,
        always=columns.ALWAYS,
        states=STATES,
        findings=FINDINGS,
        orders=ORDERS,
        ways=WAYS,
        newsrooms=[*around.newsrooms, (UNLISTED, _("Cơ quan chưa có trong danh sách"))],
        may_approve=bool(permissions.can_approve(by)),
        may_decide=bool(permissions.can_decide_together(by, edition)),
        last=around.last,
        saved=around.saved,
        typed=typed or _blank(edition),
    )


@blueprint.post("/<slug>/kiem-tra/cot")
@sign_in_required
def choose_columns(slug: str) -> Answer:
    """The columns stand as chosen, on every visit of this person, until chosen anew."""
    edition, _by = place(slug)
    with deed() as done:
        chosen = columns.chosen(request.form.getlist("column"))
        operations.choose_columns(person_id=signed_in().id, keys=[column.key for column in chosen])
        return done(_here(edition))


def _blank(edition: Edition) -> _Typed:
    blank = form_for_many(edition, blank=True)
    return _Typed(DecisionForm(formdata=None), blank, FilterForm(formdata=None))


@blueprint.post("/<slug>/kiem-tra/bo-loc")
@sign_in_required
def save_filter(slug: str) -> Answer:
    """What the address narrows to stands above the queue under the name that was typed."""
    edition, by = place(slug)
    form = FilterForm()
    if not form.validate():
        return _again(edition, by, saving=form)
    try:
        with deed() as done:
            name, wanted = form.name.data, wanted_in(edition)
            operations.save_filter(person_id=signed_in().id, edition=edition, name=name, wanted=wanted)
            return done(_here(edition))
    except Refused as refused:
        form.name.errors = [refused.verdict.sentence]
        return _again(edition, by, saving=form)


@blueprint.post("/<slug>/kiem-tra/bo-loc/<filter_id>/bo")
@sign_in_required
def drop_filter(slug: str, filter_id: str) -> Answer:
    edition, _by = place(slug)
    with deed() as done:
        operations.drop_filter(found(queries.saved_filter(edition.id, signed_in().id, filter_id)))
        return done(_here(edition))


@blueprint.post('/<slug>/kiem-tra/<any("du-dieu-kien", "khong-du-dieu-kien"):decision>')
@sign_in_required
def decide_together(slug: str, decision: str) -> Answer:
    """The chosen dossiers are decided on alike; those that cannot be are named with what keeps them."""
    edition, by = place(slug)
    require(permissions.can_decide_together(by, edition))
    form, to = DecisionForm(), DECISIONS[decision]
    if not form.validate():
        return _again(edition, by, decision=form)
    with deed() as done:
        entries = queries.entries_at(edition.id, request.form.getlist("entry"))
        reason, clause = form.reason.data, form.clause.data
        outcome = together.decide_all(
            by=by, edition=edition, entries=entries, decision=to, reason=reason, clause=clause
        )
        return _told(done, edition, outcome, to)


@blueprint.post("/<slug>/kiem-tra/bo-sung")
@sign_in_required
def ask_together(slug: str) -> Answer:
    """The owners of the chosen dossiers are asked for the same; those that cannot be are named with what keeps them."""
    edition, by = place(slug)
    require(permissions.can_decide_together(by, edition))
    form = form_for_many(edition)
    if not form.validate():
        return _again(edition, by, correction=form)
    base: str = current_app.extensions["settings"].base_url
    with deed() as done:
        outcome = together.ask_all(
            by=by,
            edition=edition,
            entries=queries.entries_at(edition.id, request.form.getlist("entry")),
            items=form.items.data,
            parts=form.parts.data,
            due=form.due,
            address=lambda entry: base.rstrip("/") + url_for("entries.tasks", slug=slug, entry_id=entry.public_id),
        )
        return _told(done, edition, outcome, "correction")


def _again(edition: Edition, by: Capacity, **typed: DecisionForm | CorrectionForm | FilterForm) -> Answer:
    """The queue with what was typed and what is wrong with it; nothing was done."""
    shown = replace(_blank(edition), picked=request.form.getlist("entry"), **typed)
    return str(_queue(edition, by, shown)), 422


def _told(done: Done, edition: Edition, outcome: together.Outcome, decision: str) -> BaseResponse:
    """What became of the chosen dossiers, said on the queue; the way back stands there, too."""
    done.after(lambda: flash(_outcome(outcome, decision), "ok" if outcome.done else "warn"))
    return done(_here(edition))


def _outcome(outcome: together.Outcome, decision: str) -> str:
    n = len(outcome.done)
    told = _("%(words)s: %(n)s hồ sơ.", words=STATES[decision][1], n=n) if n else _("Chưa kết luận hồ sơ nào.")
    left = [_("%(code)s %(why)s", code=code, why=_inside(why)) for code, why in outcome.left.items()]
    if left:
        told += " " + _("Để lại %(n)s hồ sơ: %(codes)s.", n=len(left), codes="; ".join(left))
    return str(told)


def _inside(sentence: str) -> str:
    """A sentence as it stands within another."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")


@blueprint.get("/<slug>/khong-du-dieu-kien")
@sign_in_required
def ineligible(slug: str) -> Answer:
    edition, by = place(slug)
    wanted = replace(refusals.REFUSED, order=wanted_in(edition).order)
    refused = partial(refusals.not_eligible, edition.id, wanted.order)
    if taken := list_asked(f"khong-du-dieu-kien-{slug}", lambda: papers.refused(edition, refused())):
        return taken
    listed, untold = refusals.how_many_refused(edition.id)
    may_approve = bool(permissions.can_approve(by)) and untold > 0
    page = queries.page_of(edition.id, wanted, Turn.read(request.args))
    return render_template(
        "screening/ineligible.html",
        page=page,
        authors=refusals.authors_of([entry.id for entry, _screening, _place in page.rows]),
        wanted=wanted,
        orders=ORDERS,
        listed=listed,
        untold=untold,
        may_approve=may_approve,
        seen=refusals.seen_list(edition.id) if may_approve else "",
        asked="phe-duyet" in request.args,
    )


@blueprint.get("/<slug>/khong-du-dieu-kien/van-ban/<kind>.<ending>")
@sign_in_required
def paper(slug: str, kind: str, ending: str) -> Answer:
    edition, _by = place(slug)
    write = found(PAPERS.get(kind))
    return file_asked(f"{kind}-khong-du-dieu-kien-{slug}", ending, paper=lambda: write(edition))


@blueprint.post("/<slug>/khong-du-dieu-kien")
@sign_in_required
def approve(slug: str) -> Answer:
    """Where it is no longer the list that was shown, nothing is approved, and the list as it is now says so."""
    edition, by = place(slug)
    here = url_for("screening.ineligible", slug=slug)
    try:
        with deed() as done:
            listed = operations.approve_ineligible(by=by, edition=edition, seen=request.form.get("seen", ""))
            done.after(lambda: flash(_("Đã phê duyệt danh sách: %(n)s tác phẩm.", n=len(listed)), "ok"))
            return done(here)
    except Refused as refused:
        if refused.verdict.code != "changed":
            raise
        flash(refused.verdict.sentence, "warn")
        return redirect(here, 303)
