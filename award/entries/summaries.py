"""What the check page and the receipt list: the answers with the way to change each, and what was received."""

import base64
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import segno
from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from award import dates
from award.editions.media import ASKS, hour
from award.entries import following
from award.entries.dossiers import AuthorRow, Dossier, PartRow, Place, PrizeRow
from award.entries.leave import field_id
from award.entries.models import Receipt
from award.files import words
from award.files.models import File
from award.rules.eligibility import Finding

Line = dict[str, Any]


def sections(
    dossier: Dossier,
    found: Sequence[Finding],
    files: Mapping[int, File],
    slug: str,
    entry_id: str,
    *,
    open_: Collection[str] = (),
) -> list[tuple[str, list[Line]]]:
    """The answers in the order of the form, each with what the rules have against it and, where it is open, the way."""
    problems: dict[tuple[str, str], Finding] = {}
    for finding in sorted(found, key=lambda each: not each.blocks):
        if finding.blocks or finding.verdict == "amber":
            problems.setdefault(field_id(finding), finding)

    def line(page: str, field: str, name: str, value: object, part: str = "") -> Line:
        problem = problems.get((page, field))
        there = url_for(f"entries.{page}", slug=slug, entry_id=entry_id, _anchor=field)
        return {
            "name": name,
            "value": value,
            "url": there if (part or page) in open_ else None,
            "problem": problem.sentence if problem else None,
            "mild": problem is not None and not problem.blocks,
        }

    return [
        (
            pgettext("one", "Tác phẩm"),
            [
                {"name": _("Loại hình"), "value": dossier.category},
                line("work", "title", _("Tên tác phẩm"), dossier.title),
                line("work", "genre", _("Thể loại"), dossier.genre),
                line("work", "topic", _("Nội dung"), dossier.topic),
                line("work", "publisher", _("Cơ quan đăng, phát"), dossier.publisher),
                line("work", "byline", _("Tên tác giả như đã đăng, phát"), dossier.byline),
                line("work", "summary", _("Tóm tắt nội dung"), dossier.summary),
                *_elsewhere(dossier, line),
            ],
        ),
        (
            str(ASKS[dossier.medium].parts if len(dossier.parts) > 1 else ASKS[dossier.medium].one),
            _part_lines(dossier, line),
        ),
        (
            _("Tác giả"),
            [
                line("authors", f"{author.key}-legal_name", _("Tác giả thứ %(n)s", n=n), _author(author))
                for n, author in enumerate(dossier.authors, start=1)
            ],
        ),
        (
            _("Tệp"),
            [
                line(
                    "files",
                    place.key.replace(".", "-"),
                    place_called(place, dossier),
                    [_file(files[file.id]) for file in place.files if file.id in files],
                    f"files.{place.slot.code}",
                )
                for place in dossier.places
            ]
            + [
                line("captions", f"{file.key}-caption", _("Chú thích ảnh %(n)s", n=n), file.caption)
                for n, file in enumerate(dossier.pictures, start=1)
                if file.state != "rejected"
            ],
        ),
        (
            _("Giải thưởng đã đạt, cam kết"),
            [
                line("declarations", "no_prior_prize", _("Giải thưởng đã đạt"), _prizes(dossier)),
                *(
                    line("declarations", each.code, each.words, _("Đã đồng ý") if each.code in dossier.agreed else "")
                    for each in dossier.asked.values()
                ),
            ],
        ),
    ]


def received(receipt: Receipt) -> list[tuple[str, list[str]]]:
    """Name and lines of what a receipt says beside its sentence."""
    content = receipt.content
    authors = ", ".join(author["legal_name"] for author in content["authors"])
    stored = [file for file in content["files"] if file["state"] == "stored"]
    due = [file for file in content["files"] if file["state"] == "due"]
    moment = dates.receipt_moment(receipt.received_at)
    lines = [
        (_("Thời điểm tiếp nhận"), [_("%(moment)s (giờ Việt Nam)", moment=moment)]),
        (_("Loại hình"), [content["category"]]),
        (_("Tác giả"), [authors]),
        (_("Cơ quan đăng, phát"), [content["publisher"]]),
        (_("Số kỳ"), [str(len(content["parts"]))]),
        (_("Tệp đã nhận"), [_named(file) for file in stored] or [_("Chưa có")]),
    ]
    left = [_named(file) for file in due] + [following.named(each) for each in content.get("lacking", ())]
    if left:
        until = (
            dates.deadline_moment(datetime.fromisoformat(content["files_due_at"])) if content["files_due_at"] else ""
        )
        lines.append((_("Tệp gửi sau, chậm nhất %(until)s", until=until), left))
    return lines


def prints(receipt: Receipt) -> list[tuple[str, str, str]]:
    """Name, size and fingerprint of every file that was received or promised."""
    return [(file["name"], dates.size(file["size"]), file["fingerprint"]) for file in receipt.content["files"]]


def qr(address: str) -> str:
    """A picture of the address that a telephone reads, as a data: address."""
    return "data:image/svg+xml;base64," + base64.b64encode(qr_svg(address).encode()).decode()


def qr_svg(address: str) -> str:
    """The same picture as SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, scale=4, xmldecl=False)
    return out.getvalue().decode()


def _elsewhere(dossier: Dossier, line: Callable[..., Line]) -> list[Line]:
    if not dossier.elsewhere:
        return []
    return [line("work", "elsewhere", _("Nền tảng khác đã đăng, phát"), dossier.elsewhere.splitlines())]


def _part_lines(dossier: Dossier, line: Callable[..., Line]) -> list[Line]:
    """The parts in the words of their medium. One part is a line a field; of several each is a line of its own."""
    asks = ASKS[dossier.medium]
    if len(dossier.parts) == 1:
        part = dossier.parts[0]
        answers = _answers(dossier, part)
        given = {name for name, _label, text in answers if text}
        beside = "link" if "link" in given else "published_on"
        return [
            line("parts", f"{part.key}-{name}", label, text) | (published(dossier, part) if name == beside else {})
            for name, label, text in answers
        ]
    lines = []
    for part in dossier.parts:
        answers = _answers(dossier, part)
        told = [part.title, *(f"{label}: {text}" for name, label, text in answers if text and name != "title")]
        fields = [f"{part.key}-{name}" for name, _label, _text in answers]
        each = next((one for field in fields if (one := line("parts", field, "", ""))["problem"]), None)
        each = each or line("parts", f"{part.key}-{asks.asked[0].name}", "", "")
        lines.append(
            each
            | {"name": _("Kỳ %(n)s", n=part.ordinal), "value": [text for text in told if text]}
            | published(dossier, part)
        )
    return lines


def published(dossier: Dossier, part: PartRow) -> Line:
    """What a line that tells where the part appeared has beside it: the page it names, and the copies that prove it."""
    kept = [file for place in dossier.proof_places(part) for file in place.files]
    return {"href": part.link if part.link.startswith(("http://", "https://")) else "", "proofs": kept}


def _answers(dossier: Dossier, part: PartRow) -> list[tuple[str, str, str]]:
    """Field, label and answer of a part; what nobody told is left out unless it is needed."""
    asks = ASKS[dossier.medium]
    needs = {"published_on"} | asks.needs(dossier.needed) | ({"title"} if len(dossier.parts) > 1 else set())
    day = dates.day(part.published_on) if part.published_on else ""
    told = [("title", str(asks.title), part.title), ("published_on", str(asks.published), day)]
    told += [("outlet", str(_("Cơ quan đăng, phát")), part.outlet)]
    told += [(asked.name, str(asked.label), _told(part, asked.name)) for asked in asks.asked]
    return [(name, label, text) for name, label, text in told if text or name in needs]


def _told(part: PartRow, name: str) -> str:
    value = getattr(part, name)
    return (hour(value) if value else "") if name == "aired_at" else str(value)


def _author(author: AuthorRow) -> list[str]:
    name = author.legal_name + (f" ({author.pen_name})" if author.pen_name else "")
    role = _("Vai trò: %(role)s", role=author.role) if author.role else ""
    share = _("Tỷ lệ đóng góp: %(share)s%%", share=author.share) if author.share else ""
    phone = _("Điện thoại: %(phone)s", phone=author.phone) if author.phone else ""
    contact = _("Người liên hệ") if author.contact else ""
    young = _("Dưới 18 tuổi. Cha, mẹ hoặc người giám hộ đồng ý: %(name)s", name=author.consenting or _("chưa ghi"))
    told = (name, author.employer, role, share, phone, contact, young if author.minor else "")
    return [text for text in told if text]


def _file(file: File) -> str:
    return f"{file.name} ({words.facts_of(file)}): {words.state_of(file).word}"


def _prizes(dossier: Dossier) -> str | list[str]:
    if dossier.no_prior_prize:
        return str(_("Chưa đạt giải nào"))
    return [_prize(prize) for prize in dossier.prizes]


def _prize(prize: PrizeRow) -> str:
    told = (prize.award_name, prize.level, prize.organiser, str(prize.year or ""))
    return ", ".join(text for text in told if text)


def place_called(place: Place, dossier: Dossier) -> str:
    """What a file sent there is, and of a series the part it belongs to."""
    if place.part is None or len(dossier.parts) == 1:
        return place.slot.label
    return str(_("%(label)s, kỳ %(n)s", label=place.slot.label, n=place.part.ordinal))


def _named(file: Mapping[str, Any]) -> str:
    return f"{file['name']} ({dates.size(file['size'])})"
