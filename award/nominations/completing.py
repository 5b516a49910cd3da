"""A work on the list that lacks something is asked to complete its dossier first; until it has, no dossier is made."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from award import dates
from award.db import session
from award.editions.models import Edition
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import national_edition
from award.entries.models import Entry
from award.letters.operations import write
from award.letters.queries import Written
from award.log.operations import record
from award.nominations import permissions
from award.nominations.models import Nomination
from award.people.letters import rendered
from award.results.queries import addressees, title_of
from award.verdicts import require

TO_COMPLETE = "to_complete"


def ask(*, by: Capacity, edition: Edition, nomination: Nomination, what: str, until: date) -> int:
    """The work is being completed, and whose it is have a letter that says what is missing; how many were written.

    The letter names no award and no prize, so that it tells nothing that is not public.
    """
    lock(edition)
    _at_home(by, edition, nomination)
    nomination.state = "completing"
    session.flush()
    entry = session.get_one(Entry, nomination.entry_id)
    values, house = words(edition, entry, what, dates.day(until))
    record(
        "nomination.to_complete",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=nomination,
        facts={"until": until.isoformat()},
        detail={"what": what},
    )
    written = [
        write(
            edition,
            TO_COMPLETE,
            to_address=each.email,
            values=values,
            house=house,
            dedupe_key=f"to_complete:{nomination.public_id}:{until.isoformat()}:{each.email}",
        )
        for each in addressees(edition.id, entry.id)
    ]
    return sum(number is not None for number in written)


def words(edition: Edition, entry: Entry, what: str, until: str) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    values = {"ma_ho_so": entry.code or "", "ten_tac_pham": title_of(entry.id), "can_bo_sung": what, "han": until}

    def house() -> Written:
        told = {"code": entry.code, "title": values["ten_tac_pham"], "what": what, "until": until}
        body = rendered("nominations/mail/completing.txt", edition=edition, **told)
        return _("Đề nghị bổ sung hồ sơ %(code)s", code=entry.code), body

    return values, house


def done(*, by: Capacity, edition: Edition, nomination: Nomination) -> None:
    """The work lacks nothing any more."""
    lock(edition)
    _at_home(by, edition, nomination)
    nomination.state = "chosen"
    session.flush()
    record("nomination.completed", actor_id=by.person_id, award_id=edition.award_id, subject=nomination)


def _at_home(by: Capacity, edition: Edition, nomination: Nomination) -> None:
    """Raises Refused for who does not run the list, and once the work has left the house."""
    require(permissions.can_complete(by, national_edition(edition.id), nomination.state))
