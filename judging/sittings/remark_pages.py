"""The doors to what is written down beside a work of the agenda."""

from flask import request
from flask_babel import gettext as _

from award.doors import found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.people.signin import sign_in_required
from award.verdicts import Refused, Verdict
from judging.sittings import forms, permissions, queries
from judging.sittings.models import Sitting
from judging.sittings.operations import remarks
from judging.sittings.views import Answer, blueprint, led


def _member(sitting: Sitting) -> int | None:
    """The absent member whose opinion it is, of those who were offered; None for what was said in the room."""
    asked = request.form.get("member", "")
    if not asked:
        return None
    away = {str(each.id): each.id for each in queries.roll(sitting.id) if not each.present}
    if asked not in away:
        raise Refused(Verdict("present", _("Chỉ ghi ý kiến bằng văn bản của thành viên vắng mặt.")))
    return away[asked]


def _answer(edition: Edition) -> remarks.Answer | None:
    """What the opinion says to the level that was chosen; None where it says neither yes nor no."""
    says = forms.says_of(request.form)
    if says is None:
        return None
    level = queries.level(edition.id, request.form.get("level", ""))
    if level is None:
        raise Refused(Verdict("level", _("Đề nghị chọn mức giải.")))
    return remarks.Answer(level, says)


@blueprint.post("/<slug>/phien-hop/tac-pham/<item_id>/y-kien")
@sign_in_required
def write_down(slug: str, item_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        item, words = found(queries.item(sitting.id, item_id)), request.form.get("words", "")
        member, answer = _member(sitting), _answer(edition)
        remarks.write_down(
            by=by, edition=edition, sitting=sitting, item=item, words=words, member=member, answer=answer
        )

    return led(slug, permissions.can_keep_record, act)


@blueprint.post("/<slug>/phien-hop/y-kien/<remark_id>/bo")
@sign_in_required
def take_back(slug: str, remark_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        remark = found(queries.remark(sitting.id, remark_id))
        remarks.take_back(by=by, edition=edition, sitting=sitting, remark=remark)

    return led(slug, permissions.can_keep_record, act)
