"""The doors to a person's own works: the list, a new one, its tasks, checking, submitting, taking back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.arrival import reached
from award.clock import now
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions import deadlines
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries import lists, operations, queries, receipts, showing, summaries
from award.entries.changes import changes
from award.entries.copying import several_categories
from award.entries.dossiers import Dossier
from award.entries.foreseen import foreseen
from award.entries.hands import hand_of
from award.entries.leave import ORDINARY
from award.entries.models import Entry
from award.entries.permissions import (
    can_copy,
    can_delete,
    can_enter,
    can_mend,
    can_revise,
    can_submit,
    can_withdraw,
    changes_allowed,
    hurry_words,
)
from award.entries.progress import missing_words, state_told
from award.features import standings_of, told_owners
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import blocking, missing
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
    told = _told([own.standing for own in page.rows])
    rows = [
        {
            "work": own.working,
            "key": own.standing.key,
            "code": own.standing.code,
            "state": state_told(own.standing, told, revised=own.revision is not None),
            "left": _left(own, edition),
        }
        for own in page.rows
    ]
    return render_template(
        "entries/mine.html",
        rows=rows,
        page=page,
        now=now(),
        can_enter=entering.allowed,
        closing=entering.closing,
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
        return render_template("entries/new.html", options=options, wrong=wrong), 422 if wrong else 200
    person = signed_in()
    with deed() as done:
        by = capacity(person, edition)
        entry = operations.create(by=by, edition=edition, category=category, owner=person)
        return done(url_for("entries.work", slug=slug, entry_id=entry.public_id))


@blueprint.get("/<slug>/tac-pham/<entry_id>")
@sign_in_required
def tasks(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    acts = _acts(own, edition)
    rows = showing.task_rows(own.working, showing.found_in(own.working, edition), slug, entry_id, open_=acts["open_"])
    told = told_owners(own.standing.id, own.standing.state, signed_in().id)
    return render_template("entries/tasks.html", own=own, work=own.working, tasks=rows, told=told, **acts)


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
    if _in_time(own, edition, arrived_at) and (fault := _unready(own, edition, answer, insisting=insisting)):
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


def _told(works: Sequence[Dossier]) -> dict[int, tuple[str, str]]:
    """Where the submitted ones stand, asked of the rooms that took them over."""
    return standings_of([work.id for work in works if work.state == "submitted"])


class _Entering(NamedTuple):
    """Whether the person may enter a work, and until when."""

    allowed: Verdict
    closing: showing.Closing | None


def _entering(edition: Edition) -> _Entering:
    common = can_enter(edition, now())
    leave = ORDINARY if common else queries.leave_to_enter(signed_in().id, edition.id)
    return _Entering(can_enter(edition, now(), leave), showing.end_of(edition, leave))


def _in_time(own: queries.OwnWork, edition: Edition, arrived_at: datetime) -> bool:
    """Whether there is something to submit that may still be submitted."""
    if own.standing.state != "draft" and own.revision is None:
        return False
    person_id, leave = signed_in().id, own.standing.leave
    revised = own.revision is not None
    return bool(can_submit(person_id, own.standing, edition, arrived_at, leave, revised=revised))


def _unready(own: queries.OwnWork, edition: Edition, answer: str, *, insisting: bool) -> str:
    """Why the work cannot be submitted as it is: "lacking", "unchanged", or nothing."""
    lacking = showing.lacking(own.working, showing.found_in(own.working, edition), edition)
    if missing(lacking) or (lacking and not insisting):
        return "lacking"
    asked = showing.asked_of(own.working, edition)
    return "unchanged" if asked and not answer and receipts.same(own.standing, own.working) else ""


def _left(own: queries.OwnWork, edition: Edition) -> str:
    """What the work still lacks, while it can be submitted; for one that is to be mended, what."""
    asked = own.standing.leave.asked
    if asked is not None:
        allowed = can_mend(edition, asked, now())
        return asked.items if allowed else allowed.sentence
    if not _in_time(own, edition, now()):
        return ""
    lacking = blocking(showing.found_in(own.working, edition))
    named = [finding for finding in lacking if finding.missing]
    if named:
        return missing_words(named[:3]) if len(named) <= 3 else _("Còn thiếu %(n)s mục.", n=len(named))
    return lacking[0].sentence if lacking else _("Hồ sơ đã đủ, chưa nộp.")


def _acts(own: queries.OwnWork, edition: Edition) -> dict[str, Any]:
    """What may be done with the work as a whole, for the templates."""
    person_id, standing, at = signed_in().id, own.standing, now()
    open_ = showing.open_parts(own.working, person_id, edition)
    entering = can_enter(edition, at, standing.leave)
    asked = standing.leave.asked
    return {
        "editing": bool(open_),
        "open_": open_,
        "state": state_told(standing, _told([standing]), revised=own.revision is not None),
        "late": "" if standing.state != "draft" or open_ else entering.sentence,
        "asked": asked,
        "asked_parts": showing.part_words(asked.parts, standing.slots) if asked else [],
        "may_mend": can_mend(edition, asked, at),
        "answering": bool(own.revision is not None and asked and can_mend(edition, asked, at)),
        "narrowed": showing.asked_of(own.working, edition) is not None,
        "can_revise": own.revision is None and can_revise(person_id, standing, edition, at, standing.leave),
        "may_submit": hand_of(person_id, own.working) == "whole",
        "can_delete": can_delete(person_id, standing),
        "can_copy": entering and can_copy(person_id, standing, several=several_categories(edition)),
        "several": several_categories(edition),
        "with_owner": _with_owner(own.working, person_id),
        "can_withdraw": can_withdraw(person_id, standing, edition),
        "changes_allowed": changes_allowed(edition),
        "until": deadlines.words(edition),
        "closing": showing.closing(own.working, edition),
        "hurry": hurry_words(edition, at) if open_ else "",
        "now": at,
    }


def _with_owner(work: Dossier, person_id: int) -> str:
    """Of a work that somebody else begun: who, as the dossier names them."""
    if person_id == work.owner_id:
        return ""
    named = next((author.legal_name for author in work.authors if author.person_id == work.owner_id), "")
    return named or _("người lập hồ sơ")


def _check_page(edition: Edition, own: queries.OwnWork, *, fault: str = "") -> str:
    work: Dossier = own.working
    found_ = showing.found_in(work, edition)
    blocked = showing.lacking(work, found_, edition)
    acts = _acts(own, edition)
    slug, key = edition.slug, own.standing.key
    return render_template(
        "entries/check.html",
        own=own,
        work=work,
        fault=fault,
        blocked=[(each.missing or each.sentence, showing.address(each, slug, key)) for each in blocked],
        only_missing=all(each.missing for each in blocked),
        may_insist=bool(acts["editing"] and acts["may_submit"] and blocked and not missing(blocked)),
        warnings=[
            (each.sentence, showing.address(each, slug, key))
            for each in found_
            if each.verdict == "amber" and not each.missing
        ],
        changes=changes(receipts.said(own.standing), receipts.said(work), work.medium) if own.revision else [],
        sections=summaries.sections(work, found_, queries.files_of(work.id), slug, key, open_=acts["open_"]),
        foreseen=foreseen(work, edition),
        **acts,
    )


def whole_address(address: str) -> str:
    """The address with the name of the house, for letters and codes to scan."""
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + address
