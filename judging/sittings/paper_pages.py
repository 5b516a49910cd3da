"""The doors to ballots on paper: handing them out, their print, their scan, reading it page by page, the end."""

from collections.abc import Callable
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _

from award.db import session, unit_of_work
from award.doors import deed, found, wants_json
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.permissions import Capacity
from award.entries.views import whole_address
from award.files.answers import upload_answer
from award.files.codes import codes_on
from award.files.forms import declared
from award.people.signin import sign_in_required, signed_in
from award.verdicts import Refused, Verdict, require
from judging.readings.operations import KINDS, not_bound, own_reading
from judging.sittings import forms, handed_out, permissions, queries, showing
from judging.sittings.models import Sitting, Stack, StackReading, StackScan
from judging.sittings.operations import counting, on_paper
from judging.sittings.paper_showing import file_at, next_page, page_of, seen, stack_shown
from judging.sittings.stacks import in_halves, said_by
from judging.sittings.views import Answer, blueprint, place, running

HERE = "/<slug>/phien-hop/phieu-giay"
ONE = HERE + "/<stack_id>"
Where = tuple[Edition, Round, Capacity, Sitting]


def _desk(slug: str) -> Where:
    """The sitting under way for who hands papers out or counts them."""
    edition, last, by = place(slug)
    sitting = running(edition)
    require(permissions.can_see_stacks(by, teller=handed_out.is_teller(sitting.id, by.person_id)))
    return edition, last, by, sitting


def _stack(slug: str, stack_id: str) -> tuple[Where, Stack]:
    where = _desk(slug)
    return where, found(handed_out.stack(where[3].id, stack_id))


def _room(where: Where) -> showing.Room:
    edition, last, by, _sitting = where
    return showing.room(edition, last, by, found(queries.pulse(edition.id, by.person_id)))


def _listed(where: Where, fault: str = "") -> str:
    shown = _room(where)
    return render_template("sittings/papers.html", room=shown, stacks=seen(shown), form=request.form, fault=fault)


@blueprint.get(HERE)
@sign_in_required
def stacks(slug: str) -> Answer:
    return _listed(_desk(slug))


@blueprint.post(HERE)
@sign_in_required
def hand_out(slug: str) -> Answer:
    where = _desk(slug)
    edition, _last, by, sitting = where
    require(permissions.can_lead(by, sitting))
    level, asked = queries.level(edition.id, request.form.get("level", "")), set(request.form.getlist("item"))
    try:
        with deed() as done:
            if level is None:
                raise Refused(Verdict("level", _("Đề nghị chọn mức giải.")))
            items = [item for item in queries.agenda(sitting.id) if item.public_id in asked]
            said: dict[str, Any] = {"items": items, "level": level, "reason": forms.reason_of(request.form)}
            on_paper.hand_out(by=by, edition=edition, sitting=sitting, **said)
            return done(url_for("sittings.stacks", slug=slug))
    except Refused as refused:
        return _listed(where, refused.verdict.sentence), 422


def _rows(where: Where, stack: Stack) -> list[showing.Row]:
    rows = {row.item.id: row for row in _room(where).rows}
    return [rows[one.item.id] for one in handed_out.lines([stack.id])[stack.id]]


def _shown(where: Where, stack: Stack, fault: str = "") -> str:
    edition, _last, by, sitting = where
    shown = stack_shown(by, edition, sitting, stack, _rows(where, stack))
    here: dict[str, Any] = {"slug": edition.slug, "stack_id": stack.public_id}
    removable = [] if shown["own"] is None or shown["own"].papers else shown["scans"]
    return render_template(
        "sittings/stack.html",
        sitting=sitting,
        stack=stack,
        level=session.get_one(PrizeLevel, stack.prize_level_id),
        kinds=KINDS,
        most_bytes=counting.MOST_BYTES,
        fault=fault,
        most_files=counting.MOST_FILES,
        remove_urls={each.id: url_for("sittings.drop_scan", tep=each.public_id, **here) for each in removable},
        asked_code=request.form.get("code", "") or request.args.get("phieu", ""),
        asked_unused=request.form.get("unused", ""),
        **shown,
    )


@blueprint.get(ONE)
@sign_in_required
def stack(slug: str, stack_id: str) -> Answer:
    """Where the code on a paper leads."""
    return _shown(*_stack(slug, stack_id))


@blueprint.get(ONE + "/phieu.pdf")
@sign_in_required
def ballots(slug: str, stack_id: str) -> Answer:
    from judging.sittings import ballot_papers  # heavier than the rest of a web process

    where, stack = _stack(slug, stack_id)
    edition, _last, by, sitting = where
    teller = handed_out.is_teller(sitting.id, by.person_id)
    require(permissions.can_print(by, sitting, teller=teller, wanted=handed_out.is_out(stack.id)))
    level, lines = session.get_one(PrizeLevel, stack.prize_level_id), [row.line for row in _rows(where, stack)]
    with force_locale("vi"):
        drawn = ballot_papers.ballots(edition, sitting, stack, level, lines, _address(slug, stack))
    headers = {"Content-Disposition": f'attachment; filename="phieu-kin-{stack.public_id}.pdf"'}
    return Response(drawn, content_type="application/pdf", headers=headers)


def _address(slug: str, stack: Stack) -> str:
    return whole_address(url_for("sittings.stack", slug=slug, stack_id=stack.public_id))


@blueprint.post(ONE + "/ban-quet")
@sign_in_required
def begin_scan(slug: str, stack_id: str) -> Answer:
    """JSON {name, size, part_hashes, resuming} → where to send the parts."""
    (edition, _last, by, sitting), stack = _stack(slug, stack_id)
    if not request.is_json:
        abort(400)
    with unit_of_work():
        file = counting.begin_scan(
            by=by, edition=edition, sitting=sitting, stack=stack, uploader=signed_in(), **declared()
        )
    remove_url = url_for("sittings.drop_scan", slug=slug, stack_id=stack_id, tep=file.public_id)
    return jsonify({**upload_answer(file), "remove_url": remove_url})


def _done(slug: str, stack_id: str, act: Callable[..., object]) -> Answer:
    """Does something to the stack and comes back to it; a refusal stands above it."""
    where, stack = _stack(slug, stack_id)
    edition, _last, by, sitting = where
    try:
        with deed() as done:
            act(by=by, edition=edition, sitting=sitting, stack=stack)
            return done(url_for("sittings.stack", slug=slug, stack_id=stack_id))
    except Refused as refused:
        return _shown(where, stack, refused.verdict.sentence), 422


@blueprint.post(ONE + "/ban-quet/bo")
@sign_in_required
def drop_scan(slug: str, stack_id: str) -> Answer:
    """All of the scan, or the one file that the address names."""

    def act(**where: Any) -> None:
        if "tep" in request.args:
            counting.drop_file(public_id=request.args["tep"], **where)
        else:
            counting.drop_scan(reason=forms.reason_of(request.form), **where)

    answer = _done(slug, stack_id, act)
    return jsonify(removed=stack_id) if wants_json() and not isinstance(answer, tuple) else answer


@blueprint.post(ONE + "/nhan")
@sign_in_required
def take_up(slug: str, stack_id: str) -> Answer:
    return _done(slug, stack_id, counting.take_up)


@blueprint.post(ONE + "/huy")
@sign_in_required
def call_off(slug: str, stack_id: str) -> Answer:
    def act(**where: Any) -> None:
        on_paper.call_off(reason=forms.reason_of(request.form), **where)

    return _done(slug, stack_id, act)


@blueprint.post(ONE + "/huy/dong-y")
@sign_in_required
def agree_to_call_off(slug: str, stack_id: str) -> Answer:
    return _done(slug, stack_id, on_paper.agree_to_call_off)


@blueprint.post(ONE + "/doi")
@sign_in_required
def give_back(slug: str, stack_id: str) -> Answer:
    def act(**where: Any) -> None:
        instead_of = next(iter(forms.codes_shown(request.form, "instead_of")), "")
        on_paper.give_back(code=forms.typed_code(request.form), instead_of=instead_of, **where)

    return _done(slug, stack_id, act)


@blueprint.post(ONE + "/doi/dong-y")
@sign_in_required
def exchange(slug: str, stack_id: str) -> Answer:
    """The form names the code that was shown: another that has come in since is not agreed to unseen."""

    def act(**where: Any) -> None:
        on_paper.exchange(code=next(iter(forms.codes_shown(request.form, "shown")), ""), **where)

    return _done(slug, stack_id, act)


@blueprint.post(ONE + "/du-phong")
@sign_in_required
def find_unused(slug: str, stack_id: str) -> Answer:
    def act(**where: Any) -> None:
        on_paper.find_unused(codes=forms.codes_shown(request.form, "unused"), **where)

    return _done(slug, stack_id, act)


@blueprint.post(ONE + "/du-phong/dong-y")
@sign_in_required
def agree_to_unused(slug: str, stack_id: str) -> Answer:
    def act(**where: Any) -> None:
        on_paper.agree_to_unused(codes=forms.codes_shown(request.form, "shown"), **where)

    return _done(slug, stack_id, act)


@blueprint.post(ONE + "/ket-thuc")
@sign_in_required
def close_papers(slug: str, stack_id: str) -> Answer:
    return _done(slug, stack_id, counting.close_papers)


def _own(where: Where, stack: Stack) -> tuple[StackScan, StackReading]:
    """The scan for one of the two who read it; to everybody else there is no page of it."""
    scan = found(handed_out.scan_of(stack.id))
    own = own_reading(scan, where[2].person_id)
    teller = handed_out.is_teller(where[3].id, where[2].person_id)
    tied = handed_out.is_tied(where[0], where[2].person_id, handed_out.lines([stack.id])[stack.id])
    if not isinstance(own, StackReading):
        raise not_bound()
    require(permissions.can_read_ballots(where[2], scan, teller=teller, tied=tied))
    return scan, own


def _codes(scan: StackScan, page: int) -> list[str]:
    """What the codes on the page say; nothing where the scan has no such page."""
    at = file_at(scan, page)
    return codes_on(at[0].id, at[1]) if at is not None else []


def _page(where: Where, stack: Stack, page: int, fault: str = "") -> str:
    scan, own = _own(where, stack)
    said, code = said_by(_codes(scan, page), _address(where[0].slug, stack))
    return render_template(
        "sittings/stack_page.html",
        stack=stack,
        page=page,
        rows=_rows(where, stack),
        said=said,
        code=in_halves(code) if code else "",
        given=forms.given(request.form) if request.form else forms.kept(own.papers, page),
        seen=page_of(scan, page),
        fault=fault,
    )


@blueprint.get(ONE + "/trang/<int:page>")
@sign_in_required
def stack_page(slug: str, stack_id: str, page: int) -> Answer:
    return _page(*_stack(slug, stack_id), page)


@blueprint.post(ONE + "/trang/<int:page>")
@sign_in_required
def read_page(slug: str, stack_id: str, page: int) -> Answer:
    """No key of a deed is kept of it: the print of the form would tell what a paper says. Sent twice it is the same."""
    where, stack = _stack(slug, stack_id)
    scan, own = _own(where, stack)
    codes, address = _codes(scan, page), _address(slug, stack)
    try:
        with unit_of_work():
            code = forms.code_of(request.form, *said_by(codes, address))
            says = forms.lines_of(request.form, len(handed_out.lines([stack.id])[stack.id])) if code else []
            edition, _last, by, sitting = where
            what: dict[str, Any] = {"page": page, "code": code, "says": says}
            counting.read_page(by=by, edition=edition, sitting=sitting, stack=stack, **what)
            after = next_page(own, scan.pages or 0)
    except Refused as refused:
        return _page(where, stack, page, refused.verdict.sentence), 422
    if after is not None:
        return redirect(url_for("sittings.stack_page", slug=slug, stack_id=stack_id, page=after), code=303)
    flash(_("Đã nhập đủ các trang."), "ok")
    return redirect(url_for("sittings.stack", slug=slug, stack_id=stack_id), code=303)
