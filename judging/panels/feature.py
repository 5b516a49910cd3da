"""What the room panels hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from sqlalchemy import func, select

from award.calendars.queries import of_round, titled
from award.db import session
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.queries import capacity, rounds_seen, with_rules
from award.entries.models import Entry
from award.features import Feature, NextAct, Obstacle
from award.glance import EDITION, glance
from award.icalendar import Dated
from award.people.letters import address
from award.people.models import Person
from award.screening.permissions import READERS
from award.verdicts import Verdict
from judging.panels import claim_pages as claim_pages
from judging.panels import declaring_pages as declaring_pages
from judging.panels import obstacles, operations, queries, views, waiting
from judging.panels.models import ConflictClaim
from judging.panels.permissions import READS_NAMES, can_decide_claim, can_state_claim
from judging.panels.personal import personal
from judging.panels.sealed import judges_now, judges_who_read_names, relations_are_told
from judging.panels.table import table_of

GLANCES = {
    "claims": (
        select(func.count(ConflictClaim.id))
        .join(Entry, Entry.id == ConflictClaim.entry_id)
        .where(Entry.edition_id == EDITION, ConflictClaim.answered_at.is_(None))
        .scalar_subquery()
    )
}


def deal_on_opening(round_id: int, _person_id: int | None) -> None:
    """The works of the round are dealt in the unit of work that opens it."""
    operations.deal(by=None, round=session.get_one(Round, round_id))


def in_the_way(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:
    """What keeps a round from opening: panels without seats, works that nobody may read, judges who read names."""
    if step != "open_round" or round_id is None:
        return ()
    edition, round_ = with_rules(edition_id), session.get_one(Round, round_id)
    address = url_for("panels.overview", slug=edition.slug, ordinal=round_.ordinal)
    found = obstacles.before_opening(table_of(edition, round_))
    if round_.blind and (names := judges_who_read_names(round_)):
        words = _("%(names)s chấm vòng kín mà giữ vai trò đọc được tên tác giả.", names=", ".join(names))
        found.append(f"{words} {READS_NAMES}")
    return [Obstacle(sentence, address) for sentence in found]


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For a judge: the pledge, then what is said before dealing. For the staff: works that nobody was given."""
    acts = _claims(person_id, edition_id) + _of_seats(person_id, edition_id)
    for late in waiting.works_nobody_was_given(person_id, edition_id):
        acts.append(
            NextAct(
                _("Phân công %(n)s tác phẩm mới đủ điều kiện, vòng %(name)s", n=late.count, name=called(late)),
                url_for("panels.overview", slug=late.slug, ordinal=late.ordinal),
                weight=20,
            )
        )
    for left in waiting.works_left_behind(person_id, edition_id):
        acts.append(
            NextAct(
                _(
                    "Chuyển %(n)s lượt chấm của thành viên đã thôi tham gia, vòng %(name)s",
                    n=left.count,
                    name=called(left),
                ),
                url_for("panels.dealing", slug=left.slug, ordinal=left.ordinal),
                weight=20,
            )
        )
    return acts


def _of_seats(person_id: int, edition_id: int) -> list[NextAct]:
    acts = []
    for waits in waiting.seats_waiting(person_id, edition_id):
        name = called(waits)
        if waits.pledged:
            words = _("Khai báo liên quan trước khi phân công, vòng %(name)s", name=name)
            acts.append(NextAct(words, url_for("panels.own_ties", slug=waits.slug, ordinal=waits.ordinal), weight=11))
        else:
            words = _("Cam kết trước khi chấm vòng %(name)s", name=name)
            acts.append(NextAct(words, url_for("panels.pledge", slug=waits.slug, ordinal=waits.ordinal), weight=10))
    return acts


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """For the staff: the panels of the round that is prepared or judged, from the draft on, when judges are seated."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if edition.state not in {"draft", "open", "screening", "judging"} or not by.holds("organiser", "secretary"):
        return ()
    standing = [each.ordinal for each in rounds_seen(person_id, edition_id) if each.state != "closed"]
    return [
        (pgettext("many", "Tiểu ban"), url_for("panels.overview", slug=edition.slug, ordinal=each))
        for each in standing[:1]
    ]


def _claims(person_id: int, edition_id: int) -> list[NextAct]:
    """What authors said of members who have to do with their works, for who decides on it."""
    waits = glance(person_id, edition_id)["claims"]
    if not waits:
        return []
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    if not can_decide_claim(by, blind=queries.judges_blind(person_id, edition_id)):
        return []
    where = url_for("panels.conflict_claims", slug=edition.slug)
    return [NextAct(_("Xem %(n)s ý kiến nêu thành viên có liên quan", n=waits), where, weight=12)]


def told_owner(entry_id: int, _person_id: int) -> Sequence[NextAct]:
    """That they may say who of the council has to do with the work, until the judging is over."""
    entry = session.get_one(Entry, entry_id)
    edition = session.get_one(Edition, entry.edition_id)
    if not can_state_claim(edition, entry):
        return ()
    address = url_for("panels.own_claims", slug=edition.slug, entry_id=entry.public_id)
    return (NextAct(_("Nêu thành viên Hội đồng có liên quan"), address, weight=90),)


TELL_RELATIONS = ("conflict.", "claim.", "sheet.annulled")


def against_appointing(edition_id: int, person_id: int, role: str) -> Verdict | None:
    """A judge of a blind round takes no office whose pages show names before that round is closed."""
    if role in READERS and queries.judges_blind(person_id, edition_id):
        return Verdict("judges_blind", str(READS_NAMES))
    return None


def own_dates(person_id: int) -> Sequence[Dated]:
    """The rounds in which the person sits on a panel, as they are planned."""
    found: list[Dated] = []
    for edition, in_round in waiting.rounds_of_seats(person_id):
        planned = of_round(in_round, address("scoring.queue", slug=edition.slug, ordinal=in_round.ordinal))
        found += titled(edition, [planned] if planned else [])
    return found


feature = Feature(
    name="panels",
    blueprint=views.blueprint,
    obstacles=in_the_way,
    next_acts=next_acts,
    navigation=navigation,
    on_round_opened=deal_on_opening,
    against_appointing=against_appointing,
    has_to_do=queries.kept_from,
    sealed_events=dict.fromkeys(TELL_RELATIONS, relations_are_told),
    told_owner=told_owner,
    reads_unseen=judges_now,
    glances=GLANCES,
    own_dates=own_dates,
    personal=personal,
)
