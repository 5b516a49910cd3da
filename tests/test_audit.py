"""The bill of materials names what is locked, and a notice finds what it speaks of and nothing else."""

import json
import re
from pathlib import Path

import pytest

import audit

ROOT = Path(__file__).parent.parent
REACHES = re.compile(r"(?<!L)GPL|(?<!Lesser )General Public|Affero")


def notice(name: str, *events: dict[str, str], **more: object) -> dict[str, object]:
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": [*events]}]}
    return {"id": "X-1", "summary": "a hole", "affected": [affected], **more}


def test_the_bill_names_every_locked_package_with_its_hashes() -> None:
    listed = {each["purl"]: each for each in audit.bill(audit.locked())["components"]}
    for name in audit.LOCKS:
        for package, version in re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([^ ;\\\n]+)", (ROOT / name).read_text(), re.M):
            assert listed[f"pkg:pypi/{package.lower()}@{version}"]["hashes"], package
    scripts = json.loads((ROOT / audit.SCRIPTS).read_text())["packages"]
    assert sum(each.startswith("pkg:npm/") for each in listed) == len(scripts) - 1
    assert all(each["hashes"] for each in listed.values())


def test_nothing_of_the_running_house_is_under_a_licence_that_would_reach_it() -> None:
    """GPL and AGPL; under the LGPL a library may be used as it is. What a wheel brings inside is told in NOTICE."""
    lock = (ROOT / "requirements.lock").read_text()
    elsewhere = set(re.findall(r"^([\w.-]+)==[^\n]*; sys_platform == 'win32'", lock, re.M))
    for package in (each for each in audit.locked() if each.kind == "pypi" and each.used):
        named = audit.licences(package)
        assert named or package.name in elsewhere, f"{package.name} does not say its licence"
        assert not any(REACHES.search(each) for each in named), (package.name, named)


@pytest.mark.parametrize(
    ("name", "reaches"),
    [
        ("GPL-3.0-or-later", True),
        ("MIT OR AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("BSD License", False),
    ],
)
def test_such_a_licence_would_be_seen(name: str, reaches: bool) -> None:
    assert bool(REACHES.search(name)) is reaches


@pytest.mark.parametrize(
    ("events", "found"),
    [
        ([{"introduced": "0"}, {"fixed": "1.3"}], True),
        ([{"introduced": "0"}, {"fixed": "1.2.1"}], False),
        ([{"introduced": "1.2"}, {"last_affected": "1.2.1"}], True),
        ([{"introduced": "1.3"}], False),
        ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.2"}, {"fixed": "1.3"}], True),
        ([{"introduced": "of old"}], True),
    ],
)
def test_a_notice_holds_for_the_versions_it_names(events: list[dict[str, str]], found: bool) -> None:
    package = audit.Package("pypi", "some.thing", "1.2.1", (), used=True)
    assert bool([*audit.weaknesses([package], [notice("Some_Thing", *events)])]) is found
    assert not [*audit.weaknesses([package], [notice("other", *events)])]
    assert not [*audit.weaknesses([package], [notice("some-thing", *events, withdrawn="2024-01-01T00:00:00Z")])]


def test_a_package_that_is_affected_is_named_with_what_mends_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = tmp_path / "told"
    told.mkdir()
    said = notice("flask", {"introduced": "0"}, {"fixed": "99"})
    (told / "X-1.json").write_text(json.dumps(said))
    out = tmp_path / "bill.json"
    assert audit.main(["--out", str(out), "--advisories", str(told)]) == 1
    assert re.search(r"^flask [\d.]+: X-1, a hole \(mended in 99\)$", capsys.readouterr().out, re.M)
    assert json.loads(out.read_text())["bomFormat"] == "CycloneDX"
    (told / "X-1.json").write_text(json.dumps(said | {"withdrawn": "2024-01-01T00:00:00Z"}))
    assert audit.main(["--out", str(out), "--advisories", str(told)]) == 0


def test_notices_that_are_none_end_it_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "X-1.json").write_text("[1]")
    page = tmp_path / "page.zip"
    page.write_text("<html>")
    for place, words in (
        (empty, "holds no notice"),
        (wrong, "X-1.json in "),
        (page, "neither a folder nor a ZIP"),
        (tmp_path / "nowhere", "neither a folder nor a ZIP"),
    ):
        assert audit.main(["--out", str(tmp_path / "bill.json"), "--advisories", str(place)]) == 1
        said = capsys.readouterr().out
        assert words in said
        assert "None of them is named" not in said
