"""The pages of set-up about papers: the bodies that issue them, and each kind of paper."""

from typing import Any

from flask import flash

from award.editions.forms.papers import PaperBodiesForm, PaperKindForm
from award.editions.issuing import KINDS, KindOfPaper
from award.editions.models import Edition
from award.editions.operations.papers import BodySpec, PaperSpec, set_paper_bodies, settle_paper
from award.editions.permissions import Capacity, can_settle_paper, can_settle_papers
from award.editions.queries import paper_bodies, paper_kind, paper_kinds
from award.editions.views.doors import Answer, blueprint
from award.editions.views.sections import Section, page
from award.features import number_remark, suggested_number
from award.people.signin import sign_in_required

_BODY = ("public_id", "name", "parent", "form", "place", "symbol", "authority", "post", "signer", "term_from")


def _stored_bodies(edition: Edition, _thing: object) -> dict[str, Any]:
    return {"bodies": [{name: getattr(body, name) for name in _BODY} for body in paper_bodies(edition.id)]}


def _save_bodies(by: Capacity, edition: Edition, _thing: object, form: PaperBodiesForm) -> None:
    set_paper_bodies(by=by, edition=edition, bodies=[BodySpec(**row.data) for row in form.bodies])


def _stored_kind(edition: Edition, kind: KindOfPaper) -> dict[str, Any]:
    settled = paper_kind(edition.id, kind.code)
    if settled is None:
        return {"symbol": kind.symbol} if "symbol" in kind.asks else {}
    body = settled.body.public_id if settled.body else ""
    return {"body": body} | {name: getattr(settled, name) for name in kind.asks}


def _save_kind(by: Capacity, edition: Edition, kind: KindOfPaper, form: PaperKindForm) -> None:
    body = next((each for each in paper_bodies(edition.id) if each.public_id == form.body.data), None)
    answers: dict[str, Any] = {name: form[name].data for name in kind.asks}
    spec = PaperSpec(body=body, **answers)
    settle_paper(by=by, edition=edition, kind=kind, spec=spec)
    if told := number_remark(edition.id, kind.code) if answers.get("number") else "":
        flash(told, "warn")


def _listed(edition: Edition) -> dict[str, Any]:
    """Every kind of paper with what is settled for it, and whether there is a body to issue any."""
    settled = paper_kinds(edition.id)
    kinds = [(kind, settled.get(code)) for code, kind in KINDS.items()]
    return {"kinds": kinds, "known": bool(paper_bodies(edition.id))}


def _numbering(edition: Edition, kind: KindOfPaper) -> dict[str, Any]:
    """Which number the register would give next, where the kind is numbered on this page."""
    return {"next_number": suggested_number(edition.id, kind.code) if "number" in kind.asks else ""}


BODIES = Section(
    "papers",
    PaperBodiesForm,
    _stored_bodies,
    lambda by, edition, _thing: can_settle_papers(by, edition),
    _save_bodies,
    back="editions.papers",
    beside=_listed,
)
KIND = Section(
    "paper",
    PaperKindForm,
    _stored_kind,
    lambda by, edition, kind: can_settle_paper(by, edition, kind.code),
    _save_kind,
    find=lambda _edition, code: KINDS.get(code),
    back="editions.papers",
    about=_numbering,
)


@blueprint.route("/<slug>/thiet-lap/van-ban", methods=["GET", "POST"])
@sign_in_required
def papers(slug: str) -> Answer:
    return page(BODIES, slug)


@blueprint.route("/<slug>/thiet-lap/van-ban/<kind>", methods=["GET", "POST"])
@sign_in_required
def paper(slug: str, kind: str) -> Answer:
    return page(KIND, slug, kind)
