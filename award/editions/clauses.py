"""The rules of an edition as defined matters: what each may say, in which words, and until when it must be said.

A matter is settled by a value or by "không quy định"; nothing here guesses one. A rule that cites no clause of the
paper may warn and never refuse: ask `Rule.may_refuse`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import lazy_gettext as _

from award import dates
from award.editions import deadlines
from award.editions.corrections import CORRECTIONS
from award.editions.matters import ClauseDefinition, Stage, Value, ValueField, Words, points_of
from award.editions.models import Clause, Edition
from award.editions.receiving import ARRIVAL, CONFIRMATION


@dataclass(frozen=True)
class Rule:
    """What one edition says about one matter."""

    definition: ClauseDefinition
    edition: Edition
    value: Value | None
    unregulated: bool
    source: str
    illustrative: bool = False
    """Invented for demonstration, value and source."""

    @property
    def cited(self) -> str:
        """The clause as findings and letters cite it: khoản 2 Điều 4; an invented one says so."""
        return cited(self.source, illustrative=self.illustrative)

    @property
    def concerns(self) -> bool:
        """The edition has what the matter speaks of."""
        return self.definition.concerns is None or self.definition.concerns(self.edition)

    @property
    def settled(self) -> bool:
        """Filled in, or said to be unregulated."""
        return self.valued or self.unregulated

    @property
    def valued(self) -> bool:
        if self.unregulated:
            return False
        dated = self.definition.dated
        return dated(self.edition) if dated else self.value is not None

    @property
    def may_refuse(self) -> bool:
        """True when a refusal can cite it; otherwise the rule warns."""
        return self.valued and bool(self.source)

    @property
    def number(self) -> int | None:
        return None if self.value is None else self.value.get("number")

    @property
    def points(self) -> Fraction | None:
        return None if self.value is None else points_of(self.value["points"])

    @property
    def choice(self) -> str | None:
        return None if self.value is None else self.value.get("choice")

    @property
    def names(self) -> tuple[str, ...]:
        return () if self.value is None else tuple(self.value.get("names", ()))

    @property
    def several(self) -> tuple[str, ...]:
        return () if self.value is None else tuple(self.value.get("several", ()))

    @property
    def yes(self) -> bool:
        """True only when the rules say so."""
        return bool(self.value and self.value.get("yes"))

    @property
    def text(self) -> str:
        return "" if self.value is None else str(self.value.get("text", ""))

    @property
    def words(self) -> str:
        """The rule as a sentence, "Không quy định.", or nothing while it is open."""
        if self.valued:
            return self.definition.sentence(self.edition, self.value or {})
        return str(_("Không quy định.")) if self.unregulated else ""


def cited(source: str, *, illustrative: bool) -> str:
    """The clause in the words in which it is cited, and kept with a decision that rests on it."""
    return str(_("%(clause)s (minh họa)", clause=source)) if source and illustrative else source


def rule(edition: Edition, code: str) -> Rule:
    """What the edition says about `code`. Reads `edition.clauses`, which `queries.with_rules` loads."""
    return _rule(edition, BY_CODE[code], {kept.code: kept for kept in edition.clauses})


def rules(edition: Edition, stage: Stage) -> list[Rule]:
    """Every matter of the stage, in the order of the set-up page."""
    kept = {clause.code: clause for clause in edition.clauses}
    return [_rule(edition, definition, kept) for definition in CLAUSES if definition.stage == stage]


def _rule(edition: Edition, definition: ClauseDefinition, kept: dict[str, Clause]) -> Rule:
    clause = kept.get(definition.code)
    if clause is None:
        return Rule(definition, edition, None, unregulated=False, source="")
    value = None if clause.unregulated else clause.value
    return Rule(
        definition,
        edition,
        value,
        unregulated=clause.unregulated,
        source=clause.source,
        illustrative=clause.illustrative,
    )


def missing(edition: Edition, stage: Stage) -> list[ClauseDefinition]:
    """The matters of the stage that concern the edition and are neither filled in nor said to be unregulated."""
    open_ = [found for found in rules(edition, stage) if found.concerns and not found.settled]
    return [found.definition for found in open_ if found.definition.must_be_said]


def _with_number(words: Words) -> Callable[[Edition, Value], str]:
    return lambda _edition, value: str(words) % {"n": dates.number(value["number"])}


def _by_choice(words: dict[str, Words]) -> Callable[[Edition, Value], str]:
    return lambda _edition, value: str(words[value["choice"]])


def _by_yes(yes: Words, no: Words) -> Callable[[Edition, Value], str]:
    return lambda _edition, value: str(yes if value["yes"] else no)


def _window(edition: Edition, _value: Value) -> str:
    assert edition.window_from is not None
    assert edition.window_to is not None
    first, last = dates.day(edition.window_from), dates.day(edition.window_to)
    return str(_("Tác phẩm đăng, phát lần đầu từ ngày %(first)s đến hết ngày %(last)s.", first=first, last=last))


def _deadline(edition: Edition, _value: Value) -> str:
    return str(_("Nhận tác phẩm %(until)s.", until=deadlines.words(edition)))


def _newsroom(_edition: Edition, value: Value) -> str:
    n = dates.number(value["number"])
    if value["choice"] == "publisher":
        return str(_("Mỗi cơ quan đăng, phát có nhiều nhất %(n)s tác phẩm dự Giải.", n=n))
    return str(_("Tác giả của cùng một cơ quan công tác có nhiều nhất %(n)s tác phẩm dự Giải.", n=n))


def _prior_prizes(_edition: Edition, value: Value) -> str:
    if value["choice"] == "allowed":
        return str(_("Tác phẩm đã đoạt giải khác được dự Giải."))
    declared = str(_("Tác phẩm đã đoạt giải khác được dự Giải nếu kê khai mức giải, đơn vị trao giải và năm."))
    if value["choice"] == "declared":
        return declared
    return str(_("Không nhận tác phẩm đã đoạt: %(names)s.", names="; ".join(value["names"]))) + " " + declared


def _spread(_edition: Edition, value: Value) -> str:
    points = dates.number(points_of(value["points"]))
    words = _(
        "Điểm của một thành viên không chênh lệch quá %(points)s điểm so với trung bình của các thành viên khác.",
        points=points,
    )
    return str(words)


def _text(_edition: Edition, value: Value) -> str:
    return str(value["text"])


def _count(label: Words, unit: Words) -> tuple[ValueField, ...]:
    return (ValueField("number", label, unit=unit),)


CLAUSES: Sequence[ClauseDefinition] = (
    ClauseDefinition(
        "window",
        "entry",
        _("Thời gian đăng, phát"),
        _window,
        hint=_("Tác phẩm đăng, phát ngoài thời gian này không đủ điều kiện."),
        dated=lambda edition: edition.window_from is not None and edition.window_to is not None,
    ),
    ClauseDefinition(
        "deadline",
        "entry",
        _("Thời hạn nhận tác phẩm"),
        _deadline,
        hint=_("“Đến hết ngày 30/9” và “trước ngày 30/9” khác nhau một ngày. Chọn đúng chữ của thể lệ."),
        may_be_unregulated=False,
        dated=lambda edition: edition.deadline_at is not None,
    ),
    ClauseDefinition(
        "posted_works",
        "entry",
        _("Hồ sơ gửi qua bưu điện"),
        _by_choice(
            {
                "arrival": _("Hồ sơ gửi qua bưu điện được tính theo ngày đến."),
                "postmark": _("Hồ sơ gửi qua bưu điện được tính theo dấu bưu điện nơi gửi."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Tính thời hạn theo"),
                options=(("arrival", _("ngày đến")), ("postmark", _("dấu bưu điện nơi gửi"))),
            ),
        ),
        hint=_("Nếu không quy định, tính theo ngày đến."),
    ),
    ClauseDefinition(
        "max_works_per_author",
        "entry",
        _("Số tác phẩm của một tác giả"),
        _with_number(_("Mỗi tác giả, riêng hoặc trong nhóm, dự Giải nhiều nhất %(n)s tác phẩm.")),
        _count(_("Nhiều nhất"), _("tác phẩm")),
    ),
    ClauseDefinition(
        "max_works_per_group",
        "entry",
        _("Số tác phẩm của cùng một nhóm tác giả"),
        _with_number(_("Cùng một nhóm tác giả dự Giải nhiều nhất %(n)s tác phẩm.")),
        _count(_("Nhiều nhất"), _("tác phẩm")),
    ),
    ClauseDefinition(
        "max_works_per_newsroom",
        "entry",
        _("Số tác phẩm của một cơ quan"),
        _newsroom,
        (
            ValueField("number", _("Nhiều nhất"), unit=_("tác phẩm")),
            ValueField(
                "choice",
                _("Tính theo"),
                options=(
                    ("publisher", _("cơ quan đăng, phát")),
                    ("employer", _("cơ quan công tác của tác giả")),
                ),
            ),
        ),
    ),
    ClauseDefinition(
        "max_group_size",
        "entry",
        _("Số người trong một nhóm tác giả"),
        _with_number(_("Một nhóm tác giả có nhiều nhất %(n)s người.")),
        _count(_("Nhiều nhất"), _("người")),
    ),
    ClauseDefinition(
        "max_parts",
        "entry",
        _("Số kỳ của một loạt bài"),
        _with_number(_("Một loạt bài có nhiều nhất %(n)s kỳ.")),
        _count(_("Nhiều nhất"), _("kỳ")),
    ),
    ClauseDefinition(
        "prior_prizes",
        "entry",
        _("Tác phẩm đã đoạt giải khác"),
        _prior_prizes,
        (
            ValueField(
                "choice",
                _("Quy định"),
                options=(
                    ("allowed", _("Được dự Giải, không cần kê khai")),
                    ("declared", _("Được dự Giải nếu kê khai mức giải, đơn vị trao giải và năm")),
                    ("barred", _("Không nhận tác phẩm đã đoạt các giải ghi dưới đây; giải khác phải kê khai")),
                ),
            ),
            ValueField("names", _("Tên các giải không nhận"), only_with="barred"),
        ),
    ),
    ClauseDefinition(
        "licensed_outlet",
        "entry",
        _("Nơi đăng, phát"),
        _by_yes(
            _("Tác phẩm phải đăng, phát ở cơ quan báo chí được cấp giấy phép hoạt động."),
            _("Tác phẩm được đăng, phát cả ở nơi không phải cơ quan báo chí."),
        ),
        (ValueField("yes", _("Chỉ nhận tác phẩm của cơ quan báo chí được cấp giấy phép hoạt động")),),
    ),
    CONFIRMATION,
    ARRIVAL,
    ClauseDefinition(
        "conflict_policy",
        "entry",
        _("Thành viên Hội đồng có tác phẩm dự Giải"),
        _by_choice(
            {
                "none": _("Thành viên Hội đồng chấm mọi tác phẩm được phân công."),
                "own_work": _("Thành viên Hội đồng được dự Giải, không chấm tác phẩm của mình."),
                "own_newsroom": _(
                    "Thành viên Hội đồng được dự Giải, không chấm tác phẩm của mình và tác phẩm của cơ quan mình."
                ),
                "barred": _("Thành viên Ban Tổ chức Giải, Hội đồng và Tổ Thư ký không dự Giải."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Quy định"),
                options=(
                    ("none", _("Chấm mọi tác phẩm được phân công")),
                    ("own_work", _("Được dự Giải, không chấm tác phẩm của mình")),
                    ("own_newsroom", _("Được dự Giải, không chấm tác phẩm của mình và của cơ quan mình")),
                    ("barred", _("Không được dự Giải")),
                ),
            ),
        ),
    ),
    ClauseDefinition(
        "several_categories",
        "entry",
        _("Một tác phẩm ở nhiều loại hình"),
        _by_yes(
            _("Một tác phẩm được dự Giải ở nhiều loại hình."),
            _("Mỗi tác phẩm chỉ dự Giải ở một loại hình."),
        ),
        (ValueField("yes", _("Một tác phẩm được dự Giải ở nhiều loại hình")),),
        hint=_("Nếu không ghi, mỗi tác phẩm dự Giải ở một loại hình."),
        must_be_said=False,
    ),
    ClauseDefinition(
        "changes_after_submission",
        "entry",
        _("Sửa hồ sơ đã nộp"),
        _by_yes(
            _("Hồ sơ đã nộp được sửa đến khi hết thời hạn nhận tác phẩm."),
            _("Hồ sơ đã nộp không sửa được."),
        ),
        (ValueField("yes", _("Hồ sơ đã nộp được sửa đến khi hết thời hạn nhận tác phẩm")),),
        may_be_unregulated=False,
    ),
    CORRECTIONS,
    ClauseDefinition(
        "newsroom_choice",
        "entry",
        _("Lựa chọn của cơ quan báo chí"),
        _with_number(_("Mỗi cơ quan báo chí lựa chọn, xếp thứ tự ưu tiên nhiều nhất %(n)s tác phẩm.")),
        _count(_("Nhiều nhất"), _("tác phẩm")),
        hint=_("Để Tổ Thư ký tham khảo; điều kiện dự Giải không phụ thuộc vào lựa chọn này."),
    ),
    ClauseDefinition(
        "thematic_and_main",
        "entry",
        _("Giải Chuyên đề và giải chính"),
        _by_yes(
            _("Một tác phẩm được nhận cả giải chính và giải Chuyên đề."),
            _("Tác phẩm đã nhận giải chính không nhận giải Chuyên đề."),
        ),
        (ValueField("yes", _("Một tác phẩm được nhận cả giải chính và giải Chuyên đề")),),
        hint=_("Chỉ cần khi có giải Chuyên đề. Nếu không quy định, mỗi tác phẩm nhận một giải."),
        concerns=lambda edition: {"main", "thematic"} <= {level.kind for level in edition.prize_levels},
    ),
    ClauseDefinition(
        "readings",
        "judging",
        _("Số phiếu chấm của một tác phẩm"),
        _with_number(_("Mỗi tác phẩm có ít nhất %(n)s phiếu chấm.")),
        _count(_("Ít nhất"), _("phiếu")),
    ),
    ClauseDefinition(
        "aggregation",
        "judging",
        _("Cách tính điểm của tác phẩm"),
        _by_choice({"mean": _("Điểm của tác phẩm là trung bình cộng điểm các phiếu chấm.")}),
        (ValueField("choice", _("Cách tính"), options=(("mean", _("Trung bình cộng các phiếu chấm")),)),),
        hint=_("Nếu không quy định, điểm được tính trung bình cộng."),
    ),
    ClauseDefinition(
        "spread_limit",
        "judging",
        _("Mức chênh lệch điểm"),
        _spread,
        (ValueField("points", _("Không quá"), unit=_("điểm")),),
        hint=_("So với trung bình của các thành viên khác chấm cùng tác phẩm."),
    ),
    ClauseDefinition(
        "tie_rule",
        "judging",
        _("Tác phẩm bằng điểm"),
        _text,
        (ValueField("text", _("Thứ tự xét khi bằng điểm, đúng chữ của quy chế")),),
    ),
    ClauseDefinition(
        "quorum",
        "judging",
        _("Số thành viên có mặt để bỏ phiếu"),
        _by_choice(
            {
                "more_than_half": _("Hội đồng bỏ phiếu khi có mặt quá nửa số thành viên."),
                "two_thirds": _("Hội đồng bỏ phiếu khi có mặt ít nhất hai phần ba số thành viên."),
                "three_quarters": _("Hội đồng bỏ phiếu khi có mặt ít nhất ba phần tư số thành viên."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Có mặt"),
                options=(
                    ("more_than_half", _("quá nửa số thành viên")),
                    ("two_thirds", _("ít nhất hai phần ba số thành viên")),
                    ("three_quarters", _("ít nhất ba phần tư số thành viên")),
                ),
            ),
        ),
    ),
    ClauseDefinition(
        "revision",
        "judging",
        _("Điều chỉnh điểm sau khi khóa phiếu chấm"),
        _by_yes(
            _("Sau khi khóa phiếu chấm, mỗi thành viên được điều chỉnh điểm một lần, có ghi lý do."),
            _("Phiếu chấm đã khóa không điều chỉnh."),
        ),
        (ValueField("yes", _("Mỗi thành viên được điều chỉnh điểm một lần, có ghi lý do")),),
    ),
)

BY_CODE = {definition.code: definition for definition in CLAUSES}
