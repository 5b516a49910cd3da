"""The doors of archives: asking for one, seeing how far it is, taking it along."""

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from award import house_key
from award.archive import operations, permissions, queries
from award.archive.forms import AUDIENCES, STATES, WORKS, ArchiveForm
from award.clock import now
from award.dates import local
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.store import storage
from award.nominations.bundle import ZIP
from award.people.signin import sign_in_required
from award.results.queries import is_public
from award.verdicts import Refused, require
from uploads import serve

blueprint = Blueprint("archive", __name__)

Answer = str | Response | tuple[str, int]
_SHOWN = {"audiences": AUDIENCES, "works": WORKS, "states": STATES}


def _place(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_read)


@blueprint.route("/<slug>/luu-tru", methods=["GET", "POST"], endpoint="list")
@sign_in_required
def archives(slug: str) -> Answer:
    edition, by = _place(slug)
    form = ArchiveForm(request.form if request.method == "POST" else None)
    if request.method == "GET":
        return _list(edition, by, form)
    require(permissions.can_make(by, public=is_public(edition, now())))
    if not form.validate():
        return _list(edition, by, form), 422
    try:
        with deed() as done:
            asked = operations.ask(by=by, edition=edition, **{name: str(form[name].data or "") for name in _ASKED})
            done.after(lambda: flash(_("Đang lập bản lưu trữ."), "info"))
            return done(url_for("archive.one", slug=slug, archive_id=asked.public_id))
    except Refused as refused:
        if refused.verdict.code not in _ASKED:
            raise
        form[refused.verdict.code].errors = [refused.verdict.sentence]
        return _list(edition, by, form), 422


_ASKED = ("audience", "works", "licence")


def _list(edition: Edition, by: Capacity, form: ArchiveForm) -> str:
    may_make = permissions.can_make(by, public=is_public(edition, now()))
    archives = queries.archives(edition.id)
    return render_template(
        "archive/list.html",
        edition=edition,
        archives=archives,
        replaced=[each for each in archives if each.state == "ready"],
        may_make=bool(may_make),
        why_not=may_make.sentence,
        form=form,
        **_SHOWN,
    )


@blueprint.get("/<slug>/luu-tru/<archive_id>")
@sign_in_required
def one(slug: str, archive_id: str) -> Answer:
    edition, by = _place(slug)
    shown = found(queries.archive(edition.id, archive_id))
    return render_template(
        "archive/one.html",
        edition=edition,
        archive=shown,
        may_download=bool(permissions.can_download(by, shown)),
        fingerprint=house_key.grouped(shown.fingerprint or ""),
        commands=(house_key.CHECK_SUMS, house_key.CHECK_SIGNATURE),
        **_SHOWN,
    )


@blueprint.get("/<slug>/luu-tru/<archive_id>/trang-thai")
@sign_in_required
def status(slug: str, archive_id: str) -> Answer:
    edition, _by = _place(slug)
    return jsonify(state=found(queries.archive(edition.id, archive_id)).state)


@blueprint.get("/<slug>/luu-tru/<archive_id>/tep")
@sign_in_required
def download(slug: str, archive_id: str) -> Answer:
    edition, by = _place(slug)
    built = found(queries.archive(edition.id, archive_id))
    require(permissions.can_download(by, built))
    kind = "cong-khai" if built.audience == "public" else "day-du"
    name = f"luu-tru-{edition.slug}-{kind}-{local(built.created_at):%Y%m%d-%H%M}.zip"
    return redirect(serve.address(storage(), built.key, mime=ZIP, name=name, verified=True, download=True))
