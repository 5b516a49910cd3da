"""The numbers a category may say for itself, beside or in place of the edition's."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from award.editions.matters import Words

CATEGORY_LIMITS: tuple[tuple[str, Words], ...] = (
    ("max_group_size", _("Số người trong một nhóm tác giả")),
    ("max_parts", _("Số kỳ của một loạt bài")),
    ("max_works_per_author", _("Số tác phẩm loại hình này của một tác giả")),
    ("max_works_per_group", _("Số tác phẩm loại hình này của một nhóm tác giả")),
    ("max_works_per_newsroom", _("Số tác phẩm loại hình này của một cơ quan")),
)
"""Code of the rule, and its label on the page of the category."""

_SAID = {
    "max_group_size": _("một nhóm tác giả nhiều nhất %(n)s người"),
    "max_parts": _("một loạt bài nhiều nhất %(n)s kỳ"),
    "max_works_per_author": _("mỗi tác giả nhiều nhất %(n)s tác phẩm"),
    "max_works_per_group": _("mỗi nhóm tác giả nhiều nhất %(n)s tác phẩm"),
    "max_works_per_newsroom": _("mỗi cơ quan nhiều nhất %(n)s tác phẩm"),
}


def limit_words(numbers: Mapping[str, int], kinds: str = "") -> str:
    """Một nhóm tác giả nhiều nhất 7 người; chỉ nhận tác phẩm của: báo. Empty where the category says nothing.

    `kinds`: the kinds of press organ it takes works of, in words.
    """
    said = [str(_SAID[code]) % {"n": numbers[code]} for code, _label in CATEGORY_LIMITS if code in numbers]
    if kinds:
        said.append(str(_("chỉ nhận tác phẩm của: %(kinds)s")) % {"kinds": kinds})
    line = "; ".join(said)
    return line and f"{line[:1].upper()}{line[1:]}."
