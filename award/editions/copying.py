"""What a new edition can take from an earlier one, piece by piece, and what of each piece must be said anew. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

from award.editions.clauses import rules
from award.editions.matters import Stage, Words
from award.editions.models import Edition, NationalEdition, PaperBody, PaperKind, Topic


@dataclass(frozen=True)
class Piece:
    """A part of the set-up that is taken as a whole. `page` is where it stands afterwards."""

    code: str
    label: Words
    page: str
    anew: tuple[Words, ...] = ()
    """What is never taken, since it was true of one year only."""


PIECES: tuple[Piece, ...] = (
    Piece(
        "entry_rules",
        _("Thể lệ"),
        "entry_rules",
        (_("thời gian đăng, phát"), _("thời hạn nhận tác phẩm"), _("ngày thông báo kết quả kiểm tra điều kiện")),
    ),
    Piece("categories", _("Loại hình, thể loại, tệp phải nộp, loại cơ quan báo chí"), "categories"),
    Piece("topics", _("Nội dung theo kế hoạch"), "topics"),
    Piece("prizes", _("Cơ cấu giải"), "prizes"),
    Piece("judging_rules", _("Quy chế chấm"), "judging_rules"),
    Piece("rounds", _("Vòng chấm, tiểu ban"), "rounds", (_("ngày bắt đầu, kết thúc của từng vòng"),)),
    Piece("criteria", _("Thang điểm, tiêu chí chấm"), "rounds"),
    Piece(
        "papers",
        _("Cơ quan ban hành và mẫu văn bản"),
        "papers",
        (_("số, ngày của từng văn bản"), _("thể thức, nếu quy định đã đổi")),
    ),
    Piece("national", _("Giải Trung ương"), "national", (_("tên lần thứ"), _("thời gian đăng, phát; hạn gửi hồ sơ"))),
    Piece("contact", _("Tên bộ phận thư ký, người hỗ trợ"), "general"),
    Piece("texts", _("Mẫu thư, thư nhắc tự động"), "contact", (_("ngày, tên riêng ghi thẳng trong lời thư"),)),
    Piece(
        "payments",
        _("Mức khấu trừ thuế, mức chi thù lao chấm"),
        "rounds",
        (_("mức và căn cứ, nếu quy định đã đổi"),),
    ),
    Piece("people", _("Những người đã tham gia"), "people", (_("văn bản giao nhiệm vụ"),)),
)
BY_CODE = {piece.code: piece for piece in PIECES}
NEVER_DESCRIBED = frozenset({"texts", "payments", "people"})
"""What no file from another house brings."""


@dataclass(frozen=True)
class Source:
    """An earlier edition, its rules loaded, with what stands beside them."""

    edition: Edition
    topics: Sequence[Topic]
    bodies: Sequence[PaperBody]
    kinds: Sequence[PaperKind]
    national: NationalEdition | None
    people: int
    """How many of its people have an account, so that they can be asked again."""
    in_rooms: Mapping[str, int] = field(default_factory=dict)
    """Code of a piece -> how many rows of it rooms above have; of an edition of another house none are known."""


@dataclass(frozen=True)
class Offer:
    """One piece as the page shows it: what would be taken, in a sentence; nothing where the source has nothing."""

    piece: Piece
    what: str

    @property
    def there(self) -> bool:
        return bool(self.what)


def offers(source: Source) -> list[Offer]:
    """Every piece, in the order of the pages of set-up, with what the source has of it."""
    return [Offer(piece, _WHAT[piece.code](source)) for piece in PIECES]


def _rules(stage: Stage) -> Callable[[Source], str]:
    def told(source: Source) -> str:
        settled = [found for found in rules(source.edition, stage) if found.settled and not found.definition.dated]
        return _counted(len(settled), _("%(n)s quy định, giữ cả căn cứ"))

    return told


def _counted(n: int, words: Words) -> str:
    return str(words) % {"n": n} if n else ""


def _categories(source: Source) -> str:
    return ", ".join(category.name for category in source.edition.categories)


def _topics(source: Source) -> str:
    return _counted(len(source.topics), _("%(n)s nội dung"))


def _prizes(source: Source) -> str:
    return ", ".join(f"{level.name} ({level.quota})" for level in source.edition.prize_levels)


def _rounds(source: Source) -> str:
    told = []
    for in_round in source.edition.rounds:
        panels = [panel for panel in source.edition.panels if panel.round_id == in_round.id]
        told.append(str(_("%(round)s (%(n)s tiểu ban)", round=in_round.name, n=len(panels))))
    return ", ".join(told)


def _criteria(source: Source) -> str:
    told = [
        str(_("%(round)s: %(n)s tiêu chí, thang %(max)s điểm", round=r.name, n=len(r.criteria), max=r.scale_max))
        for r in source.edition.rounds
        if r.criteria
    ]
    return "; ".join(told)


def _papers(source: Source) -> str:
    return ", ".join(body.name for body in source.bodies) or _counted(len(source.kinds), _("%(n)s loại văn bản"))


def _national(source: Source) -> str:
    return source.national.name if source.national else ""


def _contact(source: Source) -> str:
    edition = source.edition
    return ", ".join(words for words in (edition.secretariat_name, edition.help_name, edition.help_phone) if words)


def _texts(source: Source) -> str:
    return _counted(source.in_rooms.get("texts", 0), _("%(n)s mẫu thư, loại thư nhắc đã chỉnh cho lần đó"))


def _payments(source: Source) -> str:
    return _counted(source.in_rooms.get("payments", 0), _("%(n)s mức, giữ cả căn cứ"))


def _people(source: Source) -> str:
    return _counted(source.people, _("%(n)s người, ghi vào danh sách dự kiến mời; chưa gửi thư"))


_WHAT: Mapping[str, Callable[[Source], str]] = {
    "entry_rules": _rules("entry"),
    "judging_rules": _rules("judging"),
    "categories": _categories,
    "topics": _topics,
    "prizes": _prizes,
    "rounds": _rounds,
    "criteria": _criteria,
    "papers": _papers,
    "national": _national,
    "contact": _contact,
    "texts": _texts,
    "payments": _payments,
    "people": _people,
}
