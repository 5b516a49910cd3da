"""The public doors of certificates: whether one is valid, asked by its code. Before the publication none is known.

Who types the code of a paper is led to that paper: both codes look alike.
"""

from dataclasses import dataclass
from datetime import date

from flask import redirect, render_template, request, url_for

from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Edition
from award.entries.models import Entry
from award.issued.operations import code_typed, grouped
from award.issued.queries import issued_with
from award.results import certifying, front, queries, rulings
from award.results.certifying import Asked
from award.results.models import Certificate, Commendation, Decision, Honour, Publication, Result, Ruling
from award.results.remembered import Answer
from award.results.views import blueprint
from award.results.works import Honoured, PrizeWork


@dataclass(frozen=True)
class Shown:
    """A certificate as anybody may read it: for whom and what, and by which paper, as the results say it today."""

    state: str
    recipient: str
    title: str
    level: str
    number: str
    day: date
    body: str
    revoked: Ruling | None = None
    ended_on: date | None = None
    following: str = ""


@blueprint.get("/chung-nhan")
def certificate_asked() -> Answer:
    if typed := code_typed(request.args.get("ma", "")):
        return redirect(url_for("results.certificate", code=grouped(typed[:40])), code=303)
    return render_template("results/certificate.html", code="", shown=None)


@blueprint.get("/chung-nhan/<code>")
def certificate(code: str) -> Answer:
    typed = code_typed(code)
    asked = certifying.of_code(typed)
    since = queries.public_since(asked.edition.id, now()) if asked is not None else None
    shown = _shown(asked, since) if asked is not None and since is not None else None
    if shown is None and (paper := _paper_of(typed)) is not None:
        return redirect(paper, code=303)
    if shown is None or asked is None:
        return render_template("results/certificate.html", code=grouped(typed), shown=None), 404
    return render_template("results/certificate.html", code=grouped(typed), shown=shown, edition=asked.edition)


def _paper_of(code: str) -> str | None:
    """Where a paper is told of whose annex bears the code; None for one of results that are not public yet."""
    found = issued_with(code)
    if found is None or queries.public_since(found.edition_id, now()) is None:
        return None
    slug = session.get_one(Edition, found.edition_id).slug
    return url_for("results.issued_paper", slug=slug, code=grouped(code))


def _shown(asked: Asked, since: Publication) -> Shown | None:
    """None where the public never knew of the prize: it was taken back before the results were public.

    The prize says whether it stands, also of a paper that was replaced before.
    """
    one, decided = asked.certificate, queries.decision(asked.edition.id)
    prize = _prize(one)
    if decided is None or prize is None or front.lost_before(prize, since.at):
        return None
    if isinstance(prize, PrizeWork):
        paper: Decision | Commendation | Ruling | None = prize.awarded or decided
    else:
        paper = queries.commended_by(asked.edition.id)
    assert paper is not None and paper.day is not None, "what is public was decided by a paper with number and day"
    return Shown(
        state="revoked" if prize.revoked else one.state,
        recipient=_recipient(one, prize),
        title=prize.title if isinstance(prize, PrizeWork) else prize.work,
        level=prize.level.name,
        number=paper.number,
        day=paper.day,
        body=paper.body,
        revoked=prize.revoked,
        ended_on=local(one.ended_at).date() if one.ended_at else None,
        following=grouped(asked.following.code) if asked.following else "",
    )


def _prize(one: Certificate) -> PrizeWork | Honoured | None:
    states = (one.edition_id, "decided", "revoked")
    if one.honour_id is not None:
        key = session.get_one(Honour, one.honour_id).public_id
        return next((each for each in queries.honours(*states) if each.key == key), None)
    assert one.result_id is not None
    result = session.get_one(Result, one.result_id)
    works = queries.prize_works(*states, entry_id=session.get_one(Entry, result.entry_id).public_id)
    return next((each.for_public() for each in works if each.result_key == result.public_id), None)


def _recipient(one: Certificate, prize: PrizeWork | Honoured) -> str:
    """The author it names, the authors of the work, or the body or person."""
    if isinstance(prize, Honoured):
        return prize.recipient
    if one.authorship_id is None:
        return prize.author_words
    assert one.result_id is not None
    entry_id = session.get_one(Result, one.result_id).entry_id
    numbers = [each.id for each in rulings.authors(entry_id)]
    return str(prize.authors[numbers.index(one.authorship_id)])
