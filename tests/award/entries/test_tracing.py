"""How the work of a receipt that is put in stands, as the database has it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete

from award.clock import now
from award.db import session, unit_of_work
from award.entries import operations, tracing
from award.entries.attesting import Statement
from award.entries.models import EntryFile
from tests.award.entries.conftest import Scene
from tests.award.entries.presented import OTHERWISE, as_a_draft_again, of_no_row, statement


@pytest.mark.parametrize(("found", "state", "words"), OTHERWISE)
def test_what_stands_otherwise_is_told_in_a_sentence(
    scene: Scene, found: Callable[[Scene], Statement], state: str, words: str
) -> None:
    with unit_of_work():
        shown = tracing.standing(found(scene), scene.edition)
        assert (shown.state, words in shown.sentence) == (state, True)
        assert shown.state not in tracing.MAKES


def test_a_work_of_no_row_and_a_draft_nobody_touched_are_to_be_received_again(scene: Scene) -> None:
    with unit_of_work():
        gone = tracing.standing(of_no_row(scene), scene.edition)
        assert (gone.state, gone.entry, gone.owner) == ("missing", None, scene.entrant)
        entry = scene.submitted()
        said = statement(entry)
        as_a_draft_again(entry, said.made_at - timedelta(hours=1))
        left = tracing.standing(said, scene.edition)
        assert (left.state, left.entry, left.owner) == ("draft", entry, scene.entrant)
        assert {gone.state, left.state} == tracing.MAKES


def test_of_a_work_that_is_there_the_newest_receipt_tells_which_files_are_not(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
        said = statement(entry)
        whole = tracing.standing(said, scene.edition)
        assert (whole.state, whole.absent, "đúng như biên nhận" in whole.sentence) == ("same", (), True)
        session.execute(delete(EntryFile).where(EntryFile.entry_id == entry.id))
        assert tracing.standing(said, scene.edition).absent == tuple(file["name"] for file in said.received["files"])


def test_a_later_submission_is_told_beside_an_earlier_receipt(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
        said = statement(entry)
        operations.revise(by=scene.by(), edition=scene.edition, entry=entry).title = "Giữ lời hứa với dân, bản sửa"
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, arrived_at=now())
        shown = tracing.standing(said, scene.edition)
        assert (shown.state, shown.absent, "lần nộp sau đó" in shown.sentence) == ("same", (), True)
