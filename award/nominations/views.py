"""The doors of the national list: choosing, ordering, the dossier and its download."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award import house_key
from award.clock import now
from award.dates import local
from award.documents.answers import drawn_asked, file_asked, list_asked
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.models import Edition, NationalEdition
from award.editions.permissions import Capacity
from award.editions.queries import national_edition
from award.entries.queries import edition_with_clauses, entry_for_staff, own_entry
from award.files.store import storage
from award.issued.register import remark
from award.nominations import (
    agreeing,
    dossiers,
    news,
    operations,
    papers,
    papers_sending,
    permissions,
    queries,
)
from award.nominations.board import board
from award.nominations.bundle import ZIP
from award.nominations.forms import DossierForm, NewsForm
from award.nominations.models import Dossier
from award.paging import Turn
from award.people.signin import sign_in_required, signed_in
from award.typed import line
from award.verdicts import Refused, require
from uploads import serve

blueprint = Blueprint("nominations", __name__)

Answer = str | Response | tuple[str, int]
PAPERS = {"cong-van": papers.letter, "danh-sach": papers.national_list, "giao-nhan": papers_sending.handover}


def place(slug: str) -> tuple[Edition, Capacity]:
    """With its clauses: whether the edition asks for a consent to sending works on is one of them."""
    return entered(slug, permissions.can_read, edition_with_clauses)


def _list(edition: Edition, by: Capacity, form: DossierForm, fault: str = "", typed: str = "") -> str:
    """`fault` is said of the work `typed` when that is named, of the whole page otherwise."""
    shown = board(edition, by, Turn.read(request.args))
    return render_template("nominations/list.html", **shown, form=form, fault=fault, typed=typed)


@blueprint.get(house_key.ADDRESS)
def key() -> Answer:
    """For everybody: the key that dossiers and receipts of this house are signed with, as it lies in each of them."""
    shown = house_key.public(house_key.own())
    headers = {"Cache-Control": "public, max-age=3600"}
    return Response(shown.pem, content_type="application/x-pem-file", headers=headers)


@blueprint.get("/<slug>/gui-trung-uong", endpoint="list")
@sign_in_required
def national_list(slug: str) -> Answer:
    edition, by = place(slug)
    taken = list_asked(f"gui-trung-uong-{slug}", lambda: papers.chosen(edition, _chosen(edition)))
    return taken or _list(edition, by, DossierForm(None))


def _chosen(edition: Edition) -> list[queries.Chosen]:
    going = queries.going(edition.id)
    return queries.chosen(edition.id, going.judged, going.national)


@blueprint.get("/<slug>/gui-trung-uong/van-ban/<kind>.<ending>")
@sign_in_required
def paper(slug: str, kind: str, ending: str) -> Answer:
    """The letter bears the number that was last given for a dossier."""
    edition, by = place(slug)
    national, write = national_edition(edition.id), found(PAPERS.get(kind))
    require(permissions.can_take_papers(by, national, queries.count_chosen(edition.id)))
    assert national is not None
    last = next(iter(dossiers.dossiers(edition.id)), None)
    return file_asked(f"{kind}-gui-du-{slug}", ending, paper=lambda: write(sending(edition, national, last)))


def sending(edition: Edition, national: NationalEdition, last: Dossier | None) -> papers.Sending:
    """The works as they are chosen now, with the letter of this dossier."""
    works = [each.work for each in _chosen(edition)]
    if last is None:
        return papers.Sending(edition, national, works)
    return papers.Sending(edition, national, works, last.letter_number, last.letter_day, last.resolution)


@blueprint.post("/<slug>/gui-trung-uong/chon/<entry_id>")
@sign_in_required
def choose(slug: str, entry_id: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_choose(by, national_edition(edition.id)))
    entry = found(entry_for_staff(edition.id, entry_id))
    try:
        with deed() as done:
            reason = line("reason", 500)
            operations.choose(by=by, edition=edition, entry=entry, reason=reason)
            turned: dict[str, Any] = dict(Turn.read(request.args).carried)
            return done(url_for("nominations.list", slug=slug, _anchor=entry_id, **turned))
    except Refused as refused:
        return _list(edition, by, DossierForm(None), refused.verdict.sentence, entry_id), 422


@blueprint.route("/<slug>/tac-pham/<entry_id>/gui-trung-uong", methods=["GET", "POST"])
@sign_in_required
def agree(slug: str, entry_id: str) -> Answer:
    """Whose work it is says whether it may go on to the national award; not there where the edition does not ask."""
    edition = found(edition_with_clauses(slug))
    entry, asked = found(own_entry(signed_in().id, edition.id, entry_id)), queries.forwarding_asked(edition.id)
    allowed = permissions.can_agree(edition, entry, asked, sent=queries.sent_on(entry.id))
    if request.method == "GET":
        found(asked if entry.state == "submitted" else None)
        agreed = agreeing.agreed_to(entry, asked)
        return render_template("nominations/agree.html", work=entry, asked=asked, agreed=agreed, allowed=allowed)
    require(allowed)
    with deed() as done:
        agreed = request.form.get("agreed") == "y"
        agreeing.settle(person=signed_in(), edition=edition, entry=entry, agreed=agreed)
        done.after(lambda: flash(_("Đã ghi đồng ý gửi dự.") if agreed else _("Đã ghi không đồng ý gửi dự."), "ok"))
        return done(url_for("nominations.agree", slug=slug, entry_id=entry_id))


@blueprint.post("/<slug>/gui-trung-uong/bo/<nomination_id>")
@sign_in_required
def drop(slug: str, nomination_id: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_choose(by, national_edition(edition.id)))
    with deed() as done:
        operations.drop(by=by, edition=edition, nomination=found(queries.nomination(edition.id, nomination_id)))
        return done(url_for("nominations.list", slug=slug, _anchor="danh-sach"))


@blueprint.post("/<slug>/gui-trung-uong/thu-tu/<nomination_id>")
@sign_in_required
def move(slug: str, nomination_id: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_choose(by, national_edition(edition.id)))
    with deed() as done:
        moved = found(queries.nomination(edition.id, nomination_id))
        operations.move(by=by, edition=edition, nomination=moved, up=request.form.get("to") == "up")
        return done(url_for("nominations.list", slug=slug, _anchor="danh-sach"))


@blueprint.route("/<slug>/gui-trung-uong/tin", methods=["GET", "POST"], endpoint="news")
@sign_in_required
def told_there(slug: str) -> Answer:
    """What became of the works at the national award."""
    edition, by = place(slug)
    form, picked = NewsForm(request.form if request.method == "POST" else None), request.form.getlist("work")
    if request.method == "GET":
        return _news(edition, by, form, picked)
    require(permissions.can_tell_news(by))
    if not form.validate():
        return _news(edition, by, form, picked), 422
    try:
        with deed() as done:
            assert form.known_on.data is not None
            typed = {name: form[name].data or "" for name in ("state", "prize", "source")}
            today = local(now()).date()
            n = news.tell(by=by, edition=edition, keys=picked, known_on=form.known_on.data, today=today, **typed)
            done.after(lambda: flash(_("Đã ghi kết quả của %(n)s tác phẩm.", n=n), "ok"))
            return done(url_for("nominations.news", slug=slug))
    except Refused as refused:
        return _news(edition, by, form, picked, refused.verdict.sentence), 422


def _news(edition: Edition, by: Capacity, form: NewsForm, picked: list[str], fault: str = "") -> str:
    listed = _chosen(edition)
    return render_template(
        "nominations/news.html",
        listed=listed,
        told=news.histories([each.nomination.id for each in listed]),
        words=news.WORDS,
        may_tell=permissions.can_tell_news(by),
        form=form,
        picked=picked,
        fault=fault,
    )


@blueprint.post("/<slug>/gui-trung-uong/ho-so")
@sign_in_required
def ask(slug: str) -> Answer:
    edition, by = place(slug)
    require(permissions.can_build(by, national_edition(edition.id), queries.count_chosen(edition.id)))
    form = DossierForm()
    if not form.validate():
        return _list(edition, by, form), 422
    with deed() as done:
        asked = operations.ask_dossier(by=by, edition=edition, **form.told)
        done.after(lambda: flash(_("Đang lập hồ sơ gửi dự."), "info"))
        told = remark(edition.id, "letter", queries.letter_numbers(edition.award_id)) if form.number.data else ""
        if told:
            done.after(lambda: flash(told, "warn"))
        return done(url_for("nominations.dossier", slug=slug, dossier_id=asked.public_id))


@blueprint.get("/<slug>/gui-trung-uong/ho-so/<dossier_id>")
@sign_in_required
def dossier(slug: str, dossier_id: str) -> Answer:
    edition, by = place(slug)
    shown = found(dossiers.dossier(edition.id, dossier_id))
    return render_template(
        "nominations/dossier.html",
        dossier=shown,
        may_download=bool(permissions.can_download(by, shown)),
        fingerprint=house_key.grouped(shown.fingerprint or ""),
        commands=(house_key.CHECK_SUMS, house_key.CHECK_SIGNATURE),
    )


@blueprint.get("/<slug>/gui-trung-uong/ho-so/<dossier_id>/trang-thai")
@sign_in_required
def status(slug: str, dossier_id: str) -> Answer:
    edition, _by = place(slug)
    return jsonify(state=found(dossiers.dossier(edition.id, dossier_id)).state)


@blueprint.get("/<slug>/gui-trung-uong/ho-so/<dossier_id>/tep")
@sign_in_required
def download(slug: str, dossier_id: str) -> Answer:
    edition, by = place(slug)
    built = found(dossiers.dossier(edition.id, dossier_id))
    require(permissions.can_download(by, built))
    kind = "goi-tac-pham" if built.whole else "ho-so-gui-du"
    name = f"{kind}-{edition.slug}-{local(built.created_at):%Y%m%d-%H%M}.zip"
    return redirect(serve.address(storage(), built.key, mime=ZIP, name=name, verified=True, download=True))


@blueprint.get("/<slug>/gui-trung-uong/ho-so/<dossier_id>/<kind>.pdf")
@sign_in_required
def printed(slug: str, dossier_id: str, kind: str) -> Answer:
    """Labels for the sticks it is copied to, or everything that is printed with it."""
    edition, by = place(slug)
    built, national = found(dossiers.dossier(edition.id, dossier_id)), found(national_edition(edition.id))
    found(None if built.whole else built)
    require(permissions.can_download(by, built))
    sent, sticks = sending(edition, national, built), request.args.get("usb", "1")
    number = int(sticks) if sticks.isdecimal() and len(sticks) < 4 else 1
    if kind == "nhan-usb":
        return drawn_asked(f"{kind}-{slug}", lambda: papers_sending.labels(sent, built, number))
    found(kind if kind == "bo-in" else None)
    return drawn_asked(f"{kind}-{slug}", lambda: papers_sending.print_set(sent))
