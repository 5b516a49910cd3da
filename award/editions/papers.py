"""How the papers of an edition are headed and signed. Rooms say what stands between."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from flask_babel import gettext as _

from award import dates
from award.documents.composing import number_of
from award.documents.paper import DOTS, FEW_DOTS, Annex, Block, FormCode, Head, Paper, Signature
from award.documents.tables import Column, Sheet
from award.editions.issuing import KINDS, KindOfPaper, form_of, usual_form
from award.editions.models import Appointment, Edition, PaperBody, PaperKind
from award.editions.permissions import role_label
from award.editions.queries import paper_kind
from award.people.models import Person


@dataclass(frozen=True)
class Letterhead:
    """What is settled for one kind of paper. Whatever is empty becomes a dotted line on the paper."""

    edition: Edition
    kind: KindOfPaper
    form: FormCode
    number: str = ""
    day: date | None = None
    symbol: str = ""
    recitals: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    funding: str = ""
    executors: str = ""
    writer: str = ""
    parent: str = ""
    name: str = ""
    place: str = ""
    body_symbol: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""

    @property
    def issuer(self) -> str:
        """The body within a sentence."""
        return self.name or DOTS

    @property
    def minuted(self) -> tuple[Signature, Signature]:
        """Minutes are signed by who wrote them and who presided."""
        return Signature(_("Người ghi biên bản"), self.writer), Signature(_("Chủ trì"), self.signer)

    def paper(
        self,
        kind: str,
        subject: str,
        body: Sequence[Block],
        *,
        signatures: Sequence[Signature] | None = None,
        annexes: Sequence[Annex] = (),
        to: Sequence[str] = (),
        recitals: Sequence[str] = (),
        decides: bool = False,
        submits: bool = False,
        landscape: bool = False,
    ) -> Paper:
        """The paper with its head, its signature and its recipients. Minutes bear neither number nor date."""
        asks, signed = self.kind.asks, (Signature(self.post, self.signer, self.authority),)
        return Paper(
            form=self.form,
            head=self._head(bears_number="symbol" in asks, dated="writer" not in asks),
            kind=kind,
            subject=subject,
            to=tuple(to),
            submits=submits,
            recitals=tuple(recitals),
            decides=self.issuer if decides else "",
            body=tuple(body),
            signatures=signed if signatures is None else tuple(signatures),
            recipients=(self.recipients or _unknown(to)) if "recipients" in asks else (),
            annexes=tuple(annexes),
            settled_on=self.day or date(self.edition.year, 1, 1),
            mark=invented(self.edition),
            landscape=landscape,
        )

    def cited(self, words: str) -> str:
        """Quyết định số 12-QĐ/BTCG, ngày 05/11/2023 của Ban Tổ chức Giải: how other papers name this one."""
        number = number_of(self.form, self._head(bears_number=True, dated=True)) if self.number else DOTS
        day = dates.day(self.day) if self.day else DOTS
        told = {"paper": words, "number": number, "day": day, "body": self.issuer}
        return str(_("%(paper)s số %(number)s, ngày %(day)s của %(body)s", **told))

    def _head(self, *, bears_number: bool, dated: bool) -> Head:
        """A letter of the State bears no mark of its kind."""
        state_letter = self.form == "nd30" and self.kind.code == "letter"
        return Head(
            parent=self.parent,
            body=self.name,
            kind_symbol="" if state_letter else self.symbol or self.kind.symbol,
            body_symbol=self.body_symbol,
            number=self.number,
            bears_number=bears_number,
            place=self.place or self.edition.award.place,
            day=self.day,
            dated=dated,
        )


def _unknown(to: Sequence[str]) -> tuple[str, ...]:
    """The addressee of a letter is known to receive it; who else does is not."""
    return (_("Như trên"), DOTS) if to else (DOTS,)


def letterhead(edition: Edition, kind: str, *, number: str = "", day: date | None = None) -> Letterhead:
    """What the edition settles for the kind; `number` and `day` are given where they are recorded elsewhere."""
    return settled_head(edition, kind, paper_kind(edition.id, kind), number=number, day=day)


def settled_head(
    edition: Edition, kind: str, settled: PaperKind | None, *, number: str = "", day: date | None = None
) -> Letterhead:
    """The same of what was read before."""
    found = Letterhead(edition, KINDS[kind], usual_form(edition), number, day)
    if settled is None:
        return found
    found = replace(
        found,
        number=number or settled.number,
        day=day or settled.day,
        symbol=settled.symbol,
        recitals=tuple(settled.recitals),
        recipients=tuple(settled.recipients),
        funding=settled.funding,
        executors=settled.executors,
        writer=settled.writer,
    )
    return _issued_by(found, settled.body) if settled.body else found


def _issued_by(found: Letterhead, body: PaperBody) -> Letterhead:
    return replace(
        found,
        form=form_of(body),
        parent=body.parent,
        name=body.name,
        place=body.place,
        body_symbol=body.symbol,
        authority=body.authority,
        post=body.post,
        signer=body.signer,
    )


def meeting(body: str, began: datetime | None = None) -> str:
    """The beginning of minutes, up to who met, with room for the place; and for the hour, where nobody noted it."""
    few = FEW_DOTS
    at = dates.deadline_moment(began) if began else f"{few} giờ {few}, ngày {few}/{few}/{few}"
    return str(_("Hôm nay, lúc %(at)s, tại %(dots)s, %(body)s", at=at, dots=DOTS, body=body))


def meeting_ends() -> str:
    """The last sentence of minutes, above both signatures."""
    words = _("Biên bản lập xong lúc %(few)s giờ %(few)s cùng ngày, đã đọc cho những người có mặt nghe và thống nhất.")
    return str(words % {"few": FEW_DOTS})


def invented(edition: Edition) -> str:
    """The sentence that stands on every page of a paper whose data are invented."""
    if not edition.illustrative:
        return ""
    return str(_("Dữ liệu minh họa, không phải hồ sơ hoặc kết quả của Giải."))


def appointed(edition: Edition, standing: Sequence[tuple[Appointment, Person]]) -> Sheet:
    """The people who hold a role in the edition."""
    columns = [
        Column(_("Họ và tên"), width=32),
        Column(_("Vai trò"), width=28),
        Column(_("Theo văn bản"), width=44),
        Column(_("Email"), width=32),
    ]
    rows = [
        (who.legal_name, role_label(held.role), held.decision, who.user.email if who.user else "")
        for held, who in standing
    ]
    return Sheet(_("Nhân sự"), columns, rows, f"{edition.name}. {invented(edition)}".strip())
