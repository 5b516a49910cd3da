"""One dossier beside its rules, as the secretariat's page shows it: what was declared, found, said and decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from award.db import session
from award.editions.models import Edition
from award.editions.permissions import Capacity, can_countersign, can_watch
from award.editions.queries import rules_in_force, waiting_countersign
from award.entries.dossiers import Dossier
from award.entries.granted import grants
from award.entries.models import Entry
from award.entries.queries import dossier, files_of, rule_book
from award.entries.summaries import sections
from award.features import origins_of
from award.intake.showing import came_with
from award.newsrooms.showing import placed, said_by_newsroom
from award.people.models import Person
from award.rules.eligibility import Finding, findings
from award.screening import operations, permissions, queries
from award.screening.alike import similar_works
from award.screening.asked import blank_form, mended
from award.screening.filters import STATES, QueueFilter
from award.screening.forms import CorrectionForm, DecisionForm, Typed
from award.screening.models import Screening
from award.screening.rulings import grounds, rulings
from award.screening.showing import VERDICT_WORDS, shown_files, state_of


@dataclass
class Fault:
    """What is shown again, and why: the forms as they were typed, and a sentence that belongs to no field."""

    decision: DecisionForm | None = None
    typed: Typed | None = None
    correction: CorrectionForm | None = None
    sentence: str = ""


def beside_rules(edition: Edition, by: Capacity, entry: Entry, wanted: QueueFilter, fault: Fault) -> dict[str, Any]:
    """What the page shows, by the names of its template. `wanted`: the filter of the queue one came by."""
    shown, screening = dossier(entry.id), queries.decision_of(entry.id)
    found = findings(shown.facts, rule_book(edition))
    before, after = queries.neighbours(edition.id, entry.code or "", wanted)
    return {
        "before": before,
        "after": after,
        "wanted": wanted,
        "fault": fault.sentence,
        "watches": bool(can_watch(by)),
        "state_code": state_of(entry, screening),
        "state_words": STATES,
        "versions": rules_in_force(edition.id, entry.submitted_at, screening.decided_at if screening else None),
        **_declared(edition, entry, shown, found),
        **_decided(edition, by, entry, screening, shown, found, fault),
        **_excluded(edition, by, entry, screening),
    }


def _declared(edition: Edition, entry: Entry, shown: Dossier, found: Sequence[Finding]) -> dict[str, Any]:
    """The work with its files, where it came from, what is like it, what was asked of it and granted."""
    last = queries.last_request(entry.id) if shown.leave.mend else None
    return {
        "entry": entry,
        "work": shown,
        "sections": sections(shown, found, files_of(entry.id), edition.slug, entry.public_id),
        "readings": shown_files(shown),
        "similar": similar_works(edition, shown),
        "attested": said_by_newsroom(edition, entry),
        "placed": placed(entry),
        "came": came_with(edition, entry),
        "on_paper": queries.kept_for_authors(edition, entry),
        "reached_at": [f"{author.legal_name}: {author.phone}" for author in shown.authors if author.phone],
        "origins": origins_of(entry.id),
        "mended": mended(last, shown.medium),
        "granted": grants(edition.id, person_id=entry.owner_id)[:1] if shown.leave.until else (),
    }


def _decided(
    edition: Edition,
    by: Capacity,
    entry: Entry,
    screening: Screening | None,
    shown: Dossier,
    found: Sequence[Finding],
    fault: Fault,
) -> dict[str, Any]:
    """Rule by rule what was found and said, what follows, and the forms of who may decide."""
    said = fault.typed.said if fault.typed else queries.said_of(screening)
    listed = rulings(found, said)
    reason, clause = grounds(listed)
    may_decide = bool(permissions.can_screen(by, edition, entry))
    habits = queries.habits(edition.id) if may_decide else queries.Habits({}, None)
    return {
        "screening": screening,
        "rulings": listed,
        "typed_faults": fault.typed.faults if fault.typed else {},
        "cited": habits.clauses,
        "suggested": {"reason": reason, "clause": clause},
        "verdict_words": VERDICT_WORDS,
        "may_decide": may_decide,
        "form": fault.decision or DecisionForm(formdata=None, seen=operations.seen_of(entry, screening)),
        "correction": fault.correction or blank_form(edition, shown, found, habits.due_day),
    }


def _excluded(edition: Edition, by: Capacity, entry: Entry, screening: Screening | None) -> dict[str, Any]:
    """Whether the work is being taken out of judging, by whom, and who may go on with that."""
    waiting = waiting_countersign(edition.id, "exclude_entry", entry.public_id)
    excluding = screening is not None and permissions.can_exclude(by, edition, entry, was=screening.decision)
    return {
        "excluding": bool(excluding),
        "waiting": waiting,
        "proposer": session.get_one(Person, waiting.proposed_by_id).legal_name if waiting else "",
        "may_confirm": waiting is not None and bool(can_countersign(by, waiting)),
        "may_withdraw": waiting is not None and bool(permissions.can_withdraw(by, waiting)),
    }
