"""One page of set-up after another: each shows what is stored, keeps what was typed, and saves it in one deed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _

from award.doors import deed, found
from award.editions.forms.base import SetupForm
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.editions.queries import with_rules
from award.editions.views.doors import Answer, edition_in_setup
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True)
class Section:
    """One page of set-up. `thing` is what the address names within the edition, or the edition itself."""

    template: str
    form: Callable[..., SetupForm]
    stored: Callable[[Edition, Any], dict[str, Any]]
    allowed: Callable[[Capacity, Edition, Any], Verdict]
    save: Callable[[Capacity, Edition, Any, Any], object]
    find: Callable[[Edition, Any], Any] = lambda edition, _key: edition
    back: str = "editions.setup"
    beside: Callable[[Edition], dict[str, Any]] = lambda _edition: {}
    """What else the page shows of the edition."""
    about: Callable[[Edition, Any], dict[str, Any]] = lambda _edition, _thing: {}
    """And of what the address names."""

    def blank(self, edition: Edition, *, typed: Any = None, data: dict[str, Any] | None = None) -> SetupForm:
        form = self.form(formdata=typed, data=data)
        if hasattr(form, "offer"):
            form.offer(edition)
        return form

    def as_stored(self, edition: Edition, thing: Any) -> SetupForm:
        """The form filled with what is stored, knowing its print."""
        form = self.blank(edition, data=self.stored(edition, thing))
        form.stamp(form)
        return form


class Superseded(Exception):
    """Somebody changed what is stored since the page was made."""


def page(section: Section, slug: str, key: Any = None) -> Answer:
    """Answers GET with what is stored; POST with a row more or less, with what is to be mended, or with the deed."""
    edition, by = edition_in_setup(slug)
    thing = found(section.find(edition, key))
    verdict = section.allowed(by, edition, thing)
    if request.method == "GET":
        return _shown(section, edition, thing, section.as_stored(edition, thing), verdict)
    require(verdict)
    form = section.blank(edition, typed=request.form)
    if form.rearrange(request.form):
        return _shown(section, edition, thing, form, verdict)
    if not form.validate():
        return _shown(section, edition, thing, form, verdict), 422
    try:
        return _saved(section, by, edition, key, form)
    except Superseded:
        return _with_both_texts(section, slug, key, form, verdict)
    except Refused as refused:
        if not form.place(refused.verdict):
            raise
        edition, _by = edition_in_setup(slug)
        return _shown(section, edition, section.find(edition, key), form, verdict), 422


def _saved(section: Section, by: Capacity, edition: Edition, key: Any, form: SetupForm) -> Answer:
    with deed() as done:
        edition = with_rules(edition.id, for_update=True)
        thing = found(section.find(edition, key))
        if form.seen.data != section.as_stored(edition, thing).fingerprint():
            raise Superseded
        section.save(by, edition, thing, form)
        done.after(lambda: flash(_("Đã lưu."), "ok"))
        return done(url_for(section.back, slug=edition.slug))


def _with_both_texts(section: Section, slug: str, key: Any, form: SetupForm, verdict: Verdict) -> Answer:
    """What was typed stays; what is stored now stands above it. Saving again is then a choice."""
    edition, _by = edition_in_setup(slug)
    thing = found(section.find(edition, key))
    stored = section.as_stored(edition, thing)
    form.stamp(stored)
    return _shown(section, edition, thing, form, verdict, changed=form.differences(stored)), 409


def _shown(section: Section, edition: Edition, thing: Any, form: SetupForm, verdict: Verdict, **more: Any) -> str:
    return render_template(
        f"editions/setup/{section.template}.html",
        edition=edition,
        thing=thing,
        form=form,
        frozen=None if verdict else str(verdict.sentence),
        back=url_for(section.back, slug=edition.slug),
        **section.beside(edition),
        **section.about(edition, thing),
        **more,
    )
