"""What the room entries hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.deadlines import in_time, words
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries import (
    coauthors,  # noqa: F401 - its doors stand on the same blueprint
    copies,  # noqa: F401 - and these
    correspondence,
    grants,  # noqa: F401 - and these
    inquiries,  # noqa: F401 - and these
    notices,
    occasions,
    pages,  # noqa: F401 - and these
    passes,  # noqa: F401 - and these
    presenting,  # noqa: F401 - and these
    previews,  # noqa: F401 - and these
    proofs,  # noqa: F401 - and these
    queries,
    showing,
    tasks,  # noqa: F401 - its jobs register themselves
)
from award.entries.attaching import may_send_file
from award.entries.dossiers import Dossier
from award.entries.hands import hand_of
from award.entries.longer import tell_entrants
from award.entries.permissions import can_edit, can_follow_with_file, can_mend
from award.entries.personal import personal
from award.entries.progress import left_words
from award.entries.ties import has_to_do
from award.entries.views import blueprint
from award.features import Feature, FileSight, NextAct
from award.glance import glance
from award.paging import ROWS
from award.people.models import Person


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """ "Tác phẩm của tôi" for who has some, and while works are taken for everybody who holds no office."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    invited = edition.state == "open" and not capacity(session.get_one(Person, person_id), edition).roles
    if not invited and (edition.state == "draft" or not glance(person_id, edition_id)["has_works"]):
        return ()
    return ((_("Tác phẩm của tôi"), url_for("entries.mine", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """What is to be mended, drafts with what they lack, and submitted works whose files are still due.

    Who has no work and no office is told that works are taken.
    """
    edition = session.get_one(Edition, edition_id)
    if not glance(person_id, edition_id)["has_works"]:
        return _first_work(person_id, edition)
    acts = []
    ours = [
        each
        for each in queries.own_works(person_id, edition_id, limit=ROWS)
        if hand_of(person_id, each.working) == "whole"
    ]
    begun = [each.working for each in ours if _may_be_submitted(each, person_id, edition)]
    lacking = showing.blocking_in(begun, edition)
    for own in ours:
        title = own.working.title or _("chưa có tên")
        asked = own.standing.leave.asked
        if asked is not None and can_mend(edition, asked, now()):
            sentence = _("Bổ sung hồ sơ %(code)s: %(items)s", code=own.standing.code, items=asked.items)
            until = _("“%(title)s”. Hạn bổ sung: %(until)s.", title=own.standing.title, until=asked.until)
            acts.append(NextAct(sentence, _address("tasks", edition, own), until, weight=-10))
        due = [file for file in own.standing.files if file.state == "uploading"]
        if own.standing.state == "submitted" and due:
            sentence = _("Gửi tiếp %(n)s tệp của hồ sơ %(code)s", n=len(due), code=own.standing.code)
            acts.append(NextAct(sentence, _address("files", edition, own), title, weight=0))
        elif own.standing.state == "submitted" and _lacks_files(own.standing, person_id, edition):
            sentence = _("Gửi tệp còn thiếu của hồ sơ %(code)s", code=own.standing.code)
            acts.append(NextAct(sentence, _address("files", edition, own), title, weight=0))
        if own.working.id in lacking:
            left = left_words(lacking[own.working.id])
            end = showing.closing(own.working, edition)
            until = end.sentence if end else ""
            sentence = _("Nộp tác phẩm “%(title)s”", title=title)
            acts.append(NextAct(sentence, _address("tasks", edition, own), f"{left} {until}", weight=10))
    return acts


def _may_be_submitted(own: queries.OwnWork, person_id: int, edition: Edition) -> bool:
    """A draft, or a revision that nobody asked for, while its time lasts."""
    if own.working.state != "draft" or own.standing.leave.asked is not None:
        return False
    return bool(can_edit(person_id, own.working, edition, now(), own.standing.leave))


def _first_work(person_id: int, edition: Edition) -> Sequence[NextAct]:
    by = capacity(session.get_one(Person, person_id), edition)
    taken = edition.state == "open" and edition.trial_of_id is None and in_time(edition, now())
    if by.roles or by.administrator or not taken or glance(person_id, edition.id)["speaks"]:
        return ()
    where, until = url_for("entries.new", slug=edition.slug), words(edition)
    return [NextAct(_("Nộp tác phẩm dự Giải"), where, until[:1].upper() + until[1:], weight=50)]


def _lacks_files(read: Dossier, person_id: int, edition: Edition) -> bool:
    return any(can_follow_with_file(person_id, read, edition, now(), place) for place in read.places)


def _address(door: str, edition: Edition, own: queries.OwnWork) -> str:
    return url_for(f"entries.{door}", slug=edition.slug, entry_id=own.standing.key)


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The owner reads the files of an own entry; organiser and secretary those of what was submitted."""
    if person_id is None:
        return None
    name = queries.name_for_reader(file_id, person_id)
    return None if name is None else FileSight(name, unchecked=True)


def figures(edition_id: int) -> Sequence[tuple[str, int]]:
    """How many works were submitted, once there are some."""
    count = queries.count_submitted(edition_id)
    return ((_("Tác phẩm đã nộp"), count),) if count else ()


feature = Feature(
    name="entries",
    blueprint=blueprint,
    navigation=navigation,
    glances=queries.GLANCES,
    next_acts=next_acts,
    acts_without_office=True,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    figures=figures,
    has_to_do=has_to_do,
    personal=personal,
    on_amended=notices.tell_of_amendment,
    told_of_amendments=lambda edition_id: len(notices.owners(edition_id)),
    on_extended=tell_entrants,
    letter_kinds=(correspondence.RECEIPT, correspondence.DRAFT_LETTER, *occasions.KINDS),
    audiences=(correspondence.DRAFTS,),
    reminders=(correspondence.REMINDER,),
)
