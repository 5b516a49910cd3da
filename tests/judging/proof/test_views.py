"""Everybody may keep the checkpoints; those who answer for the judging take the evidence, once a round is closed."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask

from award.clock import stopped_at
from award.db import session, unit_of_work
from award.log import checkpoints, tree
from award.log.models import Checkpoint, Event
from award.log.operations import record
from judging.proof.acts import ACTS
from tests import factories
from tests.judging.ranking.halls import House, hall
from tests.visitor import Visitor

PAGE = "/iii-2023/kiem-chung"
EVIDENCE = f"{PAGE}/bo-kiem-chung.zip"


@pytest.fixture
def house(app: Flask) -> Iterator[House]:
    """The round is frozen."""
    with app.app_context(), unit_of_work():
        of = hall(works=2, judges=2)
        of.mark_all(((10, 8, 6), (8, 8, 8)), ((6, 6, 6), (5, 5, 5)))
        of.freeze()
    yield House(app, of)


def test_a_checkpoint_holds_the_whole_log_of_its_award_fast(house: House) -> None:
    with house.at_work() as of:
        of.close()
    with house.at_work():
        taken = session.query(Checkpoint).order_by(Checkpoint.size).all()
        events = session.query(Event).filter_by(award_id=taken[0].award_id).order_by(Event.seq).all()
        acts = {event.id: event.kind for event in events}
        assert [acts[each.event_id] for each in taken] == ["round.frozen", "round.counted"]
        for each in taken:
            assert each.root == tree.root([event.leaf_hash for event in events[: each.size]])
            assert each.note.splitlines()[1] == str(each.size)
            assert acts[each.event_id] == events[each.size - 1].kind


def test_everybody_reads_and_keeps_the_checkpoints(house: House) -> None:
    stranger = Visitor(house.app)
    page = stranger.get(PAGE)
    assert page.status_code == 200
    assert "Khóa phiếu chấm" in page.text
    assert "Tải bộ kiểm chứng" not in page.text
    assert f'<a href="{PAGE}">Kiểm chứng kết quả</a>' in stranger.get("/iii-2023/the-le").text
    with house.at_work():
        (taken,) = session.query(Checkpoint).all()
        size, note, key = taken.size, taken.note, checkpoints.signer(taken.award_id).verifier_key
    assert key.replace("+", "&#43;") in page.text or key in page.text
    assert stranger.get(f"{PAGE}/{size}.txt").text == note
    assert stranger.get(f"{PAGE}/{size + 1}.txt").status_code == 404


def test_the_editions_of_an_award_share_a_log_and_each_line_says_whose_it_is(house: House) -> None:
    with house.at_work() as of, unit_of_work():
        award = of.edition.award_id
        other = factories.edition(award_id=award, ordinal=4, ordinal_words="IV", year=2024, slug="iv-2024")
        tried = factories.edition(award_id=award, ordinal=5, year=2025, slug="v-2025", trial_of_id=other.id)
        for each in (other, tried):
            record("edition.opened", actor_id=None, award_id=award, subject=each)
    with stopped_at(datetime(2022, 5, 1, tzinfo=UTC)), house.at_work() as of, unit_of_work():
        past = factories.edition(award_id=award, ordinal=2, ordinal_words="II", year=2022, slug="ii-2022")
        record("edition.opened", actor_id=None, award_id=award, subject=past)
    page = Visitor(house.app).get(PAGE).text
    told = page.partition("<tbody")[2].partition("</tbody>")[0]
    places = [told.index(each) for each in (">IV - năm 2024", ">III - năm 2023", ">II - năm 2022")]
    assert places == sorted(places), "the newest first by its day, whatever came into the log last"
    assert "năm 2025" not in page, "what was only tried out"


def test_the_evidence_waits_for_the_end_of_a_round(house: House) -> None:
    assert house.chair.get(EVIDENCE).status_code == 403
    assert "Tải bộ kiểm chứng" not in house.chair.get(PAGE).text
    with house.at_work() as of:
        of.close()
    assert "Tải bộ kiểm chứng" in house.chair.get(PAGE).text
    answer = house.chair.get(EVIDENCE)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kiem-chung-iii-2023.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist())
    for person in (*house.of.bench.judges, house.of.chair, house.of.auditor):
        assert person.legal_name not in told
    assert house.visitor(house.of.bench.judges[0]).get(EVIDENCE).status_code == 403


def test_every_act_that_is_held_fast_has_a_name() -> None:
    assert ACTS.keys() == checkpoints.HELD_FAST
