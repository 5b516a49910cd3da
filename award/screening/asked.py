"""What the secretary sees of a request to mend: the form that asks, with what it suggests; and how it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from award import dates
from award.clock import now
from award.db import session
from award.editions.corrections import PARTS
from award.editions.media import Medium
from award.editions.models import Edition
from award.entries.changes import Change, changes
from award.entries.dossiers import Dossier
from award.entries.leave import part_of, until_words
from award.entries.models import Correction, Receipt
from award.entries.permissions import mendable
from award.entries.showing import part_words
from award.people.models import Person
from award.rules.eligibility import Finding
from award.screening.forms import CorrectionForm


@dataclass(frozen=True)
class Mended:
    """The last request of a dossier: what was asked, by whom, until when; and what came of it."""

    items: str
    until: str
    asked_by: str
    asked_at: datetime
    ended: str
    ended_at: datetime | None
    answer: str
    changes: Sequence[Change]


def mended(last: Correction | None, medium: Medium) -> Mended | None:
    """The last request, with what its answer changed; None where nothing was ever asked."""
    if last is None:
        return None
    receipts = [session.get(Receipt, number) if number else None for number in (last.before_id, last.receipt_id)]
    before, after = ({} if each is None else each.content for each in receipts)
    return Mended(
        items=last.items,
        until=until_words(last.due_day, last.due_at),
        asked_by=session.get_one(Person, last.asked_by_id).legal_name,
        asked_at=last.created_at,
        ended=last.ended,
        ended_at=last.ended_at,
        answer=last.answer,
        changes=changes(before, after, medium) if receipts[1] is not None else (),
    )


def asking_form(edition: Edition, shown: Dossier) -> CorrectionForm:
    """The form that asks for this dossier to be mended, as it was typed."""
    return _offering(CorrectionForm(), edition, shown)


def blank_form(edition: Edition, shown: Dossier, found: Sequence[Finding], due_day: date | None) -> CorrectionForm:
    """The same before anything was typed: it suggests what the rules miss, and the day that was named last."""
    lacking = [each for each in found if each.missing or each.verdict == "red"]
    spoken = {part_of(each) for each in lacking} | {each.field.partition(".")[0] for each in lacking}
    form = CorrectionForm(
        formdata=None,
        items="; ".join(dict.fromkeys(each.missing for each in lacking if each.missing)),
        parts=[part for part in parts_to_open(edition, shown) if part in spoken],
        due_day=due_day if due_day is not None and dates.end_of_day(due_day) > now() else None,
    )
    return _offering(form, edition, shown)


def form_for_many(edition: Edition, *, blank: bool = False) -> CorrectionForm:
    """The form that asks for many dossiers, of whatever loại hình, to be mended alike: all their files or none."""
    form = CorrectionForm(formdata=None) if blank else CorrectionForm()
    form.parts.choices = [(part, words) for part, words in PARTS if part in openable(edition)]
    return form


def openable(edition: Edition) -> frozenset[str]:
    """The parts that a request may open: all while works are taken, afterwards what the rules let be mended."""
    return frozenset(part for part, _words in PARTS) if edition.state == "open" else frozenset(mendable(edition))


def _offering(form: CorrectionForm, edition: Edition, shown: Dossier) -> CorrectionForm:
    parts = parts_to_open(edition, shown)
    form.parts.choices = list(zip(parts, part_words(parts, shown.slots), strict=True))
    return form


def parts_to_open(edition: Edition, shown: Dossier) -> list[str]:
    """The parts a request may open: all while works are taken, afterwards what the rules let be mended.

    Files are named by their kinds, where there are several.
    """
    slots = [f"files.{slot.code}" for slot in shown.slots]
    files = slots if len(slots) > 1 else ["files"] if slots else []
    allowed = openable(edition)
    return [part for part in ("work", "parts", "authors", *files, "declarations") if part.partition(".")[0] in allowed]
