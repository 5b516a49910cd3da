"""The page of whoever looks after the store, and what happened in an edition for who watches over it."""

from typing import Any

from flask import Blueprint, Response, abort, render_template, request

from award import dates
from award.documents.answers import PART, list_asked
from award.doors import found
from award.editions.models import Edition
from award.editions.permissions import can_watch
from award.editions.queries import capacity, edition_by_slug
from award.files import fetches, holdings
from award.files.store import quota
from award.oversight import events, lists, permissions, queries, readers
from award.oversight.changes import changes, kept_back
from award.oversight.deeds import GROUP_WORDS, WORDS
from award.oversight.wanted import wanted_in
from award.paging import Turn
from award.people.signin import administers, sign_in_required, signed_in
from award.screening.permissions import can_read
from award.verdicts import require
from uploads.storage import StoreUnavailable
from uploads.sweep import LEFT_BEHIND

blueprint = Blueprint("oversight", __name__)

HEAVIEST, UNSETTLED, FETCHED = 20, 50, 50


@blueprint.get("/kho-tep")
@sign_in_required
def store() -> str | Response:
    administrator = administers()
    seen = queries.editions_seen(signed_in(), administrator=administrator)
    ids = [edition.id for edition in seen]
    require(permissions.can_see_store(administrator=administrator, organises=ids))
    editions = None if administrator else ids
    told = _told(seen, editions)
    return _taken(told) or render_template(
        "oversight/store.html",
        **told,
        purpose=lists.purpose,
        all_of_it=administrator,
        quota=quota(),
        fetches_kept=fetches.KEPT.days,
        hours=LEFT_BEHIND.days * 24,
        compared=_compared(editions) if "doi-chieu" in request.args else None,
    )


def _told(seen: list[Edition], editions: queries.Editions) -> dict[str, Any]:
    return {
        "editions": {edition.id: edition for edition in seen},
        "held": queries.by_edition(editions),
        "people": queries.by_person(editions, HEAVIEST),
        "unsettled": queries.unsettled(editions, UNSETTLED),
        "fetched": queries.fetched(editions, FETCHED),
    }


def _taken(told: dict[str, Any]) -> Response | None:
    """The table of the page that the address names, as a file; the first where it names none."""
    name = request.args.get(PART, "lan")
    sheet = lists.named(**told).get(name)
    return list_asked(f"kho-tep-{name}", sheet) if sheet else abort(404)


def _compared(editions: queries.Editions) -> dict[str, object]:
    """The rows set against the store's own list; without it when the store is away."""
    try:
        found = holdings.holdings()
    except StoreUnavailable:
        return {"away": True}
    names = queries.names({each.expected.owner for each in found.missing}, editions)
    missing = [each for each in found.missing if editions is None or each.expected.owner in names]
    return {"found": found, "missing": missing, "names": names}


@blueprint.get("/<slug>/nhat-ky")
@sign_in_required
def log(slug: str) -> str | Response:
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    require(can_watch(by))
    wanted = wanted_in(request.args, blind=bool(can_read(by)))
    return list_asked(
        f"nhat-ky-{slug}", lambda: lists.happened(edition, events.every_event(edition, wanted, by.person_id))
    ) or render_template(
        "oversight/log.html",
        edition=edition,
        page=events.events(edition, wanted, Turn.read(request.args), by.person_id),
        wanted=wanted,
        groups=GROUP_WORDS,
        words=WORDS,
        changes=changes,
        kept_back=kept_back,
        day=dates.typed_day(wanted.day) if wanted.day else None,
        clock=dates.time_with_seconds,
    )


@blueprint.get("/<slug>/nhat-ky/tep")
@sign_in_required
def given(slug: str) -> str | Response:
    """Who was given which file of which work as it came."""
    edition = found(edition_by_slug(slug))
    by = capacity(signed_in(), edition)
    require(can_watch(by))
    wanted = wanted_in(request.args, blind=bool(can_read(by)))
    return list_asked(
        f"nhat-ky-tep-{slug}", lambda: lists.given(edition, readers.every_reader(edition, wanted))
    ) or render_template(
        "oversight/given.html",
        edition=edition,
        purpose=lists.purpose,
        page=readers.readers(edition, wanted, Turn.read(request.args)),
        wanted=wanted,
        day=dates.typed_day(wanted.day) if wanted.day else None,
        kept=fetches.KEPT.days,
    )
