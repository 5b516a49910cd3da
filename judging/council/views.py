"""The doors of the council: proposing prizes and ending."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.documents.answers import file_asked, list_asked
from award.doors import deed, found
from award.editions.calendar import called
from award.editions.clauses import rule
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.entries.queries import entry_for_staff
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, require
from judging.council import operations, papers, permissions, queries
from judging.council.fairness import unequal
from judging.ranking.board import boards
from judging.ranking.queries import rounds

blueprint = Blueprint("council", __name__)

Answer = str | Response | tuple[str, int]
LONGEST_REASON = 500


def _place(slug: str) -> tuple[Edition, Round, Capacity]:
    """The edition, its last round, which is closed, and who comes in."""
    edition = found(edition_by_slug(slug))
    by, last = capacity(signed_in(), edition), queries.last_of(rounds(edition.id))
    require(permissions.can_enter(by, last))
    assert last is not None
    return edition, last, by


def _page(edition: Edition, last: Round, by: Capacity, fault: str = "") -> str:
    handed_down, proposed = queries.handed_down(edition.id), queries.proposals(edition.id)
    shown = boards(last, names=False, reader=by.person_id)
    levels = {entry_id: each.prize_level_id for entry_id, each in proposed.items()}
    return render_template(
        "council/room.html",
        called=called(last),
        boards=shown,
        structure=queries.structure(edition.id, proposed),
        proposals=proposed,
        unequal={entry_id: codes for board in shown for entry_id, codes in unequal(board.lines, levels).items()},
        ties=rule(edition, "tie_rule"),
        recused=queries.recused(last.id),
        handed_down=handed_down,
        may_propose=bool(permissions.can_propose(by, edition, last, handed_down=handed_down)),
        typed=request.form if fault else {},
        fault=fault,
        fault_at=(request.view_args or {}).get("entry_id") if fault else None,
    )


def _session(edition: Edition, last: Round, by: Capacity) -> papers.Session:
    """What the council has before it, as this reader may see it."""
    shown = boards(last, names=False, reader=by.person_id)
    return papers.Session(edition, last, shown, queries.proposals(edition.id))


@blueprint.get("/<slug>/de-nghi-giai")
@sign_in_required
def room(slug: str) -> Answer:
    edition, last, by = _place(slug)
    taken = list_asked(f"de-nghi-giai-{slug}", lambda: papers.listed(_session(edition, last, by)))
    return taken or _page(edition, last, by)


@blueprint.get("/<slug>/de-nghi-giai/bien-ban.<ending>")
@sign_in_required
def minutes(slug: str, ending: str) -> Answer:
    edition, last, by = _place(slug)
    return file_asked(f"bien-ban-{slug}", ending, paper=lambda: papers.minutes(_session(edition, last, by)))


@blueprint.post("/<slug>/de-nghi-giai/<entry_id>")
@sign_in_required
def propose(slug: str, entry_id: str) -> Answer:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    entry, wanted = found(entry_for_staff(edition.id, entry_id)), request.form.get("level", "")
    level = found(_level(edition, wanted)) if wanted else None
    try:
        with deed() as done:
            if level is None:
                operations.withdraw(by=by, edition=edition, entry=entry)
            else:
                reason = request.form.get("reason", "")[:LONGEST_REASON]
                operations.propose(by=by, edition=edition, entry=entry, level=level, reason=reason)
            return done(url_for("council.room", slug=slug, _anchor=entry_id))
    except Refused as refused:
        return _page(edition, last, by, refused.verdict.sentence), 422


def _level(edition: Edition, public_id: str) -> PrizeLevel | None:
    return next((level for level in edition.prize_levels if level.public_id == public_id), None)


@blueprint.get("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
def ending(slug: str) -> Answer:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    return render_template("council/ending.html", structure=queries.structure(edition.id))


@blueprint.post("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
def hand_down(slug: str) -> Answer:
    edition, last, by = _place(slug)
    try:
        with deed() as done:
            operations.hand_down(by=by, edition=edition)
            done.after(lambda: flash(_("Đã chuyển đề nghị giải đến Ban Tổ chức Giải."), "ok"))
            return done(url_for("council.room", slug=slug))
    except Refused as refused:
        if not permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)):
            raise
        return _page(edition, last, by, refused.verdict.sentence), 422
