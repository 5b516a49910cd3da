"""The national list as its page shows it: the works chosen and those that could be, what the rules of the national
award say of them, what may be done.
"""

from typing import Any

from award.clock import now
from award.dates import local
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.issued.register import suggestion
from award.nominations import national as rules
from award.nominations import news, permissions, queries
from award.paging import Turn


def board(edition: Edition, by: Capacity, turn: Turn) -> dict[str, Any]:
    """A page of the list, by the names of its template."""
    going = queries.going(edition.id)
    national, judged = going.national, going.judged
    listed, page = queries.board(edition.id, judged, national, turn)
    said = queries.rules_of(national) if national else None
    others, today = [each.work.facts for each in listed], local(now()).date()
    notes = [rules.over_quota(said, len(listed)) if said else None]
    notes.append(rules.too_late(national.deadline_day if national else None, today))
    return {
        "national": national,
        "judged": judged,
        "listed": listed,
        "doubts": [each for each in listed if any(not f.declare for f in each.findings)],
        "notes": [note for note in notes if note],
        "page": page.of([(work, rules.findings(work.facts, said, others) if said else []) for work in page.rows]),
        "turn": turn.carried,
        "dossiers": going.dossiers,
        "there": news.tally(each.nomination.state for each in listed),
        "asks_consent": queries.forwarding_asked(edition.id) is not None,
        "words": news.WORDS,
        "at_home": news.AT_HOME,
        "may_take": bool(permissions.can_take_papers(by, national, len(listed))),
        "may_choose": bool(permissions.can_choose(by, national)),
        "may_complete": bool(permissions.can_complete(by, national, "chosen")),
        "may_build": bool(permissions.can_build(by, national, len(listed))),
        "next_number": suggestion(edition.id, "letter", queries.letter_numbers(edition.award_id)),
    }
