"""The trial of a draft: filled through the product's own deeds, shut to everybody else, and gone without a trace."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from award.clock import now
from award.db import Base, session, unit_of_work
from award.editions import operations
from award.editions.models import Edition
from award.editions.operations.trials import begin_trial
from award.editions.queries import capacity, edition_by_slug, trial_of, with_rules
from award.entries.models import Entry, EntryFile
from award.files.models import File
from award.files.store import prepare, storage
from award.log.models import Event, EventDetail
from award.messages.models import Message
from award.people.models import User
from award.screening.models import Screening
from award.verdicts import Refused
from demonstration import trial as filler
from judging.panels.models import Seat
from judging.scoring.models import ScoreSheet
from tests import factories
from tests.award.editions.conftest import Prepared, prepared, rows
from tests.visitor import Visitor

AT = "/iii-2023/thiet-lap/chay-thu"
TRIAL = "/iii-2023-chay-thu"


@pytest.fixture
def draft(app: Flask) -> Prepared:
    """A draft that nothing keeps from opening, with a real work of another edition beside it."""
    with app.app_context():
        prepare()
    with rows(app):
        made = prepared()
        other = factories.edition(slug="ii-2022", ordinal=2, year=2022, state="open")
        category = factories.category(other)
        owner = factories.person("Lê An")
        session.add(
            Entry(edition_id=other.id, category_id=category.id, owner_id=owner.id, title="Thật", changed_at=now())
        )
    return made


def everything(app: Flask) -> dict[str, int]:
    """How many rows stand in each table, but for the log, which forgets nothing, keys of forms and sessions."""
    with app.app_context():
        own = {"event", "event_detail", "checkpoint", "deed_key", "web_session"}
        tables = [table for table in Base.metadata.sorted_tables if table.name not in own]
        return {table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def stored(app: Flask) -> set[str]:
    """The keys of every object in the store."""
    with app.app_context():
        return {found.key for found in storage().objects("")}


def begin(app: Flask, made: Prepared, until: str) -> Edition:
    with app.app_context(), unit_of_work():
        edition = with_rules(made.edition.id)
        return begin_trial(by=capacity(made.organiser, edition), edition=edition, until=until)


def test_works_of_every_loai_hinh_come_in_and_go_without_a_trace(
    app: Flask, draft: Prepared, run_jobs: Callable[[], None]
) -> None:
    rows_before, kept_before = everything(app), stored(app)
    desk = Visitor(app, draft.organiser)
    assert desk.post(AT, {"until": "open"}).status_code == 303
    run_jobs()
    with app.app_context():
        trial = trial_of(draft.edition.id)
        assert trial is not None
        states = session.scalars(select(Entry.state).where(Entry.edition_id == trial.id)).all()
        assert sorted(states) == ["draft"] + ["submitted"] * 3
        assert session.scalar(select(func.count()).select_from(EntryFile)) == 4
        assert {
            user.email.rpartition(".")[2] for user in session.scalars(select(User)) if "chay-thu" in user.email
        } == {"invalid"}
        assert session.scalars(select(Message)).all() == []
    assert len(stored(app)) > len(kept_before)
    for page in ("/", "/the-le", "/thiet-lap"):
        shown = desk.get(f"{TRIAL}{page}")
        assert shown.status_code == 200, page
        assert "CHẠY THỬ" in shown.text
    assert "CHẠY THỬ" not in desk.get("/iii-2023/").text
    assert "Tác phẩm đã nộp" in desk.get(AT).text

    assert desk.post(AT, {"act": "end"}).status_code == 303
    run_jobs()
    assert everything(app) == rows_before
    assert stored(app) == kept_before
    with app.app_context():
        concerned = select(Event.id).where(Event.kind.startswith("entry.") | Event.kind.startswith("file."))
        assert session.scalars(select(EventDetail).where(EventDetail.event_id.in_(concerned))).all() == []
        kinds = session.scalars(select(Event.kind).where(Event.kind.startswith("trial."))).all()
        assert sorted(kinds) == ["trial.begun", "trial.ended"]


def test_a_round_is_judged_and_goes_without_a_trace(app: Flask, draft: Prepared, run_jobs: Callable[[], None]) -> None:
    rows_before, kept_before = everything(app), stored(app)
    made = begin(app, draft, "judging")
    with app.app_context():
        filler.fill(made.id, "judging")
    with app.app_context():
        trial = session.get_one(Edition, made.id)
        assert (trial.state, with_rules(trial.id).rounds[0].state) == ("judging", "open")
        decided = select(func.count()).select_from(Screening).where(Screening.decision == "eligible")
        assert session.scalar(decided) == 3
        assert session.scalar(select(func.count()).select_from(Seat)) == 5
        assert session.scalar(select(func.count()).select_from(ScoreSheet).where(ScoreSheet.state == "finished"))
        assert session.scalars(select(Message)).all() == []
    with app.app_context(), unit_of_work():
        edition = with_rules(draft.edition.id)
        assert edition.state == "draft"
        operations.open_entries(by=capacity(draft.organiser, edition), edition=edition)
    run_jobs()
    after = everything(app)
    assert after == rows_before
    assert stored(app) == kept_before
    with app.app_context():
        assert session.get_one(Edition, draft.edition.id).state == "open"


def test_filling_again_adds_nothing_and_filling_what_has_ended_does_nothing(app: Flask, draft: Prepared) -> None:
    made = begin(app, draft, "open")
    for _time in range(2):
        with app.app_context():
            filler.fill(made.id, "open")
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Entry).where(Entry.edition_id == made.id)) == 4
    with app.app_context(), unit_of_work():
        operations.end_trial(actor_id=None, edition=session.get_one(Edition, draft.edition.id))
    before = everything(app)
    with app.app_context():
        filler.fill(made.id, "judging")
    assert everything(app) == before


def test_a_trial_is_for_its_people(app: Flask, draft: Prepared) -> None:
    begin(app, draft, "open")
    with rows(app):
        stranger = factories.person("Người ngoài")
    for who in (Visitor(app), Visitor(app, stranger)):
        for page in ("/", "/the-le", "/thiet-lap", "/tac-pham/moi", "/ket-qua"):
            assert who.get(f"{TRIAL}{page}").status_code == 404, page
        assert "chay-thu" not in who.get("/").text


def test_no_letter_leaves_a_trial(app: Flask, draft: Prepared) -> None:
    """Not even to somebody real who is given a role in it."""
    begin(app, draft, "open")
    with rows(app):
        real = factories.person("Trần Bình", email="binh@example.vn")
        assert real.user is not None
    desk = Visitor(app, draft.organiser)
    asked = {"email": "binh@example.vn", "role": "judge", "legal_name": "", "decision": ""}
    assert desk.post(f"{TRIAL}/thiet-lap/nhan-su", asked).status_code == 303
    with app.app_context():
        assert session.scalars(select(Message)).all() == []
    assert desk.post("/iii-2023/thiet-lap/nhan-su", asked).status_code == 303
    with app.app_context():
        assert [m.to_address for m in session.scalars(select(Message))] == ["binh@example.vn"]


def test_a_draft_that_could_not_open_is_not_tried_out(app: Flask, draft: Prepared) -> None:
    with rows(app):
        session.get_one(Edition, draft.edition.id).help_phone = ""
    desk = Visitor(app, draft.organiser)
    assert "Chưa có người hỗ trợ và số điện thoại." in desk.get(AT).text
    assert desk.post(AT, {"until": "open"}).status_code == 403
    with app.app_context():
        assert trial_of(draft.edition.id) is None
        assert session.scalars(select(Edition.slug).order_by(Edition.slug)).all() == ["ii-2022", "iii-2023"]


def test_trying_again_begins_anew_and_an_open_edition_is_not_tried_out(app: Flask, draft: Prepared) -> None:
    first = begin(app, draft, "open")
    second = begin(app, draft, "open")
    assert first.id != second.id
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(Edition)) == 3
        assert edition_by_slug("iii-2023-chay-thu") is not None
    with app.app_context(), unit_of_work():
        edition = with_rules(draft.edition.id)
        operations.open_entries(by=capacity(draft.organiser, edition), edition=edition)
    with pytest.raises(Refused) as refused:
        begin(app, draft, "open")
    assert refused.value.verdict.code == "frozen"
    told = Visitor(app, draft.organiser)
    assert "Chỉ chạy thử được khi lần Giải còn là dự thảo." in told.get(AT).text
    assert 'href="/thiet-lap"' in told.get("/ban-lam-viec").text, "the way to the next edition"
    assert "Ngày nghỉ" not in told.get("/ban-lam-viec").text, "the administrator's"


def test_no_edition_takes_the_address_of_a_trial(app: Flask, draft: Prepared) -> None:
    desk = Visitor(app, draft.organiser)
    page = desk.get("/thiet-lap")
    assert page.status_code == 200
    named = {
        "award": draft.edition.award.public_id,
        "name": "Giải lần thứ IV",
        "ordinal": "4",
        "ordinal_words": "IV",
        "year": "2024",
        "slug": "iv-2024-chay-thu",
        "code_prefix": "KH4",
    }
    refused = desk.post("/thiet-lap", named)
    assert (refused.status_code, "dành cho chạy thử" in refused.text) == (422, True)


def test_files_that_somebody_real_sent_into_a_trial_go_with_it(app: Flask, draft: Prepared) -> None:
    made = begin(app, draft, "open")
    with app.app_context():
        filler.fill(made.id, "open")
    with rows(app):
        file = session.scalars(select(File).join(EntryFile, EntryFile.file_id == File.id)).first()
        assert file is not None
        file.uploader_id = draft.organiser.id
        key = file.key
    with app.app_context(), unit_of_work():
        operations.end_trial(actor_id=None, edition=session.get_one(Edition, draft.edition.id))
    with app.app_context():
        assert session.scalar(select(func.count()).select_from(File)) == 0
        waiting = session.scalars(text("SELECT args FROM procrastinate_jobs WHERE task_name = 'files.erase'")).all()
        assert any(key in asked["keys"] for asked in waiting)
