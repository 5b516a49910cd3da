"""What the room newsrooms hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import session
from award.editions.models import Edition
from award.editions.queries import capacity
from award.entries.models import Entry
from award.entries.permissions import BEFORE_JUDGING
from award.entries.queries import plain_dossiers_of
from award.features import Feature, FileSight, NextAct
from award.glance import glance
from award.newsrooms import (
    brought,
    choices,  # noqa: F401 - its doors stand on the same blueprint
    correspondence,
    imports,  # noqa: F401 - its doors stand on the same blueprint
    letters,
    matching,
    occasions,
    operations,
    people,  # noqa: F401 - and these
    queries,
    showing,
    signed,  # noqa: F401 - and these
    tasks,  # noqa: F401 - its jobs register themselves
    views,
)
from award.newsrooms.models import SignedList
from award.newsrooms.permissions import Standing, can_attest, can_see_desk, can_send_scan, can_survey
from award.newsrooms.personal import personal
from award.people.models import Person
from award.verdicts import Verdict


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """ "Tòa soạn" for who speaks for a newsroom, "Cơ quan" for the staff."""
    if person_id is None or edition_id is None:
        return ()
    edition = session.get_one(Edition, edition_id)
    if edition.state == "draft":
        return ()
    if can_survey(capacity(session.get_one(Person, person_id), edition)):
        return ((_("Cơ quan"), url_for("newsrooms.home", slug=edition.slug)),)
    ours: Sequence[str] = glance(person_id, edition_id)["speaks"] or ()
    if len(ours) == 1:
        return ((_("Tòa soạn"), url_for("newsrooms.works", slug=edition.slug, newsroom_id=ours[0])),)
    return ((_("Tòa soạn"), url_for("newsrooms.home", slug=edition.slug)),) if ours else ()


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For who speaks for a newsroom: works it has said nothing of yet."""
    if not glance(person_id, edition_id)["speaks"]:
        return ()
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    acts = []
    for newsroom in queries.spoken_for(person_id):
        standing = Standing(by, queries.roles_at(person_id, newsroom.id))
        organ = queries.organ(newsroom.public_id)
        if organ is None or not can_attest(standing, edition, now()):
            continue
        counts = queries.counts(edition_id, organ.family)
        waiting = counts.get("waiting", 0)
        signed_for = queries.on_scans(edition_id, organ.family) if waiting else ()
        if left := queries.left_to_say(edition_id, organ.family, waiting, signed_for):
            sentence = _("Xác nhận %(n)s tác phẩm của %(name)s", n=left, name=queries.name_in(newsroom, edition))
            there = url_for("newsrooms.attesting", slug=edition.slug, newsroom_id=newsroom.public_id)
            acts.append(NextAct(sentence, there, weight=5))
        elif waiting:
            sentence = _("Đã có bản ký của %(name)s: Tổ Thư ký đang đối chiếu", name=queries.name_in(newsroom, edition))
            there = url_for("newsrooms.printing", slug=edition.slug, newsroom_id=newsroom.public_id)
            acts.append(NextAct(sentence, there, _("Cơ quan không phải làm gì thêm."), weight=40))
        elif edition.state == "open":
            sentence = _("Tác phẩm của %(name)s", name=queries.name_in(newsroom, edition))
            there = url_for("newsrooms.works", slug=edition.slug, newsroom_id=newsroom.public_id)
            detail = _("Đã nộp %(n)s, chưa nộp %(m)s.", n=counts.get("confirmed", 0), m=counts.get("draft", 0))
            acts.append(NextAct(sentence, there, detail, weight=40))
    return acts


def on_entry(entry_id: int, what: str) -> None:
    """What a newsroom said of a work follows the work, in the unit of work that changes it."""
    entry = session.get_one(Entry, entry_id)
    operations.follow(edition=session.get_one(Edition, entry.edition_id), entry=entry, what=what)


def origins(entry_id: int) -> Sequence[tuple[str, str]]:
    """Which of its authors declared on paper, and on which list."""
    return showing.signed_for(entry_id, brought.lists_with(entry_id))


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:  # noqa: ARG001  (whoever fills it in reads the same)
    """Where its newsroom's attestation of a submitted work stands: awaited while it may still come, given, or refused
    with the reason and what may still come of it."""
    entry = session.get_one(Entry, entry_id)
    edition = session.get_one(Edition, entry.edition_id)
    said = showing.said_by_newsroom(edition, entry)
    if said is None or (said.kind == "doing" and edition.state not in BEFORE_JUDGING):
        return ()
    return [NextAct(said.sentence, "", showing.told_beside(edition, said))]


def told_of_draft(entry_id: int) -> Sequence[NextAct]:
    """Of a draft that came by a list: the files that the list names for it, and which of them have not come."""
    named = brought.expected([entry_id]).get(entry_id)
    if not named:
        return ()
    entry = session.get_one(Entry, entry_id)
    lists = [each for each in matching.waiting(plain_dossiers_of([entry_id])[entry_id], named) if each.names]
    edition = session.get_one(Edition, entry.edition_id)
    there = url_for("entries.files", slug=edition.slug, entry_id=entry.public_id)
    told = _("Danh sách đã nạp ghi tệp: %(names)s.", names="; ".join(name for each in lists for name in each.names))
    return [NextAct(told, there, _still_awaited(lists))]


def _still_awaited(lists: Sequence[matching.Waiting]) -> str:
    """By name where that is known; of files that came under other names nobody knows which ones they stand for."""
    awaiting = [each for each in lists if each.left]
    if any(each.others for each in awaiting):
        count = dates.number(sum(each.left for each in awaiting))
        return str(_("Còn chờ %(n)s tệp ghi trong danh sách.", n=count))
    if awaiting:
        return str(_("Còn chờ: %(names)s.", names="; ".join(name for each in awaiting for name in each.missing)))
    return "" if any(each.missing for each in lists) else str(_("Các tệp ấy đã có."))


def longer(edition_id: int, act: str) -> None:
    """Who speaks for a newsroom with works in the edition learns that they are taken for longer."""
    letters.taken_for_longer(session.get_one(Edition, edition_id), act)


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """The scan of a signed list is read by who may see the desk of its newsroom."""
    listed = brought.list_of_scan(file_id) if person_id is not None else None
    if listed is None or person_id is None:
        return None
    return FileSight(f"danh-sach-ky-{listed.public_id}") if can_see_desk(_standing(person_id, listed)) else None


def may_send_file(file_id: int, person_id: int) -> Verdict | None:
    """The scan of a signed list comes in until the list is recorded."""
    listed = brought.list_of_scan(file_id)
    if listed is None:
        return None
    return can_send_scan(_standing(person_id, listed), session.get_one(Edition, listed.edition_id), listed)


def _standing(person_id: int, listed: SignedList) -> Standing:
    edition = session.get_one(Edition, listed.edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    return Standing(by, queries.roles_at(person_id, listed.newsroom_id))


feature = Feature(
    name="newsrooms",
    blueprint=views.blueprint,
    navigation=navigation,
    glances=queries.GLANCES,
    next_acts=next_acts,
    acts_without_office=True,
    on_entry=on_entry,
    origins=origins,
    told_of_draft=told_of_draft,
    told_owner=told_owner,
    may_read_file=may_read_file,
    may_send_file=may_send_file,
    personal=personal,
    on_extended=longer,
    letter_kinds=(correspondence.REMINDER, *occasions.KINDS),
    audiences=(correspondence.UNSAID,),
    reminders=(correspondence.RULE_OF_REMINDING,),
    short_texts=correspondence.short_texts,
)
