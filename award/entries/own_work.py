"""An own work as its pages show it: where it stands, what it still lacks, what may be done with it now."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from award.clock import now
from award.editions import deadlines
from award.editions.models import Edition
from award.entries import queries, receipts, showing, summaries
from award.entries.changes import changes
from award.entries.copying import several_categories
from award.entries.dossiers import Dossier
from award.entries.foreseen import foreseen
from award.entries.hands import hand_of
from award.entries.permissions import (
    can_copy,
    can_delete,
    can_enter,
    can_mend,
    can_revise,
    can_submit,
    can_withdraw,
    changes_allowed,
    hurry_words,
)
from award.entries.progress import left_words, state_told
from award.features import standings_of
from award.rules.eligibility import Finding, missing


def rows(works: Sequence[queries.OwnWork], edition: Edition, person_id: int) -> list[dict[str, object]]:
    """The works as the list of the person's own has them, in their order."""
    told, at = _told([own.standing for own in works]), now()
    waiting = [own.working for own in works if not own.standing.leave.asked and in_time(own, edition, person_id, at)]
    lacking = showing.blocking_in(waiting, edition)
    return [
        {
            "work": own.working,
            "key": own.standing.key,
            "code": own.standing.code,
            "state": state_told(own.standing, told, revised=own.revision is not None),
            "left": _left(own, edition, lacking.get(own.working.id)),
        }
        for own in works
    ]


def in_time(own: queries.OwnWork, edition: Edition, person_id: int, at: datetime) -> bool:
    """Whether there is something to submit that may still be submitted."""
    if own.standing.state != "draft" and own.revision is None:
        return False
    revised = own.revision is not None
    return bool(can_submit(person_id, own.standing, edition, at, own.standing.leave, revised=revised))


def unready(own: queries.OwnWork, edition: Edition, answer: str, *, insisting: bool) -> str:
    """Why the work cannot be submitted as it is: "lacking", "unchanged", or nothing."""
    lacking = showing.lacking(own.working, showing.found_in(own.working, edition), edition)
    if missing(lacking) or (lacking and not insisting):
        return "lacking"
    asked = showing.asked_of(own.working, edition)
    return "unchanged" if asked and not answer and receipts.same(own.standing, own.working) else ""


def acts(own: queries.OwnWork, edition: Edition, person_id: int) -> dict[str, Any]:
    """What may be done with the work as a whole, and until when, by the names of the templates."""
    standing, at = own.standing, now()
    open_, several = showing.open_parts(own.working, person_id, edition), several_categories(edition)
    entering = can_enter(edition, at, standing.leave)
    return {
        "editing": bool(open_),
        "open_": open_,
        "state": state_told(standing, _told([standing]), revised=own.revision is not None),
        "late": "" if standing.state != "draft" or open_ else entering.sentence,
        "can_revise": own.revision is None and can_revise(person_id, standing, edition, at, standing.leave),
        "may_submit": hand_of(person_id, own.working) == "whole",
        "can_delete": can_delete(person_id, standing),
        "can_copy": entering and can_copy(person_id, standing, several=several),
        "several": several,
        "with_owner": _with_owner(own.working, person_id),
        "can_withdraw": can_withdraw(person_id, standing, edition),
        "changes_allowed": changes_allowed(edition),
        "until": deadlines.words(edition),
        "closing": showing.closing(own.working, edition),
        "hurry": hurry_words(edition, at) if open_ else "",
        "now": at,
        **_asked(own, edition, at),
    }


def checked(own: queries.OwnWork, edition: Edition, person_id: int) -> dict[str, Any]:
    """The whole work before it is submitted, with what keeps it from that, by the names of the template."""
    work, slug, key = own.working, edition.slug, own.standing.key
    found = showing.found_in(work, edition)
    blocked, may = showing.lacking(work, found, edition), acts(own, edition, person_id)
    warnings = [each for each in found if each.verdict == "amber" and not each.missing]
    return {
        "own": own,
        "work": work,
        "blocked": [(each.missing or each.sentence, showing.address(each, slug, key)) for each in blocked],
        "only_missing": all(each.missing for each in blocked),
        "more_later": bool(missing(blocked)) and showing.asked_of(work, edition) is None,
        "may_insist": bool(may["editing"] and may["may_submit"] and blocked and not missing(blocked)),
        "warnings": [(each.sentence, showing.address(each, slug, key)) for each in warnings],
        "changes": changes(receipts.said(own.standing), receipts.said(work), work.medium) if own.revision else [],
        "sections": summaries.sections(work, found, queries.files_of(work.id), slug, key, open_=may["open_"]),
        "foreseen": foreseen(work, edition),
        **may,
    }


def _told(works: Sequence[Dossier]) -> dict[int, tuple[str, str]]:
    """Where the submitted ones stand, asked of the rooms that took them over."""
    return standings_of([work.id for work in works if work.state == "submitted"])


def _left(own: queries.OwnWork, edition: Edition, lacking: list[Finding] | None) -> str:
    """What the work still lacks, while it can be submitted; for one that is to be mended, what."""
    asked = own.standing.leave.asked
    if asked is not None:
        allowed = can_mend(edition, asked, now())
        return asked.items if allowed else allowed.sentence
    return "" if lacking is None else left_words(lacking)


def _asked(own: queries.OwnWork, edition: Edition, at: datetime) -> dict[str, Any]:
    """What the secretariat asked to be mended, and whether that is what is being answered."""
    asked = own.standing.leave.asked
    return {
        "asked": asked,
        "asked_parts": showing.part_words(asked.parts, own.standing.slots) if asked else [],
        "may_mend": can_mend(edition, asked, at),
        "answering": bool(own.revision is not None and asked and can_mend(edition, asked, at)),
        "narrowed": showing.asked_of(own.working, edition) is not None,
    }


def _with_owner(work: Dossier, person_id: int) -> str:
    """Of a work that somebody else begun: who, as the dossier names them."""
    if person_id == work.owner_id:
        return ""
    named = next((author.legal_name for author in work.authors if author.person_id == work.owner_id), "")
    return named or _("người lập hồ sơ")
