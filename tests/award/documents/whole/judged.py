"""A round from its first sheet to its end, and the council after it: sheets, equal sums, a judge who took no part."""

from award.db import session
from award.documents.paper import Paper
from award.editions.models import Edition
from award.payments.taxed import Fees, Tax
from judging.council.papers import session_of
from judging.panels.queries import seats_in
from judging.ranking import papers, papers_fees
from judging.ranking.boards import boards
from judging.ranking.following import following
from judging.ranking.score_table import score_table
from judging.scoring.progress import sent_ever
from judging.sittings.papers import minutes
from tests import factories
from tests.award.documents.whole.decided import Writers
from tests.judging.council.test_papers import propose
from tests.judging.ranking.halls import SEED, hall
from tests.judging.rows import clause

MARKS = ((10, 8, 6), (8, 6, 6), (6, 8, 6), (2, 4, 2))


def judged() -> tuple[Edition, Writers]:
    """The edition, and each paper of its judging as it is written now. The rows are flushed, not committed."""
    of = hall(works=4, judges=3, later=False, shortlist=2)
    of.round.public_id = SEED
    for number, seat in enumerate(seats_in(of.round.id)):
        seat.public_id = f"{SEED[:-1]}{number}"  # columns of members stand in this order
    edition = of.bench.edition
    for rank, (code, name, quota) in enumerate((("DB", "Giải Đặc biệt", 1), ("A", "Giải A", 1), ("B", "Giải B", 2)), 1):
        factories.prize_level(edition, rank=rank, code=code, name=name, quota=quota)
    clause(edition, "readings", number=2)
    clause(edition, "tie_rule", text="tác phẩm có điểm tính phát hiện cao hơn")
    aside = of.assignment(of.bench.judges[2], of.works[3])
    aside.state, aside.state_reason = "recused", "newsroom"
    for entry, steps in zip(of.works, MARKS, strict=True):
        for person in of.bench.judges:
            if (person, entry) != (of.bench.judges[2], of.works[3]):
                of.mark(person, entry, steps)
    of.freeze()
    of.close()
    propose(of, 0, "A")
    propose(of, 1, "B", reason="Tính phát hiện cao hơn.")
    for entry in of.works:
        of.standing(entry).advanced = entry in of.works[:2]
    session.flush()

    def shortlist() -> Paper:
        return papers.shortlist(edition, of.round, boards(of.round, names=False))

    def scores() -> Paper:
        table = score_table(of.round, of.bench.panel, reader=None, limit=None)
        return papers.score_table(edition, of.round, of.bench.panel, table)

    tax = Tax(10, 2_000_000, of_excess=False, ground="Luật Thuế thu nhập cá nhân")

    def fees() -> Paper:
        return papers_fees.fees(
            edition, of.round, following(edition, of.round), sent_ever(of.round.id), Fees(700_000, tax)
        )

    return edition, {
        "shortlist": shortlist,
        "scores": scores,
        "fees": fees,
        "minutes": lambda: minutes(session_of(edition, of.round, None)),
    }
