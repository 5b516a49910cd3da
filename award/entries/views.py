"""The doors to a person's own works: the list, a new one, its tasks, checking, submitting, the receipt, taking back."""

from datetime import datetime
from functools import partial

from flask import Blueprint, current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions import deadlines
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries import lists, operations, queries, showing, summaries
from award.entries.dossiers import Dossier
from award.entries.models import Entry
from award.entries.permissions import (
    can_delete,
    can_enter,
    can_revise,
    can_submit,
    can_withdraw,
    hurry_words,
    late_words,
)
from award.entries.progress import missing_words, state_of
from award.entries.receipts import due_sentence, sentence
from award.files.reading import readings
from award.people.signin import sign_in_required, signed_in
from award.rules.eligibility import blocking, missing
from award.verdicts import require

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
    ours = partial(queries.own_works, signed_in().id, edition.id)
    if taken := list_asked(f"tac-pham-cua-toi-{slug}", lambda: lists.own(edition, ours(limit=None))):
        return taken
    listed = ours(before=request.args.get("truoc"))
    works, more = listed[: queries.PAGE], len(listed) > queries.PAGE
    rows = [
        {
            "work": own.working,
            "key": own.standing.key,
            "code": own.standing.code,
            "state": state_of(own.standing, revised=own.revision is not None),
            "left": _left(own, edition),
        }
        for own in works
    ]
    return render_template(
        "entries/mine.html",
        rows=rows,
        more=more,
        now=now(),
        can_enter=can_enter(edition, now()),
        until=deadlines.words(edition),
    )


@blueprint.route("/<slug>/tac-pham/moi", methods=["GET", "POST"])
@sign_in_required
def new(slug: str) -> Answer:
    edition = edition_at(slug)
    require(can_enter(edition, now()))
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
    found_ = showing.found_in(own.working, edition)
    editing = showing.editable(own.working, signed_in().id, edition)
    rows = showing.task_rows(own.working, found_, slug, entry_id, open_=editing)
    return render_template("entries/tasks.html", own=own, work=own.working, tasks=rows, **_acts(own, edition, editing))


@blueprint.get("/<slug>/tac-pham/<entry_id>/kiem-tra")
@sign_in_required
def check(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    return _check_page(edition, own)


@blueprint.post("/<slug>/tac-pham/<entry_id>/nop")
@sign_in_required
def submit(slug: str, entry_id: str) -> Answer:
    arrived_at = now()
    edition, own = work_at(slug, entry_id)
    person = signed_in()
    pending = own.standing.state == "draft" or own.revision is not None
    in_time = pending and can_submit(person.id, own.standing, edition, arrived_at)
    insisting = request.form.get("insist") == "y"
    blocked = blocking(showing.found_in(own.working, edition)) if in_time else []
    if missing(blocked) or (blocked and not insisting):
        return _check_page(edition, own, refused=True), 422
    address = url_for("entries.receipt", slug=slug, entry_id=entry_id)
    with deed() as done:
        standing = found(queries.own_entry(person.id, edition.id, entry_id))
        by = capacity(person, edition)
        receipt = operations.submit(by=by, edition=edition, entry=standing, arrived_at=arrived_at, insisting=insisting)
        operations.send_receipt(receipt=receipt, edition=edition, owner_id=person.id, address=_whole(address))
        return done(address)


@blueprint.get("/<slug>/tac-pham/<entry_id>/bien-nhan")
@sign_in_required
def receipt(slug: str, entry_id: str) -> Answer:
    edition, own = work_at(slug, entry_id)
    every = queries.receipts(own.standing.id)
    last = found(every[0] if every else None)
    due = [file for file in own.standing.files if file.state == "uploading"]
    until = last.content["files_due_at"]
    return render_template(
        "entries/receipt.html",
        own=own,
        receipt=last,
        earlier=every[1:],
        sentence=sentence(last.content["title"], last.code, last.received_at, edition),
        due=due,
        due_sentence=due_sentence(len(due), datetime.fromisoformat(until)) if due and until else "",
        lines=summaries.received(last),
        prints=summaries.prints(last),
        qr=summaries.qr(_whole(url_for("entries.receipt", slug=slug, entry_id=entry_id))),
    )


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
    reason = request.form.get("reason", "").strip()
    if request.method == "GET" or not reason:
        wrong = [_("Ghi lý do rút tác phẩm.")] if request.method == "POST" else []
        return render_template("entries/withdraw.html", work=own.standing, wrong=wrong), 422 if wrong else 200
    with deed() as done:
        standing, _revision = locked_at(edition, entry_id)
        by = capacity(signed_in(), edition)
        operations.withdraw(by=by, edition=edition, entry=standing, reason=reason)
        return done(url_for("entries.tasks", slug=slug, entry_id=entry_id))


def _left(own: queries.OwnWork, edition: Edition) -> str:
    """What the work still lacks, while it can be submitted."""
    if own.working.state != "draft" or not can_enter(edition, now()):
        return ""
    lacking = blocking(showing.found_in(own.working, edition))
    named = [finding for finding in lacking if finding.missing]
    if named:
        return missing_words(named[:3]) if len(named) <= 3 else _("Còn thiếu %(n)s mục.", n=len(named))
    return lacking[0].sentence if lacking else _("Hồ sơ đã đủ, chưa nộp.")


def _acts(own: queries.OwnWork, edition: Edition, editing: bool) -> dict[str, object]:
    """What may be done with the work as a whole, for the templates."""
    person_id, standing = signed_in().id, own.standing
    allowed = queries.changes_allowed(edition)
    return {
        "editing": editing,
        "state": state_of(standing, revised=own.revision is not None),
        "late": "" if standing.state != "draft" or editing else can_enter(edition, now()).sentence,
        "can_revise": own.revision is None and can_revise(person_id, standing, edition, now(), allowed=allowed),
        "can_withdraw": can_withdraw(person_id, standing, edition),
        "changes_allowed": allowed,
        "until": deadlines.words(edition),
        "hurry": hurry_words(edition, now()) if editing else "",
        "late_words": late_words(edition),
        "now": now(),
    }


def _check_page(edition: Edition, own: queries.OwnWork, *, refused: bool = False) -> str:
    work: Dossier = own.working
    found_ = showing.found_in(work, edition)
    blocked = blocking(found_)
    editing = showing.editable(work, signed_in().id, edition)
    slug, key = edition.slug, own.standing.key
    blind = any(each.blind for each in edition.rounds)
    read = work.for_judges
    seen = readings(
        {file.id: file.name for file in read},
        original=not blind,
        captions={file.id: file.caption for file in read},
    )
    return render_template(
        "entries/check.html",
        own=own,
        work=work,
        refused=refused,
        blocked=[(each.missing or each.sentence, showing.address(each, slug, key)) for each in blocked],
        only_missing=all(each.missing for each in blocked),
        may_insist=editing and bool(blocked) and not missing(blocked),
        warnings=[
            (each.sentence, showing.address(each, slug, key))
            for each in found_
            if each.verdict == "amber" and not each.missing
        ],
        sections=summaries.sections(work, found_, queries.files_of(work.id), slug, key, editing=editing),
        shown_files=list(seen.values()),
        **_acts(own, edition, editing),
    )


def _whole(address: str) -> str:
    """The address with the name of the house, for letters and codes to scan."""
    base: str = current_app.extensions["settings"].base_url
    return base.rstrip("/") + address
