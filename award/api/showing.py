"""Rows of the house as programs read them: the same facts that stand on pages, under stable names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import request, url_for

from award.api.models import WebhookDelivery
from award.api.queries import Receiver
from award.editions import calendar, clauses, deadlines
from award.editions.models import Category, Edition, PrizeLevel
from award.entries.models import Receipt
from award.entries.progress import state_told
from award.entries.queries import OwnWork
from award.entries.showing import found_in
from award.newsrooms import showing as desk
from award.newsrooms.attested import facts_hash
from award.newsrooms.queries import Work
from award.paging import BEHIND, Page
from award.people.letters import address
from award.results.models import Decision, Publication, Ruling
from award.results.works import Honoured, PrizeWork

Shown = dict[str, Any]


def page(shown: Page[Any], items: Sequence[Shown]) -> Shown:
    """A page of a list with the address of the next one, which asks for the same."""
    return listed(items, (shown.following or {}).get(BEHIND))


def listed(items: Sequence[Shown], behind: str | None) -> Shown:
    """The same where only the row is known behind which there is more."""
    asked = {name: value for name, value in request.args.items() if name != "after"}
    names: Shown = {**(request.view_args or {}), **asked, "after": behind}
    following = url_for(request.endpoint or "", **names) if behind else None
    return {"items": items, "next": following}


def edition(one: Edition) -> Shown:
    return {
        "id": one.slug,
        "name": one.name,
        "ordinal": one.ordinal,
        "year": one.year,
        "state": one.state,
        "state_words": calendar.state_words(one),
        "published_in": {"first": one.window_from, "last": one.window_to},
        "deadline": {"at": one.deadline_at, "words": deadlines.words(one)},
        "invented": one.illustrative,
    }


def rules(one: Edition) -> Shown:
    """What the rules page says, matter by matter."""
    told = [
        {
            "code": rule.definition.code,
            "matter": str(rule.definition.label),
            "said": rule.words,
            "clause": rule.cited if rule.settled else "",
        }
        for rule in clauses.rules(one, "entry")
        if rule.concerns
    ]
    return {"edition": edition(one), "items": told}


def category(one: Category) -> Shown:
    files = [
        {
            "code": slot.code,
            "label": slot.label,
            "kinds": list(slot.kinds),
            "at_least": slot.at_least,
            "at_most": slot.at_most,
            "max_bytes": slot.max_bytes,
            "per_part": slot.per_part,
        }
        for slot in one.slots
    ]
    genres = [genre.name for genre in one.genres]
    return {
        "id": one.public_id,
        "code": one.code,
        "name": one.name,
        "medium": one.medium,
        "genres": genres,
        "files": files,
    }


def results(
    since: Publication, decided: Decision | None, levels: Iterable[PrizeLevel], honours: Iterable[Honoured]
) -> Shown:
    """The results as a whole, once their instant has come."""
    return {
        "published_at": since.at,
        "decision": _paper(decided),
        "figures": {name: since.figures.get(name, 0) for name in ("received", "eligible", "prizes", "honours")},
        "levels": [{"code": each.code, "name": each.name, "rank": each.rank, "quota": each.quota} for each in levels],
        "honours": [
            {
                "recipient": each.recipient,
                "level": each.level.code,
                "work": each.work,
                "revoked": each.state == "revoked",
                "revoked_by": _paper(each.revoked),
            }
            for each in honours
        ],
    }


def _paper(one: Decision | Ruling | None) -> Shown | None:
    """Number, day and body of what was decided."""
    return {"number": one.number, "day": one.day, "body": one.body} if one else None


def prize_work(one: PrizeWork, slug: str) -> Shown:
    """A work with a prize as anybody reads it."""
    return {
        "id": one.key,
        "title": one.title,
        "category": one.category.code,
        "genre": one.genre,
        "authors": [str(author) for author in one.authors],
        "newsroom": one.newsroom,
        "level": one.level.code,
        "theme": one.theme,
        "revoked": one.state == "revoked",
        "revoked_by": _paper(one.revoked),
        "given_by": _paper(one.awarded),
        "lowered_from": one.lowered_from or None,
        "corrected_on": one.corrected[-1].on if one.corrected else None,
        "parts": [
            {
                "ordinal": part.ordinal,
                "title": part.title,
                "published_on": part.published_on,
                "place": part.place,
                "link": part.link,
            }
            for part in one.parts
        ],
        "page": address("results.work", slug=slug, entry_id=one.key),
    }


def entry(own: OwnWork, told: Mapping[int, tuple[str, str]]) -> Shown:
    """A work as its owner lists it: what is being prepared, with the state of what was submitted."""
    standing, working = own.standing, own.working
    mend = standing.leave.mend
    return {
        "id": standing.key,
        "code": standing.code,
        "title": working.title,
        "category": working.category,
        "genre": working.genre,
        "authors": [author.legal_name for author in working.authors],
        "newsroom": working.publisher,
        "parts": len(working.parts),
        "state": standing.state,
        "status": str(state_told(standing, told, revised=own.revision is not None)[1]),
        "asked_to_correct": mend is not None and mend.stands,
        "submitted_at": standing.submitted_at,
        "changed_at": working.changed_at,
    }


def whole_entry(own: OwnWork, told: Mapping[int, tuple[str, str]], one: Edition) -> Shown:
    """The same with what the rules find and the files that are there."""
    findings = [
        {
            "code": found.code,
            "field": found.field,
            "verdict": found.verdict,
            "sentence": str(found.sentence),
            "clause": found.clause,
            "missing": str(found.missing),
            "blocks": found.blocks,
        }
        for found in found_in(own.working, one)
    ]
    files = [
        {"name": file.name, "size": file.size, "state": file.state, "sha256": file.sha256} for file in own.working.files
    ]
    return {**entry(own, told), "findings": findings, "files": files}


def receipt(one: Receipt) -> Shown:
    return {
        "id": one.public_id,
        "code": one.code,
        "received_at": one.received_at,
        "content_hash": one.content_hash,
        "content": one.content,
    }


def desk_works(works: Sequence[Work], of: Edition) -> list[Shown]:
    """Works as their newsroom's desk lists them."""
    return [_desk_work(row) for row in desk.rows(works, of)]


def _desk_work(row: desk.Row) -> Shown:
    """One of them; its facts are what a confirmation speaks of."""
    one, said = row.work, row.work.said
    return {
        "id": one.read.key,
        "code": one.read.code,
        "title": one.read.title,
        "category": one.read.category,
        "authors": [author.legal_name for author in one.read.authors],
        "state": one.state,
        "missing": row.left,
        "ready": row.ready,
        "facts": facts_hash(one.read),
        "said": {"answer": said.answer, "reason": said.reason, "by": one.speaker, "at": said.said_at} if said else None,
    }


def webhook(one: Receiver) -> Shown:
    return {
        "id": one.webhook.public_id,
        "url": one.webhook.url,
        "edition": one.edition.slug,
        "newsroom": one.newsroom.public_id if one.newsroom else None,
        "state": one.webhook.state,
    }


def delivery(one: WebhookDelivery) -> Shown:
    return {
        "id": one.public_id,
        "event": one.body["event"],
        "entry": one.body["entry"],
        "at": one.created_at,
        "state": one.state,
        "attempts": one.attempts,
        "status": one.status,
        "fault": one.fault,
    }
