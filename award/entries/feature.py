"""What the room entries hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions import deadlines
from award.editions.models import Edition
from award.entries import (
    pages,  # noqa: F401 - its doors stand on the same blueprint
    queries,
    showing,
)
from award.entries.permissions import can_edit, can_enter, can_send_due_file
from award.entries.progress import missing_words
from award.entries.views import blueprint
from award.features import Feature, FileSight, NextAct
from award.glance import glance
from award.rules.eligibility import blocking
from award.verdicts import Verdict


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """ "Tác phẩm của tôi" for who is signed in, while works are taken or when there are some."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if edition.state != "open" and (edition.state == "draft" or not glance(person_id, edition_id)["has_works"]):
        return ()
    return ((_("Tác phẩm của tôi"), url_for("entries.mine", slug=edition.slug)),)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """Drafts with what they lack, and submitted works whose files are still due."""
    edition = session.get_one(Edition, edition_id)
    open_ = can_enter(edition, now())
    acts = []
    for own in queries.own_works(person_id, edition_id):
        title = own.working.title or _("chưa có tên")
        due = [file for file in own.standing.files if file.state == "uploading"]
        if own.standing.state == "submitted" and due:
            sentence = _("Gửi tiếp %(n)s tệp của hồ sơ %(code)s", n=len(due), code=own.standing.code)
            acts.append(NextAct(sentence, _address("files", edition, own), title, weight=0))
        if own.working.state == "draft" and open_:
            lacking = [each for each in blocking(showing.found_in(own.working, edition)) if each.missing]
            left = missing_words(lacking[:3]) if lacking else _("Hồ sơ đã đủ, chưa nộp.")
            until = _("Nhận tác phẩm %(until)s.", until=deadlines.words(edition))
            sentence = _("Nộp tác phẩm “%(title)s”", title=title)
            acts.append(NextAct(sentence, _address("tasks", edition, own), f"{left} {until}", weight=10))
    return acts


def _address(door: str, edition: Edition, own: queries.OwnWork) -> str:
    return url_for(f"entries.{door}", slug=edition.slug, entry_id=own.standing.key)


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The owner reads the files of an own entry; organiser and secretary those of what was submitted."""
    if person_id is None:
        return None
    name = queries.name_for_reader(file_id, person_id)
    return None if name is None else FileSight(name)


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """Parts of a file come in while its entry may be edited, or until the instant the receipt names for due files."""
    verdict: Verdict | None = None
    for entry, edition in queries.holders_of_file(file_id):
        verdict = can_edit(person_id, entry, edition, now()) or can_send_due_file(person_id, entry, edition, now())
        if verdict:
            return verdict
    return verdict


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
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    figures=figures,
)
