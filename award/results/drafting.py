"""The door to the papers of a decision: as they were issued, or as drafts while their moment lasts."""

from functools import partial

from award.documents.answers import file_asked, kept_asked
from award.doors import found
from award.issued.files import content
from award.issued.queries import standing
from award.people.signin import sign_in_required
from award.results import (
    drafts,
    papers,
    papers_ceremony,
    papers_commendation,
    papers_submission,
    permissions,
    queries,
)
from award.results.remembered import Answer
from award.results.views import blueprint, staff_of
from award.verdicts import YES, require

PAPERS = {
    "quyet-dinh": ("decision", papers.decision),
    "thong-bao": ("notice", papers.notice),
    "to-trinh": ("submission", papers_submission.submission),
    "khen-thuong": ("commendation", papers_commendation.commendation),
    "giay-moi": ("invitation", papers_ceremony.invitation),
    "thu-tu-trao-giai": ("", papers_ceremony.running_order),
    "muc-luc": ("", papers_ceremony.index),
}
"""Which of them bears a number and is kept, and what writes it."""


@blueprint.get("/<slug>/quyet-dinh/van-ban/<kind>.<ending>")
@sign_in_required
def paper(slug: str, kind: str, ending: str) -> Answer:
    edition, by = staff_of(slug)
    require(permissions.can_take_papers(by, ended=queries.has_outcome(edition.id)))
    code, write = found(PAPERS.get(kind))
    if code and (kept := standing(edition.id, code)):
        return kept_asked(f"{kind}-{slug}", ending, partial(content, kept))
    require(drafts.of(edition.id, queries.decision(edition.id)).get(code, YES))
    return file_asked(f"{kind}-{slug}", ending, paper=lambda: write(edition))
