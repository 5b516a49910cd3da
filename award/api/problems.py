"""What a program is told that asked for what it cannot have: RFC 9457, in the language it asked for."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import make_response, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from award.languages import for_programs

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: _("Yêu cầu không đọc được."),
    401: _("Cần khóa truy cập còn hiệu lực trong đầu mục Authorization: Bearer."),
    403: _("Không có quyền thực hiện việc này."),
    404: _("Không có nội dung ở địa chỉ này, hoặc chưa công bố."),
    405: _("Địa chỉ này không nhận phương thức ấy."),
    409: _("Nội dung vừa thay đổi. Đề nghị đọc lại rồi gửi lại."),
    413: _("Nội dung gửi lên lớn hơn mức cho phép."),
    415: _("Nội dung gửi lên phải là application/json."),
    422: _("Nội dung gửi lên chưa đúng mẫu."),
    429: _("Quá nhiều yêu cầu trong thời gian ngắn. Đề nghị chờ rồi gửi lại."),
    503: _("Tạm thời chưa phục vụ được. Đề nghị gửi lại sau ít phút."),
}
FAULT = _("Chưa thực hiện được do lỗi của hệ thống.")


class Problem(Exception):
    """Ends a request of a program with this status, and says why."""

    def __init__(
        self, status: int, code: str = "", *, sentence: str = "", errors: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(code or str(status))
        self.status, self.code, self.sentence, self.errors = status, code, sentence, errors


def asked() -> bool:
    """Whether the present request is a program's, so that its fault is told as one."""
    return for_programs(request.path)


def answer(
    status: int, *, sentence: str = "", code: str = "", reference: str = "", errors: Mapping[str, Any] | None = None
) -> Response:
    """The problem as it is sent. `reference` is by which the house finds the incident in its own records."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": str(TITLES.get(status, FAULT)),
        "status": status,
        "code": code or HTTPStatus(status).name.lower(),
    }
    told |= {name: value for name, value in (("detail", str(sentence)), ("reference", reference)) if value}
    if errors:
        told["errors"] = errors
    response = make_response(json.dumps(told, ensure_ascii=False), status)
    response.content_type = MEDIA_TYPE
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response
