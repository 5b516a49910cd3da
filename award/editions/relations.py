"""How a judge may have to do with a work, and what an edition says of each kind.

Whose own work it is, and whether the own organ counts, is said by `conflict_policy`; here stands what else follows.
"""

from flask_babel import lazy_gettext as _

from award.editions.matters import ClauseDefinition, Value, ValueField, Words
from award.editions.models import Edition

RELATION_WORDS: dict[str, Words] = {
    "author": _("Là tác giả"),
    "editor": _("Là người biên tập hoặc duyệt đăng"),
    "commissioner": _("Là người giao, đặt thực hiện tác phẩm"),
    "subject": _("Là nhân vật của tác phẩm"),
    "relative": _("Là người thân của tác giả"),
    "friend": _("Có quan hệ thân thiết với tác giả"),
    "newsroom": _("Cùng cơ quan với tác giả"),
    "successor": _("Cùng cơ quan với tác giả sau khi hợp nhất, kế thừa"),
    "same_parent": _("Cơ quan cùng cơ quan chủ quản với cơ quan của tác giả, hoặc là cơ quan chủ quản"),
    "coauthor": _("Cùng tác giả làm một tác phẩm khác dự Giải"),
    "superior": _("Là cấp trên, cấp dưới hoặc cộng tác có thù lao với tác giả"),
    "branch": _("Cùng chi hội nhà báo với tác giả"),
    "teacher": _("Từng dạy hoặc hướng dẫn tác giả"),
    "other": _("Lý do khác"),
    "acquainted": _("Quen biết tác giả"),
}
"""Every kind, in the order in which pages list them."""

SETTLED = (
    "newsroom",
    "successor",
    "same_parent",
    "coauthor",
    "editor",
    "commissioner",
    "subject",
    "relative",
    "friend",
    "superior",
    "branch",
    "teacher",
    "acquainted",
)
"""Those an edition may settle. An author never judges the own work; a reason nobody listed always keeps away."""

USUAL = {
    "same_parent": "block",
    "editor": "block",
    "commissioner": "block",
    "subject": "block",
    "relative": "block",
    "friend": "block",
    "superior": "waivable",
    "branch": "waivable",
    "teacher": "disclose",
    "acquainted": "disclose",
}
"""What press awards usually say of each, which a new draft offers. The own organ follows the matter on it."""

EFFECTS: dict[str, Words] = {
    "block": _("không chấm"),
    "waivable": _("không chấm, trừ khi được phép bằng văn bản"),
    "disclose": _("khai báo, vẫn chấm"),
}


def _sentence(_edition: Edition, value: Value) -> str:
    told = []
    for effect, words in EFFECTS.items():
        of = [str(RELATION_WORDS[code]) for code in SETTLED if value.get(code) == effect]
        if of:
            told.append(f"{'; '.join(of)}: {words}.")
    return " ".join(told)


RELATIONS = ClauseDefinition(
    "conflict_relations",
    "entry",
    _("Người chấm có liên quan đến tác phẩm"),
    _sentence,
    tuple(
        ValueField("choice", RELATION_WORDS[code], options=tuple(EFFECTS.items()), key=code, optional=True)
        for code in SETTLED
    ),
    hint=_(
        "Dự thảo mới điền sẵn như nhiều giải báo chí quy định, sửa theo Thể lệ. Mối liên quan không ghi: người biên "
        "tập, người giao thực hiện, nhân vật, người thân không chấm; cùng cơ quan, cơ quan hợp nhất, kế thừa theo mục "
        "trên; quen biết thì khai báo, vẫn chấm; các mối khác không hỏi."
    ),
    may_be_unregulated=False,
    must_be_said=False,
)
