"""The doors of the council: proposing prizes and ending."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.doors import deed, found
from award.editions.models import Edition, PrizeLevel
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.entries.queries import entry_for_staff
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.council import operations, permissions, queries
from judging.ranking.board import boards

blueprint = Blueprint("council", __name__)

Answer = str | Response | tuple[str, int]


def _place(slug: str) -> tuple[Edition, Capacity]:
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    require(permissions.can_enter(by, queries.last_round(edition.id)))
    return edition, by


def _page(edition: Edition, by: Capacity, fault: str = "") -> str:
    last = queries.last_round(edition.id)
    assert last is not None
    handed_down = queries.handed_down(edition.id)
    return render_template(
        "council/room.html",
        round=last,
        boards=boards(last, names=False),
        structure=queries.structure(edition.id),
        proposals=queries.proposals(edition.id),
        recused=queries.recused(last.id),
        handed_down=handed_down,
        may_propose=bool(permissions.can_propose(by, edition, last, handed_down=handed_down)),
        fault=fault,
    )


@blueprint.get("/<slug>/de-nghi-giai")
@sign_in_required
def room(slug: str) -> Answer:
    edition, by = _place(slug)
    return _page(edition, by)


@blueprint.post("/<slug>/de-nghi-giai/<entry_id>")
@sign_in_required
def propose(slug: str, entry_id: str) -> Answer:
    edition, by = _place(slug)
    entry = found(entry_for_staff(edition.id, entry_id))
    level = _level(edition)
    try:
        with deed() as done:
            if level is None:
                operations.withdraw(by=by, edition=edition, proposal=found(queries.proposals(edition.id).get(entry.id)))
            else:
                reason = request.form.get("reason", "").strip()
                operations.propose(by=by, edition=edition, entry=entry, level=level, reason=reason)
            return done(url_for("council.room", slug=slug, _anchor=entry_id))
    except Refused as refused:
        return _page(edition, by, refused.verdict.sentence), 422


def _level(edition: Edition) -> PrizeLevel | None:
    wanted = request.form.get("level", "")
    return next((level for level in edition.prize_levels if level.public_id == wanted), None)


@blueprint.get("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
def ending(slug: str) -> Answer:
    edition, _by = _place(slug)
    return render_template("council/ending.html", structure=queries.structure(edition.id))


@blueprint.post("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
def hand_down(slug: str) -> Answer:
    edition, by = _place(slug)
    with deed() as done:
        operations.hand_down(by=by, edition=edition)
        done.after(lambda: flash(_("Đã chuyển đề nghị giải đến Ban Tổ chức Giải."), "ok"))
        return done(url_for("council.room", slug=slug))
