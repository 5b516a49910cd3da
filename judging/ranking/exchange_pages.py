"""The doors to exchanges on works whose sheets lie apart: read, opened, written in, ended."""

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.people.signin import sign_in_required
from award.verdicts import Refused, require
from judging.ranking import operations
from judging.ranking.exchanged import Talk, reader, talk, talks, to_open
from judging.ranking.views import Answer, blueprint, place
from judging.scoring import exchanging
from judging.scoring.exchanges import exchange as exchange_at
from judging.scoring.permissions import can_take_part

AT = "/<slug>/vong/<int:ordinal>/trao-doi"


def _allowed(slug: str, ordinal: int) -> tuple[Edition, Round, Capacity]:
    edition, judged, by = place(slug, ordinal)
    require(can_take_part(by, judged, seated=bool(reader(by, judged).seats)))
    return edition, judged, by


def _page(edition: Edition, judged: Round, by: Capacity, fault: str = "", at: str = "") -> str:
    read = reader(by, judged)
    return render_template(
        "ranking/exchanges.html",
        round=judged,
        called=called(judged),
        talks=talks(read, judged),
        offered=[(line.value, f"{line.code}, “{line.title}”, {line.panel}") for line in to_open(edition, judged, read)],
        longest=exchanging.LONGEST,
        fault=fault,
        at=at,
        typed=request.form.get("words", "") if fault else "",
    )


def _talk(slug: str, ordinal: int, exchange_id: str) -> tuple[Edition, Round, Capacity, Talk]:
    edition, judged, by = _allowed(slug, ordinal)
    shown = talk(reader(by, judged), judged, found(exchange_at(judged.id, exchange_id)))
    return edition, judged, by, found(shown)


@blueprint.get(AT)
@sign_in_required
def exchanges(slug: str, ordinal: int) -> Answer:
    return _page(*_allowed(slug, ordinal))


@blueprint.post(AT)
@sign_in_required
def open_exchange(slug: str, ordinal: int) -> Answer:
    edition, judged, by = _allowed(slug, ordinal)
    try:
        with deed() as done:
            work = request.form.get("work", "")
            operations.open_exchange(by=by, edition=edition, judged=judged, work=work)
            done.after(lambda: flash(_("Đã mở trao đổi."), "ok"))
            return done(url_for("ranking.exchanges", slug=slug, ordinal=ordinal))
    except Refused as refused:
        return _page(edition, judged, by, refused.verdict.sentence), 422


@blueprint.post(f"{AT}/<exchange_id>/y-kien")
@sign_in_required
def speak(slug: str, ordinal: int, exchange_id: str) -> Answer:
    edition, judged, by, shown = _talk(slug, ordinal, exchange_id)
    try:
        with deed() as done:
            words = request.form.get("words", "")
            exchanging.speak(by=by, edition=edition, exchange=shown.exchange, words=words, moderates=shown.moderates)
            return done(url_for("ranking.exchanges", slug=slug, ordinal=ordinal, _anchor=exchange_id))
    except Refused as refused:
        return _page(edition, judged, by, refused.verdict.sentence, exchange_id), 422


@blueprint.post(f"{AT}/<exchange_id>/ket-thuc")
@sign_in_required
def end_exchange(slug: str, ordinal: int, exchange_id: str) -> Answer:
    edition, judged, by, shown = _talk(slug, ordinal, exchange_id)
    found(shown.moderates or None)
    try:
        with deed() as done:
            exchanging.end(by=by, edition=edition, exchange=shown.exchange)
            return done(url_for("ranking.exchanges", slug=slug, ordinal=ordinal, _anchor=exchange_id))
    except Refused as refused:
        return _page(edition, judged, by, refused.verdict.sentence, exchange_id), 422
