"""The doors of the council: proposing prizes and ending."""

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions.calendar import called
from award.editions.clauses import rule
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.editions.prizes import is_for, may_hold_both
from award.editions.queries import capacity
from award.entries.models import Entry
from award.entries.outlets import newsroom_names
from award.entries.queries import edition_with_clauses, entry_for_staff
from award.features import installed
from award.people.freshness import step_up
from award.people.signin import sign_in_required, signed_in
from award.typed import line
from award.verdicts import Refused, require
from judging.council import operations, papers, permissions, queries, rooms
from judging.council.fairness import unequal
from judging.ranking.boards import boards
from judging.ranking.queries import rounds

blueprint = Blueprint("council", __name__)

Answer = str | Response | tuple[str, int]
LONGEST_REASON = 500


def _place(slug: str) -> tuple[Edition, Round, Capacity]:
    """The edition, its last round, which is closed, and who comes in."""
    edition = found(edition_with_clauses(slug))
    by, last = capacity(signed_in(), edition), queries.last_of(rounds(edition.id))
    require(permissions.can_enter(by, last))
    assert last is not None
    return edition, last, by


def _page(edition: Edition, last: Round, by: Capacity, fault: str = "") -> str:
    before = queries.before_council(edition.id)
    stories, recused = queries.stories_and_recused(edition.id, last.id)
    shown, asked = boards(last, names=False, reader=by.person_id), request.args.get("loai", "")
    main = {entry: each.prize_level_id for (entry, kind), each in before.proposals.items() if kind == "main"}
    return render_template(
        "council/room.html",
        called=called(last),
        boards=shown,
        asked=asked,
        categories=rooms.categories(shown),
        structure=queries.structure(before.levels, before.proposals.values(), before.honours, rooms.category_of(shown)),
        proposals=rooms.by_entry(before.proposals),
        honours=before.honours,
        titles={line.entry_id: line.title for board in shown for line in board.lines},
        themed=any(level.kind == "thematic" for level in before.levels),
        both=may_hold_both(edition),
        is_for=is_for,
        unequal={entry: codes for board in shown for entry, codes in unequal(board.lines, main).items()},
        stories=rooms.codes_of(stories, shown),
        ties=rule(edition, "tie_rule"),
        recused=recused,
        handed_down=before.ended,
        may_propose=bool(permissions.can_propose(by, edition, last, handed_down=before.ended)),
        typed=request.form if fault else {},
        fault=fault,
        fault_at=(request.view_args or {}).get("entry_id") if fault else None,
    )


@blueprint.get("/<slug>/de-nghi-giai")
@sign_in_required
def room(slug: str) -> Answer:
    edition, last, by = _place(slug)
    only = request.args.get("loai", "")
    taken = list_asked(
        f"de-nghi-giai-{slug}", lambda: papers.listed(papers.session_of(edition, last, by.person_id, only))
    )
    return taken or _page(edition, last, by)


@blueprint.get("/<slug>/de-nghi-giai/co-cau")
@sign_in_required
def structure(slug: str) -> Answer:
    """The prizes with what is left of them, for pages that are open while others propose; 304 while nothing changed."""
    edition, _last, _by = _place(slug)
    handed_down = queries.handed_down(edition.id)
    shown = render_template(
        "council/structure.html", structure=queries.structure_of(edition.id), handed_down=handed_down
    )
    response = make_response(shown)
    response.add_etag()
    return response.make_conditional(request)


@blueprint.post("/<slug>/de-nghi-giai/<entry_id>")
@sign_in_required
def propose(slug: str, entry_id: str) -> Answer:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    entry = found(entry_for_staff(edition.id, entry_id))
    wanted = {kind: _level(edition, request.form.get(field, "")) for kind, field in _fields(edition).items()}
    try:
        with deed() as done:
            for kind, level in wanted.items():
                _propose(by, edition, entry, kind, level)
            return done(url_for("council.room", slug=slug, loai=request.args.get("loai"), _anchor=entry_id))
    except Refused as refused:
        return _page(edition, last, by, refused.verdict.sentence), 422


def _fields(edition: Edition) -> dict[str | None, str]:
    """Kind of prize → the field that asks for it. Where a work holds one prize of whatever kind, one field asks."""
    return {"main": "level", "thematic": "thematic"} if may_hold_both(edition) else {None: "level"}


def _level(edition: Edition, public_id: str) -> PrizeLevel | None:
    """The level asked for; none is asked for by an empty word, and an unknown one is 404."""
    if not public_id:
        return None
    return found(next((level for level in edition.prize_levels if level.public_id == public_id), None))


def _propose(by: Capacity, edition: Edition, entry: Entry, kind: str | None, level: PrizeLevel | None) -> None:
    reason = line("reason", LONGEST_REASON)
    if level is None:
        operations.withdraw(by=by, edition=edition, entry=entry, kind=kind, reason=reason)
        return
    theme = line("theme", LONGEST_REASON)
    operations.propose(by=by, edition=edition, entry=entry, level=level, reason=reason, theme=theme)


def _honouring(slug: str, level_id: str) -> tuple[Edition, Round, Capacity, PrizeLevel]:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    return edition, last, by, found(_level(edition, level_id))


def _honour_page(last: Round, by: Capacity, level: PrizeLevel, fault: str = "") -> str:
    return render_template(
        "council/honour.html",
        level=level,
        newsrooms=newsroom_names() if level.kind == "collective" else [],
        works=rooms.choices(boards(last, names=False, reader=by.person_id)) if level.kind == "person" else [],
        typed=request.form if fault else {},
        fault=fault,
    )


@blueprint.get("/<slug>/de-nghi-giai/khen/<level_id>")
@sign_in_required
def honour(slug: str, level_id: str) -> Answer:
    _edition, last, by, level = _honouring(slug, level_id)
    return _honour_page(last, by, level)


@blueprint.post("/<slug>/de-nghi-giai/khen/<level_id>")
@sign_in_required
def propose_honour(slug: str, level_id: str) -> Answer:
    edition, last, by, level = _honouring(slug, level_id)
    work = request.form.get("work", "")
    entry = found(entry_for_staff(edition.id, work)) if work else None
    words = {name: line(name, LONGEST_REASON) for name in ("recipient", "reason")}
    try:
        with deed() as done:
            operations.propose_honour(by=by, edition=edition, level=level, entry=entry, **words)
            return done(url_for("council.room", slug=slug, _anchor=f"khen-{level_id}"))
    except Refused as refused:
        return _honour_page(last, by, level, refused.verdict.sentence), 422


@blueprint.post("/<slug>/de-nghi-giai/khen/<honour_id>/bo")
@sign_in_required
def withdraw_honour(slug: str, honour_id: str) -> Answer:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    with deed() as done:
        proposal = found(queries.honour(edition.id, honour_id))
        operations.withdraw_honour(by=by, edition=edition, proposal=proposal)
        return done(url_for("council.room", slug=slug, _anchor="co-cau"))


@blueprint.get("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
def ending(slug: str) -> Answer:
    edition, last, by = _place(slug)
    require(permissions.can_propose(by, edition, last, handed_down=queries.handed_down(edition.id)))
    asked = (room.beside_votes for room in installed() if room.beside_votes is not None)
    beside = [words for told in asked for words in told(edition.id)]
    return render_template("council/ending.html", structure=queries.structure_of(edition.id), beside=beside)


@blueprint.post("/<slug>/de-nghi-giai/ket-thuc")
@sign_in_required
@step_up
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
