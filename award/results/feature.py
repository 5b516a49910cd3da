"""What the room results hands to the house."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _

from award import dates
from award.clock import now
from award.db import session
from award.documents.paper import Paper
from award.editions.models import Edition
from award.editions.queries import capacity, waiting_countersign
from award.entries.models import Entry
from award.features import Feature, Lead, NextAct, Obstacle
from award.issued.queries import standing
from award.keeping import Kept, KeptList, KeptPage
from award.people.letters import address
from award.people.models import Person
from award.results import (
    after,  # noqa: F401 - its doors stand on the same blueprint
    commending_pages,  # noqa: F401 - and these
    correspondence,
    disclosing,  # noqa: F401 - and these
    drafting,  # noqa: F401 - and these
    feedback,
    front,
    lines,
    papers,
    papers_after,
    papers_ceremony,
    papers_commendation,
    papers_submission,
    permissions,
    places_pages,  # noqa: F401 - and these
    queries,
    rechecked,
    rulings,
    tasks,
    telling,  # noqa: F401 - its doors stand on the same blueprint
    verifying,  # noqa: F401 - and these
)
from award.results.personal import personal
from award.results.views import blueprint


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The results for everybody once they are public; the decision and its publication for those who prepare them."""
    if edition_id is None:
        return []
    edition = session.get_one(Edition, edition_id)
    links = []
    if queries.seen_public(person_id, edition_id, now()):
        links.append((_("Kết quả"), url_for("results.public", slug=edition.slug)))
    if person_id is None or edition.state not in {"decision", "published", "archived"}:
        return links
    if permissions.can_read(capacity(session.get_one(Person, person_id), edition)):
        links.append((_("Quyết định"), url_for("results.decision", slug=edition.slug)))
        links.append((_("Công bố"), url_for("results.publish", slug=edition.slug)))
        if edition.state != "decision":
            links.append((_("Sau công bố"), url_for("results.after", slug=edition.slug)))
    return links


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """For the organiser: recording the decision, then naming the instant. Confirming is told by the room editions."""
    edition = session.get_one(Edition, edition_id)
    by = capacity(session.get_one(Person, person_id), edition)
    decided = queries.decision(edition_id)
    if permissions.can_decide(by, edition, decided):
        return [NextAct(_("Ghi quyết định trao giải"), url_for("results.decision", slug=edition.slug), weight=10)]
    if not permissions.can_publish(by, decided, queries.publication(edition_id)):
        return []
    if waiting_countersign(edition_id, "publish", edition.public_id) is not None:
        return []
    return [NextAct(_("Hẹn giờ công bố kết quả"), url_for("results.publish", slug=edition.slug), weight=10)]


def standings(entry_ids: Sequence[int]) -> Mapping[int, tuple[str, str]]:
    """The outcome of works whose edition has published its results is there to be read."""
    return {number: ("done", str(_("Đã có kết quả"))) for number in queries.with_results(entry_ids, now())}


def told_owner(entry_id: int, person_id: int) -> Sequence[NextAct]:
    """What became of the work, as far as the rules release it, from the instant of publication."""
    entry = session.get_one(Entry, entry_id)
    if not queries.seen_public(person_id, entry.edition_id, now()):
        return []
    sentence, below = feedback.told(session.get_one(Edition, entry.edition_id), entry)
    return [NextAct(sentence, "", below)] if sentence else []


def obstacles(edition_id: int, step: str, round_id: int | None) -> Sequence[Obstacle]:  # noqa: ARG001
    """The decision waits for every proposed work to stand; publication waits for the decision."""
    edition = session.get_one(Edition, edition_id)
    where = url_for("results.decision", slug=edition.slug)
    if step == "publish" and queries.decision(edition_id) is None:
        return [Obstacle(_("Chưa ghi quyết định trao giải."), where)]
    gone = queries.proposed_without_standing(edition_id) if step == "decide" else 0
    if gone == 0:
        return []
    return [Obstacle(_("%(n)s tác phẩm được đề nghị giải đã rút hoặc không còn đủ điều kiện.", n=gone), where)]


def figures(edition_id: int) -> Sequence[tuple[str, int]]:
    """How many works have a prize, once that is public."""
    since = queries.public_since(edition_id, now())
    prizes = since.figures.get("prizes", 0) if since else 0
    return [(_("Tác phẩm đoạt giải"), prizes)] if prizes else []


def leads(edition_id: int) -> Sequence[Lead]:
    """The works that lead the page of the results, for who opens the edition's front page."""
    edition, since = session.get_one(Edition, edition_id), queries.public_since(edition_id, now())
    if since is None:
        return []
    levels, works = queries.ladder(edition_id, "decided", "revoked")
    public = [work.for_public() for work in front.known(works, since.at)]
    return [
        Lead(work.level.name, work.title, work.sentence, url_for("results.work", slug=edition.slug, entry_id=work.key))
        for work in front.front(public, levels, front.Narrowed()).leads
    ]


def kept(edition_id: int) -> Kept:
    """The pages of the results, whole and narrowed to each category, a page for each work, and the prizes as a list."""
    edition, since = session.get_one(Edition, edition_id), queries.public_since(edition_id, now())
    if since is None:
        return Kept()
    given = front.known(queries.prize_works(edition_id, "decided", "revoked"), since.at)
    works = [each.for_public() for each in given]
    honours = front.known(queries.honours(edition_id, "decided", "revoked"), since.at)

    def address(**narrowed: Any) -> str:
        return url_for("results.public", slug=edition.slug, **narrowed)

    pages = [KeptPage(address(), _("Kết quả"))]
    pages.append(KeptPage(url_for("results.openly", slug=edition.slug), _("Công khai việc xét giải")))
    pages += [
        KeptPage(address(loai=code), _("Kết quả: %(kind)s", kind=name)) for code, name, _n in front.categories(works)
    ]
    keys = dict.fromkeys(work.key for work in works)
    pages += [KeptPage(url_for("results.work", slug=edition.slug, entry_id=key)) for key in keys]
    standing = front.standing(works, honours)
    sheet = KeptList("giai", _("Giải đã trao"), lambda: papers.listed(edition, *standing, staff=False), public=True)
    return Kept(tuple(pages), (sheet,))


def _decided(write: Callable[[Edition], Paper]) -> Callable[[int], Paper | None]:
    """A paper that is written from the decision, once there is one."""

    def written(edition_id: int) -> Paper | None:
        if queries.decision(edition_id) is None:
            return None
        return write(session.get_one(Edition, edition_id))

    return written


def _commended(edition_id: int) -> Paper | None:
    """The paper of bodies and persons, once it was recorded."""
    known = queries.commendation(edition_id)
    if known is None or not known.number:
        return None
    return papers_commendation.commendation(session.get_one(Edition, edition_id))


def _noticed(edition_id: int) -> Paper | None:
    """The notice, from the decision on; once a prize has changed, only in place of one that was kept."""
    decided = queries.decision(edition_id)
    past = not permissions.can_draft("notice", decided, changed=rulings.changed(edition_id))
    if decided is None or (past and standing(edition_id, "notice") is None):
        return None
    return papers.notice(session.get_one(Edition, edition_id))


def _submitted(edition_id: int) -> Paper | None:
    """The memo, from the end of the council on; once there is a decision, only in place of one that was kept."""
    if not queries.has_outcome(edition_id):
        return None
    past = not permissions.can_draft("submission", queries.decision(edition_id), changed=False)
    if past and standing(edition_id, "submission") is None:
        return None
    return papers_submission.submission(session.get_one(Edition, edition_id))


def _ruled(edition_id: int, about: str) -> Paper | None:
    """The paper of a prize taken back, lowered or given later, once two persons have recorded it."""
    ruling = rulings.recorded(edition_id, about)
    if ruling is None or ruling.state != "confirmed":
        return None
    return papers_after.written(session.get_one(Edition, edition_id), ruling)


def _install(app: Flask) -> None:
    """Pages can tell an instant that is promised: 08 giờ 00, ngày 29/11/2024; and a level within a sentence: giải A."""
    app.jinja_env.filters["vn_deadline"] = dates.deadline_moment
    app.jinja_env.globals["whole_address"] = address
    app.jinja_env.filters["level_within"] = lines.within


feature = Feature(
    name="results",
    blueprint=blueprint,
    install=_install,
    navigation=navigation,
    glances=queries.GLANCES,
    next_acts=next_acts,
    obstacles=obstacles,
    figures=figures,
    leads=leads,
    standings=standings,
    told_owner=told_owner,
    rests_on_opinion=rechecked.rests_on,
    papers={
        "decision": _decided(papers.decision),
        "notice": _noticed,
        "submission": _submitted,
        "commendation": _commended,
        "invitation": _decided(papers_ceremony.invitation),
    },
    papers_about=dict.fromkeys(rulings.PAPER_OF.values(), _ruled),
    kept=kept,
    personal=personal,
    letter_kinds=correspondence.KINDS,
    audiences=(correspondence.WINNERS,),
    short_texts=correspondence.short_texts,
)

__all__ = ["feature", "tasks"]
