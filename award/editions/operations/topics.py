"""Setting up the contents of the plan that entries name: a tree, frozen with the rules of entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.models import Edition, Topic
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_set_up
from award.editions.queries import topics
from award.log.operations import record
from award.text import one_line
from award.verdicts import Verdict, require

DEEPEST = 2
"""Three levels: a group, a content, a side of it."""


@dataclass(frozen=True)
class TopicSpec:
    """One content; `depth` 0 stands at the root, one more means below the nearest before it that is one less deep."""

    name: str
    depth: int = 0
    focal: bool = False
    id: int | None = None
    """The topic that is changed; None makes one."""


def set_topics(*, by: Capacity, edition: Edition, topics_: Sequence[TopicSpec]) -> None:
    """The plan's contents are these, in this order. Raises Refused `topics` when one hangs below nothing."""
    lock(edition)
    require(can_set_up(by, edition))
    if fault := nesting_fault([spec.depth for spec in topics_]):
        require(Verdict("topics", fault))
    before = _as_detail(topics(edition.id))
    kept = {topic.id: topic for topic in topics(edition.id)}
    for topic in kept.values():
        topic.parent_id = None
    session.flush()
    for gone in set(kept) - {spec.id for spec in topics_}:
        session.delete(kept[gone])
    above: list[Topic] = []
    made: list[Topic] = []
    for ordinal, spec in enumerate(topics_, start=1):
        topic = kept.get(spec.id or 0) or Topic(edition_id=edition.id)
        del above[spec.depth :]
        topic.ordinal, topic.name, topic.focal = ordinal, one_line(spec.name), spec.focal
        topic.parent_id = above[-1].id if above else None
        session.add(topic)
        session.flush()
        above.append(topic)
        made.append(topic)
    record(
        "topics.set",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=edition,
        facts={"topics": len(topics_)},
        detail={"before": before, "after": _as_detail(made)},
    )


def _as_detail(standing: Sequence[Topic]) -> list[dict[str, str | bool]]:
    return [{"name": topic.name, "focal": topic.focal} for topic in standing]


def nesting_fault(depths: Sequence[int]) -> str:
    """Why these depths are no tree: the first that hangs below nothing, or too deep."""
    before = -1
    for n, depth in enumerate(depths, start=1):
        if depth > min(before + 1, DEEPEST):
            return str(_("Mục thứ %(n)s không nằm dưới mục nào.", n=n))
        before = depth
    return ""
