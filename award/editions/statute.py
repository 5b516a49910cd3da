"""Every matter that the rules of an edition speak of: what each may say, in which words, at which stage.

A matter that speaks with others of its own kind is defined beside them: `corrections`, `receiving`.
"""

from collections.abc import Callable, Sequence

from flask_babel import lazy_gettext as _

from award import dates
from award.editions import deadlines
from award.editions.corrections import CORRECTIONS
from award.editions.council import ABSENT, BASE, HANDS
from award.editions.declaring import DECLARING
from award.editions.feedback import FEEDBACK
from award.editions.matters import ClauseDefinition, Value, ValueField, Words
from award.editions.models import Edition
from award.editions.objecting import ANSWERING
from award.editions.placing import AUTHOR_CAP, FIGURE, FLOOR, SPREAD, TIES
from award.editions.receiving import ARRIVAL, CONFIRMATION
from award.editions.relations import RELATIONS
from award.editions.series import CARRY_OVER, MAX_PARTS


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
    MAX_PARTS,
    CARRY_OVER,
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
        "organisers_enter",
        "entry",
        _("Người tổ chức Giải có tác phẩm dự Giải"),
        _by_yes(
            _("Thành viên Ban Tổ chức Giải, Tổ Thư ký được dự Giải."),
            _("Thành viên Ban Tổ chức Giải, Tổ Thư ký không được dự Giải."),
        ),
        (ValueField("yes", _("Thành viên Ban Tổ chức Giải, Tổ Thư ký được dự Giải")),),
    ),
    ClauseDefinition(
        "judges_enter",
        "entry",
        _("Người chấm có tác phẩm dự Giải"),
        _by_yes(
            _("Thành viên Hội đồng được dự Giải."),
            _("Thành viên Hội đồng không được dự Giải."),
        ),
        (ValueField("yes", _("Thành viên Hội đồng được dự Giải")),),
    ),
    ClauseDefinition(
        "conflict_policy",
        "entry",
        _("Chấm tác phẩm của mình, của cơ quan mình"),
        _by_choice(
            {
                "none": _("Thành viên Hội đồng chấm mọi tác phẩm được phân công."),
                "own_work": _("Thành viên Hội đồng không chấm tác phẩm của mình."),
                "own_newsroom": _("Thành viên Hội đồng không chấm tác phẩm của mình và tác phẩm của cơ quan mình."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Quy định"),
                options=(
                    ("none", _("Chấm mọi tác phẩm được phân công")),
                    ("own_work", _("Không chấm tác phẩm của mình")),
                    ("own_newsroom", _("Không chấm tác phẩm của mình và của cơ quan mình")),
                ),
            ),
        ),
    ),
    RELATIONS,
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
    *DECLARING,
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
    FIGURE,
    SPREAD,
    ClauseDefinition(
        "exchange",
        "judging",
        _("Trao đổi về tác phẩm có điểm chênh lệch"),
        _by_choice(
            {
                "numbers": _("Các thành viên trao đổi về tác phẩm có điểm chênh lệch dưới số thứ tự, không ghi tên."),
                "names": _("Các thành viên trao đổi về tác phẩm có điểm chênh lệch, có ghi tên người trao đổi."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Người trao đổi"),
                options=(("numbers", _("mang số, không ghi tên")), ("names", _("ghi tên"))),
            ),
        ),
        hint=_("Nếu không quy định, người trao đổi mang số. Điểm vẫn được giữ kín."),
        must_be_said=False,
    ),
    ClauseDefinition(
        "tie_rule",
        "judging",
        _("Tác phẩm bằng điểm"),
        _text,
        (ValueField("text", _("Thứ tự xét khi bằng điểm, đúng chữ của quy chế")),),
    ),
    TIES,
    FLOOR,
    AUTHOR_CAP,
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
        hint=_("Nếu không quy định: hai phần ba số thành viên."),
    ),
    ClauseDefinition(
        "majority",
        "judging",
        _("Tỷ lệ đồng ý để đề nghị giải"),
        _by_choice(
            {
                "two_thirds": _(
                    "Tác phẩm được đề nghị giải khi ít nhất hai phần ba số người có quyền bỏ phiếu đồng ý."
                ),
                "more_than_half": _("Tác phẩm được đề nghị giải khi quá nửa số người có quyền bỏ phiếu đồng ý."),
            }
        ),
        (
            ValueField(
                "choice",
                _("Đồng ý"),
                options=(
                    ("two_thirds", _("ít nhất hai phần ba số người có quyền bỏ phiếu")),
                    ("more_than_half", _("quá nửa số người có quyền bỏ phiếu")),
                ),
            ),
        ),
        hint=_("Người có quyền bỏ phiếu là thành viên có mặt, không có liên quan. Nếu không quy định: hai phần ba."),
        must_be_said=False,
    ),
    BASE,
    HANDS,
    ABSENT,
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
    FEEDBACK,
    ANSWERING,
)

BY_CODE = {definition.code: definition for definition in CLAUSES}

MOVES_PLACES = (
    "readings",
    "aggregation",
    "spread_limit",
    "tie_rule",
    "tie_steps",
    "shortlist_floor",
    "shortlist_per_author",
    "revision",
)
"""What places rest on: it stands from the opening of a round until its end."""
MOVES_VOTES = ("quorum", "majority", "vote_base", "hands", "absent_opinions")
"""What votes of the council rest on: the same, and from the opening of a sitting until its end."""
