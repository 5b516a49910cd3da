"""How what a body answered is called."""

from flask_babel import lazy_gettext as _

STANCE_WORDS = {
    "agrees": _("Thống nhất"),
    "agrees_in_part": _("Thống nhất một phần, có ý kiến"),
    "disagrees": _("Không thống nhất"),
    "no_objection": _("Không có ý kiến khác"),
}
