"""Two works beside each other: what they share is shown, a person concludes, it is remembered, nothing else happens."""

import importlib
import re
from datetime import date

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import select

from award.clock import now
from award.db import session, unit_of_work
from award.editions.models import Edition, FileSlot
from award.editions.permissions import Capacity
from award.entries.models import Entry, Part
from award.entries.queries import dossier
from award.log.models import Event
from award.screening import comparing
from award.screening.alike import similar_works
from award.screening.models import Comparison, Screening
from award.screening.side_by_side import side_by_side
from award.verdicts import Refused
from tests import factories
from tests.award.screening.alike_files import held, light_film, page, picture
from tests.award.screening.conftest import Office
from tests.award.screening.test_alike import entered
from tests.visitor import Visitor
from uploads import chromaprint, looks
from uploads.fingerprints import Prints
from uploads.looks import Look

SYLLABLES = ["bản", "làng", "sông", "núi", "đường", "người", "dân", "chi", "bộ", "đảng", "nước", "lúa", "học", "già"]
LOOK = Look(2**63 + 5, 2**64 - 9, 77, 99)
UNLIKE = Look(*[0x5A5A5A5A5A5A5A5A] * 4)


def prose(seed: int, length: int) -> str:
    return " ".join(np.random.default_rng(seed).choice(SYLLABLES, length))


def film(seed: int, seconds: int, *, before: int = 0) -> Prints:
    """What such a film looks and sounds like, with so many seconds of another one before it."""
    eight = round(1 / chromaprint.SECONDS_A_NUMBER)
    chance, other = np.random.default_rng(seed), np.random.default_rng(seed + 100)
    frames = [*other.integers(1, 2**64, before, dtype=np.uint64), *chance.integers(1, 2**64, seconds, dtype=np.uint64)]
    sound = np.r_[
        other.integers(0, 2**32, before * eight, dtype=np.uint32),
        chance.integers(0, 2**32, seconds * eight, dtype=np.uint32),
    ]
    return Prints(frames=looks.packed([int(each) for each in frames]), sound=chromaprint.packed(sound))


@pytest.fixture
def edition(ctx: Flask) -> Edition:
    with unit_of_work():
        return factories.edition(state="screening")


def pair(edition: Edition) -> tuple[Entry, Entry]:
    """Two works that have nothing in common but what a test gives them."""
    return entered(edition, "Đường về bản", "Nguyễn Thị Vân"), entered(edition, "Người giữ biển", "Trần Minh")


def reasons(edition: Edition, entry: Entry) -> list[tuple[str, ...]]:
    session.flush()
    return [each.reasons for each in similar_works(edition, dossier(entry.id))]


def by(edition: Edition, role: str = "secretary") -> Capacity:
    return Capacity(factories.person().id, edition.id, frozenset({role}))


def test_works_are_suggested_for_what_their_files_share(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        text = prose(1, 300)
        held(one, "bai.docx", paragraphs=[text])
        held(other, "bai-khac.docx", paragraphs=["Tựa khác", text])
        assert reasons(edition, one) == reasons(edition, other) == [("Văn bản trùng khoảng 100%",)]
        assert [each.strong for each in similar_works(edition, dossier(one.id))] == [True]
        held(one, "anh.jpg", kind="jpeg", prints=Prints(look=LOOK))
        held(other, "anh-2.jpg", kind="jpeg", prints=Prints(look=Look(LOOK.waves ^ 7, LOOK.slopes, 1, 2)))
        held(one, "phim.mp4", kind="mp4", prints=film(1, 100), seconds=100)
        held(other, "phim-2.mp4", kind="mp4", prints=film(1, 100, before=20), seconds=120)
        assert reasons(edition, one) == [
            ("Văn bản trùng khoảng 100%", "Ảnh giống nhau", "Hình ảnh trùng 1:40", "Âm thanh trùng 1:39")
        ]


def test_parts_of_one_series_that_are_alike_are_no_suggestion(edition: Edition) -> None:
    """Each part may open as the one before did, and be found under one address: it is one work all the same."""
    with unit_of_work():
        one, other = pair(edition)
        link = "https://baobien.vn/duong-ve-ban.html"
        one.parts[0].link = link
        one.parts.append(Part(ordinal=2, title="Kỳ 2", published_on=date(2023, 3, 9), link=link))
        for name in ("ky-1.docx", "ky-2.docx"):
            held(one, name, paragraphs=[prose(1, 300)])
        assert reasons(edition, one) == []
        held(other, "khac.docx", paragraphs=[prose(1, 300)])
        assert reasons(edition, one) == [("Văn bản trùng khoảng 100%",)], "said once, though both parts are like it"


def test_the_two_pages_of_scans_that_are_most_alike_stand_beside_each_other(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        first, second, third = (
            int(word * 8, 16) for word in ("00ff00ff00ff00ff", "0f0f0f0f0f0f0f0f", "3333cccc3333cccc")
        )
        drawn = [[page(number) for number in (1, 2, 3)] for _each in range(2)]
        held(one, "quet.pdf", kind="pdf", prints=Prints(pages=(first, None, second)), renditions=drawn[0])
        held(other, "khac.pdf", kind="pdf", prints=Prints(pages=(third, second ^ 7)), renditions=drawn[1])
        assert reasons(edition, one) == [("Có 1 trang quét giống nhau",)]
        for ours, theirs, pages in ((one, other, [3, 2]), (other, one, [2, 3])):
            (found,) = side_by_side(dossier(ours.id), dossier(theirs.id)).photos
            assert [[each.number for each in side.pages] for side in (found.ours, found.theirs)] == [[n] for n in pages]


def test_signed_forms_of_one_template_say_nothing_of_the_work(edition: Edition) -> None:
    look = int("00ff00ff00ff00ff" * 8, 16)
    with unit_of_work():
        one, other = pair(edition)
        form = FileSlot(category_id=one.category_id, ordinal=9, code="phieu", label="Phiếu", kinds=["pdf"], max_bytes=9)
        form.for_judges = False
        session.add(form)
        session.flush()
        held(one, "phieu.pdf", kind="pdf", prints=Prints(pages=(look,)), slot=form)
        held(other, "phieu-2.pdf", kind="pdf", prints=Prints(pages=(look ^ 7,)), slot=form)
        assert reasons(edition, one) == reasons(edition, other) == []
        form.proof = True
        assert reasons(edition, one) == [("Có 1 trang quét giống nhau",)], "what proves the publication is the work"


def test_scans_whose_first_page_was_empty_are_looked_at_again_too(edition: Edition) -> None:
    scans = importlib.import_module("migrations.versions.0056_every_page_of_a_scan")
    with unit_of_work():
        one, _other = pair(edition)
        held(one, "bai.docx", paragraphs=[prose(1, 300)])
        held(one, "phim.mp4", kind="mp4", prints=film(1, 100), seconds=100)
        again = [
            held(one, "anh.jpg", kind="jpeg", prints=Prints(look=LOOK)).id,
            held(one, "trang-dau-trang.pdf", kind="pdf").id,
        ]
        chosen = select(scans.FINGERPRINT.c.file_id).where(scans.known_by_one_page())
        assert sorted(session.scalars(chosen)) == again


def test_a_draft_an_own_file_and_another_award_are_not_suggested(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        text = [prose(1, 300)]
        held(one, "bai.docx", paragraphs=text)
        held(one, "bai-ban-hai.docx", paragraphs=text)
        held(other, "bai.docx", paragraphs=text)
        other.state, other.submitted_at = "draft", None
        elsewhere = factories.edition(slug="khac-2023", ordinal=1)
        held(entered(elsewhere, "Chuyện khác", "Lê Thu Cúc"), "bai.docx", paragraphs=text)
        assert reasons(edition, one) == []


def test_passages_stand_as_they_were_written_with_what_is_around_them(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        shared = "Sáng ấy, già làng A Lăng đứng ở đầu suối – đợi. Nước lên cao lắm rồi!"
        held(one, "a.docx", paragraphs=[prose(1, 40), f"{shared} Rồi thôi không ai nói gì."])
        held(other, "b.docx", paragraphs=["MỞ ĐẦU KHÁC HẲN", f"{shared.upper()} Và hết chuyện."])
        (text,) = side_by_side(dossier(one.id), dossier(other.id)).texts
    (passage,) = text.passages
    assert (passage.length, passage.ours.common, passage.theirs.common) == (16, shared, shared.upper())
    assert passage.ours.before.startswith("… ") and passage.ours.after == "Rồi thôi không ai nói gì."
    assert (passage.theirs.before, passage.theirs.after) == ("MỞ ĐẦU KHÁC HẲN", "Và hết chuyện.")
    assert (text.ours, text.theirs, text.more) == ("a.docx", "b.docx", 0)


def test_recordings_begin_where_they_are_alike_whoever_came_first(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        held(one, "phim.mp4", kind="mp4", prints=film(1, 100), seconds=100)
        held(other, "phim-2.mp4", kind="mp4", prints=film(1, 100, before=20), seconds=120)
        there = side_by_side(dossier(one.id), dossier(other.id)).recordings
        back = side_by_side(dossier(other.id), dossier(one.id)).recordings
    assert (there[0].kind, there[0].ours_from, there[0].theirs_from) == ("film", 0, 20)
    assert (back[0].kind, back[0].ours_from, back[0].theirs_from) == ("film", 20, 0)
    assert [words for _file, _at, words in there[0].sides] == ["0:00–1:40", "0:20–2:00"]


def test_what_could_not_be_listened_to_is_said(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        held(one, "a.mp4", kind="mp4", prints=Prints(deaf=True), seconds=60)
        assert not side_by_side(dossier(one.id), dossier(other.id)).unheard
        held(other, "b.mp4", kind="mp4", prints=Prints(deaf=True), seconds=60)
        assert side_by_side(dossier(one.id), dossier(other.id)).unheard


def concluded(
    edition: Edition, one: Entry, other: Entry, verdict: str, seen: str = "0", role: str = "secretary"
) -> None:
    with unit_of_work():
        comparing.conclude(
            by=by(edition, role), edition=edition, entry=one, other=other, verdict=verdict, reason="Đã đọc.", seen=seen
        )


def test_a_conclusion_is_remembered_from_either_side_and_decides_nothing(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
        for entry in (one, other):
            held(entry, "bai.docx", paragraphs=[prose(1, 300)])
    concluded(edition, one, other, "different")
    for entry in (one, other):
        (like,) = similar_works(edition, dossier(entry.id))
        assert (like.other.verdict, like.strong, like.settled) == ("different", False, True)
    concluded(edition, other, one, "same", seen="1")
    (like,) = similar_works(edition, dossier(one.id))
    assert (like.other.verdict, like.strong, like.settled) == ("same", True, False)
    concluded(edition, one, other, "story", seen="2")
    (like,) = similar_works(edition, dossier(one.id))
    assert (like.other.verdict, like.strong, like.settled) == ("story", False, True)
    kept = session.scalars(select(Comparison)).one()
    events = session.scalars(select(Event).where(Event.kind == "works.compared").order_by(Event.id)).all()
    assert [event.subject_id for event in events] == [kept.id] * 3
    assert session.scalars(select(Screening)).all() == [], "nobody has decided on either work"


def test_nobody_concludes_over_somebody_else_without_a_reason_or_without_the_office(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
    concluded(edition, one, other, "same")
    with pytest.raises(Refused, match="changed"):
        concluded(edition, other, one, "different")
    with pytest.raises(Refused), unit_of_work():
        comparing.conclude(
            by=by(edition), edition=edition, entry=one, other=other, verdict="same", reason=" ", seen="1"
        )
    for role in ("auditor", "judge"):
        with pytest.raises(Refused):
            concluded(edition, one, other, "different", seen="1", role=role)
    edition.state = "published"
    with pytest.raises(Refused):
        concluded(edition, one, other, "different", seen="1")


def two_alike(office: Office) -> tuple[str, str]:
    """The addresses of two dossiers that share a text, a photo and a film."""
    with office.at_work():
        one, other = (session.scalars(select(Entry).where(Entry.public_id == key)).one() for key in office.keys[:2])
        text = prose(1, 120)
        for entry in (one, other):
            held(entry, "bai.docx", paragraphs=[f"Mở đầu của {entry.code}.", text])
            held(entry, "anh.jpg", kind="jpeg", prints=Prints(look=LOOK), renditions=[picture(0), picture(1600)])
            held(entry, "phim.mp4", kind="mp4", prints=film(1, 60), seconds=60, renditions=[light_film()])
    there = office.address(0, f"/so-sanh/{office.keys[1]}")
    return office.address(0), there


def test_the_page_shows_all_that_is_shared_and_takes_a_conclusion(office: Office) -> None:
    dossier_page, there = two_alike(office)
    secretary = office.visitor()
    assert f'href="{there}"' in secretary.get(dossier_page).text
    page = secretary.get(there).text
    seen = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Trùng khoảng 96%" in seen and "120 chữ liền nhau" in seen and "Ảnh giống nhau" in seen
    assert page.count("<mark>") == 2 and page.count("#t=0") == 4 and "Chưa kết luận" in seen
    form = {"reason": "Cùng bài, khác tựa.", "seen": "0"}
    assert secretary.post(f"{there}/cung-mot", {"seen": "0"}).status_code == 422
    assert secretary.post(f"{there}/cung-mot", form).status_code == 303
    again = secretary.get(there).text
    assert "Cùng bài, khác tựa." in again and "Người secretary kết luận lúc" in again
    stale = secretary.post(f"{there}/khac-nhau", form)
    assert stale.status_code == 422 and "Có người vừa kết luận về hai tác phẩm này." in stale.text
    assert "Đã kết luận: cùng một tác phẩm" in secretary.get(dossier_page).text


def test_who_only_reads_has_no_form_and_who_has_no_office_no_page(office: Office) -> None:
    _dossier, there = two_alike(office)
    assert 'name="reason"' not in office.visitor("auditor").get(there).text
    assert office.visitor("auditor").post(f"{there}/cung-mot", {"reason": "x", "seen": "0"}).status_code == 403
    assert office.visitor("owner").get(there).status_code == 403
    assert office.visitor().get(office.address(0, f"/so-sanh/{office.keys[0]}")).status_code == 404


def test_files_of_an_earlier_edition_are_seen_by_who_compares_and_by_nobody_else(office: Office) -> None:
    with office.at_work() as edition:
        earlier = factories.edition(state="archived", slug="ii-2022", ordinal=2, ordinal_words="II", year=2022)
        earlier.award_id, earlier.code_prefix = edition.award_id, "KH2"
        old = entered(earlier, "Tên khác hẳn", "Lê Thu Cúc")
        old.parts[0].published_on = date(2022, 3, 2)
        one = session.scalars(select(Entry).where(Entry.public_id == office.keys[0])).one()
        held(one, "anh.jpg", kind="jpeg", prints=Prints(look=LOOK))
        kept = held(old, "anh-cu.jpg", kind="jpeg", prints=Prints(look=LOOK), renditions=[picture(0), picture(1600)])
        other = held(old, "la.jpg", kind="jpeg", prints=Prints(look=UNLIKE), renditions=[picture(0)])
        stranger = factories.person("Người khác")
        factories.appointment(factories.edition(slug="khac-2023", ordinal=9), stranger, "secretary")
        address, unlike, key = f"/tep/{kept.public_id}", f"/tep/{other.public_id}", old.public_id
    secretary = office.visitor()
    page = secretary.get(office.address(0, f"/so-sanh/{key}"))
    assert page.status_code == 200 and "Hồ sơ của lần trước" in page.text and f"{address}/ban/1600" in page.text
    assert secretary.get(f"{address}/ban/1600").status_code == 302
    assert secretary.get(address).status_code == 404, "the file as it came stays with its edition"
    assert secretary.get(f"{unlike}/ban/day-du").status_code == 404
    for visitor in (office.visitor("owner"), Visitor(office.app, stranger)):
        assert visitor.get(f"{address}/ban/1600").status_code == 404


def test_a_conclusion_goes_with_its_works(edition: Edition) -> None:
    with unit_of_work():
        one, other = pair(edition)
    concluded(edition, one, other, "same")
    assert now() >= session.scalars(select(Comparison)).one().at
    with unit_of_work():
        session.delete(session.get_one(Entry, one.id))
    assert session.scalars(select(Comparison)).all() == []
