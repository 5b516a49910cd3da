"""The staff's doors of issued papers: the list, the scan of one that came back, its comparison by a second person."""

from flask import Blueprint, Response, abort, flash, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from award.db import unit_of_work
from award.documents.answers import kept_asked
from award.doors import deed, found
from award.editions.entering import entered
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.files.answers import upload_answer
from award.files.forms import declared
from award.files.queries import files
from award.files.reading import readings
from award.issued import papers, permissions, queries, returning
from award.issued.files import content
from award.issued.models import IssuedPaper, ReturnedScan
from award.people.queries import legal_name
from award.people.signin import sign_in_required, signed_in
from award.typed import line
from award.verdicts import Refused, require

blueprint = Blueprint("issued", __name__)

Answer = str | Response | BaseResponse | tuple[str, int]


def _place(slug: str) -> tuple[Edition, Capacity]:
    return entered(slug, permissions.can_read)


def _at(slug: str, paper_id: str) -> tuple[Edition, Capacity, IssuedPaper]:
    edition, by = _place(slug)
    return edition, by, found(queries.paper(edition.id, paper_id))


@blueprint.get("/<slug>/van-ban-da-ban-hanh", endpoint="list")
@sign_in_required
def kept(slug: str) -> Answer:
    edition, _by = _place(slug)
    kept_papers = queries.kept_papers(edition.id)
    return render_template(
        "issued/list.html",
        papers=kept_papers,
        taken_back=papers.taken_back,
        scans=queries.newest_scans(edition.id),
    )


@blueprint.get("/<slug>/van-ban-da-ban-hanh/<paper_id>/van-ban.<ending>")
@sign_in_required
def file(slug: str, paper_id: str, ending: str) -> Answer:
    """The paper as it was kept."""
    _edition, _by, paper = _at(slug, paper_id)
    return kept_asked(papers.stems([paper])[0], ending, lambda wanted: content(paper, wanted))


def _page(edition: Edition, by: Capacity, paper: IssuedPaper, fault: str = "") -> str:
    scans = queries.scans(paper.id)
    scan = scans[0] if scans else None
    sent = files([scan.file_id])[scan.file_id] if scan else None
    ready = scan is not None and returning.is_read(scan)
    shown = readings({scan.file_id: _("Bản quét")}) if scan and ready else {}
    return render_template(
        "issued/scan.html",
        paper=paper,
        scan=scan,
        sent=sent,
        ready=ready,
        shown=next(iter(shown.values()), None),
        compared=returning.comparison(paper, scan) if scan and ready else None,
        sender=legal_name(scan.sent_by_id if scan else None),
        comparer=legal_name(scan.compared_by_id if scan else None),
        kinds=returning.KINDS,
        most_bytes=returning.MOST_BYTES,
        may_send=bool(permissions.can_send(by, edition, paper)),
        may_compare=permissions.can_compare(by, edition, paper, scan),
        where=_where(paper, scan),
        fault=fault,
    )


def _where(paper: IssuedPaper, scan: ReturnedScan | None) -> str:
    return papers.where_different(paper, scan.lines) if scan and scan.lines else ""


@blueprint.get("/<slug>/van-ban-da-ban-hanh/<paper_id>")
@sign_in_required
def paper(slug: str, paper_id: str) -> Answer:
    return _page(*_at(slug, paper_id))


@blueprint.post("/<slug>/van-ban-da-ban-hanh/<paper_id>/ban-quet")
@sign_in_required
def begin_scan(slug: str, paper_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    if not request.is_json:
        abort(400)
    with unit_of_work():
        edition, by, asked = _at(slug, paper_id)
        sent = returning.begin(by=by, edition=edition, paper=asked, uploader=signed_in(), **declared())
    return jsonify(upload_answer(sent))


@blueprint.post("/<slug>/van-ban-da-ban-hanh/<paper_id>/doi-chieu")
@sign_in_required
def settle(slug: str, paper_id: str) -> Answer:
    edition, by, asked = _at(slug, paper_id)
    wanted = request.form.get("scan", "")
    scan = next((each for each in queries.scans(asked.id) if each.public_id == wanted), None)
    require(permissions.can_compare(by, edition, asked, scan))
    assert scan is not None
    same = {int(each) for each in request.form.getlist("same") if each.isdecimal()}
    try:
        with deed() as done:
            remark = line("remark", 1000)
            no_more = request.form.get("no_more") == "1"
            returning.settle(by=by, edition=edition, paper=asked, scan=scan, same=same, remark=remark, no_more=no_more)
            done.after(lambda: flash(_("Đã ghi kết quả đối chiếu."), "ok"))
            return done(url_for("issued.paper", slug=slug, paper_id=paper_id))
    except Refused as refused:
        return _page(edition, by, asked, refused.verdict.sentence), 422
