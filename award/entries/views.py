"""The doors to a person's own works: the list, a new one, its tasks, checking, submitting, taking back."""

from typing import NamedTuple

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.arrival import reached
from award.clock import now
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries import lists, operations, own_work, queries, showing
from award.entries.leave import ORDINARY
from award.entries.models import Entry
from award.entries.permissions import can_delete, can_enter, can_withdraw
from award.features import told_owners
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.typed import lines
from award.verdicts import Verdict, require

blueprint = Blueprint("entries", __name__)

Answer = str | BaseResponse | tuple[str, int]


def edition_at(slug: str) -> Edition:
    """The edition at this address with its clauses; 404 while it is being set up."""
    edition = found(queries.edition_with_clauses(slug))
    return found(None if edition.state == "draft" else edition)


def work_at(slug: str, entry_id: str) -> tuple[Edition, queries.OwnWork]:
    """The signed-in person's own work; anybody else's is 404."""
    edition = edition_at(slug)
    return edition, found(queries.own_work(signed_in().id, edition.id, entry_id))


def locked_at(edition: Edition, entry_id: str) -> tuple[Entry, Entry | None]:
    """The same as rows to change, with the revision there is. Inside a unit of work."""
    return found(queries.own_locked(signed_in().id, edition.id, entry_id))


@blueprint.get("/<slug>/tac-pham")
@sign_in_required
def mine(slug: str) -> Answer:
    edition = edition_at(slug)
    ours = (signed_in().id, edition.id)
    if taken := list_asked(f"tac-pham-cua-toi-{slug}", lambda: lists.own(edition, queries.own_works(*ours))):
        return taken
    entering, page = _entering(edition), queries.page_of_own_works(*ours, Turn.read(request.args))
    return render_template(
        "entries/mine.html",
        rows=own_work.rows(page.rows, edition, signed_in().id),
        page=page,
        now=now(),
        can_enter=entering.allowed,
        closing=entering.closing,
        others=queries.other_editions(*ours),
    )


@blueprint.route("/<slug>/tac-pham/moi", methods=["GET", "POST"])
@sign_in_required
def new(slug: str) -> Answer:
    edition = edition_at(slug)
    require(_entering(edition).allowed)
    categories = queries.categories(edition.id)
    category = next((each for each in categories if each.public_id == request.form.get("category")), None)
    if request.method == "GET" or category is None:
        wrong = [_("Chọn một loại hình.")] if request.method == "POST" else []
        options = [(each.public_id, each.name) for each in categories]
        most, has = queries.rule_book(edition).max_works_per_author, queries.count_authored(signed_in().id, edition.id)
        full = most if most is not None and has >= most else None
        return render_template("entries/new.html", options=options, wrong=wrong, full=full), 422 if wrong else 200
    person = signed_in()
    with deed() as done:
        by = capacity(person, edition)
        entry = operations.create(by=by, edition=edition, category=category, owner=person)
        return done(url_for("entries.work", slug=slug, entry_id=entry.public_id))


@blueprint.get("/<slug>/tac-pham/<entry_id>")
@sign_in_required
def tasks(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    acts = own_work.acts(own, edition, signed_in().id)
    rows = showing.task_rows(own.working, showing.found_in(own.working, edition), slug, entry_id, open_=acts["open_"])
    told = told_owners(own.standing.id, own.standing.state, signed_in().id)
    last = queries.last_receipt(own.standing.id) if own.standing.state == "submitted" else None
    return render_template(
        "entries/tasks.html",
        own=own,
        work=own.working,
        tasks=rows,
        told=told,
        again_at=last.received_at if last and last.received_at != own.standing.submitted_at else None,
        **acts,
    )


@blueprint.get("/<slug>/tac-pham/<entry_id>/kiem-tra")
@sign_in_required
def check(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    return _check_page(edition, own)


@blueprint.post("/<slug>/tac-pham/<entry_id>/nop")
@sign_in_required
def submit(slug: str, entry_id: str) -> Answer:
    arrived_at = reached()
    edition, own = work_at(slug, entry_id)
    person, answer = signed_in(), lines("answer")
    insisting = request.form.get("insist") == "y"
    in_time = own_work.in_time(own, edition, person.id, arrived_at)
    if in_time and (fault := own_work.unready(own, edition, answer, insisting=insisting)):
        return _check_page(edition, own, fault=fault), 422
    address = url_for("entries.receipt", slug=slug, entry_id=entry_id)
    with deed() as done:
        standing = found(queries.own_entry(person.id, edition.id, entry_id))
        by = capacity(person, edition)
        receipt = operations.submit(
            by=by, edition=edition, entry=standing, arrived_at=arrived_at, answer=answer, insisting=insisting
        )
        there = {"address": whole_address(address), "paper": whole_address(f"{address}.pdf")}
        for reader in operations.receipt_readers(standing, person):
            operations.send_receipt(receipt=receipt, edition=edition, owner=reader, **there)
        return done(address)


@blueprint.post("/<slug>/tac-pham/<entry_id>/sua")
@sign_in_required
def revise(slug: str, entry_id: str) -> Answer:
    edition = edition_at(slug)
    with deed() as done:
        standing, _revision = locked_at(edition, entry_id)
        operations.revise(by=capacity(signed_in(), edition), edition=edition, entry=standing)
        return done(url_for("entries.tasks", slug=slug, entry_id=entry_id))


@blueprint.post("/<slug>/tac-pham/<entry_id>/bo-sua")
@sign_in_required
def drop_revision(slug: str, entry_id: str) -> Answer:
    edition = edition_at(slug)
    with deed() as done:
        standing, revision = locked_at(edition, entry_id)
        if revision is not None:
            by = capacity(signed_in(), edition)
            operations.drop_revision(by=by, edition=edition, entry=standing, revision=revision)
        return done(url_for("entries.tasks", slug=slug, entry_id=entry_id))


@blueprint.route("/<slug>/tac-pham/<entry_id>/xoa", methods=["GET", "POST"])
@sign_in_required
def delete(slug: str, entry_id: str) -> Answer:
    edition = edition_at(slug)
    if request.method == "GET":
        _edition, own = work_at(slug, entry_id)
        require(can_delete(signed_in().id, own.standing))
        return render_template("entries/delete.html", work=own.standing)
    with deed() as done:
        standing, _revision = locked_at(edition, entry_id)
        operations.delete_draft(by=capacity(signed_in(), edition), edition=edition, entry=standing)
        return done(url_for("entries.mine", slug=slug))


@blueprint.route("/<slug>/tac-pham/<entry_id>/rut", methods=["GET", "POST"])
@sign_in_required
def withdraw(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    require(can_withdraw(signed_in().id, own.standing, edition))
    reason = lines("reason")
    if request.method == "GET" or not reason:
        wrong = [_("Ghi lý do rút tác phẩm.")] if request.method == "POST" else []
        return render_template("entries/withdraw.html", work=own.standing, wrong=wrong), 422 if wrong else 200
    with deed() as done:
        standing, _revision = locked_at(edition, entry_id)
        by = capacity(signed_in(), edition)
        operations.withdraw(by=by, edition=edition, entry=standing, reason=reason)
        return done(url_for("entries.tasks", slug=slug, entry_id=entry_id))


class _Entering(NamedTuple):
    """Whether the person may enter a work, and until when."""

    allowed: Verdict
    closing: showing.Closing | None


def _entering(edition: Edition) -> _Entering:
    common = can_enter(edition, now())
    leave = ORDINARY if common else queries.leave_to_enter(signed_in().id, edition.id)
    return _Entering(can_enter(edition, now(), leave), showing.end_of(edition, leave))


def _check_page(edition: Edition, own: queries.OwnWork, *, fault: str = "") -> str:
    return render_template("entries/check.html", fault=fault, **own_work.checked(own, edition, signed_in().id))


def whole_address(address: str) -> str:
    """The address with the name of the house, for letters and codes to scan."""
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + address
