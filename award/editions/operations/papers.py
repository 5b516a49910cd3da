"""Who issues the papers of an edition, and what is settled for each kind. What has its number stays as it is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from award.db import session
from award.editions.issuing import KindOfPaper
from award.editions.models import Edition, PaperBody, PaperKind
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity, can_settle_paper, can_settle_papers
from award.editions.queries import paper_bodies, paper_kind, paper_kinds
from award.features import tell_rooms_of_paper
from award.log.operations import record
from award.verdicts import Refused, Verdict, require


@dataclass(frozen=True)
class BodySpec:
    """A body that issues papers; `public_id` says which known one it is."""

    name: str
    form: str
    parent: str = ""
    place: str = ""
    symbol: str = ""
    authority: str = ""
    post: str = ""
    signer: str = ""
    term_from: date | None = None
    public_id: str = ""


@dataclass(frozen=True)
class PaperSpec:
    """What is settled for a kind; what the kind does not ask for is left out."""

    body: PaperBody | None = None
    symbol: str = ""
    number: str = ""
    day: date | None = None
    recitals: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    funding: str = ""
    executors: str = ""
    writer: str = ""


def set_paper_bodies(*, by: Capacity, edition: Edition, bodies: Sequence[BodySpec]) -> None:
    """The papers are issued by these bodies, in this order.

    Raises Refused `bodies` when one changes or goes that has issued a numbered paper: another is added beside it.
    """
    lock(edition)
    require(can_settle_papers(by, edition))
    kinds = paper_kinds(edition.id).values()
    issued = {kind.body_id for kind in kinds if kind.number}
    kept = {body.public_id: body for body in paper_bodies(edition.id)}
    before = [_as_detail(body) for body in kept.values()]
    made = [_body(edition, kept, issued, spec) for spec in bodies]
    gone = [body for body in kept.values() if body not in made]
    if any(body.id in issued for body in gone):
        raise Refused(_already_issued())
    for n, body in enumerate(made, start=1):
        body.ordinal = n
        session.add(body)
    for kind in kinds:
        if kind.body in gone:
            kind.body = None
    session.flush()
    for body in gone:
        session.delete(body)
    session.flush()
    _record(by, edition, "papers.bodies_set", "bodies", [before, [_as_detail(body) for body in made]])


def settle_paper(*, by: Capacity, edition: Edition, kind: KindOfPaper, spec: PaperSpec) -> PaperKind:
    """The kind is headed, addressed and signed so from now on.

    Raises Refused `number` when it bears a number already and something else changes: the number is taken off first.
    """
    lock(edition)
    require(can_settle_paper(by, edition, kind.code))
    settled = paper_kind(edition.id, kind.code) or PaperKind(edition_id=edition.id, kind=kind.code)
    wanted = _wanted(kind, spec)
    before = {name: getattr(settled, name) for name in wanted}
    changed = {name for name, value in wanted.items() if (before[name] or None) != (value or None)}
    numbered = bool(settled.number and wanted.get("number"))
    if numbered and changed - {"number", "day"}:
        words = _("Văn bản đã có số, không sửa được. Muốn sửa, bỏ số và ngày trước.")
        raise Refused(Verdict("number", str(words)))
    for name, value in wanted.items():
        setattr(settled, name, value)
    session.add(settled)
    session.flush()
    if changed:
        _record(by, edition, "papers.settled", kind.code, {name: [before[name], wanted[name]] for name in changed})
    if changed & {"number", "day"}:
        tell_rooms_of_paper(edition.id, kind.code, by.person_id)
    return settled


def _wanted(kind: KindOfPaper, spec: PaperSpec) -> dict[str, Any]:
    asked = {"body_id": spec.body.id if spec.body else None}
    return asked | {name: getattr(spec, name) for name in sorted(kind.asks)}


def _body(edition: Edition, kept: dict[str, PaperBody], issued: set[int | None], spec: BodySpec) -> PaperBody:
    body = kept.get(spec.public_id) or PaperBody(edition_id=edition.id)
    wanted = asdict(spec)
    del wanted["public_id"]
    if body.id in issued and any(getattr(body, name) != value for name, value in wanted.items()):
        raise Refused(_already_issued())
    for name, value in wanted.items():
        setattr(body, name, value)
    return body


def _already_issued() -> Verdict:
    words = _("Cơ quan này đã ban hành văn bản có số: giữ nguyên, và thêm một mục khác nếu tên hoặc người ký thay đổi.")
    return Verdict("bodies", str(words))


def _as_detail(body: PaperBody) -> list[str]:
    return [body.name, body.parent, body.form, body.place, body.symbol, body.authority, body.post, body.signer] + (
        [body.term_from.isoformat()] if body.term_from else []
    )


def _record(by: Capacity, edition: Edition, deed: str, what: str, detail: Any) -> None:
    told = {"changed": _json(detail)}
    record(deed, actor_id=by.person_id, award_id=edition.award_id, subject=edition, facts={"what": what}, detail=told)


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
