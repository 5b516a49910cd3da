"""The doors to many dossiers: the queue as filtered, its columns and export, acts on many, the list of ineligible."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.db import session
from award.documents.answers import file_asked, list_asked
from award.doors import deed, found
from award.editions.models import Edition
from award.entries.models import Entry
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.screening import columns, operations, papers, permissions, queries
from award.screening.filters import FINDINGS, ORDERS, STATES, UNLISTED, QueueFilter
from award.screening.models import Screening
from award.screening.showing import queue_lines
from award.screening.views import Answer, blueprint, place, wanted_in
from award.verdicts import require

PAPERS = {"danh-sach": papers.ineligible, "bien-ban": papers.minutes}


def _whole(edition: Edition, wanted: QueueFilter) -> Sequence[tuple[Entry, Screening, int | None]]:
    return session.execute(queries.listed(edition.id, wanted)).tuples().all()


def _here(edition: Edition) -> str:
    """The queue as filtered, at the page that the address of this request carries."""
    wanted = wanted_in(edition).address(Turn.read(request.args).carried)
    return url_for("screening.queue", slug=edition.slug) + wanted


@blueprint.get("/<slug>/kiem-tra")
@sign_in_required
def queue(slug: str) -> Answer:
    edition, by = place(slug)
    around = queries.around(edition.id, signed_in().id)
    wanted = QueueFilter.read(request.args, [public_id for public_id, _name in around.categories])
    shown, whole = columns.chosen(around.columns), partial(_whole, edition, wanted)
    if taken := list_asked(f"tac-pham-{slug}", lambda: papers.received(edition, queue_lines(edition, whole()), shown)):
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
        newsrooms=[*around.newsrooms, (UNLISTED, _("Cơ quan chưa có trong danh sách"))],
        may_approve=bool(permissions.can_approve(by)),
        may_decide=bool(permissions.can_decide_together(by, edition)),
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


@blueprint.post("/<slug>/kiem-tra/du-dieu-kien")
@sign_in_required
def decide_together(slug: str) -> Answer:
    """The chosen dossiers whose rules are all met are eligible; the others are named with what keeps them."""
    edition, by = place(slug)
    require(permissions.can_decide_together(by, edition))
    with deed() as done:
        entries = queries.entries_at(edition.id, request.form.getlist("entry"))
        outcome = operations.decide_all(by=by, edition=edition, entries=entries)
        act = queries.last_act(edition.id, by.person_id) if outcome.done else None
        told = _("Đủ điều kiện: %(n)s hồ sơ.", n=len(outcome.done)) if outcome.done else _("Chưa kết luận hồ sơ nào.")
        left = [_("%(code)s %(why)s", code=code, why=why) for code, why in outcome.left.items()]
        if left:
            told += " " + _("Để lại %(n)s hồ sơ: %(codes)s.", n=len(left), codes="; ".join(left))
        done.after(lambda: flash(told, f"undo:{act.public_id}" if act else "warn"))
        return done(_here(edition))


@blueprint.get("/<slug>/khong-du-dieu-kien")
@sign_in_required
def ineligible(slug: str) -> Answer:
    edition, by = place(slug)
    wanted = replace(queries.REFUSED, order=wanted_in(edition).order)
    refused = partial(queries.not_eligible, edition.id, wanted.order)
    if taken := list_asked(f"khong-du-dieu-kien-{slug}", lambda: papers.refused(edition, refused())):
        return taken
    listed, untold = queries.how_many_refused(edition.id)
    page = queries.page_of(edition.id, wanted, Turn.read(request.args))
    return render_template(
        "screening/ineligible.html",
        page=page,
        authors=queries.authors_of([entry.id for entry, _screening, _place in page.rows]),
        wanted=wanted,
        orders=ORDERS,
        listed=listed,
        untold=untold,
        may_approve=bool(permissions.can_approve(by)),
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
    edition, by = place(slug)
    with deed() as done:
        listed = operations.approve_ineligible(by=by, edition=edition)
        done.after(lambda: flash(_("Đã phê duyệt danh sách: %(n)s tác phẩm.", n=len(listed)), "ok"))
        return done(url_for("screening.ineligible", slug=slug))
