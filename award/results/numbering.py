"""The question before a paper gets its number for good: what will stand on it, and what follows."""

from flask import render_template, url_for
from flask_babel import gettext as _

from award import dates
from award.editions.issuing import KINDS
from award.editions.models import Edition
from award.results import front, matters, permissions, queries, rechecked
from award.results.forms import DecisionForm
from award.results.recorded import Recorded


def ask_decision(at: Recorded, form: DecisionForm) -> str:
    """The page that asks it of the decision, with what becomes of the proposals; `form` is complete."""
    edition = at.edition
    found_levels, works = queries.ladder(edition.id, "proposed", "decided")
    honours = queries.honours(edition.id, "proposed", "decided")
    levels = front.by_level(works, found_levels, honours)
    words = _("%(n)s tác phẩm được ghi là đoạt giải, chưa công bố. Sau đó chỉ thay đổi theo quyết định.", n=len(works))
    if honours and at.commendation is None:
        words += " " + _("%(n)s tập thể, cá nhân được ghi là được khen.", n=len(honours))
    return render_template(
        "results/number.html",
        question=_("Ghi quyết định trao giải số %(number)s, ngày %(day)s?", **_named(form)),
        consequences=words,
        url=url_for("results.decide", slug=edition.slug),
        back=url_for("results.decision", slug=edition.slug, sua="1", _anchor="ghi", **form.typed),
        unkept=[KINDS[kind] for kind in permissions.UNTIL_DECIDED if kind not in at.issued],
        matters=matters.told(at, rechecked.since_proposed(edition.id), works, levels),
        form=form,
    )


def ask_commendation(edition: Edition, form: DecisionForm) -> str:
    """The same of the paper by which bodies and persons are commended."""
    count = len(queries.honours(edition.id, "proposed", "decided"))
    return render_template(
        "results/number.html",
        question=_("Ghi quyết định khen thưởng số %(number)s, ngày %(day)s?", **_named(form)),
        consequences=_("%(n)s tập thể, cá nhân được ghi là được khen.", n=count),
        url=url_for("results.record_commendation", slug=edition.slug),
        back=url_for("results.commendation", slug=edition.slug, sua="1", _anchor="ghi", **form.typed),
        form=form,
    )


def _named(form: DecisionForm) -> dict[str, str]:
    assert form.day.data is not None
    return {"number": str(form.number.data), "day": dates.day(form.day.data)}
