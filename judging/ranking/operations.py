"""Freezing and closing a round by two persons each, looking again in between; handing places down; the shortlist."""

import hashlib
import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from flask_babel import gettext as _

from award.clock import now
from award.db import session
from award.editions import countersigns
from award.editions.clauses import rule
from award.editions.models import Countersign, Edition, Round
from award.editions.operations import calendar
from award.editions.operations.locking import lock
from award.editions.permissions import Capacity
from award.editions.queries import waiting_countersign
from award.editions.rulebook import digest, rules_of_round
from award.log.operations import record
from award.results.operations import StandingRow, record_shortlist, record_standing
from award.screening.queries import blind_codes
from award.verdicts import Refused, Verdict, require
from judging.panels import operations as panels
from judging.panels.dealing import Pair
from judging.panels.models import Assignment
from judging.panels.queries import people_informed
from judging.ranking import exchanged, official, permissions, queries
from judging.ranking.advice import Advice
from judging.ranking.aggregate import Place, shown
from judging.ranking.annulling import require_settled
from judging.ranking.apart import apart
from judging.ranking.gathering import Gathered, gathered
from judging.ranking.links import torn_panels
from judging.ranking.models import Zone
from judging.ranking.readers import MOST_ADDED, NONE_ADDED, Why, more_readers
from judging.ranking.severity import DECIMALS
from judging.ranking.shortfall import Shortfall, shortfall
from judging.ranking.standing import against_the_order, unranked
from judging.scoring import exchanging, looking_again
from judging.scoring.contents import commitment
from judging.scoring.exchanges import exchanges, still_exchanging
from judging.scoring.models import Exchange, SecondLook
from judging.scoring.permissions import can_revise
from judging.scoring.progress import progress, still_open
from judging.scoring.queries import FinishedSheet


def propose_freeze(*, by: Capacity, edition: Edition, judged: Round) -> Countersign:
    """Freezing waits for its second person; scoring goes on until then."""
    lock(edition)
    require(permissions.can_freeze(by, judged))
    return countersigns.propose(by=by, edition=edition, act="freeze_round", subject=judged.public_id)


def confirm_freeze(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """No sheet is begun or changed from now on. A save under way counts before, a later one is refused.

    Which works are near the cut is settled: only those may be given more readers.
    """
    require(permissions.can_follow(by))
    lock(edition)
    countersigns.confirm(by=by, edition=edition, proposal=_waiting(edition, "freeze_round", judged))
    calendar.freeze_round(edition=edition, round=judged)
    session.flush()
    _settle_zone(by, edition, judged)


def ask_again(*, by: Capacity, edition: Edition, judged: Round, sheets: Collection[str]) -> list[SecondLook]:
    """The judges of these sheets (public ids) are asked to look at them once more; who was asked is not asked again.

    Raises Refused unless the round is frozen, where the regulations leave a locked sheet as it is, and when one of
    them does not lie apart or is kept from `by`.
    """
    lock(edition)
    require(permissions.can_ask(by, judged))
    require(can_revise(edition))
    if not sheets:
        raise Refused(Verdict("nothing_chosen", _("Chưa chọn phiếu nào.")))
    limit = rule(edition, "spread_limit").points
    hidden = queries.hidden_works(judged.id, by.person_id)
    odd = {each.sheet_id: each for each in apart(gathered(judged), limit) if each.entry_id not in hidden}
    named = queries.sheets_named(judged.id, sheets)
    if len(named) < len(set(sheets)) or not named.keys() <= odd.keys():
        raise Refused(Verdict("not_apart", _("Có phiếu không còn chênh lệch. Đề nghị tải lại trang.")))
    asked = {look.sheet_id for look in queries.looks(judged.id)}
    made = []
    for sheet_id, sheet in named.items():
        if sheet_id not in asked:
            each = odd[sheet_id]
            gap, most = each.told(limit)
            level = each.level or "rule"
            made.append(
                looking_again.ask_again(
                    by=by, edition=edition, round=judged, sheet=sheet, level=level, gap=gap, limit=most
                )
            )
    return made


def open_exchange(*, by: Capacity, edition: Edition, judged: Round, work: str) -> Exchange:
    """The judges of a work may write to each other; `work` as the page offers it: panel and blind code.

    Raises Refused for a work that has no sheet lying apart which waits for its answer, had an exchange already, or is
    not for `by` to moderate; and while the end of the round waits for its second person.
    """
    lock(edition)
    session.refresh(judged, with_for_update={"of": Round})  # its criteria may come in the same statement
    if waiting_countersign(edition.id, "close_round", judged.public_id) is not None:
        raise Refused(Verdict("closing", _("Đang có đề nghị kết thúc vòng. Rút đề nghị trước khi mở trao đổi.")))
    offered = {line.value: line.pair for line in exchanged.to_open(edition, judged, exchanged.reader(by, judged))}
    if work not in offered:
        raise Refused(Verdict("not_apart", _("Không mở được trao đổi về tác phẩm này. Đề nghị tải lại trang.")))
    panel_id, entry_id = offered[work]
    named = rule(edition, "exchange").choice == "names"
    return exchanging.begin(by=by, edition=edition, round=judged, panel_id=panel_id, entry_id=entry_id, named=named)


def add_readers(
    *, by: Capacity, edition: Edition, judged: Round, works: Collection[str], number: int = 1
) -> list[Assignment]:
    """Each of these works (public ids) is read by one more member, as far as somebody may read it; gives who.

    Those near the cut are read by `number` more, as far as they have not as many as there may be.

    Raises Refused unless the round is frozen, and for a work that `more_readers` does not name, that has been given as
    many readers as there may be, or that is kept from `by`.
    """
    lock(edition)
    require(permissions.can_ask(by, judged))
    if not works:
        raise Refused(Verdict("nothing_chosen", _("Chưa chọn tác phẩm nào.")))
    session.refresh(judged, with_for_update={"of": Round})  # its criteria may come in the same statement
    hidden, given = queries.hidden_works(judged.id, by.person_id), queries.readers_added(judged.id)
    found = gathered(judged)
    named, may = queries.works_named(judged.id, works), dict[Why, list[Pair]]()
    for pair, why in more_readers(edition, judged, found, apart(found, rule(edition, "spread_limit").points)).items():
        if pair[1] in named and pair[1] not in hidden and given.get(pair, NONE_ADDED).readers < MOST_ADDED:
            may.setdefault(why, []).append(pair)
    if len(named) < len(set(works)) or set(named) - {entry for pairs in may.values() for _panel, entry in pairs}:
        words = _(
            "Chỉ chấm bổ sung tác phẩm sát ngưỡng, chưa đủ phiếu hoặc còn phiếu chênh lệch. Đề nghị tải lại trang."
        )
        raise Refused(Verdict("not_near", words))
    informed = people_informed(edition.id) | {each.opened_by_id for each in exchanges(judged.id)}
    added: list[Assignment] = []
    for why, pairs in may.items():
        for before in range(number if why == "near" else 1):
            left = [pair for pair in pairs if given.get(pair, NONE_ADDED).readers + before < MOST_ADDED]
            added += panels.add_readers(by=by, edition=edition, round=judged, works=left, informed=informed, why=why)
    return added


def propose_close(*, by: Capacity, edition: Edition, judged: Round, shortfall_reason: str = "") -> Countersign:
    """Closing waits for its second person, who reads the reason that missing sheets need, and panels of which some
    members share no work with the others: their places are set in one list, and nothing compares the groups."""
    lock(edition)
    require(permissions.can_close(by, judged))
    if still_exchanging(judged.id):
        raise Refused(
            Verdict("exchanging", _("Còn trao đổi chưa kết thúc. Kết thúc trao đổi trước khi kết thúc vòng."))
        )
    require_settled(edition, judged)
    lacking = _lacking(edition, judged)
    if lacking and not shortfall_reason.strip():
        raise Refused(Verdict("missing_sheets", permissions.cannot_close(judged, lacking.sentence)))
    apart = torn_panels(edition, judged)
    if apart and not shortfall_reason.strip():
        raise Refused(Verdict("torn", permissions.cannot_close(judged, permissions.torn_words(list(apart.values())))))
    terms = {"shortfall": lacking.terms, "reason": shortfall_reason.strip()} | ({"torn": list(apart)} if apart else {})
    return countersigns.propose(by=by, edition=edition, act="close_round", subject=judged.public_id, terms=terms)


def confirm_close(*, by: Capacity, edition: Edition, judged: Round) -> None:
    """The round is closed, its sheets are open, and every work has its place.

    The event of closing carries the number of sheets and a hash over their commitments in sorted order, so that a
    sheet exchanged later no longer fits; the hash of the rules they are counted by, and one over how many sheets each
    work needed for a place; λ of each panel, with which its corrected scores are found again; and the panels whose
    members share no work. Raises Refused when more is lacking than the first person gave a reason for.
    """
    require(permissions.can_follow(by))
    lock(edition)
    waiting = _waiting(edition, "close_round", judged)
    countersigns.confirm(by=by, edition=edition, proposal=waiting)
    require_settled(edition, judged)
    lacking = _lacking(edition, judged)
    apart = sorted(torn_panels(edition, judged))
    unsaid = set(apart) - set(waiting.terms.get("torn", ()))
    if unsaid or (lacking and lacking.terms != waiting.terms["shortfall"]):
        raise Refused(Verdict("shortfall_changed", str(permissions.SHORTFALL_CHANGED)))
    calendar.close_round(edition=edition, round=judged)
    session.flush()
    found = gathered(judged)
    judged.counted_rules = rules_of_round(judged, list(found.panels.values()))
    rows, ratios = _standings(edition, judged, found)
    record_standing(by=by, edition=edition, judged=judged, rows=rows)
    record(
        "round.counted",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={
            "sheets": len(found.sheets),
            "rules_sha256": digest(judged.counted_rules),
            "commitments_sha256": hashlib.sha256("\n".join(found.commitments).encode()).hexdigest(),
            "needed_sha256": digest(sorted([row.entry_id, row.needed] for row in rows)),
            **({"torn": ",".join(apart)} if apart else {}),
            **ratios,
        },
    )


def withdraw_proposal(*, by: Capacity, edition: Edition, judged: Round, act: str) -> None:
    """The act no longer waits; it can be proposed again."""
    require(permissions.can_follow(by))
    lock(edition)
    waiting = _waiting(edition, act, judged)
    require(permissions.can_withdraw(by, waiting))
    countersigns.withdraw(by=by, edition=edition, proposal=waiting)


def draw_shortlist(*, by: Capacity, edition: Edition, judged: Round, advanced: Mapping[int, str]) -> None:
    """The named works (entry id → reason) go on. A choice against the order, or out of a tie, has a reason.

    So has every choice of a round that hands on nominees without a rank: the reason is all that goes with them.
    """
    lock(edition)
    require(permissions.can_draw_shortlist(by, judged, followed=queries.use_of(judged).followed))
    if not advanced:
        raise Refused(Verdict("nothing_chosen", _("Chưa chọn tác phẩm nào.")))
    _require_grounds(judged, advanced)
    full = _full(edition, judged, advanced)
    against = against_the_order(judged, set(advanced), full=full)
    unexplained = {entry: code for entry, code in against.items() if not advanced.get(entry, "").strip()}
    if unexplained:
        raise Refused(Verdict("unexplained", _unexplained(judged, unexplained)))
    own = [against[entry_id] for entry_id in queries.kept_from(by.person_id, against)]
    if own:
        codes = ", ".join(sorted(own))
        words = _("Có liên quan đến %(codes)s: việc chọn khác thứ tự điểm do thành viên khác thực hiện.", codes=codes)
        raise Refused(Verdict("kept_from", words))
    kept = {entry_id: reason.strip() for entry_id, reason in advanced.items()}
    if full:
        capped = str(_("Tác giả của tác phẩm xếp trên đã đủ số tác phẩm vào vòng sau."))
        kept |= {entry: capped for entry in against_the_order(judged, set(advanced)) if not kept[entry]}
    record_shortlist(by=by, edition=edition, judged=judged, advanced=kept)


def _unexplained(judged: Round, chosen: Mapping[int, str]) -> str:
    """Why a choice of these (entry id → blind code) needs a reason: a sentence for each cause."""
    causes = unranked(judged)
    told = {
        None: _("Cần ghi lý do chọn %(codes)s: tác phẩm có điểm cao hơn hoặc bằng điểm không được chọn."),
        "short": _("Cần ghi lý do chọn %(codes)s: chưa đủ số phiếu chấm tối thiểu nên không xếp hạng."),
        "floor": _("Cần ghi lý do chọn %(codes)s: chưa đạt điểm tối thiểu để vào vòng sau."),
    }
    by_cause = {cause: sorted(code for entry, code in chosen.items() if causes.get(entry) == cause) for cause in told}
    return " ".join(str(told[cause] % {"codes": ", ".join(codes)}) for cause, codes in by_cause.items() if codes)


def _require_grounds(judged: Round, advanced: Mapping[int, str]) -> None:
    bare = [entry for entry, reason in advanced.items() if not reason.strip()] if judged.unranked_list else []
    if bare:
        codes = ", ".join(sorted(blind_codes(bare).values()))
        raise Refused(Verdict("without_grounds", _("Cần ghi lý do đề cử của %(codes)s.", codes=codes)))


def _full(edition: Edition, judged: Round, advanced: Collection[int]) -> set[int]:
    """Works that were not chosen and may not be: their leading author has as many as the rules allow.

    Raises Refused when an author has more than that among the chosen.
    """
    most = rule(edition, "shortlist_per_author").number
    if most is None:
        return set()
    authors = queries.leading_authors(judged.id)
    chosen = Counter(authors[entry] for entry in advanced if entry in authors)
    beyond = {author for author, number in chosen.items() if number > most}
    if beyond:
        codes = blind_codes([entry for entry in advanced if authors.get(entry) in beyond])
        told = {"n": most, "codes": ", ".join(sorted(codes.values()))}
        words = _("Mỗi tác giả có nhiều nhất %(n)s tác phẩm vào vòng sau, cùng một tác giả có: %(codes)s.", **told)
        raise Refused(Verdict("author_cap", words))
    return {entry for entry, author in authors.items() if entry not in advanced and chosen[author] >= most}


def _lacking(edition: Edition, judged: Round) -> Shortfall:
    return shortfall(progress(judged.id), queries.minimum_now(edition, judged), still_open(judged.id))


def _waiting(edition: Edition, act: str, judged: Round) -> Countersign:
    waiting = waiting_countersign(edition.id, act, judged.public_id)
    if waiting is None:
        raise Refused(Verdict("nothing_waits", _("Không có đề nghị nào đang chờ xác nhận.")))
    return waiting


def _settle_zone(by: Capacity, edition: Edition, judged: Round) -> None:
    """How near each work is to the cut, as the sheets say now: kept, and committed to in the log.

    It is not found again when sheets change or more are read, so that nobody can ask for readers until a place suits.
    """
    found = gathered(judged)
    works = [
        [found.panels[panel_id].public_id, entry_id, kept["among"]]
        for panel_id, beside in found.beside().items()
        for entry_id, kept in sorted(beside.works.items())
        if "among" in kept
    ]
    content: dict[str, object] = {"round": judged.public_id, "works": works}
    nonce = secrets.token_bytes(32)
    zone = Zone(round_id=judged.id, content=content, nonce=nonce, commitment="", settled_at=now())
    zone.commitment = commitment(nonce, content)
    session.add(zone)
    session.flush()
    record(
        "round.zone_settled",
        actor_id=by.person_id,
        award_id=edition.award_id,
        subject=judged,
        facts={"commitment": zone.commitment},
    )


def _standings(edition: Edition, judged: Round, found: Gathered) -> tuple[list[StandingRow], dict[str, str]]:
    """Places on each panel, whose works are never set against those of another; and what the log keeps of each: λ where
    there is one, and how the figure was found where it is not the plain mean."""
    minimum, needed = queries.minimum_now(edition, judged), dict[int, dict[int, int]]()
    for work in progress(judged.id).works:
        needed.setdefault(work.panel_id, {})[work.entry_id] = minimum.of(work.assigned)
    placed, ratios = dict[int, list[Place]](), dict[str, str]()
    how = rule(edition, "aggregation").choice or "mean"
    for panel_id in found.by_panel:
        given, least = found.given(panel_id), needed.get(panel_id, {})
        scale = {"scale": judged.scale_max, "steps_per_point": judged.steps_per_point}
        placed[panel_id], figure = official.placed(given, least, how=how, **scale)
        ratios |= figure.facts(found.panels[panel_id].public_id)
    unranked = {place.entry_id for each in placed.values() for place in each if place.rank is None}
    rows = []
    for panel_id, beside in found.beside(unranked).items():
        if beside.ratio is not None:
            ratios[f"lambda.{found.panels[panel_id].public_id}"] = str(shown(beside.ratio, DECIMALS))
        rows += [_row(panel_id, place, found.by_panel[panel_id][place.entry_id], beside) for place in placed[panel_id]]
    return rows, ratios


def _row(panel_id: int, place: Place, sheets: Sequence[FinishedSheet], beside: Advice) -> StandingRow:
    kept = [
        {"seat": each.seat_id, "marks": {str(criterion): steps for criterion, steps in each.marks.items()}}
        | ({} if each.level is None else {"level": each.level})
        for each in sheets
    ]
    detail = {"sheets": kept, **beside.works[place.entry_id]}
    return StandingRow(place.entry_id, panel_id, place.rank, place.score, place.sheets, detail, place.needed)
