"""A season is lived through the pages, from the empty machine to the dossier and the public figures."""

import json
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import config
from demonstration.season.script import PUBLISHED, scaled, script
from judging.proof.verifier import steps
from tests.judging.proof.test_verify import TAMPERINGS, Folder, work_of_another_loai_hinh

WORKS = 20
VOTES = 10
"""The step of the verifier that counts ballots."""


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.db
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("works", [WORKS, pytest.param(PUBLISHED.received, marks=pytest.mark.long)])
def test_a_season_ends_with_the_figures_it_was_written_with(
    tmp_path: Path, works: int, capsys: pytest.CaptureFixture[str]
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
    every_tampering_is_named(evidence, tmp_path, capsys)


def every_tampering_is_named(evidence: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the season's own evidence. It has no secret vote and no level for one loại hình alone: what exchanges those is
    tried on evidence that has them, where the list of tamperings stands."""
    tried = [each for each in TAMPERINGS if each[1] != VOTES and each[0] is not work_of_another_loai_hinh]
    assert len(tried) >= 12
    for tamper, step, _words in tried:
        folder = Folder(place / tamper.__name__)
        with zipfile.ZipFile(evidence) as archive:
            archive.extractall(folder.path)
        tamper(folder)
        assert steps.main([str(folder.path)]) == 1, tamper.__name__
        said = capsys.readouterr().out.splitlines()
        assert any(line.startswith(f"KHÔNG KHỚP  {step}. ") for line in said), (tamper.__name__, said)
