"""The doors to files that came on a disk: many chosen at once, each sent to the work its name or folder speaks of."""

from flask import render_template, request

from award.intake import kept, permissions
from award.intake.codes import code_of
from award.intake.views import Answer, Place, blueprint, place
from award.newsrooms import brought, placing
from award.newsrooms.finding import SoughtWork
from award.paging import Turn
from award.people.signin import sign_in_required
from award.verdicts import require


def _sought(at: Place, drafts: kept.Drafts) -> list[SoughtWork]:
    """The drafts, each by what its files may be called after."""
    expected = brought.expected([each.work.id for each in drafts.own.rows]) if drafts.own.rows else {}
    prefix = at.edition.code_prefix
    return [
        SoughtWork(
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
    """Where the files belong whose names are asked of."""
    paths = placing.paths_asked()
    at = place(slug)
    require(permissions.can_bring_in(at.by, at.edition))
    return placing.told(paths, _sought(at, _drafts(at)))
