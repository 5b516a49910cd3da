"""What a judge sees of a work, in blind rounds and others: on the page and through the doors of files."""

from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select, update

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Appointment, FileSlot
from award.editions.sight import partly_blind, visible_slots
from award.entries.models import Authorship
from award.files.models import File, Rendition
from award.log.models import Event
from judging.scoring import operations
from judging.scoring.named import neutral_name
from tests import factories
from tests.conftest import empty_tables
from tests.judging.rows import Bench, bench, file_of
from tests.visitor import Visitor
from uploads.kinds import BY_CODE

SECRETS = (
    "Nguyễn Hà Vân",
    "Hà Vân",
    "Báo Biển Xanh",
    "ha-van-trang-1",
    "Số 12, trang 3",
    "baobienxanh.vn",
    "Tóm tắt kín",
)


def slot(number: int, *, blind: bool = False, for_judges: bool = True) -> FileSlot:
    return FileSlot(id=number, code=str(number), blind=blind, for_judges=for_judges)


PAGE, SHEET, PROOF = slot(1), slot(2, blind=True), slot(3, for_judges=False)
HIDDEN_SHEET = slot(4, blind=True, for_judges=False)


@pytest.mark.parametrize(
    ("slots", "blind", "visible", "partly"),
    [
        ([PAGE, SHEET, PROOF], True, [SHEET], False),
        ([PAGE, SHEET, PROOF], False, [PAGE, SHEET], False),
        ([PAGE, PROOF], True, [PAGE], True),
        ([PAGE, PROOF], False, [PAGE], False),
        ([PAGE, HIDDEN_SHEET], True, [PAGE], True),
        ([PROOF], True, [], True),
    ],
)
def test_which_slots_are_read(slots: list[FileSlot], blind: bool, visible: list[FileSlot], partly: bool) -> None:
    held = {each.id for each in slots}
    assert visible_slots(slots, blind=blind, held=held) == visible
    assert partly_blind(slots, blind=blind, held=held) is partly


def test_a_work_without_a_sheet_of_its_own_is_read_as_published() -> None:
    assert visible_slots([PAGE, SHEET, PROOF], blind=True, held={PAGE.id}) == [PAGE, SHEET]
    assert partly_blind([PAGE, SHEET, PROOF], blind=True, held={PAGE.id})


def test_a_neutral_name_says_code_part_and_slot() -> None:
    assert neutral_name("III-IN-042", 2, 1) == "III-IN-042-ky-2-1"
    assert neutral_name("III-IN-042", None, 3) == "III-IN-042-3"


def dressed(*, blind: bool, with_sheet: bool) -> tuple[Bench, list[File]]:
    """A round of one work whose every field names somebody, with a page and, if asked, a sheet without byline."""
    of = bench(works=1, blind=blind)
    (entry,) = of.works
    (scan,) = of.category.slots
    entry.newsroom_id = factories.newsroom("Báo Biển Xanh").id
    entry.byline, entry.summary = "Hà Vân", "Tóm tắt kín"
    entry.authors[0].legal_name = "Nguyễn Hà Vân"
    entry.authors.append(Authorship(ordinal=2, legal_name="Lê Hoa", pen_name="Sông Mây"))
    (part,) = entry.parts
    part.place, part.link = "Số 12, trang 3", "https://baobienxanh.vn/1"
    files = [file_of(entry, scan, part)]
    if with_sheet:
        prepared = FileSlot(
            category_id=of.category.id,
            ordinal=2,
            code="sheet",
            label="Bản chấm",
            kinds=["pdf"],
            max_bytes=10**6,
            blind=True,
        )
        of.category.slots.append(prepared)
        session.flush()
        files.append(file_of(entry, prepared, part))
    of.open()
    return of, files


def page_of(app: Flask, of: Bench) -> str:
    judge = of.judges[0]
    with app.app_context():
        address = f"/iii-2023/vong/1/cham/{of.assignments(judge)[0].public_id}"
    return Visitor(app, judge).get(address).text


def test_on_a_slow_network_the_text_comes_and_a_page_only_when_asked_for(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=False, with_sheet=False)
    page = f"/tep/{scan.public_id}/trang/1"
    assert f'src="{page}"' in page_of(app, of)
    judge = Visitor(app, of.judges[0])
    judge.client.set_cookie("network", "slow", domain="127.0.0.1")
    with app.app_context():
        address = f"/iii-2023/vong/1/cham/{of.assignments(of.judges[0])[0].public_id}"
    answer = judge.get(address).text
    assert f'src="{page}"' not in answer
    assert f'<a href="{page}"' in answer
    assert "Nội dung của" in answer
    assert '<html lang="vi" data-network="slow">' in answer
    with app.app_context(), unit_of_work():
        film = session.get_one(File, scan.id)
        film.kind, film.content_type, film.facts = "mp4", "video/mp4", {"duration": 60.0}
        for kind, mime, size in (("light", "video/mp4", 9_000_000), ("sound", "audio/mp4", 400_000)):
            film.renditions.append(Rendition(kind=kind, ordinal=1, key=f"light/{kind}", size=size, content_type=mime))
    sound, pictures = (f"/tep/{scan.public_id}/ban/{name}" for name in ("tieng", "nhe"))
    assert f'src="{pictures}"' in page_of(app, of)
    answer = judge.get(address).text
    assert f'src="{sound}"' in answer, "of a film the sound alone"
    assert f'src="{pictures}"' not in answer
    assert f'<a href="{pictures}"' in answer


def test_a_blind_round_shows_the_prepared_sheet_and_names_nobody(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan, sheet) = dressed(blind=True, with_sheet=True)
    page = page_of(app, of)
    assert "III-IN-001" in page
    assert of.works[0].title in page
    assert "Nội dung của Bản chấm." in page
    assert "Nội dung của Bản quét trang báo." not in page
    assert f"/tep/{sheet.public_id}/trang/1" in page
    assert scan.public_id not in page
    assert "Ẩn danh một phần" not in page
    assert [secret for secret in (*SECRETS, "Lê Hoa", "Sông Mây") if secret in page] == []


def test_without_a_prepared_slot_the_page_says_partly_blind_and_still_names_nobody(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
    page = page_of(app, of)
    assert "Ẩn danh một phần" in page
    assert "Nội dung của Bản quét trang báo." in page
    assert f"/tep/{scan.public_id}/trang/1" in page
    assert [secret for secret in SECRETS if secret in page] == []


def test_an_open_round_shows_everything(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, _files = dressed(blind=False, with_sheet=True)
    page = page_of(app, of)
    shown = ("Nguyễn Hà Vân", "Sông Mây", "Báo Biển Xanh", "Số 12, trang 3", "/bai-da-dang/1", "Tóm tắt kín")
    assert [words for words in shown if words not in page] == []
    assert "Nội dung của Bản chấm." in page
    assert "Nội dung của Bản quét trang báo." in page


def statuses(app: Flask, of: Bench, file: File, number: int = 0) -> list[int]:
    visitor = Visitor(app, of.judges[number])
    doors = ("", "/trang/1", "/van-ban", "/trang-thai")
    return [visitor.get(f"/tep/{file.public_id}{door}").status_code for door in doors]


OPENED, READ, HIDDEN = [302, 302, 200, 200], [404, 302, 200, 200], [404] * 4
"""In a blind round the file as it came is not there: it may name its author within."""


def test_files_of_a_blind_round_go_by_a_neutral_name_and_only_from_prepared_slots(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan, sheet) = dressed(blind=True, with_sheet=True)
    assert statuses(app, of, sheet) == READ
    assert statuses(app, of, scan) == HIDDEN
    assert "ha-van" not in Visitor(app, of.judges[0]).get(f"/tep/{sheet.public_id}/trang/1").location


def recorded(of: Bench, scan: File, kind: str, *, made: tuple[tuple[str, int, str], ...]) -> str:
    """The scan becomes a recording or a photo that plays in browsers; its address."""
    scan.kind, scan.content_type, scan.light = kind, BY_CODE[kind].mime, "done"
    scan.name = f"ha-van-{kind}.{kind}"
    scan.facts = {"duration": 8.0, "plays_in_browser": True, "video_codec": "h264", "width": 640, "height": 360}
    scan.renditions = [
        Rendition(
            kind=what, ordinal=ordinal, key=f"light/{what}{ordinal}", size=10, content_type=mime,
            facts={"width": 640, "height": 360},
        )
        for what, ordinal, mime in made
    ]  # fmt: skip
    session.flush()
    return f"/tep/{scan.public_id}"


FILM = (("light", 1, "video/mp4"), ("poster", 1, "image/webp"))
PHOTO = (("photo", 0, "image/jpeg"), ("photo", 400, "image/webp"), ("photo", 1600, "image/webp"))


def test_a_blind_round_plays_the_light_version_and_never_the_original(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
        file = recorded(of, scan, "mp4", made=FILM)
    page, visitor = page_of(app, of), Visitor(app, of.judges[0])
    assert f'src="{file}/ban/nhe"' in page
    assert f'"{file}"' not in page
    assert f"{file}?tai" not in page
    assert [secret for secret in SECRETS if secret in page] == []
    assert visitor.get(file).status_code == visitor.get(f"{file}?tai=").status_code == 404
    address = unquote(visitor.get(f"{file}/ban/nhe").location)
    assert "III-IN-001-ky-1-1.mp4" in address
    assert "ha-van" not in address


def test_an_open_round_plays_the_original_and_offers_it_whole(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=False, with_sheet=False)
        file = recorded(of, scan, "mp4", made=FILM)
    page, visitor = page_of(app, of), Visitor(app, of.judges[0])
    assert f'src="{file}"' in page
    assert f'href="{file}/ban/nhe"' in page
    assert "inline" in unquote(visitor.get(file).location)
    assert "attachment" in unquote(visitor.get(f"{file}?tai=").location)


def test_a_photo_of_a_blind_round_is_seen_in_full_size_and_clean(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
        file = recorded(of, scan, "jpeg", made=PHOTO)
    page, visitor = page_of(app, of), Visitor(app, of.judges[0])
    assert f'href="{file}/ban/day-du"' in page
    assert f"{file}/ban/400 640w" in page
    assert f"{file}?tai" not in page
    assert visitor.get(file).status_code == 404
    assert "III-IN-001-ky-1-1.jpg" in unquote(visitor.get(f"{file}/ban/day-du").location)


def test_while_the_light_version_is_being_made_a_blind_round_waits_and_an_open_one_plays(app: Flask) -> None:
    for blind in (True, False):
        with app.app_context(), unit_of_work():
            of, (scan,) = dressed(blind=blind, with_sheet=False)
            file = recorded(of, scan, "mp4", made=())
            scan.light, scan.light_percent = "waiting", 40
        page = page_of(app, of)
        assert "Đang làm bản xem nhẹ, 40%." in page
        assert (f'src="{file}"' in page) is not blind
        empty_tables(app)


def test_files_of_an_open_round_keep_their_names(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=False, with_sheet=False)
    assert statuses(app, of, scan) == OPENED
    assert "ha-van-trang-1.pdf" in unquote(Visitor(app, of.judges[0]).get(f"/tep/{scan.public_id}").location)


@pytest.mark.parametrize(("state", "seen"), [("prepare", HIDDEN), ("open", READ), ("frozen", READ), ("closed", HIDDEN)])
def test_files_are_read_while_the_round_is_open_or_frozen(app: Flask, state: str, seen: list[int]) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
        of.round.state = state
    assert statuses(app, of, scan) == seen


def test_files_wait_for_the_pledge_and_the_appointment(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
        of.seat(of.judges[0]).pledged_at = None
        session.execute(update(Appointment).where(Appointment.person_id == of.judges[1].id).values(ended_at=now()))
    assert statuses(app, of, scan, 0) == HIDDEN
    assert statuses(app, of, scan, 1) == HIDDEN


def test_who_stepped_aside_reads_no_file_in_any_round(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of, (scan,) = dressed(blind=True, with_sheet=False)
        judge = of.judges[0]
        (mine,) = of.assignments(judge)
        operations.step_aside(by=of.by(judge), edition=of.edition, assignment=mine, relation="relative")
    assert statuses(app, of, scan, 0) == HIDDEN
    assert statuses(app, of, scan, 1) == READ


def test_who_opens_the_published_article_is_known_to_the_log_and_a_blind_round_leads_nowhere(app: Flask) -> None:
    for blind in (False, True):
        with app.app_context(), unit_of_work():
            of, _files = dressed(blind=blind, with_sheet=False)
            link = of.works[0].parts[0].link
        with app.app_context():
            (mine,) = of.assignments(of.judges[0])
        door, judge = f"/iii-2023/vong/1/cham/{mine.public_id}/bai-da-dang/1", Visitor(app, of.judges[0])
        answer = judge.get(door)
        assert (answer.status_code, answer.location) == ((404, None) if blind else (303, link))
        assert (f'href="{door}"' in page_of(app, of)) is not blind
        assert link not in page_of(app, of)
        assert judge.get(f"{door}2").status_code == 404, "there is no such part"
        with app.app_context():
            opened = session.scalars(select(Event).where(Event.kind == "work.original_opened")).all()
            known = [] if blind else [(of.judges[0].id, mine.id)]
            assert [(each.actor_id, each.subject_id) for each in opened] == known
        empty_tables(app)
