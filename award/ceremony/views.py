"""The doors of the ceremony's desk: the list as it is called, and the paper to sign."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.ceremony import forms, operations, papers, permissions, queries
from award.documents.answers import file_asked, list_asked
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import capacity, edition_by_slug
from award.people.signin import sign_in_required, signed_in
from award.results.models import Decision
from award.results.queries import decision
from award.verdicts import Refused, require

blueprint = Blueprint("ceremony", __name__)

Answer = str | BaseResponse | tuple[str, int]
LEFT: Mapping[str, Callable[[queries.Line], bool]] = {
    "chua-den": lambda line: line.here is None,
    "chua-ky": lambda line: line.signed_at is None,
}
"""What the list is narrowed to, by the word in the address."""


def _place(slug: str) -> tuple[Edition, Capacity, Decision | None]:
    edition = found(edition_by_slug(slug))
    by, decided = capacity(signed_in(), edition), decision(edition.id)
    require(permissions.can_read(by, decided))
    return edition, by, decided


def _desk(edition: Edition, by: Capacity, decided: Decision | None, fault: str = "") -> str:
    """The certificates turn by turn; after a refusal with what was typed.

    A line that somebody else wrote meanwhile is shown as it stands now: what was typed beside it was said of another.
    """
    turns, asked = queries.turns(edition), request.args.get("con", "")
    wanted = LEFT.get(asked)
    every = [line for turn in turns for line in turn.lines]
    versions = {line.code: line.version for line in every}
    return render_template(
        "ceremony/desk.html",
        turns=[(turn, [line for line in turn.lines if wanted is None or wanted(line)]) for turn in turns],
        asked=asked if asked in LEFT else "",
        counts={"": len(every), **{word: sum(map(left, every)) for word, left in LEFT.items()}},
        here=sum(bool(line.here) for line in every),
        signed=sum(line.signed_at is not None for line in every),
        typed={each.code: each for each in forms.read(request.form) if each.version == versions.get(each.code)},
        may_record=bool(permissions.can_record(by, decided)),
        fault=fault,
    )


@blueprint.get("/<slug>/le-trao-giai")
@sign_in_required
def desk(slug: str) -> Answer:
    edition, by, decided = _place(slug)
    return list_asked(f"le-trao-giai-{slug}", lambda: papers.listed(edition)) or _desk(edition, by, decided)


@blueprint.get("/<slug>/le-trao-giai/ky-nhan.<ending>")
@sign_in_required
def paper(slug: str, ending: str) -> Response:
    edition, _by, _decided = _place(slug)
    return file_asked(f"ky-nhan-{slug}", ending, paper=lambda: papers.signing_list(edition))


@blueprint.post("/<slug>/le-trao-giai")
@sign_in_required
def note(slug: str) -> Answer:
    edition, by, decided = _place(slug)
    require(permissions.can_record(by, decided))
    try:
        with deed() as done:
            count = operations.note(by=by, edition=edition, noted=forms.read(request.form))
            done.after(lambda: flash(_("Đã ghi %(n)s dòng.", n=count), "ok"))
            return done(url_for("ceremony.desk", slug=slug, con=request.args.get("con") or None))
    except Refused as refused:
        return _desk(edition, by, decided, refused.verdict.sentence), 422
