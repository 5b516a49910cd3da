"""Which step of the rules parted equal works, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from award.editions.models import Round
from judging.ranking.aggregate import Place
from judging.ranking.ladder import Parting


@dataclass(frozen=True)
class Stand:
    """The places of a panel once equal works are parted; work → why it stands above others of its score, and below
    which others it stands."""

    places: Sequence[Place]
    words: Mapping[int, str]
    under: Mapping[int, str]


def told(judged: Round, found: Mapping[int, Parting], codes: Mapping[int, str]) -> dict[int, str]:
    """Work → cùng hạng do bằng điểm với III-IN-002; xếp trên theo tiêu chí “Tính phát hiện”.

    The rank is that of the score, which they share; the step only orders them. `codes`: those the reader may know.
    """
    words = {}
    for entry, parting in found.items():
        below = [codes[each] for each in parting.below if each in codes]
        if entry in codes and below:
            step = step_words(judged, parting)
            told_of = {"codes": ", ".join(below), "step": step}
            words[entry] = str(_("Cùng hạng do bằng điểm với %(codes)s; xếp trên theo %(step)s.", **told_of))
    return words


def told_below(judged: Round, found: Mapping[int, Parting], codes: Mapping[int, str]) -> dict[int, str]:
    """Work → cùng hạng do bằng điểm với III-IN-003; xếp dưới theo tiêu chí “Tính phát hiện”. `codes`: as above."""
    above: dict[int, list[str]] = {}
    by: dict[int, str] = {}
    for entry, parting in found.items():
        for each in parting.below:
            if entry in codes and each in codes:
                above.setdefault(each, []).append(codes[entry])
                by[each] = step_words(judged, parting)
    return {
        entry: str(
            _("Cùng hạng do bằng điểm với %(codes)s; xếp dưới theo %(step)s.", codes=", ".join(each), step=by[entry])
        )
        for entry, each in above.items()
    }


def step_words(judged: Round, parting: Parting) -> str:
    """The step as a sentence names it."""
    if parting.step == "criteria":
        heaviest = sorted(judged.criteria, key=lambda each: (-each.weight, each.ordinal))
        return str(_("điểm trung bình của tiêu chí “%(name)s”", name=heaviest[parting.criterion].name))
    plain = {
        "head_to_head": _("số thành viên cùng chấm cho điểm cao hơn"),
        "median": _("điểm giữa của các phiếu"),
        "ballot": _("kết quả bỏ phiếu kín giữa các tác phẩm bằng nhau"),
        "decision": _("quyết định bằng văn bản của Chủ tịch Hội đồng"),
        "lot": _("kết quả rút thăm công khai"),
    }
    return str(plain[parting.step])
