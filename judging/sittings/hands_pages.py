"""The doors of a show of hands: counting it, confirming what somebody counted, sending it back to be counted anew."""

from flask import request
from flask_babel import gettext as _

from award.doors import found
from award.editions.models import Edition
from award.editions.permissions import Capacity
from award.people.signin import sign_in_required
from award.verdicts import Refused, Verdict
from judging.sittings import forms, permissions, queries
from judging.sittings.models import Sitting
from judging.sittings.operations import hands
from judging.sittings.views import Answer, asked, blueprint, led


@blueprint.post("/<slug>/phien-hop/tac-pham/<item_id>/gio-tay")
@sign_in_required
def count_hands(slug: str, item_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        item, level = asked(edition, sitting, item_id)
        yes, no = (forms.hands_of(request.form, name) for name in ("yes", "no"))
        if yes is None or no is None:
            raise Refused(Verdict("count", _("Đề nghị ghi số người đồng ý và không đồng ý.")))
        reason = forms.reason_of(request.form)
        hands.count_hands(
            by=by, edition=edition, sitting=sitting, item=item, level=level, yes=yes, no=no, reason=reason
        )

    return led(slug, permissions.can_count_hands, act)


@blueprint.post("/<slug>/phien-hop/phieu/<vote_id>/xac-nhan")
@sign_in_required
def confirm_hands(slug: str, vote_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        vote = found(queries.vote(sitting.id, vote_id))
        hands.confirm_hands(by=by, edition=edition, sitting=sitting, vote=vote)

    return led(slug, permissions.can_lead, act)


@blueprint.post("/<slug>/phien-hop/phieu/<vote_id>/dem-lai")
@sign_in_required
def send_back(slug: str, vote_id: str) -> Answer:
    def act(edition: Edition, by: Capacity, sitting: Sitting) -> None:
        vote = found(queries.vote(sitting.id, vote_id))
        hands.send_back(by=by, edition=edition, sitting=sitting, vote=vote)

    return led(slug, permissions.can_count_hands, act)
