"""What everybody reads of an edition: its front page, which follows the calendar, and its rules in words."""

from typing import Any

from flask import current_app, render_template, url_for
from flask_babel import pgettext

from award.clock import now
from award.editions import calendar, clauses, daysoff, deadlines
from award.editions.contents import tree
from award.editions.known import slot_words
from award.editions.limits import limit_words
from award.editions.media import needed_words
from award.editions.models import Edition
from award.editions.prizes import only_for_words
from award.editions.progress import milestones
from award.editions.queries import category_count, extensions, topics, with_entry_rules
from award.editions.views.amending import shown
from award.editions.views.doors import Answer, address_of, blueprint, seen_edition
from award.features import Lead, installed
from award.people.letters import address


@blueprint.get("/<slug>/")
def home(slug: str) -> Answer:
    edition, by = seen_edition(slug)
    at = now()
    return render_template(
        "editions/home.html",
        edition=edition,
        at=at,
        state=calendar.state_words(edition),
        receiving=edition.state == "open" and deadlines.in_time(edition, at),
        countdown=deadlines.countdown(edition, at),
        extensions=extensions(edition.id) if edition.state == "open" else [],
        figures=_figures(edition),
        milestones=milestones(edition),
        enter=address_of("entries.new", slug=slug),
        ask_first=address_of("entries.may_enter", slug=slug),
        register=address_of("people.register"),
        leads=_leads(edition),
        results=address_of("results.public", slug=slug),
        shared=_shared(edition),
        dates=address_of("calendars.edition", slug=slug),
        staff=by.holds("organiser", "secretary", "auditor"),
    )


@blueprint.get("/<slug>/the-le")
def rules(slug: str) -> Answer:
    edition, _by = seen_edition(slug)
    edition = with_entry_rules(edition.id)
    return render_template(
        "editions/rules.html",
        edition=edition,
        clauses=clauses.rules(edition, "entry"),
        days_off=daysoff.in_words,
        extensions=extensions(edition.id),
        limit_words=limit_words,
        last_second=deadlines.last_second(edition.deadline_at) if edition.deadline_at else "",
        contents=tree(topics(edition.id)),
        slot_words=slot_words,
        only_for_words=only_for_words,
        needed_words=lambda category: needed_words(category.medium, category.needed),
        home=url_for("editions.home", slug=slug),
        amended=shown(edition.id),
    )


def _shared(edition: Edition) -> dict[str, Any] | None:
    """What a chat shows of the address and where the feeds are; nothing of a draft or a trial."""
    doors = {"results.feed", "results.picture"} <= current_app.view_functions.keys()
    if edition.state == "draft" or edition.trial_of_id is not None or not doors:
        return None
    kinds = {"application/atom+xml": "atom", "application/feed+json": "json"}
    return {
        "url": address("editions.home", slug=edition.slug),
        "picture": address("results.picture", slug=edition.slug, key="giai"),
        "feeds": [(kind, address_of("results.feed", slug=edition.slug, ending=end)) for kind, end in kinds.items()],
    }


def _leads(edition: Edition) -> list[Lead]:
    """The works with the highest prize given, of an edition whose results are public; of others nobody is asked."""
    if edition.state not in ("published", "archived"):
        return []
    return [lead for room in installed() if room.leads is not None for lead in room.leads(edition.id)]


def _figures(edition: Edition) -> list[tuple[str, int]]:
    """Numbers above zero only: what the edition counts, then what other rooms have to say."""
    found = [figure for room in installed() if room.figures for figure in room.figures(edition.id)]
    found.append((pgettext("figure", "Loại hình"), category_count(edition.id)))
    return [(name, number) for name, number in found if number > 0]
