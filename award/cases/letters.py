"""Letters to who sent an objection from an account: that it came, that it is examined, what was answered."""

from flask_babel import gettext as _

from award.cases import queries
from award.cases.models import Case
from award.editions.models import Edition
from award.messages.operations import post
from award.people.letters import address, rendered


def acknowledge(edition: Edition, case: Case) -> None:
    """The letter with the number and, where it is known, the last day goes out after the commit."""
    tell(edition, case, _("Đã tiếp nhận kiến nghị, phản ánh %(code)s", code=case.code), "received")


def tell(edition: Edition, case: Case, subject: str, what: str) -> None:
    """The letter goes out after the commit, once for each of these steps; none for a case that came as a letter."""
    to = queries.sender_address(case)
    if to is None:
        return
    link = address("cases.case", slug=edition.slug, case_id=case.public_id)
    body = rendered("cases/mail/step.txt", edition=edition, case=case, what=what, link=link)
    post(kind="case", to_address=to, subject=subject, body=body, dedupe_key=f"case:{case.public_id}:{what}")
