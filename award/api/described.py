"""The doors for programs and the document that describes them: each door is declared once, where its view stands."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, make_response, request
from flask_babel import lazy_gettext as _
from marshmallow import EXCLUDE, Schema, ValidationError
from werkzeug.wrappers import Response

from award.api import callers, problems
from award.api.problems import Problem
from award.api.schemas import ProblemSchema

PREFIX = "/api/v1"
VERSION = "1"
blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

Answer = Mapping[str, Any] | Response


class View(Protocol):
    """What answers: values of the address, and `given` where the door takes a body or words in its address."""

    __name__: str

    def __call__(self, **names: Any) -> Answer: ...


@dataclass(frozen=True)
class Door:
    """A door as the document tells it. Without a scope everybody comes in; `*` is any key."""

    name: str
    method: str
    address: str
    said: Any
    answers: type[Schema]
    scope: str
    asks: type[Schema] | None
    takes: type[Schema] | None
    status: int

    @property
    def path(self) -> str:
        """The address as the document writes it: /editions/{slug}."""
        return PREFIX + re.sub(r"<(\w+)>", r"{\1}", self.address)

    @property
    def names(self) -> list[str]:
        return re.findall(r"<(\w+)>", self.address)


DOORS: list[Door] = []


def door(
    method: str,
    address: str,
    said: Any,
    answers: type[Schema],
    *,
    scope: str = "",
    asks: type[Schema] | None = None,
    takes: type[Schema] | None = None,
    status: int = 200,
) -> Callable[[Callable[..., Answer]], Callable[..., Response]]:
    """The decorated view stands at this address, for who brings a key with the scope, and is in the document."""

    def register(view: Callable[..., Answer]) -> Callable[..., Response]:
        told = Door(view.__name__, method, address, said, answers, scope, asks, takes, status)
        DOORS.append(told)

        @wraps(view)
        def guarded(**names: Any) -> Response:
            if scope:
                callers.admit(scope.strip("*"))
            if asks is not None:
                names["given"] = loaded(asks, request.args.to_dict())
            if takes is not None:
                names["given"] = loaded(takes, _body())
            found = view(**names)
            return found if isinstance(found, Response) else answered(told, found)

        blueprint.add_url_rule(address, told.name, guarded, methods=[method])
        return guarded

    return register


def loaded(schema: type[Schema], given: Any) -> dict[str, Any]:
    """What was given, in its types; raises Problem with what is wrong, field by field."""
    try:
        values: dict[str, Any] = schema(unknown=EXCLUDE).load(given)
    except ValidationError as fault:
        raise Problem(422, "schema", errors=fault.messages_dict) from None
    return values


def _body() -> Any:
    if not request.is_json:
        raise Problem(415)
    return request.get_json()


def answered(told: Door, values: Mapping[str, Any], *, location: str = "") -> Response:
    """The values as the schema of the door tells them, known by their print: who has them is told so in no words.

    What everybody may read may be kept a minute; what hangs on a key only by who brought it, and asked for each time.
    """
    shown = json.dumps(told.answers().dump(values), ensure_ascii=False, separators=(",", ":"))
    response = make_response(shown, told.status)
    response.content_type = "application/json"
    response.headers["Cache-Control"] = "private, no-cache" if told.scope else "public, max-age=60"
    response.vary.update(("Accept-Language", "Authorization") if told.scope else ("Accept-Language",))
    if location:
        response.headers["Location"] = location
    if told.status == 200:
        response.add_etag()
        response.make_conditional(request)
    return response


@blueprint.errorhandler(Problem)
def _problem(problem: Problem) -> Response:
    return problems.answer(problem.status, sentence=problem.sentence, code=problem.code, errors=problem.errors)


def document(server: str) -> dict[str, Any]:
    """The OpenAPI document of every door, in the language of who asks."""
    spec = APISpec(
        title=str(_("Giải báo chí: giao diện cho phần mềm")),
        version=VERSION,
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": str(_("Cùng quy tắc như các trang: không mở sớm hơn, không cho nhiều hơn."))},
        servers=[{"url": server}],
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for told in DOORS:
        spec.path(path=told.path, operations={told.method.lower(): _operation(told)})
    return spec.to_dict()


def _operation(told: Door) -> dict[str, Any]:
    named = [{"in": "path", "name": name, "required": True, "schema": {"type": "string"}} for name in told.names]
    content = {"application/json": {"schema": told.answers}}
    operation: dict[str, Any] = {
        "operationId": told.name,
        "summary": str(told.said),
        "parameters": [*named, *([{"in": "query", "schema": told.asks}] if told.asks else [])],
        "responses": {
            str(told.status): {"description": str(_("Được")), "content": content},
            **({"304": {"description": str(_("Chưa thay đổi"))}} if told.status == 200 else {}),
            "default": {
                "description": str(_("Không được, kèm lý do")),
                "content": {problems.MEDIA_TYPE: {"schema": ProblemSchema}},
            },
        },
    }
    if told.scope:
        operation["security"] = [{"token": []}]
        operation["x-scope"] = told.scope.strip("*")
    if told.takes:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": told.takes}}}
    return operation
