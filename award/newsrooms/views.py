"""The doors of a newsroom's desk: its works, attesting them, who works there; and the survey of the secretariat."""

from collections.abc import Callable, Sequence
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.clock import now
from award.documents.answers import list_asked
from award.doors import deed, found
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries.dossiers import Dossier
from award.entries.queries import edition_with_clauses
from award.links import web_address
from award.newsrooms import letters, lists, operations, queries, showing, surveyed
from award.newsrooms.attested import facts_hash
from award.newsrooms.forms import RefusalForm
from award.newsrooms.permissions import (
    Standing,
    can_attest,
    can_choose,
    can_invite,
    can_print,
    can_remind,
    can_see_desk,
    can_survey,
    can_take_over,
)
from award.newsrooms.queries import Organ, Work, name_in
from award.paging import Turn, cut
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Verdict, require

blueprint = Blueprint("newsrooms", __name__)

Answer = str | BaseResponse | tuple[str, int]


def edition_at(slug: str) -> Edition:
    """The edition at this address; 404 while it is being set up."""
    edition = found(edition_with_clauses(slug))
    return found(None if edition.state == "draft" else edition)


def desk_at(slug: str, newsroom_id: str) -> tuple[Edition, Organ, Standing]:
    """The desk of a newsroom for who may see it; to everybody else it does not exist."""
    edition = edition_at(slug)
    person = signed_in()
    organ, roles = found(queries.at_desk(newsroom_id, person.id))
    standing = Standing(capacity(person, edition), roles)
    found(can_see_desk(standing) or None)
    return edition, organ, standing


@blueprint.get("/<slug>/toa-soan")
@sign_in_required
def home(slug: str) -> Answer:
    """Who speaks for one newsroom stands before its desk; the staff surveys all of them."""
    edition = edition_at(slug)
    by = capacity(signed_in(), edition)
    if not can_survey(by):
        ours = queries.spoken_for(signed_in().id)
        if len(ours) == 1:
            return redirect(url_for("newsrooms.works", slug=slug, newsroom_id=ours[0].public_id))
        require(can_survey(by)) if not ours else None
        return render_template("newsrooms/choose.html", ours=[(each, name_in(each, edition)) for each in ours])
    shown = showing.survey(edition)
    if taken := list_asked(f"co-quan-{slug}", lambda: lists.survey(edition, shown)):
        return taken
    unsaid = surveyed.unsaid_in([each.line for each in shown])
    return render_template(
        "newsrooms/survey.html",
        page=cut(shown, Turn.read(request.args), lambda each: each.key),
        may_remind=can_remind(by, edition),
        unsaid=unsaid,
        silent=len(unsaid.keys() - queries.addresses(unsaid).keys()),
    )


@blueprint.post("/<slug>/toa-soan/nhac")
@sign_in_required
def remind(slug: str) -> Answer:
    edition = edition_at(slug)
    require(can_remind(capacity(signed_in(), edition), edition))
    with deed() as done:
        told, silent = operations.remind(by_id=signed_in().id, edition=edition, letter=letters.remind)
        done.after(lambda: flash(showing.reminded(told, silent), "ok"))
        return done(url_for("newsrooms.home", slug=slug))


@blueprint.get("/<slug>/toa-soan/<newsroom_id>")
@sign_in_required
def works(slug: str, newsroom_id: str) -> Answer:
    edition, organ, standing = desk_at(slug, newsroom_id)
    wanted = request.args.get("xem", "")
    state = showing.STATE_OF.get(wanted, "")
    ours = partial(queries.works, edition.id, organ.family, wanted=state)
    if taken := list_asked(f"tac-pham-{slug}-{newsroom_id}", lambda: lists.works(edition, organ, ours(limit=None))):
        return taken
    listed = ours(before=request.args.get("truoc", ""))
    tally = queries.tally(edition.id, organ.family, signed_in().id)
    waiting = tally.counts.get("waiting", 0)
    on_paper = queries.on_scans(edition.id, organ.family) if waiting else frozenset()
    return render_template(
        "newsrooms/works.html",
        counts=tally.counts,
        left=queries.left_to_say(edition.id, organ.family, waiting, on_paper),
        wanted=wanted,
        me=signed_in().id,
        naming_files=standing.speaks and tally.names_files,
        address=addresses(edition, standing),
        speaks=standing.speaks,
        **showing.page_of_works(edition, organ, listed, on_paper),
        **_may(standing, edition),
    )


def addresses(edition: Edition, standing: Standing) -> Callable[[Dossier], str]:
    """Where the works of the page are opened by who looks at it."""
    return partial(showing.address, edition=edition, person_id=signed_in().id, staff=bool(can_survey(standing.by)))


def _may(standing: Standing, edition: Edition) -> dict[str, Verdict]:
    """What this person may do at the newsroom's desk."""
    return {
        "may_attest": can_attest(standing, edition, now()),
        "may_invite": can_invite(standing, edition),
        "may_print": can_print(standing, edition),
        "may_choose": can_choose(standing, edition),
        "may_take_over": can_take_over(standing, edition),
    }


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/<entry_id>/nhan")
@sign_in_required
def take_over(slug: str, newsroom_id: str, entry_id: str) -> Answer:
    """A work goes on in other hands, since who entered it has left."""
    edition, organ, standing = desk_at(slug, newsroom_id)
    require(can_take_over(standing, edition))
    with deed() as done:
        operations.take_over(standing=standing, edition=edition, organ=organ, key=entry_id)
        done.after(lambda: flash(_("Từ nay hồ sơ này do người vừa nhận khai tiếp."), "ok"))
        return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id))


def _asked(edition: Edition, organ: Organ) -> Sequence[Work]:
    """The works that were picked, or all that nothing has been said of and that are on no signed scan."""
    picked = request.args.getlist("chon") if request.method == "GET" else []
    waiting = queries.works(edition.id, organ.family, limit=None)
    open_ = [each for each in waiting if each.state in {"waiting", "refused"}]
    if picked:
        return [each for each in open_ if each.read.key in picked]
    signed = queries.on_scans(edition.id, organ.family)
    return [each for each in open_ if each.state == "waiting" and each.read.id not in signed]


@blueprint.get("/<slug>/toa-soan/<newsroom_id>/xac-nhan")
@sign_in_required
def attesting(slug: str, newsroom_id: str) -> Answer:
    """What is about to be attested, work by work, before the one act."""
    edition, organ, standing = desk_at(slug, newsroom_id)
    require(can_attest(standing, edition, now()))
    asked = _asked(edition, organ)
    return render_template(
        "newsrooms/attesting.html",
        organ=organ,
        name=name_in(organ.newsroom, edition),
        rows=[(each, facts_hash(each.read)) for each in reversed(asked)],
        authors=showing.authors,
        address=addresses(edition, standing),
        web_address=web_address,
        drafts=queries.counts(edition.id, organ.family).get("draft", 0),
    )


@blueprint.post("/<slug>/toa-soan/<newsroom_id>/xac-nhan")
@sign_in_required
def attest(slug: str, newsroom_id: str) -> Answer:
    edition, organ, standing = desk_at(slug, newsroom_id)
    require(can_attest(standing, edition, now()))
    shown = dict(pair.split(".", 1) for pair in request.form.getlist("work") if "." in pair)
    if not shown:
        return redirect(url_for("newsrooms.attesting", slug=slug, newsroom_id=newsroom_id), code=303)
    with deed() as done:
        outcome = operations.attest(standing=standing, edition=edition, organ=organ, shown=shown)
        done.after(lambda: flash(showing.attested(outcome), "ok" if not outcome.left else "warn"))
        return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id))


@blueprint.route("/<slug>/toa-soan/<newsroom_id>/<entry_id>/khong-xac-nhan", methods=["GET", "POST"])
@sign_in_required
def refuse(slug: str, newsroom_id: str, entry_id: str) -> Answer:
    edition, organ, standing = desk_at(slug, newsroom_id)
    require(can_attest(standing, edition, now()))
    work = found(queries.work(edition.id, organ.family, entry_id))
    form = RefusalForm(request.form if request.method == "POST" else None)
    if request.method == "GET" or not form.validate():
        page = render_template("newsrooms/refusing.html", organ=organ, work=work, form=form)
        return page, 422 if request.method == "POST" else 200
    with deed() as done:
        reason = form.reason.data
        entry = operations.refuse(standing=standing, edition=edition, organ=organ, key=entry_id, reason=reason)
        letters.tell_owner(edition, organ.newsroom, entry, operations.owner(entry), reason)
        done.after(lambda: flash(_("Đã ghi nhận: không xác nhận hồ sơ %(code)s.", code=entry.code), "ok"))
        return done(url_for("newsrooms.works", slug=slug, newsroom_id=newsroom_id))
