"""The doors to files that came on a disk: many chosen at once, each sent to the work its name or folder speaks of."""

from flask import abort, jsonify, render_template, request

from award.intake import finding, kept, permissions
from award.intake.codes import code_of
from award.intake.views import Answer, Place, blueprint, place
from award.newsrooms import brought
from award.paging import Turn
from award.people.signin import sign_in_required
from award.verdicts import require

MOST_PATHS = 5000
"""So many names are asked for at once: more than a disk of a season holds."""


def _known(at: Place, drafts: kept.Drafts) -> list[finding.Known]:
    """The drafts, each by what its files may be called after."""
    expected = brought.expected([each.work.id for each in drafts.own.rows]) if drafts.own.rows else {}
    prefix = at.edition.code_prefix
    return [
        finding.Known(
            each.work,
            tuple(code_of(prefix, number) for number in each.alone_in),
            tuple(expected.get(each.work.id, ())),
        )
        for each in drafts.own.rows
    ]


def _drafts(at: Place) -> kept.Drafts:
    assert at.by.person_id is not None
    return kept.drafts(at.edition.id, at.by.person_id, Turn.read(request.args))


@blueprint.get("/<slug>/tiep-nhan/tep")
@sign_in_required
def disk_files(slug: str) -> Answer:
    at = place(slug)
    drafts = _drafts(at)
    works = [each.work for each in drafts.own.rows]
    return render_template(
        "intake/disk.html",
        works=works,
        rows=brought.files_of([each.id for each in works]) if works else {},
        page=drafts.own,
        turn=Turn.read(request.args).carried,
        elsewhere=drafts.others,
        may_bring_in=permissions.can_bring_in(at.by, at.edition),
    )


@blueprint.post("/<slug>/tiep-nhan/tep")
@sign_in_required
def place_files(slug: str) -> Answer:
    """JSON {names} → {places: of each name in turn the id of its place on the page the address means, or null}.

    In turn, and not by name: a name is composed on its way in, the browser may have it in pieces.
    """
    names = (request.get_json() if request.is_json else {}).get("names")
    if not isinstance(names, list) or len(names) > MOST_PATHS or not all(isinstance(each, str) for each in names):
        abort(400)
    at = place(slug)
    require(permissions.can_bring_in(at.by, at.edition))
    paths = [name[:1000] for name in names]
    found = finding.placed(paths, _known(at, _drafts(at)))
    spots = [found[path] for path in paths]
    return jsonify(places=[spot and f"{spot.work}-{spot.place.replace('.', '-')}" for spot in spots])
