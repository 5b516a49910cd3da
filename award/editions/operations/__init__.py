"""The deeds of an edition: made, set up, staffed, moved along its calendar. They flush and never commit."""

from award.editions.operations.amending import amend, amend_clauses, record_amendment, would_change
from award.editions.operations.calendar import (
    archive,
    close_entries,
    close_round,
    freeze_round,
    mark_published,
    open_entries,
    open_round,
    start_decision,
)
from award.editions.operations.copying import copy_pieces, take_described
from award.editions.operations.creation import create_award, create_edition
from award.editions.operations.forgetting import end_trial
from award.editions.operations.inviting import ask, hold_invitations, send_invitation, strike_off
from award.editions.operations.outlets import set_outlet_kinds
from award.editions.operations.prizes import PrizeSpec, set_prizes
from award.editions.operations.rounds import (
    CriterionSpec,
    PanelSpec,
    add_round,
    change_round,
    remove_round,
    set_panels,
)
from award.editions.operations.setup import (
    NationalSpec,
    SlotSpec,
    add_category,
    change_category,
    describe,
    remove_category,
    set_clause,
    set_dates,
    set_national,
)
from award.editions.operations.staff import appoint, end_appointment
from award.editions.operations.topics import TopicSpec, set_topics
from award.editions.operations.trials import begin_trial

__all__ = [
    "CriterionSpec",
    "NationalSpec",
    "PanelSpec",
    "PrizeSpec",
    "SlotSpec",
    "TopicSpec",
    "add_category",
    "add_round",
    "amend",
    "amend_clauses",
    "appoint",
    "archive",
    "ask",
    "hold_invitations",
    "begin_trial",
    "change_category",
    "change_round",
    "close_entries",
    "close_round",
    "copy_pieces",
    "take_described",
    "create_award",
    "create_edition",
    "describe",
    "end_appointment",
    "end_trial",
    "freeze_round",
    "mark_published",
    "open_entries",
    "open_round",
    "record_amendment",
    "remove_category",
    "remove_round",
    "send_invitation",
    "set_clause",
    "set_dates",
    "set_national",
    "set_outlet_kinds",
    "set_panels",
    "set_prizes",
    "set_topics",
    "start_decision",
    "strike_off",
    "would_change",
]
