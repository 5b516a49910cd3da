"""How sheets become places: how far one may lie apart, the figure of a work, the steps that part equal ones."""

from flask_babel import lazy_gettext as _

from award import dates
from award.editions.matters import ClauseDefinition, Value, ValueField, Words, points_of
from award.editions.models import Edition

AGGREGATION: dict[str, Words] = {
    "mean": _("Điểm của tác phẩm là trung bình cộng điểm các phiếu chấm."),
    "trimmed": _(
        "Điểm của tác phẩm là trung bình cộng các phiếu sau khi bỏ một phiếu cao nhất và một phiếu thấp nhất, khi mọi "
        "tác phẩm của tiểu ban có cùng số phiếu và từ năm phiếu; nếu không, là trung bình cộng các phiếu."
    ),
    "adjmean": _(
        "Điểm của tác phẩm là trung bình cộng các phiếu, bù phần chênh lệch của thành viên thường chấm cao hơn hoặc "
        "thấp hơn những người chấm cùng tác phẩm; khi chưa đủ phiếu để biết phần chênh lệch, là trung bình cộng."
    ),
}


TIE_STEPS: tuple[tuple[str, Words], ...] = (
    ("criteria", _("điểm trung bình của tiêu chí có trọng số cao nhất, rồi các tiêu chí tiếp theo")),
    ("head_to_head", _("số thành viên cùng chấm cho điểm cao hơn, khi còn hai tác phẩm")),
    ("median", _("điểm giữa của các phiếu")),
    ("ballot", _("bỏ phiếu kín giữa các tác phẩm bằng nhau")),
    ("decision", _("quyết định bằng văn bản của Chủ tịch Hội đồng")),
    ("lot", _("rút thăm công khai, ai cũng kiểm tra lại được")),
)
"""The steps that may part equal works, in the only order in which they are asked. None is taken that is not named."""


def _figure(_edition: Edition, value: Value) -> str:
    return str(AGGREGATION[value["choice"]])


def _ladder(_edition: Edition, value: Value) -> str:
    named = "; ".join(str(words) for code, words in TIE_STEPS if code in value["several"])
    return str(_("Tác phẩm bằng điểm được xét lần lượt: %(steps)s.", steps=named))


def _floor(_edition: Edition, value: Value) -> str:
    points = dates.number(points_of(value["points"]))
    return str(_("Tác phẩm vào vòng sau có điểm từ %(points)s trở lên.", points=points))


def _per_author(_edition: Edition, value: Value) -> str:
    return str(_("Mỗi tác giả có nhiều nhất %(n)s tác phẩm vào vòng sau.", n=dates.number(value["number"])))


def _spread(_edition: Edition, value: Value) -> str:
    points = dates.number(points_of(value["points"]))
    words = _(
        "Điểm của một thành viên không chênh lệch quá %(points)s điểm so với trung bình của các thành viên khác.",
        points=points,
    )
    return str(words)


SPREAD = ClauseDefinition(
    "spread_limit",
    "judging",
    _("Mức chênh lệch điểm"),
    _spread,
    (ValueField("points", _("Không quá"), unit=_("điểm")),),
    hint=_("So với trung bình của các thành viên khác chấm cùng tác phẩm."),
)

FIGURE = ClauseDefinition(
    "aggregation",
    "judging",
    _("Cách tính điểm của tác phẩm"),
    _figure,
    (
        ValueField(
            "choice",
            _("Cách tính"),
            options=(
                ("mean", _("Trung bình cộng các phiếu chấm")),
                ("trimmed", _("Trung bình cộng, bỏ một phiếu cao nhất và một phiếu thấp nhất")),
                ("adjmean", _("Điểm hiệu chỉnh theo mức chặt tay, rộng tay của thành viên")),
            ),
        ),
    ),
    hint=_("Nếu không quy định, điểm được tính trung bình cộng. Điểm giữa chỉ để tham khảo."),
)

TIES = ClauseDefinition(
    "tie_steps",
    "judging",
    _("Các bước xét tác phẩm bằng điểm"),
    _ladder,
    (ValueField("several", _("Các bước"), options=TIE_STEPS),),
    hint=_(
        "Xét lần lượt theo thứ tự này. Bỏ phiếu kín giữa các tác phẩm bằng nhau chỉ có ở vòng cuối, khi họp Hội đồng. "
        "Nếu không ghi, tác phẩm bằng điểm do Hội đồng chọn và ghi lý do."
    ),
    must_be_said=False,
)

FLOOR = ClauseDefinition(
    "shortlist_floor",
    "judging",
    _("Điểm tối thiểu để vào vòng sau"),
    _floor,
    (ValueField("points", _("Từ"), unit=_("điểm")),),
    hint=_("Nếu không ghi, chỉ theo số tác phẩm vào vòng sau."),
    must_be_said=False,
)

AUTHOR_CAP = ClauseDefinition(
    "shortlist_per_author",
    "judging",
    _("Số tác phẩm vào vòng sau của một tác giả"),
    _per_author,
    (ValueField("number", _("Nhiều nhất"), unit=_("tác phẩm")),),
    hint=_("Tính theo tác giả thứ nhất của tác phẩm. Nếu không ghi, không giới hạn."),
    must_be_said=False,
)
