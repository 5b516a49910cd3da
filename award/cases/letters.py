"""Letters to who sent an objection from an account: that it came, that it is examined, what was answered."""

from collections.abc import Callable

from flask_babel import gettext as _

from award import dates
from award.cases import queries
from award.cases.models import Case
from award.editions.models import Edition
from award.letters.operations import write
from award.letters.queries import Written
from award.people.letters import address, rendered

RECEIVED, EXAMINING, DECIDED = "case_received", "case_examining", "case_decided"


def tell(edition: Edition, case: Case, kind: str) -> None:
    """The letter goes out after the commit, once for each of these steps; none for a case that came as a letter."""
    to = queries.sender_address(case)
    if to is None:
        return
    values, house = words(edition, case, kind)
    key = f"case:{case.public_id}:{kind.removeprefix('case_')}"
    write(edition, kind, to_address=to, values=values, house=house, dedupe_key=key)


def words(edition: Edition, case: Case, kind: str) -> tuple[dict[str, str], Callable[[], Written]]:
    """What an edition's own words may hold, and the letter as the house writes it."""
    values = {
        "ma": case.code,
        "ngay_nhan": dates.day(case.received_on),
        "lien_ket": address("cases.case", slug=edition.slug, case_id=case.public_id),
    }
    if kind == DECIDED:
        values["tra_loi"] = case.answer
    else:
        values["han"] = dates.day(case.due_day) if case.due_day else ""

    def house() -> Written:
        subject = {
            RECEIVED: _("Đã tiếp nhận kiến nghị, phản ánh %(code)s", code=case.code),
            EXAMINING: _("Kiến nghị, phản ánh %(code)s đang được xem xét", code=case.code),
            DECIDED: _("Trả lời kiến nghị, phản ánh %(code)s", code=case.code),
        }[kind]
        body = rendered("cases/mail/step.txt", edition=edition, case=case, kind=kind, link=values["lien_ket"])
        return subject, body

    return values, house
