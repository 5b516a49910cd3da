"""A season from the post to the national award: works of three kinds, money, bodies, opinions, a prize taken back."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from sqlalchemy import select

from award.calendars.models import PlannedDay
from award.db import session
from award.documents.paper import Paper
from award.editions.models import Edition, Panel, Topic
from award.editions.queries import national_edition
from award.entries.models import Authorship, Entry, PriorPrize, Receipt
from award.entries.papers import entry_form
from award.entries.queries import dossier
from award.entries.receipts import content, content_hash
from award.intake import held
from award.intake import papers as intake
from award.intake import queries as intake_queries
from award.intake.models import Handover, Parcel, ParcelWork, Piece
from award.nominations import papers as national
from award.nominations import papers_sending as sending
from award.nominations import queries as nominations
from award.nominations.models import Nomination
from award.opinions.models import Opinion
from award.payments import papers as payments
from award.payments.models import TaxRule
from award.payments.queries import owed, tax_rules
from award.reports import queries as figures
from award.reports.papers import Report
from award.reports.statistics import statistics
from award.reports.weekly import weekly
from award.results import commending, papers, papers_after, papers_ceremony, papers_commendation, papers_submission
from award.results.models import Honour, Result, Ruling
from award.results.operations import StandingRow, record_standing
from award.screening import papers as screening
from award.screening.filters import QueueFilter
from award.screening.models import Screening
from award.screening.queries import listed
from award.screening.showing import queue_lines
from tests import factories
from tests.award.results.rows import Outcome, outcome, work

Writers = Mapping[str, Callable[[], Paper]]
PAIR = (("Nguyễn Thị Vân", "Hà Vân, Sông Mây"), ("Trần Minh", ""))
RULING = {"number": "31-QĐ/BTCG", "day": date(2023, 12, 5), "body": "Ban Tổ chức Giải"}


def decided() -> tuple[Edition, Writers]:
    """The season, and each of its papers as it is written now. The rows are flushed, not committed."""
    made = outcome(proposed=False, works=0)
    _works(made)
    _judged(made)
    parcel, handover = _posted(made)
    edition, receipt = made.edition, _received(made, made.works[0])
    revoked, given, lowered = _after(made)
    law = {"percent": 10, "threshold": 10_000_000, "of_excess": True, "ground": "Luật Thuế thu nhập cá nhân"}
    session.add(TaxRule(edition_id=edition.id, kind="prize", **law))
    session.flush()

    def sent() -> national.Sending:
        to = national_edition(edition.id)
        assert to is not None
        last = nominations.last_ranked_round(edition.id)
        chosen = [each.work for each in nominations.chosen(edition.id, last, to)]
        return national.Sending(edition, to, chosen, "45-CV/BTGTU", date(2023, 11, 1))

    def taken(**wanted: str) -> Paper:
        rows = session.execute(listed(edition.id, QueueFilter(**wanted))).tuples().all()
        return screening.taken(edition, queue_lines(edition, rows), eligible="decision" in wanted)

    def of_the_week() -> Paper:
        today, frame = date(2023, 9, 22), figures.frame(edition)
        counts = figures.counts(edition, today)
        return weekly(Report(edition, frame, statistics(frame, counts)), counts.days, today)

    def parcel_receipt() -> Paper:
        line = intake_queries.line(edition, parcel.public_id)
        assert line is not None
        return intake.receipt(edition, line)

    def given_back() -> Paper:
        found = held.handover(edition.id, handover.public_id)
        assert found is not None
        return intake.handover_sheet(edition, *found)

    return edition, {
        "entry": lambda: entry_form(receipt, edition),
        "intake": parcel_receipt,
        "handover": given_back,
        "received": taken,
        "received, eligible": lambda: taken(decision="eligible"),
        "screening": lambda: screening.minutes(edition),
        "ineligible": lambda: screening.ineligible(edition),
        "weekly": of_the_week,
        "submission": lambda: papers_submission.submission(edition),
        "decision": lambda: papers.decision(edition),
        "commendation": lambda: papers_commendation.commendation(edition),
        "notice": lambda: papers.notice(edition),
        "invitation": lambda: papers_ceremony.invitation(edition),
        "ceremony, order": lambda: papers_ceremony.running_order(edition),
        "ceremony, signing": lambda: papers_ceremony.signing_list(edition),
        "index": lambda: papers_ceremony.index(edition),
        "payment": lambda: payments.paying(edition, owed(edition.id), {}, tax_rules(edition.id)["prize"]),
        "revocation": lambda: papers_after.written(edition, revoked),
        "succession": lambda: papers_after.written(edition, given),
        "lowering": lambda: papers_after.written(edition, lowered),
        "letter": lambda: national.letter(sent()),
        "national": lambda: national.national_list(sent()),
        "sending, handover": lambda: sending.handover(sent()),
        "sending, cover": lambda: sending.cover(sent(), 1, sent().works[0]),
    }


def _works(made: Outcome) -> None:
    """Eleven works in three kinds of media, of organs that are listed and one that is typed."""
    edition, organ = made.edition, factories.newsroom("Báo Biển Xanh")
    edition.deadline_day = date(2023, 9, 30)
    photo = factories.category(edition, code="ẢNH", name="Ảnh báo chí", medium="photo")
    photo.genres[0].name = "Phóng sự ảnh"
    radio = factories.category(edition, code="PT", name="Phát thanh", medium="radio")
    topics = [
        Topic(edition_id=edition.id, ordinal=n, name=name, focal=n == 1)
        for n, name in enumerate(("Gương người tốt, việc tốt", "Xây dựng tổ chức cơ sở Đảng", "Công tác dân vận"), 1)
    ]
    session.add_all(topics)
    session.flush()
    told = {"newsroom": organ, "topic_id": topics[0].id}
    made.works = [
        work(edition, made.category, "Giữ lời hứa với dân", authors=PAIR, parts=5, **told),
        work(edition, photo, "Người giữ lửa ở Khánh Sơn", authors=(("Lê H'Yim", ""),), newsroom_text="Tạp chí Non Cao"),
        work(edition, radio, "Tiếng loa bản xa", authors=(("Đỗ Lan", "Mai Lan"),), parts=3, **told),
        work(edition, made.category, "Đường về bản xa", authors=(("Hoàng Thu", ""),), **told),
        work(edition, made.category, "Chi bộ bên bờ sóng", authors=(("Vũ Hà", "Hà Vũ"),), topic_id=topics[1].id),
    ]
    for n, clause in enumerate(("khoản 1 Điều 4", "khoản 2 Điều 5"), start=1):
        out = work(edition, made.category, f"Đăng ngoài thời gian {n}", decision="ineligible", **told)
        refused = session.query(Screening).filter_by(entry_id=out.id).one()
        refused.clause, refused.reason = clause, "Đăng trước ngày 01/11/2022" if n == 1 else "Thiếu kỳ 2"
        refused.decided_by_id, refused.decided_at = made.secretary.id, datetime(2023, 10, 5, 2, tzinfo=UTC)
    gone = work(edition, radio, "Đã xin rút", authors=(("Người Rút", ""),), **told)
    gone.state, gone.withdrawn_at, gone.withdrawn_reason = "withdrawn", datetime(2023, 9, 25, tzinfo=UTC), "Xin rút"
    for n, entry in enumerate(session.query(Entry).order_by(Entry.id)):
        entry.submitted_at = datetime(2023, 9, 14 + n, 3, 30, tzinfo=UTC)
    for author in session.query(Authorship):
        author.employer_text = "Báo Biển Xanh"
    made.works[0].prior_prizes.append(
        PriorPrize(award_name="Giải Báo chí Khánh Hòa", level="Giải Nhì", organiser="Hội Nhà báo tỉnh", year=2023)
    )


def _judged(made: Outcome) -> None:
    """Prizes with money, a body commended by a paper of its own, bodies asked, the decision, the ceremony planned."""
    edition, body = (
        made.edition,
        factories.prize_level(
            made.edition, rank=9, code="BK", name="Bằng khen tập thể", quota=3, kind="collective", money=1_500_000
        ),
    )
    made.levels["ĐB"].money, made.levels["A"].money = 20_000_000, 10_500_000
    whom = {"edition_id": edition.id, "prize_level_id": body.id, "recipient": "Đảng ủy phường Ninh Hòa"}
    made.propose((made.works[0], "A"), (made.works[1], "A"), (made.works[2], "ĐB"))
    session.add(Honour(reason="Có nhiều tác phẩm dự Giải", **whom))
    panel = session.scalars(select(Panel).where(Panel.round_id == made.rounds[1].id)).one()
    rows = [StandingRow(each.id, panel.id, n, None, 3) for n, each in enumerate(made.works, start=1)]
    record_standing(by=made.by(made.chair), edition=edition, judged=made.rounds[1], rows=rows)
    asked = {"edition_id": edition.id, "asked_on": date(2023, 11, 10), "recorded_by_id": made.secretary.id}
    answered = {"stance": "agrees", "answered_on": date(2023, 11, 14), "answered_by_paper": "88-CV/UBKTTU"}
    session.add(Opinion(body="Ủy ban Kiểm tra Tỉnh ủy", asked_by_paper="40-CV/BTCG", **asked, **answered))
    session.add(Opinion(body="Công an tỉnh", due_day=date(2023, 11, 18), **asked))
    commending.put_apart(by=made.by(made.organiser), edition=edition, apart=True)
    made.decide()
    paper = {"number": "77-QĐ/TU", "day": date(2023, 11, 21), "body": "Tỉnh ủy Khánh Hòa"}
    commending.commend(by=made.by(made.organiser), edition=edition, signatory="Nguyễn An, Phó Bí thư", **paper)
    at = datetime(2023, 12, 28, 1, tzinfo=UTC)
    session.add(PlannedDay(edition_id=edition.id, kind="ceremony", at=at, place="Hội trường Tỉnh ủy", changed_at=at))
    factories.national_edition(edition, recipient="Tạp chí Xây dựng Đảng", quota=2)
    for n, each in enumerate(made.works[:2], start=1):
        by = {"edition_id": edition.id, "chosen_by_id": made.organiser.id}
        session.add(Nomination(entry_id=each.id, ordinal=n, **by))
    session.flush()


def _posted(made: Outcome) -> tuple[Parcel, Handover]:
    """A parcel with two kinds of things that brought a work; the stick was given back."""
    at = datetime(2023, 9, 20, 2, 15, 7, tzinfo=UTC)
    by = {"edition_id": made.edition_id, "registered_by_id": made.secretary.id}
    parcel = Parcel(number=1, channel="post", sender="Nguyễn Thị Vân", arrived_at=at, contents="Thư giới thiệu", **by)
    parcel.postmark_on, parcel.newsroom_id = date(2023, 9, 18), made.works[0].newsroom_id
    parcel.pieces = [
        Piece(ordinal=1, kind="print", count=5, kept_at="Tủ 1"),
        Piece(ordinal=2, kind="usb", count=1, words="USB ghi âm"),
    ]
    given = {"edition_id": made.edition_id, "given_by_id": made.secretary.id}
    handover = Handover(receiver="Trần Minh", given_on=date(2023, 12, 1), **given)
    session.add_all([parcel, handover])
    session.flush()
    session.add(ParcelWork(parcel_id=parcel.id, entry_id=made.works[0].id))
    parcel.pieces[1].handover_id = handover.id
    session.flush()
    return parcel, handover


def _received(made: Outcome, entry: Entry) -> Receipt:
    assert entry.code and entry.submitted_at
    entry.declared = {code: {"version": 1, "at": "2023-09-14T10:29:00+07:00"} for code in ("commitment", "consent")}
    session.flush()
    received = content(dossier(entry.id), made.edition, entry.code, entry.submitted_at, None)
    at = {"received_at": entry.submitted_at, "content": received, "content_hash": content_hash(received)}
    return Receipt(entry_id=entry.id, entry_version=1, code=entry.code, **at)


def _after(made: Outcome) -> tuple[Ruling, Ruling, Ruling]:
    """A prize that two persons are about to take back, its place about to be given, another about to be lowered: their
    papers as drafts."""
    of = {"edition_id": made.edition_id, "signatory": "Nguyễn Văn Hòa, Trưởng Ban", **RULING}
    result = session.query(Result).filter_by(entry_id=made.works[1].id).one()
    why = "Tác phẩm đã đăng trước thời gian quy định"
    revoked = Ruling(kind="revoked", entry_id=result.entry_id, result_id=result.id, reason=why, **of)
    session.add(revoked)
    session.flush()
    why = "Tác phẩm kế tiếp trong bảng xếp hạng"
    about = {"in_place_of_id": revoked.id, "level_id": result.prize_level_id}
    given = Ruling(kind="awarded", entry_id=made.works[3].id, reason=why, **about, **of)
    session.add(given)
    session.flush()
    high = session.query(Result).filter_by(entry_id=made.works[2].id).one()
    about = {"level_id": result.prize_level_id, "former_level_id": high.prize_level_id, "beyond": True}
    why = "Chưa đạt yêu cầu của mức đã trao"
    lowered = Ruling(kind="lowered", entry_id=high.entry_id, result_id=high.id, reason=why, **about, **of)
    session.add(lowered)
    session.flush()
    return revoked, given, lowered
