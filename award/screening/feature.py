"""What the room screening hands to the house."""

from collections.abc import Mapping, Sequence

from flask import url_for
from flask_babel import gettext as _

from award.db import session
from award.documents.tables import Sheet
from award.editions.models import Edition, Round
from award.editions.permissions import Capacity
from award.editions.queries import capacity
from award.entries.models import Entry
from award.features import Feature, FileSight, NextAct, Obstacle
from award.keeping import Kept, KeptList
from award.people.models import Person
from award.screening import (
    asking,
    comparing,
    comparisons,
    correspondence,
    lists,
    papers,
    permissions,
    queries,
    refusals,
    showing,
    tasks,
    views,
)
from award.screening.columns import COLUMNS
from award.screening.filters import QueueFilter
from award.screening.personal import personal


def _seen(person_id: int | None, edition_id: int | None) -> tuple[Edition, Capacity] | None:
    if person_id is None or edition_id is None:
        return None
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    return (edition, by) if permissions.can_read(by) and edition.state != "draft" else None


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    seen = _seen(person_id, edition_id)
    return [(_("Kiểm tra hồ sơ"), url_for("screening.queue", slug=seen[0].slug))] if seen else []


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the organiser: the list of works not eligible whose authors wait for its approval. For the secretariat:
    dossiers nobody has decided on, and corrections that are awaited."""
    seen = _seen(person_id, edition_id)
    if seen is None:
        return []
    return [*_to_approve(*seen), *(_to_screen(seen[0]) if seen[1].holds("secretary") else [])]


def _to_approve(edition: Edition, by: Capacity) -> list[NextAct]:
    untold = refusals.how_many_refused(edition.id)[1] if permissions.can_approve(by) else 0
    if not untold:
        return []
    words = _("Phê duyệt danh sách không đủ điều kiện: %(n)s tác phẩm", n=untold)
    where = url_for("screening.ineligible", slug=edition.slug)
    return [NextAct(words, where, _("Tác giả chỉ được thông báo sau khi phê duyệt."), weight=16)]


def _to_screen(edition: Edition) -> list[NextAct]:
    counts = queries.counts(edition.id)
    acts = []
    for decision, words, weight in (
        ("answered", _("Kiểm tra %(n)s hồ sơ đã bổ sung"), 15),
        ("pending", _("Kiểm tra %(n)s hồ sơ"), 20),
        ("overdue", _("Xem xét %(n)s hồ sơ quá hạn bổ sung"), 25),
        ("correction", _("Theo dõi %(n)s hồ sơ đang chờ bổ sung"), 50),
    ):
        if counts.get(decision):
            where = url_for("screening.queue", slug=edition.slug) + QueueFilter(decision=decision).address()
            acts.append(NextAct(words % {"n": counts[decision]}, where, weight=weight))
    return acts


def obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:
    """The first round waits until every dossier is decided on."""
    if step != "open_round" or round_id is None or session.get_one(Round, round_id).ordinal != 1:
        return []
    counts = queries.counts(edition_id)
    undecided = sum(counts.get(state, 0) for state in ("pending", "answered", "correction", "overdue"))
    if not undecided:
        return []
    slug = session.get_one(Edition, edition_id).slug
    sentence = _("Còn %(n)s hồ sơ chưa có kết luận về điều kiện dự Giải.", n=undecided)
    return [Obstacle(sentence, url_for("screening.queue", slug=slug) + "?ket-luan=pending")]


def on_entry(entry_id: int, what: str) -> None:
    """The secretariat's row of an entry follows it, in the unit of work that takes it in or gives it back."""
    entry = session.get_one(Entry, entry_id)
    asking.came_in(edition=session.get_one(Edition, entry.edition_id), entry=entry, what=what)


def on_amended(edition_id: int, amendment_id: int) -> int:  # noqa: ARG001
    """Other rules find other things: the counts of the queue are made anew. Nobody gets a letter from this room."""
    asking.check_again(session.get_one(Edition, edition_id))
    return 0


def standings(entry_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """Being looked at; found eligible, once judging has begun; found not eligible, once the owner was told of it."""
    told = {}
    for number, screened in queries.decisions(entry_ids).items():
        state = session.get_one(Edition, screened.edition_id).state
        if screened.decision == "ineligible" and screened.told_at is not None:
            told[number] = ("bad", _("Không đủ điều kiện"))
        elif screened.decision == "eligible" and state not in {"open", "screening"}:
            told[number] = ("done", _("Đủ điều kiện"))
        elif state != "open" and screened.decision != "correction" and screened.answered_at is None:
            told[number] = ("doing", _("Đang kiểm tra"))
    return told


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:  # noqa: ARG001  (whoever fills it in reads the same)
    """Why the work is not eligible, once its owner was told; while nothing is told, when it will be."""
    kind, _word = standings([entry_id]).get(entry_id, ("", ""))
    if kind == "bad":
        return [showing.told_not_eligible(queries.decisions([entry_id])[entry_id])]
    edition = session.get_one(Edition, session.get_one(Entry, entry_id).edition_id)
    return [showing.told_later()] if kind == "doing" and edition.state in {"screening", "judging"} else ()


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """Who screens an edition sees what was made of a file of an earlier one that a file of this one is like."""
    name = None if person_id is None else comparing.name_for_comparing(file_id, person_id)
    return None if name is None else FileSight(name, original=False)


def kept(edition_id: int) -> Kept:
    """Every work received with what was found of it and why, and the list of those not eligible: for the house."""
    edition = session.get_one(Edition, edition_id)

    def received() -> Sheet:
        standing = session.execute(queries.listed(edition_id, QueueFilter())).tuples().all()
        gone = session.execute(queries.listed(edition_id, QueueFilter(decision="withdrawn"))).tuples().all()
        return papers.received(edition, showing.queue_lines(edition, [*standing, *gone]), COLUMNS)

    refused = KeptList(
        "khong-du-dieu-kien",
        _("Tác phẩm không đủ điều kiện"),
        lambda: papers.refused(edition, refusals.not_eligible(edition_id)),
    )
    return Kept(lists=(KeptList("tac-pham-da-nhan", _("Tác phẩm đã nhận, kết quả kiểm tra"), received), refused))


feature = Feature(
    name="screening",
    blueprint=views.blueprint,
    navigation=navigation,
    next_acts=next_acts,
    obstacles=obstacles,
    on_entry=on_entry,
    standings=standings,
    told_owner=told_owner,
    on_amended=on_amended,
    may_read_file=may_read_file,
    kept=kept,
    personal=personal,
    letter_kinds=correspondence.KINDS,
    audiences=(correspondence.TO_MEND,),
)

__all__ = ["comparisons", "feature", "lists", "tasks"]
