"""Two texts of one field, in words, for who has to choose between them."""

from dataclasses import dataclass

from flask_babel import gettext as _

from award.editions.media import ASKS, Medium
from award.entries.dossiers import Dossier
from award.entries.saving import Saved


@dataclass(frozen=True)
class Contested:
    """One field with both its texts; `name` is the field's own."""

    name: str
    label: str
    yours: str
    theirs: str


def contested(page: str, saved: Saved, topics: list[tuple[str, str]]) -> list[Contested]:
    """Every field of the page that says something else here and elsewhere."""
    keys = list(dict.fromkeys(name.partition("-")[0] for name in saved.typed if "-" in name))
    values = _values(saved.dossier, topics)
    return [
        Contested(
            name,
            _label(page, saved.dossier.medium, name, keys),
            *(_words(name.rpartition("-")[2], text, values) for text in both),
        )
        for name, both in saved.conflicts.items()
    ]


def _words(name: str, text: str, values: dict[str, dict[str, str]]) -> str:
    return values.get(name, {}).get(text, text) or str(_("(để trống)"))


def _values(dossier: Dossier, topics: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Words for what a form sends as a code."""
    agreed = {"y": str(_("Đã đồng ý"))}
    return {
        "genre": {str(number): name for number, name in dossier.genres},
        "topic": dict(topics),
        "contact": {author.key: author.legal_name for author in dossier.authors},
        "minor": {"": str(_("Đủ 18 tuổi")), "y": str(_("Dưới 18 tuổi"))},
        "no_prior_prize": {"none": str(_("Chưa đạt giải nào")), "some": str(_("Đã đạt giải"))},
        "commitment": agreed,
        "consent": agreed,
    }


def _label(page: str, medium: Medium, name: str, keys: list[str]) -> str:
    key, _dash, field = name.rpartition("-")
    labels: dict[str, dict[str, object]] = {
        "work": {
            "title": _("Tên tác phẩm"),
            "genre": _("Thể loại"),
            "topic": _("Nội dung"),
            "publisher": _("Cơ quan đăng, phát"),
            "byline": _("Tên tác giả như đã đăng, phát"),
            "summary": _("Tóm tắt nội dung"),
            "elsewhere": _("Nền tảng khác đã đăng, phát"),
        },
        "parts": {
            "title": _("Tên bài (kỳ)"),
            "published_on": _("Ngày đăng, phát"),
            **{asked.name: asked.label for asked in ASKS[medium].asked},
        },
        "captions": {"caption": _("Chú thích ảnh")},
        "authors": {
            "legal_name": _("Họ và tên"),
            "pen_name": _("Bút danh"),
            "employer": _("Cơ quan công tác"),
            "role": _("Vai trò"),
            "phone": _("Điện thoại"),
            "minor": _("Tuổi của tác giả"),
            "guardian": _("Cha, mẹ hoặc người giám hộ đồng ý"),
            "guardian_relation": _("Quan hệ với tác giả"),
            "contact": _("Người liên hệ"),
            "share": _("Tỷ lệ đóng góp (%)"),
        },
        "declarations": {
            "no_prior_prize": _("Giải thưởng đã đạt"),
            "award_name": _("Tên giải thưởng"),
            "level": _("Mức giải"),
            "organiser": _("Đơn vị trao giải"),
            "year": _("Năm"),
            "commitment": _("Cam kết của tác giả"),
            "consent": _("Đồng ý sử dụng thông tin cá nhân"),
        },
    }
    label = str(labels[page][field])
    if page == "parts":
        return in_part(label, name, keys)
    return str(_("%(label)s, mục thứ %(n)s", label=label, n=keys.index(key) + 1)) if key else label


def in_part(said: str, name: str, keys: list[str]) -> str:
    """What is said of a field of one part, with the part's number as the page counts them; a sole part has none."""
    key = name.rpartition("-")[0]
    return str(_("Kỳ %(n)s: %(words)s", n=keys.index(key) + 1, words=said)) if key and len(keys) > 1 else said
