"""What the room calibration hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.editions.calendar import called
from award.editions.models import Edition, Round
from award.editions.queries import capacity
from award.features import Feature, FileSight, NextAct, Obstacle
from award.people.models import Person
from award.verdicts import Verdict
from judging.calibration import file_pages as file_pages  # its doors stand on the same blueprint
from judging.calibration import queries, views
from judging.calibration.permissions import can_follow, can_send
from judging.calibration.personal import personal
from judging.panels.queries import panels_of
from judging.panels.sealed import nothing_is_judged


def _to_do(slug: str, round_: Round, left: int) -> NextAct:
    sentence = _("Chấm thử %(n)s bài, vòng %(round)s", n=left, round=called(round_))
    return NextAct(sentence, url_for("calibration.own", slug=slug, ordinal=round_.ordinal), weight=10)


def _to_name(slug: str, round_: Round, missing: int) -> NextAct:
    sentence = _("Chọn bài chấm thử cho %(n)s tiểu ban, vòng %(round)s", n=missing, round=called(round_))
    return NextAct(sentence, url_for("calibration.desk", slug=slug, ordinal=round_.ordinal), weight=21)


def before_judging(person_id: int, round_id: int) -> Verdict | None:
    """The calibration works that the judge has not sent yet, as long as their panel's calibration is not closed."""
    left = queries.left(person_id, round_id)
    return Verdict("first", _("Cần chấm thử xong trước: còn %(n)s bài.", n=left)) if left else None


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For a judge: works to score first. For the secretariat: panels of a prepared round that have none."""
    acts = []
    for slug, round_ in queries.asking(edition_id):
        if round_.state == "open":
            left = queries.left(person_id, round_.id)
            acts += [_to_do(slug, round_, left)] if left else []
        elif queries.holds(person_id, edition_id, "secretary", "organiser"):
            missing = len(queries.without_works(round_.id))
            acts += [_to_name(slug, round_, missing)] if missing else []
    return acts


def in_the_way(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:
    """A round whose members score calibration works first does not open while a panel has none."""
    if step != "open_round" or round_id is None:
        return ()
    round_ = session.get_one(Round, round_id)
    if round_.calibration != "first":
        return ()
    slug = session.get_one(Edition, edition_id).slug
    address = url_for("calibration.desk", slug=slug, ordinal=round_.ordinal)
    panels = panels_of(round_id)
    named = [work for works in queries.works_of([each.id for each in panels]).values() for work in works]
    unready = queries.not_ready([work.file_id for work in named if work.file_id is not None])
    return (
        [
            Obstacle(_("%(panel)s chưa có bài chấm thử.", panel=panel.name), address)
            for panel in queries.without_works(round_id)
        ]
        + [
            Obstacle(_("Bài chấm thử “%(title)s” chưa có địa chỉ, nội dung hoặc tệp.", title=work.title), address)
            for work in named
            if not work.readable
        ]
        + [
            Obstacle(_("Tệp của bài chấm thử “%(title)s” chưa tải đủ hoặc không dùng được.", title=work.title), address)
            for work in named
            if work.file_id in unready
        ]
    )


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The file of a calibration work is for those who score it, once they have pledged, and who follow them."""
    found = queries.work_of_file(file_id)
    if found is None or person_id is None:
        return None
    work, round_ = found
    by = capacity(session.get_one(Person, person_id), round_.edition)
    allowed = can_follow(by) or (round_.state != "prepare" and queries.has_pledged(work.panel_id, person_id))
    return FileSight(f"bai-cham-thu-{work.ordinal}") if allowed else None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """It comes in from the staff. One is begun only as long as the works are named, and once begun may be finished:
    a round that has opened since waits for it."""
    found = queries.work_of_file(file_id)
    if found is None:
        return None
    return can_send(capacity(session.get_one(Person, person_id), found[1].edition))


feature = Feature(
    name="calibration",
    blueprint=views.blueprint,
    next_acts=next_acts,
    obstacles=in_the_way,
    before_judging=before_judging,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    personal=personal,
    sealed_events={"calibration.sent": nothing_is_judged},
)
