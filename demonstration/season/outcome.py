"""What happens after the councils: the decision, the works sent to the national award, the instant the public reads."""

import hashlib
import io
import json
import re
import time
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from award import dates
from demonstration.season.browser import Page, Unexpected
from demonstration.season.organiser import moves
from demonstration.season.person import Person

DOSSIER_SECONDS = 300
_FIGURE = re.compile(r'<data data-figure="([^"]+)" value="(\d+)">')
_DOSSIER = re.compile(r'href="([^"]*/gui-trung-uong/ho-so/\w+)"')
_PRINT = re.compile(r'<code class="code">([0-9a-f]{64})</code>')


def decides(organiser: Person, slug: str, number: str, day: date) -> None:
    """The calendar goes on to the decision, and the paper is recorded as it was issued."""
    moves(organiser, "start_decision")
    page = organiser.opens(f"/{slug}/quyet-dinh")
    paper = {"number": number, "day": dates.day(day), "body": "Ban Tổ chức Giải", "signatory": "Trưởng Ban Tổ chức"}
    page = organiser.presses(page, "Xem trước khi ghi", paper)
    organiser.presses(page, "Ghi số, ngày văn bản")


def publishes(first: Person, second: Person, slug: str, at: datetime) -> None:
    """The instant of publication is named by one and confirmed by another."""
    local = dates.local(at)
    page = first.opens(f"/{slug}/cong-bo")
    page = first.presses(page, "Xem trước khi hẹn giờ", {"day": dates.day(local.date()), "hour": f"{local:%H:%M}"})
    first.presses(page, "Hẹn giờ công bố")
    page = second.opens(f"/{slug}/cong-bo")
    second.presses(page, "Xác nhận giờ công bố")


@dataclass(frozen=True)
class Bundle:
    """The dossier as it was downloaded, and what is in it."""

    address: str
    content: bytes = field(repr=False)
    names: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def forwards(organiser: Person, slug: str, count: int, letter: tuple[str, date]) -> Bundle:
    """The first `count` of the candidates are on the national list; gives their dossier, whose manifest holds.

    It is built twice, and both times it is the same byte by byte.
    """
    address = f"/{slug}/gui-trung-uong"
    page = organiser.opens(address)
    for _one in range(count):
        form = next((form for form in page.forms() if "/chon/" in form.action and "reason" not in form.fields), None)
        if form is None:
            break
        page = organiser.browser.send(page, form, "Chọn")
    page = organiser.opens(address)
    asked = {"number": letter[0], "day": dates.day(letter[1])}
    first = _downloaded(organiser, organiser.presses(page, "Lập hồ sơ gửi dự", asked))
    again = _downloaded(organiser, organiser.presses(organiser.opens(address), "Lập hồ sơ gửi dự", asked))
    if first.address == again.address or first.content != again.content:
        raise Unexpected("two builds of the dossier are not the same")
    return first


def figures(reader: Person, slug: str) -> dict[str, int]:
    """Every figure of the statistics page, as programs read them."""
    page = reader.opens(f"/{slug}/thong-ke")
    return {name: int(value) for name, value in _FIGURE.findall(page.text)}


def line(told: dict[str, int], dossier: Bundle, seconds: float) -> str:
    """The one line the season ends with. A season whose evidence does not fit has ended before."""
    of = {group: {n.partition(".")[2]: v for n, v in told.items() if n.startswith(f"{group}.")} for group in _GROUPS}
    return json.dumps(
        {
            **{name: told[name] for name in ("received", "authors", "eligible", "eligible_authors")},
            "by_type": of["eligible"],
            "prizes": of["prizes"],
            "dossier_files": len(dossier.names),
            "dossier_sha256": dossier.sha256,
            "verified": "KHỚP",
            "seconds": round(seconds),
        },
        ensure_ascii=False,
    )


_GROUPS = ("eligible", "prizes")


def _downloaded(organiser: Person, page: Page) -> Bundle:
    deadline = time.monotonic() + DOSSIER_SECONDS
    link = _DOSSIER.search(page.text)
    while True:
        if link is None:
            raise Unexpected(f"no dossier was asked for: {page.words()[:500]}")
        page = organiser.opens(link[1])
        printed = _PRINT.search(page.text)
        if printed is not None:
            break
        if "Đang lập" not in page.text or time.monotonic() > deadline:
            raise Unexpected(f"the dossier was not built: {page.words()[:500]}")
        time.sleep(0.5)
    content = organiser.browser.get(f"{link[1]}/tep").content
    if hashlib.sha256(content).hexdigest() != printed[1]:
        raise Unexpected("the dossier is not the one its page describes")
    return _verified(link[1], content)


def _verified(address: str, content: bytes) -> Bundle:
    """The dossier, every byte of which is what its manifest says, and the manifest what the key in it has signed."""
    bundle = zipfile.ZipFile(io.BytesIO(content))
    manifest = bundle.read("SHA256SUMS")
    key = load_pem_public_key(bundle.read("KHOA-CONG-KHAI.pem"))
    assert isinstance(key, Ed25519PublicKey)
    key.verify(bundle.read("SHA256SUMS.sig"), manifest)
    sums = {name: digest for digest, name in (row.split("  ", 1) for row in manifest.decode().splitlines())}
    if set(sums) != set(bundle.namelist()) - {"SHA256SUMS", "SHA256SUMS.sig"}:
        raise Unexpected("the manifest does not name every file of the dossier")
    for name, digest in sums.items():
        if hashlib.sha256(bundle.read(name)).hexdigest() != digest:
            raise Unexpected(f"{name} is not what the manifest says")
    return Bundle(address, content, tuple(bundle.namelist()))
