"""An archive unpacked: every link leads to a file, the sums are right, nothing is in it that must not be."""

import posixpath
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from flask import Flask

from award import house_key
from award.archive import operations
from award.archive.copied import of_styles
from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.files.models import File
from award.files.store import storage
from award.files.tasks import tidy
from award.nominations.models import Dossier
from award.privacy.models import PrivacyRequest
from tests.award.archive.conftest import SECRETS, built, unpacked
from tests.award.results.rows import Outcome
from tests.visitor import Visitor
from uploads.storage import NoSuchObject, new_key


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.found += [value for name, value in attrs if name in {"href", "src"} and value]


def broken(folder: Path) -> list[str]:
    """Links and files named by styles that lead nowhere in the folder."""
    found = []
    for page in sorted(folder.rglob("*.html")):
        here, links = page.relative_to(folder).as_posix(), Links()
        links.feed(page.read_text(encoding="utf-8"))
        assert not links.tags & {"script", "form", "iframe"}, here
        for link in links.found:
            parts = urlsplit(link)
            if parts.scheme in {"http", "https"} or link.startswith("#"):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), unquote(parts.path)))
            if link.startswith("/") or target.startswith("..") or not (folder / target).is_file():
                found.append(f"{here}: {link}")
    for sheet in sorted(folder.rglob("*.css")):
        here = sheet.relative_to(folder).as_posix()
        named = of_styles(sheet.read_text(encoding="utf-8"), here=here)
        found += [f"{here}: {name}" for name in named if not (folder / name).is_file()]
    return found


def text_of(folder: Path) -> str:
    return "\n".join(
        path.read_bytes().decode("utf-8", "ignore") for path in sorted(folder.rglob("*")) if path.is_file()
    )


def test_both_audiences_have_what_is_theirs_and_every_link_leads_to_a_file(
    app: Flask, made: Outcome, tmp_path: Path
) -> None:
    with app.app_context():
        public = unpacked(built(made, "public", "none"), tmp_path / "public")
        complete = unpacked(built(made, "complete", "eligible"), tmp_path / "complete")
    assert broken(public) == []
    assert broken(complete) == []
    names = {each: {path.relative_to(each).as_posix() for path in each.rglob("*.*")} for each in (public, complete)}
    for each in names.values():
        assert {"index.html", "trang/trang-chu.html", "trang/the-le.html", "trang/ket-qua.html"} <= each
        assert {"trang/thong-ke.html", "trang/thong-ke.xlsx", "trang/thong-ke/co-quan.csv"} <= each
        assert {"trang/kiem-chung.html", "trang/kiem-chung/verify.py", "kiem-tra.py"} <= each
        assert {"ket-qua-theo-co-quan.html", "tac-pham.html", "danh-sach/giai.csv"} <= each
        assert f"trang/ket-qua/{made.works[0].public_id}.html" in each
        assert house_key.README in each
    only = {"danh-sach/tac-pham-da-nhan.csv", "danh-sach/khong-du-dieu-kien.html", "danh-sach/xep-hang-vong-2.csv"}
    evidence = {"bo-kiem-chung/verify.py", "bo-kiem-chung/events.ndjson", "bo-kiem-chung/result.json"}
    assert only | evidence <= names[complete]
    assert not (only | evidence) & names[public]
    assert not [name for name in names[public] if name.endswith(".pdf") and name.startswith("tac-pham")]
    originals = sorted(name for name in names[complete] if name.startswith("tac-pham/") and name.endswith(".pdf"))
    assert originals == [
        "tac-pham/01-III-IN-001-khi-bi-thu-chi-bo-xuong-ruong/III-IN-001-ban-quet-trang-bao-1.pdf",
        "tac-pham/03-III-IN-003-nguoi-giu-lua-o-khanh-son/III-IN-003-ban-quet-trang-bao-1.pdf",
    ]
    assert "Khi bí thư chi bộ xuống ruộng" in (public / "trang/ket-qua.html").read_text(encoding="utf-8")
    said = text_of(public)
    for word in (*SECRETS, "Bài gửi muộn", "III-IN-001", "Người giữ lửa ở Khánh Sơn"):
        assert word not in said, word
    said = text_of(complete)
    assert "Bài gửi muộn" in said
    for word in SECRETS:
        assert word not in said, word
    assert "Không có trong bản lưu: III-IN-001-ban-quet-trang-bao-2.pdf." in said
    program = shutil.which("sha256sum")
    assert program
    check = [program, "-c", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(check, cwd=complete, check=False, capture_output=True).returncode == 0
    assert house_key.holds(
        (complete / house_key.KEY).read_bytes(),
        (complete / house_key.SUMS).read_bytes(),
        (complete / house_key.SIGNATURE).read_bytes(),
    )


def test_the_program_in_the_archive_says_whether_it_is_as_it_was_made(
    app: Flask, made: Outcome, tmp_path: Path
) -> None:
    with app.app_context():
        public = unpacked(built(made, "public", "none"), tmp_path / "public")
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(public / "kiem-tra.py", alone)

    def said(*more: str) -> tuple[int, list[str]]:
        asked = [sys.executable, "-I", "kiem-tra.py", str(public), *more]
        ran = subprocess.run(asked, cwd=alone, check=False, capture_output=True, encoding="utf-8")
        assert ran.stderr == ""
        return ran.returncode, ran.stdout.splitlines()

    mark = house_key.read((public / house_key.KEY).read_bytes()).fingerprint
    status, lines = said("--key", house_key.grouped(mark))
    assert (status, lines[-1], "đúng khóa đã cho" in lines[0]) == (0, "KHỚP", True)
    (public / ".DS_Store").write_bytes(b"left by a computer")
    prizes, page = public / "danh-sach/giai.csv", public / "trang/ket-qua.html"
    prizes.write_bytes(prizes.read_bytes().replace("Giải A".encode(), "Giải B".encode()))
    page.unlink()
    (public / "trang/them.html").write_text("")
    status, lines = said()
    assert (status, lines[-1], lines[0].startswith("KHỚP ")) == (1, "KHÔNG KHỚP", True)
    wrong = "thiếu trang/ket-qua.html; danh-sach/giai.csv đã khác; trang/them.html không thuộc bản này"
    assert lines[1] == f"KHÔNG KHỚP  2. Tệp: {wrong}"
    table = public / house_key.SUMS
    rows = [row for row in table.read_text().splitlines() if not row.endswith("trang/ket-qua.html")]
    table.write_text("\n".join(rows) + "\n")
    (alone / "other.pem").write_bytes(house_key.public(house_key.derived("another house")).pem)
    assert said("--key", "other.pem")[1][0].startswith(
        f"KHÔNG KHỚP  1. Chữ ký: khóa trong bản này có mã đối chiếu {mark}"
    )
    assert said()[1][0] == "KHÔNG KHỚP  1. Chữ ký: SHA256SUMS không phải bảng mà khóa này đã ký"


def test_a_later_one_takes_the_place_of_the_former_for_the_same_people(app: Flask, made: Outcome) -> None:
    with app.app_context():
        first, other = built(made, "public", "none"), built(made, "complete", "none")
        second = built(made, "public", "winners", licence="Giấy cho phép ngày 02/12/2023")
        states = [session.get_one(type(first), each.id).state for each in (first, other, second)]
        with unit_of_work():
            dossier = Dossier(edition_id=made.edition_id, state="ready", key=new_key("dossiers"), size=1)
            dossier.sha256, dossier.asked_by_id = "0" * 64, made.organiser.id
            copy = PrivacyRequest(kind="export", received_on=now().date(), due_day=now().date(), export_size=1)
            copy.export_key, copy.export_sha256, copy.person_id = new_key("personal"), "0" * 64, made.organiser.id
            session.add_all((dossier, copy))
            stand = {second.key, other.key, dossier.key, copy.export_key}
            for key in (dossier.key, copy.export_key):
                storage().put_small(key, b"x", "application/zip")
        with stopped_at(now() + timedelta(days=31)):
            tidy()
        assert stand <= {each.key for each in storage().objects()}, "what a row relies on is not swept"
    assert states == ["replaced", "ready", "ready"]
    with app.app_context(), unit_of_work():
        operations.forget(archive=session.get_one(type(other), other.id))
        assert session.get_one(type(other), other.id).fault.startswith("Đã xóa theo yêu cầu")


def test_one_that_was_erased_while_it_was_built_stays_erased(
    app: Flask, made: Outcome, run_jobs: Callable[[], None]
) -> None:
    """The builder had read what it holds before the author's words were taken back."""
    with app.app_context():
        with unit_of_work():
            asked = operations.ask(by=made.by(made.organiser), edition=made.edition, audience="public", works="none")
        with unit_of_work():
            operations.forget(archive=asked)
        storage().put_small(asked.key, b"PK", "application/zip")
        facts: dict[str, Any] = {"size": 2, "sha256": "0" * 64, "files": 1, "fingerprint": "0" * 64}
        with unit_of_work():
            operations.mark_ready(archive_id=asked.id, **facts)
            operations.mark_failed(archive_id=asked.id, sentence="Không lập được.")
        assert (asked.state, asked.fault[:18]) == ("failed", "Đã xóa theo yêu cầu"[:18])
    run_jobs()
    with app.app_context(), pytest.raises(NoSuchObject):
        storage().stat(asked.key)


def test_an_original_that_is_gone_or_changed_is_told_and_nothing_is_left(app: Flask, made: Outcome) -> None:
    with app.app_context():
        entry = session.merge(made.works[0])
        file = session.get_one(File, entry.files[0].file_id)
        storage().put_small(file.key, b"%PDF-1.7 khac", "application/pdf")
        changed = built(made, "complete", "winners")
        assert (changed.state, changed.fault[:33]) == ("failed", "Tệp trong kho khác tệp đã kiểm tr")
        with pytest.raises(NoSuchObject):
            storage().stat(changed.key)
        storage().delete(file.key)
        assert built(made, "complete", "winners").fault.startswith("Một tệp của tác phẩm không còn trong kho")


def test_the_organiser_asks_and_whoever_keeps_it_takes_it_along(
    app: Flask, made: Outcome, run_jobs: Callable[[], None]
) -> None:
    organiser, secretary = Visitor(app, made.organiser), Visitor(app, made.secretary)
    here = "/iii-2023/luu-tru"
    assert "Lập bản lưu trữ" in organiser.get("/ban-lam-viec").text
    refused = organiser.post(here, {"audience": "public", "works": "winners"})
    assert (refused.status_code, "Cần ghi văn bản cho phép của tác giả." in refused.text) == (422, True)
    refused = organiser.post(here, {"audience": "public", "works": "eligible", "licence": "Giấy số 1"})
    assert (refused.status_code, "chỉ gồm được tệp của tác phẩm đoạt giải" in refused.text) == (422, True)
    assert secretary.post(here, {"audience": "public", "works": "none"}).status_code == 403
    asked = organiser.post(here, {"audience": "public", "works": "winners", "licence": "Giấy số 1"})
    assert asked.status_code == 303
    one = asked.location
    assert "Đang lập bản lưu trữ." in organiser.get(one).text
    assert secretary.get(f"{one}/tep").status_code == 403
    run_jobs()
    page = secretary.get(one).text
    assert "Giải nén rồi mở tệp index.html" in page
    assert "được thay và xóa khỏi kho khi bản mới cùng loại lập xong" in organiser.get(here).text
    assert "Giấy số 1" in page
    assert organiser.get(f"{one}/trang-thai").json == {"state": "ready"}
    assert "luu-tru-iii-2023-cong-khai-" in secretary.get(f"{one}/tep").location
    assert "Lập bản lưu trữ</a>" not in organiser.get("/ban-lam-viec").text
