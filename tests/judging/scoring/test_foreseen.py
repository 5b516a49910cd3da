"""What an entrant sees of a work before submitting it is what its judge will see: film, sound, photos, pages."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.models import FileSlot
from award.entries.models import EntryFile, Part
from award.files.models import File, Rendition
from award.people.models import Person
from tests import factories
from tests.judging.rows import Bench, bench, file_of
from tests.visitor import Visitor
from uploads.kinds import BY_CODE

OWN_SHEET = "Bản chấm"
FILM = (("light", 1, "video/mp4"), ("poster", 1, "image/webp"), ("sound", 1, "audio/mp4"))
SOUND = (("light", 1, "audio/mp4"), ("waveform", 1, "application/json"))
PHOTO = (("photo", 0, "image/jpeg"), ("photo", 400, "image/webp"), ("photo", 1600, "image/webp"))


def played(file: File, kind: str, made: tuple[tuple[str, int, str], ...]) -> File:
    """The file is a recording or a photo, with what was made of it; as it came it plays in browsers, too."""
    file.kind, file.content_type, file.light = kind, BY_CODE[kind].mime, "done"
    file.facts = {"duration": 8.0, "plays_in_browser": True, "video_codec": "h264", "width": 640, "height": 360}
    facts: dict[str, Any] = {"width": 640, "height": 360, "peaks": [3, 9, 4]}
    file.renditions = [
        Rendition(kind=what, ordinal=n, key=f"light/{file.key}/{what}{n}", size=10, content_type=mime, facts=facts)
        for what, n, mime in made
    ]
    return file


def work_of_everything(*, blind: bool, own_sheet: bool) -> Bench:
    """A series of two parts with a page, a film, a sound and two photos, one of them of the whole work."""
    of = bench(works=1, blind=blind)
    (entry,) = of.works
    (scan,) = of.category.slots
    entry.parts.append(Part(ordinal=2, title="Kỳ sau"))
    whole = FileSlot(
        category_id=of.category.id, ordinal=2, code="anh", label="Ảnh", kinds=["jpeg"], max_bytes=10**6,
        per_part=False, captions=True,
    )  # fmt: skip
    sheet = FileSlot(
        category_id=of.category.id, ordinal=3, code="cham", label=OWN_SHEET, kinds=["pdf"], max_bytes=10**6, blind=True
    )
    of.category.slots += [whole, sheet]
    session.flush()
    first, second = entry.parts
    file_of(entry, scan, second)
    played(file_of(entry, scan, first), "mp4", FILM)
    played(file_of(entry, scan, first), "mp3", SOUND)
    played(file_of(entry, scan, second), "jpeg", PHOTO)
    captioned = played(file_of(entry, whole), "jpeg", PHOTO)
    session.flush()
    session.query(EntryFile).filter_by(file_id=captioned.id).one().caption = "Mùa gặt ở Đường Sơn"
    if own_sheet:
        file_of(entry, sheet, first)
    of.open()
    return of


def judged_page(app: Flask, of: Bench) -> str:
    """The work as it stands beside the sheet."""
    judge = of.judges[0]
    with app.app_context():
        address = f"/iii-2023/vong/1/cham/{of.assignments(judge)[0].public_id}"
    return within(Visitor(app, judge).get(address).text, '<article class="material"', "</article>")


def foreseen_page(app: Flask, of: Bench) -> str:
    """The work as its entrant is shown it while it is a draft."""
    with app.app_context(), unit_of_work():
        edition, entry = session.merge(of.edition), session.merge(of.works[0])
        edition.state, entry.state, entry.code, entry.submitted_at = "open", "draft", None, None
        owner, address = session.get_one(Person, entry.owner_id), f"/iii-2023/tac-pham/{entry.public_id}/kiem-tra"
        assert owner.user
    return within(Visitor(app, owner).get(address).text, 'id="ban-xem"', "</section>")


def within(page: str, first: str, last: str) -> str:
    return page[page.index(first) : page.index(last, page.index(first))]


class Shown(HTMLParser):
    """Every tag that plays, draws or leads to a file, with all it says, in the order of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"figure", "path", "video", "audio"} or any("/tep/" in (value or "") for _name, value in attrs):
            self.tags.append((tag, tuple(attrs)))


@pytest.mark.parametrize(("blind", "own_sheet"), [(False, True), (True, False), (True, True)])
def test_before_submitting_the_work_is_seen_as_its_judge_will_see_it(app: Flask, blind: bool, own_sheet: bool) -> None:
    with app.app_context(), unit_of_work():
        of = work_of_everything(blind=blind, own_sheet=own_sheet)
    judged, seen = judged_page(app, of), foreseen_page(app, of)
    assert Shown(seen).tags == Shown(judged).tags
    kinds = [tag for tag, _said in Shown(seen).tags]
    alone = blind and own_sheet
    assert [kinds.count(each) for each in ("video", "audio", "figure")] == ([0, 0, 0] if alone else [1, 1, 2])
    told = re.findall(r"Nội dung của [^.<]+\.", seen)
    assert told == re.findall(r"Nội dung của [^.<]+\.", judged)
    assert (told == [f"Nội dung của {OWN_SHEET}."]) is alone
    assert ("Tải bản gốc" in seen) is not blind, "what names its maker within"


def test_what_a_blind_round_keeps_from_its_judges_says_which_round_shows_it(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        of = work_of_everything(blind=True, own_sheet=True)
        factories.judging_round(of.edition, ordinal=2, name="Chung khảo", blind=False)
    seen = foreseen_page(app, of)
    own, *others = sorted(seen.split("<h3>")[1:], key=lambda shown: not shown.startswith(OWN_SHEET))
    assert own.startswith(OWN_SHEET) and "Chỉ xem ở vòng chấm" not in own
    assert [shown.count("Chỉ xem ở vòng chấm: Chung khảo.") for shown in others] == [1] * 5
    assert "Tải bản gốc" not in seen
