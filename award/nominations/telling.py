"""What a dossier tells of its works and of itself: the description for another house, the page for whoever opens it."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _

from award import house_key
from award.editions.models import Edition, FileSlot
from award.editions.papers import invented
from award.entries.dossiers import AuthorRow
from award.entries.dossiers import Dossier as Read
from award.entries.models import Part
from award.entries.queries import plain_dossiers_of
from award.files.models import File
from award.house_key import PublicKey
from award.nominations.candidates import Word, Work
from award.nominations.described import AuthorTold, FileTold, PartTold, PrizeTold, Told, WorkTold
from award.nominations.papers import Sending, chosen_by
from award.rules.eligibility import DECLARATIONS


class Attached(NamedTuple):
    """A file of a work: in which slot, of which part, with which words under it."""

    file: File
    slot: FileSlot
    part: Part | None
    caption: str


def dossier(sent: Sending, files: Sequence[Sequence[tuple[str, Attached]]]) -> Told:
    """The works of the list as another house reads them; `files`: of each work, path in the dossier and file."""
    head, edition, by = sent.head, sent.edition, sent.resolution
    read = plain_dossiers_of([work.entry.id for work in sent.works])
    return Told(
        sender=head.name or edition.name,
        edition=edition.name,
        to=sent.to,
        letter=sent.number,
        letter_day=sent.day,
        illustrative=edition.illustrative,
        works=tuple(
            _work(edition, work, read[work.entry.id], held, own=sent.national is not None)
            for work, held in zip(sent.works, files, strict=True)
        ),
        resolution=by.number if by else "",
        resolution_day=by.day if by else None,
        resolution_body=by.body if by else "",
    )


def origin_of(edition: Edition, code: str) -> str:
    """What names a work in every dossier that it stands in: of which award and edition it is, and its code there."""
    named = f"{edition.award.name}\n{edition.award.place}\n{edition.slug}\n{code}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def read_first(sent: Sending, key: PublicKey, address: str) -> bytes:
    """The page that says what lies in the dossier and how it is checked without any program of ours."""
    head, edition = sent.head, sent.edition
    lines = [
        _("HỒ SƠ GỬI DỰ %(award)s", award=sent.to) if sent.national else _("TOÀN BỘ TÁC PHẨM CỦA MỘT LẦN"),
        _("Nơi gửi: %(sender)s, %(edition)s.", sender=head.name or edition.name, edition=edition.name),
        *([chosen_by(sent.resolution)] if sent.resolution else []),
        *([invented(edition)] if edition.illustrative else []),
        "",
        _("CONG-VAN, DANH-SACH: công văn và danh sách tác phẩm, để đọc, để ký và để xử lý.")
        if sent.national
        else _("THIET-LAP.json: thiết lập của lần này, để dự thảo ở hệ thống khác lấy. DANH-SACH: danh sách tác phẩm."),
        _("Mỗi tác phẩm một thư mục; THONG-TIN.txt trong thư mục ghi tác giả, nơi đăng, phát và giải đã đạt."),
        _("HO-SO.json: cùng các thông tin ấy để phần mềm đọc."),
        _("SHA256SUMS: mã kiểm chứng của từng tệp. SHA256SUMS.sig: dấu kiểm chứng (Ed25519) của nơi gửi."),
        "",
        _("KIỂM TRA"),
        _("Giải nén, mở cửa sổ lệnh trong thư mục vừa có. Không cần phần mềm nào của nơi gửi."),
        _("1. Từng tệp còn nguyên, không thiếu tệp nào:"),
        f"   {house_key.CHECK_SUMS}",
        _("2. Chữ ký đúng (OpenSSL 3.0 trở lên), kết quả là “Signature Verified Successfully”:"),
        f"   {house_key.CHECK_SIGNATURE}",
        _("3. Khóa đúng là của nơi gửi: lệnh sau cho mã đối chiếu của khóa,"),
        f"   {house_key.CHECK_KEY}",
        _("   phải trùng với mã đối chiếu dưới đây và với khóa nơi gửi công bố tại %(address)s.", address=address),
        _("   Nên hỏi nơi gửi qua điện thoại hoặc công văn, không dựa vào riêng tệp này."),
        "",
        f"SHA-256: {key.fingerprint}",
    ]
    return ("\r\n".join(str(line) for line in lines) + "\r\n").encode()


def _work(edition: Edition, work: Work, read: Read, held: Sequence[tuple[str, Attached]], *, own: bool) -> WorkTold:
    """`own`: with the prize it has here, which is a prior one wherever else it goes."""
    ours = [PrizeTold(edition.name, work.level, "", edition.year)] if own and work.prize_decided else []
    return WorkTold(
        origin=origin_of(edition, work.entry.code or work.entry.public_id),
        code=work.code or work.entry.code or "",
        title=work.title,
        summary=read.summary,
        category=work.category,
        medium=read.medium,
        genre=work.genre,
        topic=read.topic,
        newsroom=work.said.get(("newsroom", None)) or read.publisher,
        byline=read.byline,
        elsewhere=read.elsewhere,
        declared=set(DECLARATIONS) <= set(read.declared),
        no_prior_prize=False if ours else read.no_prior_prize,
        parts=tuple(
            PartTold(
                part.title,
                part.published_on,
                part.issue,
                part.page,
                part.place,
                part.channel,
                part.aired_at,
                part.link,
                part.outlet,
            )
            for part in read.parts
        ),
        authors=tuple(
            _author(author, work.said, row.id) for row, author in zip(work.entry.authors, read.authors, strict=True)
        ),
        prizes=(*(PrizeTold(p.award_name, p.level, p.organiser, p.year) for p in read.prizes), *ours),
        files=tuple(
            FileTold(
                path=path,
                name=each.file.name,
                size=each.file.size,
                sha256=each.file.sha256 or "",
                slot=each.slot.code,
                label=each.slot.label,
                part=each.part.ordinal if each.part else None,
                caption=each.caption,
            )
            for path, each in held
        ),
    )


def _author(author: AuthorRow, said: Mapping[Word, str], number: int) -> AuthorTold:
    """As corrected. The telephone number of who speaks for all goes along, no other."""
    return AuthorTold(
        legal_name=said.get(("author", number), author.legal_name),
        pen_name=said.get(("pen_name", number), author.pen_name),
        role=author.role,
        employer=author.employer,
        phone=author.phone if author.contact else "",
        contact=author.contact,
        minor=author.minor,
        guardian=author.guardian,
        share=author.share,
        guardian_relation=author.guardian_relation,
    )
