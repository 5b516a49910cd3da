"""What the room scoring hands to the house."""

from collections.abc import Sequence

from flask import url_for
from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions.calendar import called
from award.editions.models import Edition
from award.features import Feature, FileSight, NextAct
from award.files.models import File
from award.glance import glance
from judging.scoring import pages, queries, views


def may_read_file(file_id: int, person_id: int | None) -> FileSight | None:
    """A judge reads the files of own open works; in a blind round under a name that says nothing, and never as they
    came: recordings and photos carry their makers' names within."""
    if person_id is None:
        return None
    name = queries.shown_name(file_id, person_id)
    if name is None:
        return None
    return FileSight(name or session.get_one(File, file_id).name, original=not name)


def next_acts(person_id: int, edition_id: int) -> Sequence[NextAct]:
    """The works left to judge, and the sheets left to send, in each open round with a pledged seat."""
    acts = []
    for bench in queries.benches(person_id, edition_id):
        if not bench.pledged or bench.round_.state != "open":
            continue
        listed = queries.reading_list(person_id, bench.round_)
        left = len(listed.to_judge) - listed.marked
        address = url_for("scoring.queue", slug=bench.slug, ordinal=bench.round_.ordinal)
        detail = pages.time_left(bench.round_, now())
        words = {"round": called(bench.round_)}
        if left:
            sentence = _("Chấm %(n)s tác phẩm, vòng %(round)s", n=left, **words)
            acts.append(NextAct(sentence, address, detail, weight=11))
        if waiting := len(listed.ready_to_send):
            sentence = _("Gửi %(n)s phiếu đã chấm, vòng %(round)s", n=waiting, **words)
            acts.append(NextAct(sentence, address, detail, weight=12))
    return acts


def navigation(person_id: int | None, edition_id: int | None) -> Sequence[tuple[str, str]]:
    """The judge's list of the present round."""
    if person_id is None or edition_id is None:
        return ()
    ordinal = glance(person_id, edition_id)["bench"]
    if ordinal is None:
        return ()
    slug = session.get_one(Edition, edition_id).slug
    return [(_("Chấm tác phẩm"), url_for("scoring.queue", slug=slug, ordinal=ordinal))]


feature = Feature(
    name="scoring",
    blueprint=views.blueprint,
    next_acts=next_acts,
    may_read_file=may_read_file,
    navigation=navigation,
    sheets_begun=queries.sheets_begun,
    glances=queries.GLANCES,
)
