"""A season is lived through the pages, from the empty machine to the dossier and the public figures."""

import hashlib
import json
import re
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

import config
from award.db import session, unit_of_work
from award.editions.models import Genre
from award.entries.models import EntryFile
from award.files.models import File
from award.house_key import CHECK_SIGNATURE, CHECK_SUMS
from award.local import Postgres
from award.nominations.models import DeliveredWork
from award.people.models import Person
from demonstration.season.script import MEDIA, PUBLISHED, scaled, script
from judging.proof.verifier import steps
from tests import factories
from tests.award.nominations import houses
from tests.award.nominations.test_two_houses import state, upload
from tests.conftest import empty_tables
from tests.judging.proof.test_verify import TAMPERINGS, Folder, work_of_another_loai_hinh
from tests.visitor import Visitor
from uploads.kinds import BY_CODE

WORKS = 20
"""With fewer nobody is left out of a list, and one of the tamperings cannot be tried."""


@pytest.fixture
def other(app: Flask, postgres: Postgres) -> Iterator[Flask]:
    """A second house, with a database and a bucket of its own."""
    second = houses.build(app, postgres)
    yield second
    empty_tables(second)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.db
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("works", [WORKS, pytest.param(PUBLISHED.received, marks=pytest.mark.long)])
def test_a_season_ends_with_the_figures_it_was_written_with(
    tmp_path: Path, works: int, app: Flask, other: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    dossier, evidence = tmp_path / "dossier.zip", tmp_path / "evidence.zip"
    words = ["--works", str(works), "--port", str(_free_port())]
    words += ["--dossier", str(dossier), "--evidence", str(evidence)]
    lived = subprocess.run(
        [sys.executable, "-m", "demonstration.season", *words],
        cwd=config.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lived.returncode == 0, lived.stdout + lived.stderr
    told = json.loads(lived.stdout.splitlines()[-1])
    figures = scaled(works)
    assert told["verified"] == "KHỚP"
    assert re.search(r"Kiểm chứng.* 12 bước", lived.stderr), lived.stderr
    assert told["received"] == works
    assert (told["authors"], told["eligible_authors"]) == (figures.sets, figures.eligible_sets)
    assert told["by_type"] == figures.eligible
    assert told["eligible"] == sum(figures.eligible.values())
    fallen = sum(figures.faults.values())
    assert fallen == told["received"] - told["eligible"]
    told_apart = f"{told['eligible']} đủ điều kiện, {fallen} không đủ điều kiện ("
    assert told_apart in lived.stderr, "with clauses and reasons"
    assert sum(told["prizes"].values()) >= 1
    assert set(told["prizes"]) == {prize.code for prize in figures.prizes}
    names = zipfile.ZipFile(dossier).namelist()
    assert told["dossier_files"] == len(names)
    titles = [entered.title for entered in script(figures).works]
    assert len(titles) == works
    assert all(not re.search(r"[0-9a-z]{12}", Path(name).stem) for name in names), "no random name leaves the house"
    assert_every_tampering_is_named(evidence, tmp_path, capsys)
    assert_its_sums_and_signature_hold(dossier, tmp_path / "opened")
    with houses.living_in(other, app):
        assert_it_arrives_whole(dossier, tmp_path / "opened", other)


def assert_its_sums_and_signature_hold(dossier: Path, opened: Path) -> None:
    """By the commands that its own text names, with nothing of ours."""
    zipfile.ZipFile(dossier).extractall(opened)
    for command in (CHECK_SUMS, CHECK_SIGNATURE):
        said = subprocess.run(command.split(), cwd=opened, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr


def takes_all_kinds(other: Flask, opened: Path) -> Person:
    """The secretary of an edition of the second house, whose loại hình take any file and know the dossier's genres."""
    works = json.loads((opened / "HO-SO.json").read_text(encoding="utf-8"))["works"]
    with other.app_context(), unit_of_work():
        edition = factories.edition(
            slug="viii-2023", ordinal=8, state="open", name="Giải Trung ương", code_prefix="TW8"
        )
        for medium in MEDIA:
            category = factories.category(edition, code=medium, name=medium, medium=medium)
            genres = sorted({each["genre"] for each in works if each["medium"] == medium})
            category.genres = [Genre(ordinal=n, name=name) for n, name in enumerate(genres, start=1)]
            category.slots[0].kinds, category.slots[0].at_most = list(BY_CODE), 20
        secretary = factories.person("Trần Thị Thư Ký")
        factories.appointment(edition, secretary, "secretary")
    return secretary


def assert_it_arrives_whole(dossier: Path, opened: Path, other: Flask) -> None:
    """Another house has every work with every file, by name and hash, and nobody typed anything."""
    visitor = Visitor(other, takes_all_kinds(other, opened))
    address = upload(visitor, dossier.read_bytes(), dossier.name)
    houses.work(other)
    assert state(other, address).fault == ""
    assert visitor.post(address, {"compared": "y"}).status_code == 303
    houses.work(other)
    with other.app_context():
        assert (state(other, address).state, state(other, address).fault) == ("taken", "")
        arrived = session.scalars(select(DeliveredWork)).all()
        assert [each.lacks for each in arrived] == [""] * len(arrived)
        kept = session.scalars(select(File.sha256).join(EntryFile, EntryFile.file_id == File.id)).all()
    folders = {path.parent for path in opened.rglob("THONG-TIN.txt")}
    assert len(arrived) == len(folders) > 1
    sent = [path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()]
    sums = {hashlib.sha256(each).hexdigest() for each in sent}
    assert kept
    assert set(kept) <= sums
    assert len(sent) == len(kept) + len(folders), "beside its files a folder holds the text about its work"


def assert_every_tampering_is_named(evidence: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the season's own evidence. It has no level for one loại hình alone: what exchanges that is tried on evidence
    that has it, where the list of tamperings stands."""
    tried = [each for each in TAMPERINGS if each[0] is not work_of_another_loai_hinh]
    assert len(tried) >= 12
    for tamper, step, _words in tried:
        folder = Folder(place / tamper.__name__)
        with zipfile.ZipFile(evidence) as archive:
            archive.extractall(folder.path)
        tamper(folder)
        assert steps.main([str(folder.path)]) == 1, tamper.__name__
        said = capsys.readouterr().out.splitlines()
        assert any(line.startswith(f"KHÔNG KHỚP  {step}. ") for line in said), (tamper.__name__, said)
