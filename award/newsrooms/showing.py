"""What the pages of a newsroom's desk show: works in words, what is missing, what an act did."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from award import dates
from award.editions.deadlines import confirmation
from award.editions.deadlines import said as deadline_words
from award.editions.models import Edition
from award.entries.dossiers import Dossier
from award.entries.hands import hand_of
from award.entries.models import Entry
from award.entries.progress import left_words
from award.entries.showing import blocking_in
from award.links import web_address
from award.newsrooms import queries, surveyed
from award.newsrooms.checking import Checked, works
from award.newsrooms.importing import Submitted
from award.newsrooms.models import SignedList
from award.newsrooms.operations import Outcome
from award.newsrooms.queries import Organ, Work, name_in
from award.newsrooms.signers import called
from award.newsrooms.surveyed import Line
from award.rules.eligibility import DECLARATIONS
from award.text import sort_key

STATE_OF = {"cho": "waiting", "da": "confirmed", "khong": "refused", "chua-nop": "draft", "da-rut": "withdrawn"}
"""As addresses name them → states."""
WORDS = {
    "waiting": ("doing", lazy_gettext("Chờ xác nhận")),
    "confirmed": ("done", lazy_gettext("Đã xác nhận")),
    "refused": ("bad", lazy_gettext("Không xác nhận")),
    "draft": ("none", lazy_gettext("Chưa nộp")),
    "withdrawn": ("none", lazy_gettext("Đã rút")),
}
"""State of a work at the desk → mark and word."""


@dataclass(frozen=True)
class Row:
    """A work as the desk lists it."""

    work: Work
    left: str
    """What a draft still lacks."""
    ready: bool = False
    """A draft that lacks nothing."""
    signed: bool = False
    """On a signed scan that is being compared."""

    @property
    def mark(self) -> tuple[str, str]:
        kind, word = WORDS[self.work.state]
        if self.signed and self.work.state == "waiting":
            return kind, str(_("Có bản ký, chờ đối chiếu"))
        return kind, str(word)


def rows(works: Sequence[Work], edition: Edition, signed: Collection[int] = ()) -> list[Row]:
    """The works in their order, each with what it lacks while it is not submitted. `signed`: what is on scans."""
    lacking = blocking_in([each.read for each in works if each.state == "draft"], edition)
    return [
        Row(each, left_words(lacking[each.read.id]), ready=not lacking[each.read.id])
        if each.read.id in lacking
        else Row(each, "", signed=each.read.id in signed)
        for each in works
    ]


def page_of_works(edition: Edition, organ: Organ, listed: Sequence[Work], signed: Collection[int]) -> dict[str, Any]:
    """The works of one page of the desk, by the names of its template. `listed`: one more where a next page is."""
    return {
        "organ": organ,
        "name": name_in(organ.newsroom, edition),
        "rows": rows(listed[: queries.PAGE], edition, signed),
        "more": len(listed) > queries.PAGE,
        "authors": authors,
        "appeared": appeared,
        "web_address": web_address,
    }


def authors(read: Dossier) -> str:
    return ", ".join(f"{a.legal_name} ({a.pen_name})" if a.pen_name else a.legal_name for a in read.authors)


def address(read: Dossier, edition: Edition, person_id: int, *, staff: bool) -> str:
    """Where this person opens the work: as whose hand is in it, or as who screens; nowhere for anybody else."""
    if hand_of(person_id, read):
        return url_for("entries.tasks", slug=edition.slug, entry_id=read.key)
    return url_for("screening.entry", slug=edition.slug, entry_id=read.key) if staff and read.code else ""


def appeared(read: Dossier) -> str:
    """When the work appeared: 02/3/2023, or the first and last day of a series."""
    days = sorted(part.published_on for part in read.parts if part.published_on)
    if not days:
        return ""
    if days[0] == days[-1]:
        return dates.day(days[0])
    return str(_("%(first)s đến %(last)s", first=dates.day(days[0]), last=dates.day(days[-1])))


def attested(outcome: Outcome) -> str:
    """What one act of attesting did."""
    said = str(_("Đã xác nhận %(n)s tác phẩm.", n=dates.number(len(outcome.done))))
    if outcome.left:
        left = ", ".join(outcome.left)
        said += " " + str(_("Để lại %(codes)s: nội dung vừa thay đổi, đề nghị xem lại.", codes=left))
    return said


def recorded(outcome: Outcome, listed: SignedList) -> str:
    """What one signed list did: works attested, and authors who declared on it."""
    said = attested(outcome)
    if count := sum(each["signed"] for each in listed.people):
        said += " " + str(_("Đã ghi cam kết, đồng ý của %(n)s tác giả theo bản ký.", n=dates.number(count)))
    return said


def declared_words(listed: SignedList) -> list[str]:
    """What is declared on the list, as it was printed."""
    return [listed.words[code]["text"] for code in DECLARATIONS if code in listed.words]


def signed_for(entry_id: int, lists: Sequence[SignedList]) -> list[tuple[str, str]]:
    """Who declared on paper for the work, as the staff reads it beside the dossier: the list, the day, the scan."""
    told = []
    for listed in lists:
        names = [called(each) for each in listed.people if each["signed"] and entry_id in each["entries"]]
        if names and listed.returned_at is not None:
            words = _(
                "%(names)s ký trên danh sách %(code)s, ghi nhận %(at)s; mã kiểm chứng của bản quét: %(hash)s",
                names=", ".join(names),
                code=listed.public_id,
                at=dates.moment(listed.returned_at),
                hash=listed.scan_sha256[:16] or "…",
            )
            told.append((str(_("Cam kết, đồng ý trên giấy")), str(words)))
    return told


def reminded(told: int, silent: int) -> str:
    """What one act of reminding did."""
    said = str(_("Thư nhắc được gửi đến %(n)s cơ quan.", n=dates.number(told)))
    if silent:
        said += " " + str(_("%(n)s cơ quan chưa có người nhận thư: mời ở cột Người đại diện.", n=dates.number(silent)))
    return said


def submitted(outcome: Submitted) -> str:
    """What one act of submitting did."""
    said = str(_("Đã nộp %(n)s hồ sơ.", n=dates.number(len(outcome.receipts))))
    if outcome.left:
        said += " " + str(_("Còn %(n)s hồ sơ chưa đủ, chưa nộp.", n=dates.number(len(outcome.left))))
    return said


def signatures(facts: Mapping[str, Any]) -> list[str]:
    """What each digital signature of a scan says of itself, as a sentence."""
    return [_signature(each) for each in facts.get("signatures", ())]


def _signature(said: Mapping[str, Any]) -> str:
    words = [str(_("Chữ ký số ghi tên %(name)s", name=said["name"] or _("không rõ")))]
    if said["issuer"]:
        words.append(str(_("chứng thư do %(issuer)s cấp", issuer=said["issuer"])))
    if said["at"]:
        words.append(str(_("ghi thời điểm %(at)s", at=dates.moment(datetime.fromisoformat(said["at"])))))
    told = ", ".join(words) + "."
    return told if said["whole"] else told + " " + str(_("Tệp có phần thêm vào sau chữ ký này."))


def chosen(n: int) -> str:
    """What one act of choosing did."""
    if not n:
        return str(_("Cơ quan không lựa chọn tác phẩm nào."))
    return str(_("Đã ghi lựa chọn: %(n)s tác phẩm, theo thứ tự ưu tiên.", n=dates.number(n)))


def placed(entry: Entry) -> str:
    """Which place its newsroom gave the work, as the secretariat reads it; nothing where it gave none."""
    found = queries.place_of(entry.id) if entry.newsroom_id is not None else None
    return str(_("Cơ quan xếp thứ %(n)s trong %(all)s tác phẩm lựa chọn", n=found[0], all=found[1])) if found else ""


ROW_SORTS = {"sua": "bad", "moi": "new", "da-co": "known"}
"""As addresses name them → states of rows."""
ROW_WORDS = {
    "bad": ("bad", lazy_gettext("Cần sửa")),
    "new": ("done", lazy_gettext("Sẽ nạp")),
    "known": ("none", lazy_gettext("Đã có")),
}


@dataclass(frozen=True)
class Review:
    """A draft with the page of it that is shown. `behind` the last row of the page there are more."""

    rows: Sequence[Checked]
    bad: int
    new: int
    known: int
    new_works: int
    files: int
    behind: int | None

    @property
    def total(self) -> int:
        return self.bad + self.new + self.known


def review(rows: Sequence[Checked], *, sort: str = "", behind: int = 0) -> Review:
    """The rows of one sort, or all of them, that come behind the row of this number."""
    wanted = [row for row in rows if sort not in ROW_SORTS or row.state == ROW_SORTS[sort]]
    shown = [row for row in wanted if row.told.number > behind][: queries.PAGE + 1]
    return Review(
        shown[: queries.PAGE],
        bad=sum(row.state == "bad" for row in rows),
        new=sum(row.state == "new" for row in rows),
        known=sum(row.state == "known" for row in rows),
        new_works=len(works(rows)),
        files=sum(len(part.files) for work in works(rows) for part in work.parts),
        behind=shown[queries.PAGE - 1].told.number if len(shown) > queries.PAGE else None,
    )


@dataclass(frozen=True)
class Surveyed:
    """One newsroom in the survey, under its name in the edition."""

    key: str
    name: str
    now_called: str
    """What it has become since, where it bears another name today."""
    line: Line

    def n(self, *states: str) -> int:
        return sum(self.line.counts.get(state, 0) for state in states)


def survey(edition: Edition) -> list[Surveyed]:
    """Newsrooms with works first, most waiting first; then the others by name."""
    today = queries.today()
    rows = []
    for line in surveyed.survey(edition.id):
        name, today_name = name_in(line.newsroom, edition), line.newsroom.name_on(today)
        rows.append(Surveyed(line.newsroom.public_id, name, today_name if today_name != name else "", line))
    return sorted(rows, key=lambda each: (not each.line.counts, -each.n("waiting"), sort_key(each.name)))


@dataclass(frozen=True)
class Words:
    """What a newsroom said of a work, as the secretariat reads it."""

    kind: str
    sentence: str
    detail: str


def said_by_newsroom(edition: Edition, entry: Entry) -> Words | None:
    """What stands said of the work; nothing for a work whose newsroom is not recorded."""
    if entry.newsroom_id is None:
        return None
    said = queries.said_of(entry.id)
    if said is None:
        return Words("doing", str(_("Cơ quan đăng, phát chưa xác nhận")), "")
    name = name_in(said.newsroom, edition)
    told = str(_("%(name)s, %(at)s", name=said.by, at=dates.moment(said.at)))
    if said.answer == "confirmed":
        return Words("done", str(_("%(newsroom)s đã xác nhận", newsroom=name)), told)
    reason = str(_("Lý do: %(reason)s", reason=said.reason))
    return Words("bad", str(_("%(newsroom)s không xác nhận", newsroom=name)), f"{reason.rstrip('.')}. {told}")


def told_beside(edition: Edition, said: Words) -> str:
    """What the author of the work reads with it: who said so, or until when the newsroom may still say it."""
    if said.kind == "bad":
        may = _("Cơ quan vẫn xác nhận lại được; Tổ Thư ký xem xét khi kiểm tra hồ sơ.")
        return f"{said.detail}\n{may}"
    if said.kind == "done":
        return said.detail
    until = confirmation(edition)
    when = str(_("Thời hạn xác nhận: %(until)s.", until=deadline_words(until))) if until else ""
    nothing = _("Cơ quan xác nhận ở trang Tòa soạn hoặc trên danh sách ký; tác giả không phải làm gì thêm.")
    return f"{when} {nothing}".strip()
