"""How an edition of the demonstration ends: shortlist, council, decision, national dossier, publication, archive."""

from datetime import date, datetime

from sqlalchemy import select

from award.db import session
from award.editions.models import Edition, PrizeLevel, Round
from award.editions.operations import calendar
from award.editions.queries import national_edition, with_rules
from award.entries.models import Entry, EntryFile
from award.files.models import File
from award.nominations import operations as forwarding
from award.nominations import queries
from award.nominations.candidates import Work
from award.nominations.models import Dossier, Nomination
from award.nominations.national import findings
from award.people.models import Person
from award.results import operations as deciding
from award.screening import operations as screening
from award.screening import refusals
from demonstration.cast import seen_from
from demonstration.works import ORGANS
from judging.council import operations as council
from judging.council.queries import candidates, structure_of
from judging.ranking import operations as ranking
from judging.ranking.boards import boards
from judging.sittings import agendas
from judging.sittings import queries as sitting_queries
from judging.sittings.operations import meeting

LADDER = ("A", "B", "B", "C", "C", "C", "KK", "KK", "CD")
"""What the council gives from the top of the ranking down; the first prize of all stays vacant."""
NUMBER = "00-QĐ/BTCG (minh họa)"
LETTER = "00-CV/BTCG (minh họa)"
FORWARDED = 5


def shortlist(edition: Edition, judged: Round, chair: Person) -> None:
    """Of each panel as many go on as it was given; where a tie is cut, the reason says so."""
    advanced: dict[int, str] = {}
    for board in boards(judged, names=False):
        if board.decided is None:
            advanced |= {line.entry_id: "" for line in board.lines}
            continue
        cut = board.decided.cut
        advanced |= dict.fromkeys(cut.inside, "")
        reason = "Tiểu ban thảo luận, chọn theo tính phát hiện"
        advanced |= dict.fromkeys(list(cut.tied)[: cut.left], reason)
    ranking.draw_shortlist(by=seen_from(edition, chair), edition=edition, judged=judged, advanced=advanced)


def call_together(edition: Edition, secretary: Person, teller: Person) -> None:
    """The council is called together over what the ranking leaves in doubt: everybody is there, two count ballots."""
    hand, last = seen_from(edition, secretary), edition.rounds[-1]
    agenda = agendas.in_order(boards(last, names=False))
    sitting = meeting.prepare(by=hand, edition=edition, works=agenda)
    present = [each.id for each in sitting_queries.roll(sitting.id)]
    meeting.call_roll(by=hand, edition=edition, sitting=sitting, present=present)
    meeting.name_tellers(by=hand, edition=edition, sitting=sitting, people=[secretary.id, teller.id])


def propose_prizes(edition: Edition, last: Round, chair: Person) -> None:
    """Prizes down the ranking, one on a theme, and praise for a body; then the council has ended."""
    hand = seen_from(edition, chair)
    ranked = [line for board in boards(last, names=False) for line in board.lines if line.rank is not None]
    levels: dict[str, PrizeLevel] = {each.level.code: each.level for each in structure_of(edition.id)}
    standing = candidates(edition.id)
    for line, code in zip([line for line in ranked if line.entry_id in standing], LADDER, strict=False):
        entry = session.get_one(Entry, line.entry_id)
        council.propose(by=hand, edition=edition, entry=entry, level=levels[code])
    for organ in ORGANS[:2]:
        council.propose_honour(
            by=hand,
            edition=edition,
            level=levels["TT"],
            recipient=organ,
            reason="Có nhiều tác phẩm dự Giải, chất lượng đồng đều",
        )
    council.hand_down(by=hand, edition=edition)


def decide(edition: Edition, organiser: Person, day: date) -> None:
    """The decision is recorded as on an invented paper."""
    hand = seen_from(edition, organiser)
    calendar.start_decision(by=hand, edition=edition)
    deciding.decide(
        by=hand,
        edition=with_rules(edition.id),
        number=NUMBER,
        day=day,
        body="Ban Tổ chức Giải",
        signatory="Trưởng Ban Tổ chức Giải",
    )


def announce(edition: Edition, organiser: Person, second: Person, at: datetime) -> None:
    """The instant of publication is named by one and confirmed by another."""
    deciding.propose_publication(by=seen_from(edition, organiser), edition=edition, at=at)
    deciding.confirm_publication(by=seen_from(edition, second), edition=with_rules(edition.id))


def approve_ineligible(edition: Edition, organiser: Person) -> None:
    """The list of works that are not eligible is approved, and their authors are told."""
    seen = refusals.seen_list(edition.id)
    screening.approve_ineligible(by=seen_from(edition, organiser), edition=edition, seen=seen)


def choose_for_the_national_award(edition: Edition, organiser: Person) -> None:
    """The best works that the national rules admit are on the list. Once."""
    hand = seen_from(edition, organiser)
    if queries.count_chosen(edition.id):
        return
    judged = queries.last_ranked_round(edition.id)
    free = [work for work in queries.candidates(edition.id, judged).rows if not _barred(edition, work)]
    for work in free[:FORWARDED]:
        forwarding.choose(by=hand, edition=edition, entry=work.entry)


def ask_for_dossier(edition: Edition, organiser: Person, day: date) -> int:
    """The dossier of the list is asked for, once; gives its number."""
    asked = session.scalar(select(Dossier.id).where(Dossier.edition_id == edition.id))
    if asked is not None:
        return asked
    hand = seen_from(edition, organiser)
    return forwarding.ask_dossier(by=hand, edition=edition, letter_number=LETTER, letter_day=day).id


def _barred(edition: Edition, work: Work) -> bool:
    national = national_edition(edition.id)
    assert national is not None, "the plan names the national edition"
    return any(found.bars for found in findings(work.facts, queries.rules_of(national), []))


def files_to_forward(edition: Edition) -> list[File]:
    """The files of the works on the national list."""
    found = (
        select(File)
        .join(EntryFile, EntryFile.file_id == File.id)
        .join(Nomination, Nomination.entry_id == EntryFile.entry_id)
        .where(Nomination.edition_id == edition.id)
    )
    return list(session.scalars(found))


def end(edition: Edition, organiser: Person) -> None:
    """The instant of publication has passed: the results are public, and the edition is only read from now on."""
    deciding.mark_public(edition=edition)
    calendar.archive(by=seen_from(edition, organiser), edition=with_rules(edition.id))
