"""One case as its reader may read it: what it is about, its steps and files, what may be done with it."""

from typing import Any

from flask import url_for

from award.cases import evidence, operations, permissions, queries, subjects
from award.cases.models import Case
from award.clock import now
from award.dates import local
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.results import queries as results
from award.results import rulings
from award.results.permissions import can_rule


def case_shown(edition: Edition, by: Capacity, case: Case) -> dict[str, Any]:
    """What the page shows beside its forms, by the names of its template.

    Who sent it sees acts and days, without names and notes.
    """
    tied = operations.tied(case, by.person_id)
    whole = bool(permissions.can_read(by, case, tied=tied))
    return {
        "case": case,
        "title": queries.about_words(case) if whole or _may_name(edition, by, case) else queries.code_of(case),
        "steps": queries.steps(case.id, internal=whole),
        "whole": whole,
        "mine": permissions.follows(by.person_id, case),
        "may_add": bool(permissions.can_add(by.person_id, case)),
        "may_begin": bool(permissions.can_begin(by, case, tied=tied)),
        "may_handle": bool(permissions.can_handle(by, case, tied=tied)),
        "may_decide": bool(permissions.can_decide(by, case, tied=tied)),
        "prize": _prize(edition, by, case, tied=tied),
        "left": permissions.days_left(case, local(now()).date()),
        **_files(edition, by, case),
    }


def _may_name(edition: Edition, by: Capacity, case: Case) -> bool:
    """Whether the sender may read the title: of the own works, and of those with a prize that is public."""
    if case.entry_id is None:
        return True
    return any(case.entry_id == each.entry_id for each in subjects.offered(edition, by.person_id))


def _prize(edition: Edition, by: Capacity, case: Case, *, tied: bool) -> str | None:
    """The key of the work's prize, for who may propose to take it back."""
    if case.entry_id is None or not can_rule(by, results.decision(edition.id), tied=tied):
        return None
    return next((each.public_id for each in rulings.results_of(case.entry_id)), None)


def _files(edition: Edition, by: Capacity, case: Case) -> dict[str, Any]:
    """What was sent with it, what may still be taken away, and what may come."""
    files, since = queries.files(case.id), queries.examined_since(case.id)
    here: dict[str, Any] = {"slug": edition.slug, "case_id": case.public_id}
    dropping = [each for each in files if evidence.can_drop(each, since)]
    return {
        "files": files,
        "removals": {each.id: url_for("cases.remove_file", file_id=each.public_id, **here) for each in dropping},
        "kinds": evidence.KINDS,
        "most_bytes": evidence.MOST_BYTES,
        "most": evidence.MOST,
        "may_send": bool(evidence.can_send(by, case)),
    }
