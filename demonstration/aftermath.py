"""What came after an edition's results: a name corrected, a prize taken back, objections, payments, national news."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from award.cases import operations as cases
from award.cases import subjects
from award.cases.models import Case
from award.clock import now
from award.dates import local
from award.db import session
from award.editions.models import Edition
from award.nominations import news
from award.nominations.models import Nomination, NominationNews
from award.nominations.queries import nominations
from award.payments import operations as paying
from award.payments import queries as payments
from award.people.models import Person
from award.results import later, queries, rulings
from award.results.later import Paper, Word
from award.results.works import PrizeWork
from demonstration.cast import seen_from

REVOKED = "01-QĐ/BTCG (minh họa)"
BODY, SIGNATORY = "Ban Tổ chức Giải", "Trưởng Ban Tổ chức Giải"


def correct_a_name(edition: Edition, first: Person, second: Person) -> None:
    """A pen name was printed wrong, and reads right since two persons said so."""
    work = _works(edition)[0]
    entry = next(each for _result, _level, each in queries.prizes(edition.id) if each.public_id == work.key)
    author = rulings.authors(entry.id)[0]
    word = Word(
        field="pen_name",
        authorship_id=author.id,
        stood=", ".join(work.authors[0].pen_names),
        reads="Hạ Vy",
        reason="Bút danh ghi trong hồ sơ khác bút danh in trên báo (minh họa)",
        evidence="Trang báo đã đăng (minh họa)",
    )
    sign = later.propose_correction(by=seen_from(edition, first), edition=edition, entry=entry, word=word)
    later.confirm(by=seen_from(edition, second), edition=edition, sign=sign)


def take_a_prize_back(edition: Edition, first: Person, second: Person) -> None:
    """The last prize of the ladder is taken back by a paper that is kept; its place stays vacant."""
    lost = [each for each in _works(edition) if each.level.kind == "main"][-1]
    prize = rulings.prize(edition.id, lost.result_key)
    assert prize is not None, "decided before"
    paper = Paper(
        number=REVOKED,
        day=local(now()).date(),
        body=BODY,
        signatory=SIGNATORY,
        reason="Tác phẩm đã đăng trước thời gian quy định (minh họa)",
    )
    sign = later.propose_revocation(by=seen_from(edition, first), edition=edition, prize=prize, paper=paper)
    later.confirm(by=seen_from(edition, second), edition=edition, sign=sign)


def object_(edition: Edition, entrant: Person, organiser: Person) -> None:
    """An objection to the results was answered."""
    offered = subjects.offered(edition, entrant.id)
    about = next(each for each in offered if each.key == f"prize:{_works(edition)[0].key}")
    told = "Danh sách công bố ghi sai bút danh của tác giả; đề nghị đính chính (minh họa)."
    answered = cases.open_case(person=entrant, edition=edition, subject=about, words=told)
    _begin(edition, organiser, answered)
    answer = "Ban Tổ chức Giải đã đối chiếu trang báo và đính chính bút danh (minh họa)."
    cases.decide(by=seen_from(edition, organiser), edition=edition, case=answered, outcome="upheld", answer=answer)


def object_today(edition: Edition, entrant: Person, secretary: Person) -> None:
    """One that came these days is examined, once: its last day is still to come."""
    if session.scalar(select(Case.id).where(Case.edition_id == edition.id, Case.state != "decided").limit(1)):
        return
    offered = subjects.offered(edition, entrant.id)
    own = next((each for each in offered if each.about == "work"), offered[0])
    told = "Đề nghị cấp lại biên nhận hồ sơ của tác phẩm do bản cũ bị thất lạc (minh họa)."
    case = cases.open_case(person=entrant, edition=edition, subject=own, words=told)
    _begin(edition, secretary, case)
    cases.note(
        by=seen_from(edition, secretary),
        edition=edition,
        case=case,
        words="Đã xin ý kiến Ban Tổ chức Giải (minh họa).",
    )


def pay_some(edition: Edition, entrant: Person, payer: Person) -> None:
    """Some of the money went out, some waits with an account, of the rest nobody has told one.

    The account is the entrant's where they have a prize, else that of the first who has.
    """
    lines = [each for each in payments.owed(edition.id) if each.open and each.amount]
    telling = {each.person_id for each in lines if each.person_id is not None}
    who = entrant if entrant.id in telling else session.get_one(Person, min(telling))
    theirs = [each for each in lines if each.person_id == who.id]
    paying.tell(
        person=who,
        edition=edition,
        keys=[each.key for each in theirs],
        holder=who.legal_name.upper(),
        number="0000 0000 0000",
        bank="Ngân hàng minh họa",
    )
    others = [each for each in lines if each not in theirs][:2]
    chosen = [each.choice for each in others]
    paying.pay(by=seen_from(edition, payer), edition=edition, chosen=chosen, paid_on=local(now()).date())


@dataclass(frozen=True)
class Piece:
    """A piece of news from the national award: so many days after the works were sent, of the first so many of them."""

    days: int
    state: str
    source: str
    works: int | None = None
    prize: str = ""


SENT = Piece(0, "sent", "Công văn 00-CV/BTCG (minh họa)")
RECEIVED = Piece(3, "received", "Cơ quan thường trực báo qua điện thoại (minh họa)")
SHORTLISTED = Piece(40, "shortlisted", "Thông báo của Hội đồng chung khảo (minh họa)", works=2)
PRIZED = Piece(60, "prized", "Danh sách công bố tại lễ trao giải (minh họa)", works=1, prize="Giải C")


def hear(edition: Edition, secretary: Person, piece: Piece) -> None:
    """The piece of news is recorded today, once."""
    listed, today = nominations(edition.id), local(now()).date()
    told = select(NominationNews.id).join(Nomination, Nomination.id == NominationNews.nomination_id)
    if session.scalar(told.where(Nomination.edition_id == edition.id, NominationNews.state == piece.state).limit(1)):
        return
    news.tell(
        by=seen_from(edition, secretary),
        edition=edition,
        keys=[each.public_id for each in listed[: piece.works]],
        state=piece.state,
        source=piece.source,
        known_on=today,
        today=today,
        prize=piece.prize,
    )


def _works(edition: Edition) -> list[PrizeWork]:
    return queries.prize_works(edition.id, "decided")


def _begin(edition: Edition, handler: Person, case: Case) -> None:
    due = local(now()).date() + timedelta(days=15)
    cases.begin(by=seen_from(edition, handler), edition=edition, case=case, due_day=due)
