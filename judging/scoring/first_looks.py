"""When a work first was before its judge, as far as anybody can know it."""

from flask import request

from award.db import unit_of_work
from judging.panels.models import Assignment
from judging.panels.operations import first_opened
from judging.scoring import queries

READ_LATER = "Read-Later"
"""What scripts say that fetch a work before anybody looks at it."""


def seen_first(*before_them: Assignment) -> None:
    """Of works that are shown to their judge now, and on which nothing was written yet, this is the first look.

    Where something was, the work was read elsewhere, on paper or without a network: when, nobody knows.
    """
    if request.method != "GET" or READ_LATER in request.headers:
        return
    if any(each.opened_at is None for each in before_them):
        with unit_of_work():
            first_opened(assignments=before_them, unless=queries.written_on())
