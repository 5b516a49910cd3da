"""What a receipt holds and says: the content as received, its hash, the sentences, the letter. Pure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from flask_babel import gettext as _

from award import dates
from award.editions.models import Edition
from award.entries import following
from award.entries.dossiers import HELD, Dossier
from award.entries.models import Receipt
from award.entries.permissions import files_may_follow
from award.log.operations import canonical_json


class Letter(NamedTuple):
    subject: str
    body: str


Kind = Literal["first", "changed", "mended"]
"""The first submission, other content of one's own accord, other content because it was asked for."""


def content(
    dossier: Dossier,
    edition: Edition,
    code: str,
    received_at: datetime,
    due: datetime | None,
    *,
    kind: Kind = "first",
) -> dict[str, Any]:
    """The entry as received, in words and numbers that stay readable without the database."""
    return {
        "kind": kind,
        "edition": edition.name,
        "code": code,
        "received_at": received_at.isoformat(timespec="microseconds"),
        **said(dossier),
        "files_due_at": due.isoformat() if due else None,
        **({"lacking": lacks} if due and files_may_follow(edition) and (lacks := following.lacking(dossier)) else {}),
        **_came(dossier),
    }


def _came(dossier: Dossier) -> dict[str, Any]:
    """By which way a work came that was not entered online, and its postmark."""
    came = dossier.leave.came
    if came is None:
        return {}
    return {"channel": came.channel, "postmark": came.postmark.isoformat() if came.postmark else None}


def same(one: Dossier, other: Dossier) -> bool:
    """Both say the same and hold the same files."""
    return canonical_json(said(one)) == canonical_json(said(other))


def said(dossier: Dossier) -> dict[str, Any]:
    """What the dossier says, with every file's name, size and fingerprint."""
    labels = {slot.id: slot.label for slot in dossier.slots}
    ordinals = {part.id: part.ordinal for part in dossier.parts}
    return {
        "category": dossier.category,
        "genre": dossier.genre,
        "topic": dossier.topic,
        "title": dossier.title,
        "summary": dossier.summary,
        **({"elsewhere": dossier.elsewhere} if dossier.elsewhere else {}),
        "publisher": dossier.publisher,
        "byline": dossier.byline,
        "parts": [
            {
                "ordinal": part.ordinal,
                "title": part.title,
                "published_on": part.published_on.isoformat() if part.published_on else None,
                "issue": part.issue,
                "page": part.page,
                "place": part.place,
                "channel": part.channel,
                "aired_at": part.aired_at.isoformat("minutes") if part.aired_at else None,
                "link": part.link,
                **({"outlet": part.outlet} if part.outlet else {}),
            }
            for part in dossier.parts
        ],
        "authors": [
            {
                "legal_name": author.legal_name,
                "pen_name": author.pen_name,
                "role": author.role,
                "employer": author.employer,
                "phone": author.phone,
                "contact": author.contact,
                **({"guardian": author.consenting} if author.minor else {}),
                **({"share": f"{author.share}%"} if author.share else {}),
            }
            for author in dossier.authors
        ],
        "no_prior_prize": dossier.no_prior_prize,
        "prior_prizes": [
            {"award": prize.award_name, "level": prize.level, "organiser": prize.organiser, "year": prize.year}
            for prize in dossier.prizes
        ],
        "declared": {name: dict(said) for name, said in dossier.declared.items()},
        "files": [
            {
                "key": file.key,
                "slot": labels.get(file.slot_id, ""),
                "part": ordinals.get(file.part_id) if file.part_id is not None else None,
                "name": file.name,
                "size": file.size,
                "fingerprint": file.fingerprint,
                "caption": file.caption,
                "state": "stored" if file.state in HELD else "due",
            }
            for file in dossier.files
            if file.state != "rejected"
        ],
    }


def content_hash(received: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical form of the content."""
    return hashlib.sha256(canonical_json(received)).hexdigest()


def sentence(received: dict[str, Any], received_at: datetime, edition: Edition) -> str:
    """The dossier has been received: when to the second, under which code, and what is promised next."""
    words = {"title": received["title"], "moment": dates.receipt_moment(received_at), "code": received["code"]}
    if received.get("kind") == "mended":
        told = _("Đã tiếp nhận bản bổ sung hồ sơ dự Giải của tác phẩm “%(title)s” lúc %(moment)s.", **words)
    else:
        told = _("Đã tiếp nhận hồ sơ dự Giải của tác phẩm “%(title)s” lúc %(moment)s.", **words)
    told = f"{told} {_('Mã hồ sơ: %(code)s.', **words)}"
    if edition.screening_promise is None:
        return told
    promise = _(
        "Kết quả kiểm tra điều kiện dự Giải được thông báo chậm nhất ngày %(day)s.",
        day=dates.day(edition.screening_promise),
    )
    return f"{told} {promise}"


def steps(edition: Edition, email: str, changeable: str) -> list[str]:
    """What happens now with a dossier that was received: until when it may be changed, who looks, how one is told.

    `changeable` is that time in words, empty when it may not be changed.
    """
    told = []
    if changeable:
        told.append(_("Hồ sơ đã nộp còn sửa được %(until)s.", until=changeable))
    body = edition.secretariat_name
    if edition.screening_promise is None:
        told.append(_("%(body)s kiểm tra điều kiện dự Giải trong và sau thời gian nhận tác phẩm.", body=body))
    else:
        day = dates.day(edition.screening_promise)
        told.append(_("%(body)s kiểm tra điều kiện dự Giải, chậm nhất ngày %(day)s có kết quả.", body=body, day=day))
    told.append(_("Nếu cần bổ sung hồ sơ, %(body)s ghi rõ nội dung và hạn bổ sung.", body=body))
    if email:
        told.append(_("Mọi thông báo được gửi đến %(email)s và hiện ở trang hồ sơ.", email=email))
    if edition.help_phone:
        name = edition.help_name or body
        told.append(_("Liên hệ: %(name)s, %(phone)s.", name=name, phone=edition.help_phone))
    return told


def letter(receipt: Receipt, edition: Edition, *, steps: Sequence[str], address: str, paper: str = "") -> Letter:
    """The letter to the owner: the sentence of the receipt, what is due, what happens now, and every fingerprint."""
    received = receipt.content
    lines = [sentence(received, receipt.received_at, edition)]
    due = [file for file in received["files"] if file["state"] == "due"]
    lacks = received.get("lacking", ())
    if (due or lacks) and received["files_due_at"]:
        until = datetime.fromisoformat(received["files_due_at"])
        lines.append(following.sentence(len(due), sum(each["count"] for each in lacks), until))
        left = [file["name"] for file in due] + [following.named(each) for each in lacks]
        lines.append("\n".join(f"- {each}" for each in left))
    lines.append("\n".join(f"- {step}" for step in steps))
    if received["files"]:
        prints = [f"{file['name']} ({dates.size(file['size'])})\n{file['fingerprint']}" for file in received["files"]]
        lines.append("\n".join([_("Mã kiểm chứng của tệp:"), *prints]))
    lines.append("\n".join([_("Mã kiểm chứng của hồ sơ:"), receipt.content_hash]))
    lines.append(_("Xem hồ sơ: %(address)s", address=address))
    if paper:
        lines.append(_("Biên nhận có dấu kiểm chứng, nên tải về giữ: %(address)s", address=paper))
    lines.append(_("Trân trọng."))
    subject = _("Đã tiếp nhận hồ sơ %(code)s", code=received["code"])
    if received.get("kind") == "mended":
        subject = _("Đã tiếp nhận bản bổ sung hồ sơ %(code)s", code=received["code"])
    return Letter(subject, "\n\n".join(lines) + "\n")
