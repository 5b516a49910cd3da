"""What the room sittings hands to the house."""

from collections.abc import Collection, Sequence

from flask import Flask, url_for
from flask_babel import gettext as _
from sqlalchemy import ColumnElement, exists, select

from award.db import session
from award.editions.clauses import BY_CODE, MOVES_VOTES
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity, rounds_seen, with_rules
from award.features import Feature, FileSight, NextAct, Obstacle
from award.files.models import File
from award.glance import EDITION, READER, glance
from award.people.models import Person
from award.results.lines import within
from award.screening.queries import blind_codes
from award.verdicts import Verdict
from judging.council import queries as council
from judging.panels.models import Seat
from judging.panels.queries import still_appointed
from judging.readings.permissions import can_send
from judging.sittings import hall_pages as hall_pages
from judging.sittings import handed_out, permissions, queries, sealing, seeing, views
from judging.sittings import hands_pages as hands_pages
from judging.sittings import paper_pages as paper_pages  # its doors stand on the same blueprint
from judging.sittings import remark_pages as remark_pages
from judging.sittings.models import Sitting
from judging.sittings.operations import overturning
from judging.sittings.operations.filling import (
    ballots_follow,
    is_balloted,
    passed,
    places_of,
    undecided,
    votes_closed,
)
from judging.sittings.personal import personal

_LAST = select(Round.id).where(Round.edition_id == EDITION).order_by(Round.ordinal.desc()).limit(1).scalar_subquery()
GLANCES = {
    "sitting": (
        select(Sitting.state).where(Sitting.edition_id == EDITION, Sitting.state != "closed").scalar_subquery()
    ),
    "sits": select(
        exists().where(Seat.person_id == READER, Seat.round_id == _LAST, still_appointed())
    ).scalar_subquery(),
}


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The room: for heads and staff while prizes are proposed, for members while a sitting is under way."""
    if person_id is None or edition_id is None:
        return []
    edition, by = _seen(person_id, edition_id)
    seen, known = rounds_seen(person_id, edition_id), glance(person_id, edition_id)
    member = bool(known["sits"] and known["sitting"])
    if not known["sitting"] and edition.state != "judging":
        return []
    if not permissions.can_enter(by, seen[-1] if seen else None, member=member):
        return []
    return [(_("Phiên họp"), url_for("sittings.room", slug=edition.slug))]


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For everybody in the room: that the council sits, or is about to; for who only reads along: that it sits."""
    edition, by = _seen(person_id, edition_id)
    known = glance(person_id, edition_id)
    takes_part = known["sits"] or by.holds(*permissions.KEEPERS)
    if known["sitting"] is None or not (takes_part or (known["sitting"] == "open" and by.holds(*permissions.READERS))):
        return []
    if known["sitting"] == "open":
        words = _("Vào phiên họp Hội đồng") if takes_part else _("Theo dõi phiên họp Hội đồng")
    elif by.holds(*permissions.HEADS):
        words = _("Bắt đầu phiên họp Hội đồng")
    else:
        words = _("Xem chương trình phiên họp Hội đồng")
    return [NextAct(words, url_for("sittings.room", slug=edition.slug), weight=5)]


def obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:  # noqa: ARG001
    """The decision waits for the end of a sitting."""
    if step != "decide" or queries.running(edition_id) is None:
        return []
    slug = session.get_one(Edition, edition_id).slug
    return [Obstacle(_("Phiên họp của Hội đồng chưa kết thúc."), url_for("sittings.room", slug=slug))]


def against_ending(edition_id: int) -> Verdict | None:
    """The council does not end while works of one share still wait for the last places of a level."""
    for level, left in undecided(with_rules(edition_id)):
        words = _(
            "Còn %(n)s chỗ %(level)s chưa phân định giữa các tác phẩm có tỷ lệ đồng ý bằng nhau. Đề nghị xét theo các "
            "bước của Quy chế, hoặc Chủ tịch đề nghị mức giải và ghi lý do.",
            n=left,
            level=within(level.name),
        )
        return Verdict("undecided", words)
    left_out = overturning.left_out(with_rules(edition_id))
    if left_out:
        level, entry_ids = left_out[0]
        told = {"level": within(level.name), "codes": ", ".join(sorted(blind_codes(entry_ids).values()))}
        words = _(
            "Theo kết quả bỏ phiếu, %(codes)s có chỗ ở %(level)s mà chưa được đề nghị. Đề nghị ghi mức giải của tác"
            " phẩm ấy.",
            **told,
        )
        return Verdict("left_out", words)
    return None


def against_ruling(round_id: int, entry_ids: Collection[int]) -> Verdict | None:
    """Of the last round nobody rules before the ballot that the rules name was held and left the works equal."""
    edition = with_rules(session.get_one(Round, round_id).edition_id)
    last = council.last_round(edition.id)
    if last is None or last.id != round_id or not ballots_follow(edition):
        return None
    votes = votes_closed(edition.id)
    for level_id, at in (places_of(edition, votes) if votes else {}).items():
        if at.tied and set(at.tied) <= set(entry_ids) and is_balloted(at.tied, level_id, votes):
            return None
    words = _("Theo Quy chế, các tác phẩm bằng nhau được bỏ phiếu kín trước, tại phiên họp Hội đồng.")
    return Verdict("ballot_first", words)


def against_silence(edition_id: int, entry_id: int, level_id: int | None, kinds: Collection[str]) -> Verdict | None:
    """What the council voted is not set aside by one person without a reason."""
    if not votes_closed(edition_id):
        return None
    return overturning.against_silence(with_rules(edition_id), entry_id, level_id, kinds)


def beside_votes(edition_id: int) -> list[str]:
    """What is proposed, or left out, otherwise than it was voted, for who ends the council."""
    found = overturning.overturned(with_rules(edition_id)) if votes_closed(edition_id) else []
    codes = blind_codes([each.entry_id for each in found])
    return [overturning.told(each, codes.get(each.entry_id, "")) for each in found]


def against_prizes(edition_id: int) -> Verdict | None:
    """A level stays for the loại hình of a work that the council has passed for it."""
    if not (found := council.misfits(passed(votes_closed(edition_id)))):
        return None
    words = _(
        "Hội đồng đã bỏ phiếu đạt cho tác phẩm ngoài loại hình được chọn: %(what)s.", what=council.misfits_told(found)
    )
    return Verdict("voted", words)


def against_amending(edition_id: int, matters: Collection[str]) -> Verdict | None:
    """What votes rest on stays as it is while the council sits."""
    held = next((each for each in MOVES_VOTES if each in matters), None)
    sitting = None if held is None else queries.running(edition_id)
    if held is None or sitting is None or sitting.state != "open":
        return None
    words = _(
        "Hội đồng đang họp: chưa sửa đổi được mục “%(what)s”. Đề nghị sửa đổi sau khi kết thúc phiên họp.",
        what=BY_CODE[held].label,
    )
    return Verdict("sitting", str(words))


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """Works of the agenda are seen by members in the room while the council sits.

    The scan of ballots is read by the two who count them; once they are counted also by the auditor.
    """
    if person_id is None:
        return None
    found = handed_out.scanned_as(file_id)
    if found is None:
        name = seeing.shown_name(file_id, person_id)
        return None if name is None else FileSight(name or session.get_one(File, file_id).name, original=not name)
    scan, sitting, edition = found
    by = capacity(session.get_one(Person, person_id), edition)
    teller = handed_out.is_teller(sitting.id, person_id)
    tied = handed_out.is_tied(edition, person_id, handed_out.lines([scan.stack_id])[scan.stack_id])
    allowed = permissions.can_read_ballots(by, scan, teller=teller, tied=tied)
    return FileSight(f"phieu-{scan.public_id}") if allowed else None


def against_appointing(edition_id: int, person_id: int, role: str) -> Verdict | None:
    """Who has read ballots on paper does not lead the council that cast them."""
    if role in permissions.HEADS and handed_out.has_read(edition_id, person_id):
        return Verdict("counted", str(permissions.COUNTED))
    return None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """The scan of ballots comes in from the teller who began it, as long as nobody else reads it."""
    found = handed_out.scanned_as(file_id)
    return None if found is None else can_send(person_id, found[0])


def nothing_is_voted_on(edition_id: int, _reader: int | None) -> ColumnElement[bool]:
    """No sitting of the edition is under way: until then the log says nothing of votes, ballots and who came in how."""
    return ~exists().where(Sitting.edition_id == edition_id, Sitting.state == "open")


def install(app: Flask) -> None:
    """Ballots are sealed with the secret of the house."""
    sealing.install(app.extensions["settings"].secret_key)


def _seen(person_id: int, edition_id: int) -> tuple[Edition, Capacity]:
    edition = session.get_one(Edition, edition_id)
    return edition, capacity(session.get_one(Person, person_id), edition)


feature = Feature(
    name="sittings",
    blueprint=views.blueprint,
    install=install,
    navigation=navigation,
    glances=GLANCES,
    next_acts=next_acts,
    obstacles=obstacles,
    against_ending=against_ending,
    against_ruling=against_ruling,
    against_silence=against_silence,
    beside_votes=beside_votes,
    against_prizes=against_prizes,
    against_amending=against_amending,
    against_appointing=against_appointing,
    may_read_file=may_read_file,
    shows_confined=True,
    keeps_files=handed_out.scans_among,
    may_send_file=may_send_file,
    personal=personal,
    sealed_events=dict.fromkeys(("vote.", "ballots.", "sitting.entered_by_code"), nothing_is_voted_on),
)
