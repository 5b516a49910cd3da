"""What entrants declare, in versioned words. A new wording is a new version; what was declared keeps its own."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from award.rules.eligibility import DECLARATIONS


@dataclass(frozen=True)
class Declaration:
    code: str
    version: int
    words: object
    """Lazy text: it becomes Vietnamese or English when it is shown."""


TEXTS = {
    "commitment": Declaration(
        "commitment",
        1,
        _(
            "Tôi cam kết tác phẩm do tôi (nhóm tác giả) thực hiện, đã đăng, phát như kê khai, "
            "không vi phạm quy định về báo chí và bản quyền."
        ),
    ),
    "consent": Declaration(
        "consent",
        1,
        _(
            "Tôi đồng ý để Ban Tổ chức Giải sử dụng họ tên, bút danh, cơ quan công tác nhằm xét giải "
            "và công bố kết quả."
        ),
    ),
}

assert tuple(TEXTS) == DECLARATIONS
