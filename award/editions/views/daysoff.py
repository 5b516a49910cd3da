"""The days off of the house, kept in one place for all of its awards."""

from datetime import date

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.clock import now
from award.dates import local
from award.doors import deed, found
from award.editions import daysoff, workdays
from award.editions.forms.daysoff import WORKED, DaysOffForm
from award.editions.operations.daysoff import record_days, strike_day
from award.editions.permissions import can_keep_days_off
from award.editions.views.doors import Answer, blueprint
from award.people.signin import administers, sign_in_required, signed_in
from award.verdicts import Refused, require


def _page(form: DaysOffForm) -> str:
    this_year = local(now()).year
    kept = sorted({*daysoff.years(), this_year, this_year + 1}, reverse=True)
    asked = request.args.get("nam", type=int)
    year = asked if asked in kept else this_year
    rows = daysoff.of_year(year)
    sun = [date(year, month, day) for month, day in workdays.BY_THE_SUN]
    return render_template("editions/days_off.html", form=form, years=kept, year=year, rows=rows, sun=sun)


@blueprint.get("/ngay-nghi")
@sign_in_required
def days_off() -> Answer:
    require(can_keep_days_off(administrator=administers()))
    return _page(DaysOffForm(None))


@blueprint.post("/ngay-nghi")
@sign_in_required
def record_days_off() -> Answer:
    require(can_keep_days_off(administrator=administers()))
    form = DaysOffForm(request.form)
    if not form.validate():
        return _page(form), 422
    first = form.first.data
    assert first is not None
    try:
        with deed() as done:
            last, worked = form.last.data or first, form.kind.data == WORKED
            said = record_days(by=signed_in(), first=first, last=last, words=form.words.data, worked=worked)
            done.after(lambda: flash(_("Đã ghi %(n)s ngày.", n=len(said)), "ok"))
            return done(url_for("editions.days_off", nam=first.year))
    except Refused as refused:
        form[refused.verdict.code].errors = [refused.verdict.sentence]
        return _page(form), 422


@blueprint.post("/ngay-nghi/<day>/bo")
@sign_in_required
def strike_day_off(day: str) -> Answer:
    require(can_keep_days_off(administrator=administers()))
    struck = found(daysoff.day_off(found(_read(day))))
    with deed() as done:
        strike_day(by=signed_in(), day=struck)
        done.after(lambda: flash(_("Đã bỏ một ngày."), "ok"))
        return done(url_for("editions.days_off", nam=struck.day.year))


def _read(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None
