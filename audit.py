"""What the house is built from, and whether any of it is known to be weak:  python3 dev.py audit

    --out FILE           the bill of materials (CycloneDX 1.6, JSON); without it, it goes to var/sbom.json
    --advisories PATH    notices in the OSV form, as advisory databases give them out: a folder of JSON files, or a ZIP

Without notices the bill alone is written, and that nobody looked is said. With them each package that stands in a list
is set against each notice; one that is affected ends this with 1, and is named with the notice and what mends it.
Where there is no notice at all, or something that is none, this ends with 1 too: nothing was looked at.
Nothing leaves the machine: whoever runs the house brings the notices, which also works where no network is.
"""

import argparse
import base64
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent
LOCKS = ("requirements.lock", "requirements-setup.lock", "requirements-dev.lock", "requirements-node.lock")
SCRIPTS = "package-lock.json"
OUT = ROOT / "var" / "sbom.json"
ECOSYSTEMS = {"pypi": "PyPI", "npm": "npm"}


@dataclass(frozen=True)
class Package:
    """One locked package; `hashes`: algorithm and hexadecimal value of each file it may come as."""

    kind: str
    name: str
    version: str
    hashes: tuple[tuple[str, str], ...]
    used: bool
    """Whether the running house needs it, or building and testing alone."""

    @property
    def address(self) -> str:
        """The package's name in the form that bills of materials share."""
        return f"pkg:{self.kind}/{quote(self.name, safe='/')}@{quote(self.version, safe='+')}"


@dataclass(frozen=True)
class Weakness:
    package: Package
    notice: str
    summary: str
    mended_in: str

    def __str__(self) -> str:
        mended = f"mended in {self.mended_in}" if self.mended_in else "not mended yet"
        return f"{self.package.name} {self.package.version}: {self.notice}, {self.summary or 'no summary'} ({mended})"


class NoNoticeError(Exception):
    """What was named holds no notice, or something that is none; the sentence says which."""


def main(words: Sequence[str]) -> int:
    asked = argparse.ArgumentParser(prog="python3 dev.py audit")
    asked.add_argument("--out", type=Path, default=OUT)
    asked.add_argument("--advisories", type=Path)
    said = asked.parse_args(words)
    packages = locked()
    said.out.parent.mkdir(parents=True, exist_ok=True)
    said.out.write_text(json.dumps(bill(packages), indent=1) + "\n")
    print(f"{len(packages)} packages: {said.out}")
    if said.advisories is None:
        print("Nobody looked for known weaknesses: name a folder or a ZIP of OSV notices with --advisories.")
        return 0
    try:
        told = list(notices(said.advisories))
        found = list(weaknesses(packages, told))
    except NoNoticeError as fault:
        print(fault)
        return 1
    print(f"{len(told)} notices: {said.advisories}")
    print("".join(f"{each}\n" for each in found) or "None of them is named in a notice.\n", end="")
    return int(bool(found))


def locked() -> list[Package]:
    """Every package of every list, once, those the running house needs first."""
    found: dict[tuple[str, str, str], Package] = {}
    for number, name in enumerate(LOCKS):
        for each in _of_lock((ROOT / name).read_text(), used=number == 0):
            found.setdefault((each.kind, each.name, each.version), each)
    for each in _of_scripts(json.loads((ROOT / SCRIPTS).read_text())):
        found.setdefault((each.kind, each.name, each.version), each)
    return list(found.values())


def _of_lock(text: str, *, used: bool) -> Iterator[Package]:
    for entry in re.split(r"\n(?=\S)", text):
        named = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^ ;\\\n]+)", entry)
        if named:
            hashes = tuple(("SHA-256", each) for each in re.findall(r"--hash=sha256:([0-9a-f]{64})", entry))
            yield Package("pypi", named[1].lower(), named[2], hashes, used)


def _of_scripts(lock: dict[str, Any]) -> Iterator[Package]:
    for place, facts in lock["packages"].items():
        if place and "version" in facts:
            name = facts.get("name") or place.rpartition("node_modules/")[2]
            algorithm, _dash, value = facts.get("integrity", "").partition("-")
            hashes = (("SHA-512", base64.b64decode(value).hex()),) if algorithm == "sha512" else ()
            yield Package("npm", name, facts["version"], hashes, used=not facts.get("dev", False))


def bill(packages: Iterable[Package]) -> dict[str, Any]:
    """The bill of materials, with licences of what is installed here. It bears no date and no number of its own: the
    same lists give the same bytes where the same is installed."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "giai-bao-chi", "bom-ref": "giai-bao-chi"}},
        "components": [
            {
                "type": "library",
                "bom-ref": each.address,
                "name": each.name,
                "version": each.version,
                "purl": each.address,
                "scope": "required" if each.used else "excluded",
                "hashes": [{"alg": algorithm, "content": value} for algorithm, value in each.hashes],
                **({"licenses": [{"license": {"name": name}} for name in names]} if (names := licences(each)) else {}),
            }
            for each in packages
        ],
    }


def licences(package: Package) -> list[str]:
    """What the installed package says of its licence: one expression, or else its classifiers and the old field."""
    if package.kind != "pypi":
        return []
    try:
        told = metadata(package.name)
    except PackageNotFoundError:
        return []
    if expression := told.get_all("License-Expression"):
        return list(expression)
    named = [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License :: ")]
    return named or [each.partition("\n")[0] for each in told.get_all("License") or () if each]


def notices(place: Path) -> Iterator[dict[str, Any]]:
    """Every notice in the folder or the ZIP. Raises NoNoticeError where there is none, or something else among them."""
    none = True
    for name, content in _files(place):
        none = False
        try:
            notice = json.loads(content)
        except ValueError:
            notice = None
        if not isinstance(notice, dict) or not isinstance(notice.get("id"), str):
            raise NoNoticeError(f"{name} in {place} is no OSV notice: nothing was looked for.")
        yield notice
    if none:
        raise NoNoticeError(f"{place} holds no notice (*.json): nothing was looked for.")


def _files(place: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if place.is_dir():
            for path in sorted(place.rglob("*.json")):
                yield path.name, path.read_bytes()
            return
        with zipfile.ZipFile(place) as packed:
            for name in sorted(packed.namelist()):
                if name.endswith(".json"):
                    yield name, packed.read(name)
    except (OSError, zipfile.BadZipFile) as fault:
        raise NoNoticeError(f"{place} is neither a folder nor a ZIP that can be read ({fault}).") from fault


def weaknesses(packages: Iterable[Package], told: Iterable[dict[str, Any]]) -> Iterator[Weakness]:
    """Each package that a notice, which was not taken back, says is affected."""
    known: dict[tuple[str, str], list[Package]] = {}
    for each in packages:
        known.setdefault((ECOSYSTEMS[each.kind], _plain(each.name)), []).append(each)
    for notice in told:
        if notice.get("withdrawn"):
            continue
        for affected in notice.get("affected", []):
            named = affected.get("package", {})
            for package in known.get((named.get("ecosystem", ""), _plain(named.get("name", ""))), []):
                if _is_affected(package.version, affected):
                    yield Weakness(package, notice["id"], notice.get("summary", ""), _mended(affected))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_affected(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", []):
        return True
    ranges = [each for each in affected.get("ranges", []) if each.get("type") in {"ECOSYSTEM", "SEMVER"}]
    return any(_is_within(version, each.get("events", [])) for each in ranges)


def _is_within(version: str, events: Sequence[dict[str, str]]) -> bool:
    """Whether the version lies between a beginning and the end that follows it. One that cannot be compared does."""
    try:
        at, within = Version(version), False
        for event in sorted(events, key=lambda each: _point(next(iter(each.values())))):
            kind, where = next(iter(event.items()))
            if kind == "introduced" and at >= _point(where):
                within = True
            elif (kind == "fixed" and at >= _point(where)) or (kind == "last_affected" and at > _point(where)):
                within = False
    except InvalidVersion:
        return True
    return within


def _point(where: str) -> Version:
    return Version("0.dev0" if where == "0" else where)


def _mended(affected: dict[str, Any]) -> str:
    events = [event for each in affected.get("ranges", []) for event in each.get("events", [])]
    return ", ".join(event["fixed"] for event in events if "fixed" in event)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
