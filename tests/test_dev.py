import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

LOCKS = [dev.INSTALLER, dev.PRODUCT, dev.TOOLS, dev.NPM_OF_A_WHEEL]


@pytest.fixture
def bare_project(tmp_path: Path) -> Path:
    """The project as it was checked out, with nothing installed."""
    for path in [*LOCKS, dev.ASSETS, dev.ROOT / "dev.py", dev.ROOT / "package.json", dev.ROOT / "package-lock.json"]:
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize("words", [[], ["rnu"], ["--port", "8000"]])
def test_a_word_it_does_not_know_shows_the_ones_it_does(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(words) == 2
    assert capsys.readouterr().out.startswith("python3 dev.py run")


@pytest.mark.parametrize("words", [["bench"], ["bench", "everything"]])
def test_a_part_that_is_not_measured_shows_those_that_are(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(words) == 1
    told = capsys.readouterr().out
    assert all(part in told for part in ("judging", "uploads", "duplicates", "dossier", "peers", "surge", "pages"))


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ([], False),
        (["-q", "-m", "db", "-k", "outbox"], False),
        (["tests/doors", "-q"], True),
        (["-x", "tests/test_dev.py::test_a_word_it_does_not_know_shows_the_ones_it_does"], True),
    ],
)
def test_tests_that_are_named_run_in_one_process(words: list[str], named: bool) -> None:
    assert dev.names_a_place(words) is named


def test_without_a_network_the_first_call_says_so_in_one_sentence(bare_project: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_NO_CACHE_DIR": "1"}
    done = subprocess.run(
        [sys.executable, "dev.py", "run"],
        cwd=bare_project,
        env=clean | nowhere,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "Không lấy được bộ cài đặt: không có mạng, hoặc kho gói đang lỗi." in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not (bare_project / ".venv" / dev.INSTALLED.name).exists()


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "2,5 GB"),
        ("npm error code ENOSPC", "2,5 GB"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "not installed"),
        ("npm error code EINTEGRITY", "not installed"),
        ("error: Request failed after 3 retries\n\n", "Request failed after 3 retries"),
        ("", "no network"),
    ],
)
def test_what_an_installer_said_becomes_a_sentence(said: str, part: str) -> None:
    assert part in str(dev.failure("các gói Python", "the Python packages", said))


@pytest.mark.parametrize(
    ("number", "part"),
    [
        (errno.ENOSPC, "too little room"),
        (errno.EACCES, "/srv/giai cannot be written"),
        (errno.EROFS, "/srv/giai cannot be written"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_a_fault_of_the_machine_becomes_a_sentence(number: int, part: str) -> None:
    assert part in str(dev.explained(OSError(number, os.strerror(number), "/srv/giai")))


def test_a_lock_that_changed_makes_the_environment_doubt_the_other_one(bare_project: Path) -> None:
    assert dev.fingerprint(bare_project / "requirements.lock") == dev.fingerprint(dev.PRODUCT) != ""
    with (bare_project / "requirements.lock").open("a") as lock:
        lock.write("\n")
    assert dev.fingerprint(bare_project / "requirements.lock") != dev.fingerprint(dev.PRODUCT)
    assert dev.fingerprint(bare_project / "no such file") == ""


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_is_pinned_with_hashes_and_no_lock_names_an_index(lock: Path) -> None:
    text = lock.read_text()
    entries = re.findall(r"^\S+(?: ;[^\\\n]*)? ?\\?\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)*", text, re.MULTILINE)
    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=" not in entry] == []
    assert "://" not in text


def test_the_lock_of_the_browsers_files_has_hashes_and_names_no_registry() -> None:
    packages = json.loads((dev.ROOT / "package-lock.json").read_text())["packages"]
    outside = {name: package for name, package in packages.items() if name}
    assert [name for name, package in outside.items() if not package["integrity"].startswith("sha512-")] == []
    assert [name for name, package in outside.items() if "resolved" in package] == []


def test_the_browser_is_given_exactly_the_files_that_were_chosen() -> None:
    assert dev.missing_assets() == {}
    chosen = json.loads(dev.ASSETS.read_text())
    vendor = dev.ROOT / "award" / "static" / "vendor"
    there = {str(path.relative_to(dev.ROOT)) for path in vendor.rglob("*") if path.is_file()}
    assert there == {place for place in chosen if place.startswith("award/")}


def test_without_a_browser_each_test_left_out_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: needs Chromium\n")
    (tmp_path / "test_pages.py").write_text(
        "import pytest\n\n@pytest.mark.browser\ndef test_seen(): pass\n\ndef test_unseen(): pass\n"
    )
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.delenv("CI", raising=False)
    assert dev.without_browser_tests(["-q"]) == ["-m", "not browser", "-q"]
    said = capsys.readouterr().out
    assert "test_pages.py::test_seen" in said
    assert "test_unseen" not in said
    monkeypatch.setenv("CI", "true")
    with pytest.raises(dev.CannotGoOn, match="CI may leave none out"):
        dev.without_browser_tests([])
    assert dev.without_browser_tests(["-k", "unseen"]) == ["-k", "unseen"]
