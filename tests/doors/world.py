"""The people and things that every door is tried with.

Names an address template may use: slug, entry (submitted by `entrant`), draft (of `entrant`, whom `co_author` joined),
author and invite (invited to it, and the link), joined (the row of who did), part, file (ready, in
`entry`), upload (still coming in, of `entrant`), assignment (of `judge`, on `entry`), recused_assignment, panel, seat,
category, level (a prize level), newsroom, member (speaks for it), consent, dossier, nomination, result and honour
(once the council has ended), invitation (a token never given out), pass (of `draft`) and its link, countersign, list
(of winners, taken in), list_draft (of `secretary`), works_draft (a list of works, of `newsroom_contact`), signed_list
(printed for `newsroom`), parcel (beside `entry`), handover, parcels_draft (a list of what arrived, of `secretary`),
archive (being made), sitting (that is over; in the world `sitting` it is held), agenda_item and vote of it (there on
devices, open), stack (papers that are out; `other_judge` reads their scan), viewing (of `panel`), letter_request and
copy_request (on paper), own_request (of `entrant`), case (of `other_entrant`, about `entry`), certificate (a code,
there once the council has ended).
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from award.archive.models import Archive
from award.cases.models import Case
from award.clock import now
from award.db import session
from award.editions.models import Category, Countersign, Edition, PrizeLevel
from award.editions.queries import capacity
from award.entries.inviting import token_of as invite_token
from award.entries.models import Authorship, Entry, EntryFile, Part, UploadPass
from award.entries.passing import token_of
from award.files.models import File, Rendition
from award.history.models import HistoryImport, PastWork
from award.intake.models import Handover, Parcel, ParcelWork, Piece
from award.newsrooms.models import EntryImport, SignedList
from award.nominations.models import Delivery, Dossier, Nomination
from award.people import memberships
from award.people.models import Newsroom, Person
from award.privacy.models import PrivacyRequest
from award.results.models import Certificate, Decision, Honour, Publication, Result, Standing
from award.screening.models import Screening
from judging.calibration.models import CalibrationWork
from judging.panels.models import Assignment, Conflict, Seat
from judging.scoring.models import Mark, ScoreSheet, SecondLook
from judging.sittings import queries as sittings
from judging.sittings import stacks
from judging.sittings.models import AgendaItem, Attendance, Sitting, Vote
from judging.sittings.operations import counting, meeting, on_paper, voting
from judging.viewings.models import Viewing
from tests import factories
from tests.doors.matrix import ACTORS

ROLES = {
    "judge": "judge",
    "other_judge": "judge",
    "recused_judge": "judge",
    "judge_and_entrant": "judge",
    "chair": "chair",
    "deputy": "deputy",
    "secretary": "secretary",
    "organiser": "organiser",
    "auditor": "auditor",
}
OTHER = "Giải báo chí về xây dựng Đảng tỉnh Khánh Hòa lần thứ IV - năm 2024"
WORLDS = ("open", "judging", "frozen", "sitting", "closed", "published")


@dataclass
class World:
    names: dict[str, str] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)


def build(kind: str) -> World:
    """Fills the empty tables with one edition in the state `kind` and everybody around it. The caller commits."""
    world = World()
    state = {"open": "open", "closed": "decision", "published": "published"}.get(kind, "judging")
    edition = factories.edition(state=state)
    category = factories.category(edition)
    category.slots.append(factories.picture_slot(2))
    level = factories.prize_level(edition)
    factories.national_edition(edition)
    organ, other_organ = factories.newsroom("Báo Biển Xanh"), factories.newsroom("Đài Núi Bạc")
    people = _people(edition)
    people["recused_judge"].newsroom_id = organ.id
    memberships.join(by_id=None, person=people["newsroom_contact"], newsroom=organ, role="contact")
    world.people = {name: person.id for name, person in people.items()}

    entry = _entry(edition, category.id, category.genres[0].id, people["entrant"], organ.id, submitted=True)
    entry.authors.append(
        Authorship(ordinal=2, legal_name="Trần Minh", person_id=people["co_author"].id, employer_id=organ.id)
    )
    draft = _entry(edition, category.id, None, people["entrant"], other_organ.id, submitted=False)
    invited = _together(draft, people["co_author"])
    _entry(edition, category.id, None, people["judge_and_entrant"], other_organ.id, submitted=False)
    file = _file(people["entrant"], "ready")
    entry.files.append(EntryFile(part_id=entry.parts[0].id, slot_id=category.slots[0].id, file_id=file.id))
    upload = _file(people["entrant"], "uploading")
    draft.files.append(EntryFile(part_id=draft.parts[0].id, slot_id=category.slots[0].id, file_id=upload.id))
    opened = UploadPass(
        entry_id=draft.id,
        part_id=draft.parts[0].id,
        slot_id=category.slots[0].id,
        until=now() + timedelta(hours=2),
    )
    session.add(opened)
    session.flush()

    rounds = [factories.judging_round(edition), factories.judging_round(edition, ordinal=2, name="Chung khảo")]
    panels = [factories.panel(edition, each, category) for each in rounds]
    world.names |= {
        "slug": edition.slug,
        "entry": entry.public_id,
        "draft": draft.public_id,
        "part": entry.parts[0].public_id,
        "author": invited.public_id,
        "joined": draft.authors[1].public_id,
        "invite": invite_token(invited.invite_key or "", current_app.extensions["settings"].secret_key),
        "file": file.public_id,
        "upload": upload.public_id,
        "panel": panels[0].public_id,
        "category": category.public_id,
        "level": level.public_id,
        "newsroom": organ.public_id,
        "pass": opened.public_id,
        "link": token_of(opened.public_id, current_app.extensions["settings"].secret_key),
        "member": people["newsroom_contact"].public_id,
        "invitation": secrets.token_urlsafe(24),
    }
    if kind != "open":
        session.add(
            Screening(
                entry_id=entry.id,
                edition_id=edition.id,
                decision="eligible",
                blind_code="III-IN-001",
                decided_by_id=people["secretary"].id,
                decided_at=now(),
            )
        )
    _judging(world, edition, entry, people, kind)
    dossier = Dossier(
        edition_id=edition.id,
        state="building",
        key=f"dossiers/{secrets.token_hex(8)}",
        asked_by_id=people["organiser"].id,
    )
    session.add(dossier)
    session.flush()
    world.names["dossier"] = dossier.public_id
    kept = Archive(edition_id=edition.id, audience="public", works="none", key=f"archives/{secrets.token_hex(8)}")
    kept.asked_by_id = people["organiser"].id
    session.add(kept)
    session.flush()
    world.names["archive"] = kept.public_id
    listed = Nomination(edition_id=edition.id, entry_id=entry.id, ordinal=1, chosen_by_id=people["organiser"].id)
    session.add(listed)
    session.flush()
    world.names["nomination"] = listed.public_id
    world.names["delivery"] = _delivery(edition, people["secretary"]).public_id
    _history(world, edition, people["secretary"])
    world.names["works_draft"] = _works_draft(edition, organ, people["newsroom_contact"]).public_id
    signed = SignedList(edition_id=edition.id, newsroom_id=organ.id, made_by_id=people["secretary"].id, works=[])
    session.add(signed)
    session.flush()
    world.names["signed_list"] = signed.public_id
    _ledger(world, edition, entry, people["secretary"])
    world.names |= _requests(edition, people["entrant"])
    world.names["case"] = _case(edition, entry, people["other_entrant"]).public_id
    world.names["certificate"] = "ABCD-EFGH-JKLN"
    world.names |= dict.fromkeys(("sitting", "agenda_item", "vote", "stack"), "zzzzzzzzzzzz")
    if kind == "sitting":
        world.names |= _sits(edition, entry, level, people)
    if kind in {"closed", "published"}:
        result = _outcome(edition, entry, level.id, people, published=kind == "published")
        world.names["result"] = result.public_id
        world.names |= _sat(edition, entry, level.id, people)
        certificate = Certificate(
            edition_id=edition.id, result_id=result.id, code="ABCDEFGHJKLN", issued_on=now().date()
        )
        session.add(certificate)
        world.names["honour"] = _honour(edition, published=kind == "published").public_id
    return world


def _people(edition: Edition) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for number, actor in enumerate(ACTORS[1:], start=1):
        people[actor] = factories.person(f"Người {actor.replace('_', ' ')}", email=f"{actor}@example.vn")
        if actor in ROLES:
            factories.appointment(edition, people[actor], ROLES[actor])
        assert number
    user = people["administrator"].user
    assert user is not None
    user.administrator = True
    elsewhere = factories.edition(slug="iv-2024", ordinal=4, name=OTHER, state="open")
    factories.appointment(elsewhere, people["stranger_organiser"], "organiser")
    return people


def _together(draft: Entry, co_author: Person) -> Authorship:
    """A co-author who joined to fill in the whole draft, and one who was invited and has not joined: that row."""
    joined = Authorship(ordinal=2, legal_name=co_author.legal_name, person_id=co_author.id, fills=True)
    joined.invite_key, joined.invited_at, joined.joined_at = "joined-key", now(), now()
    invited = Authorship(ordinal=3, legal_name="Lê Hoài Giang", fills=True, invite_key="0123456789ab", invited_at=now())
    draft.authors += [joined, invited]
    session.flush()
    return invited


def _entry(
    edition: Edition, category_id: int, genre_id: int | None, owner: Person, newsroom_id: int, *, submitted: bool
) -> Entry:
    entry = Entry(
        edition_id=edition.id,
        category_id=category_id,
        genre_id=genre_id,
        owner_id=owner.id,
        title="Giữ lời hứa với dân" if submitted else "Bản nháp của tôi",
        newsroom_id=newsroom_id,
        byline=owner.legal_name,
        changed_at=now(),
        no_prior_prize=True,
        declared={code: {"version": 1, "at": now().isoformat()} for code in ("commitment", "consent")},
    )
    entry.parts = [Part(ordinal=1, title="Kỳ 1", published_on=date(2023, 3, 2), place="Số 1, trang 1")]
    entry.authors = [
        Authorship(
            ordinal=1,
            legal_name=owner.legal_name,
            person_id=owner.id,
            employer_id=newsroom_id,
            phone="0900",
            contact=True,
        )
    ]
    if submitted:
        edition.last_dossier_number += 1
        entry.state, entry.submitted_at = "submitted", now() - timedelta(hours=1)
        entry.code = f"{edition.code_prefix}-{edition.last_dossier_number:04d}"
    session.add(entry)
    session.flush()
    return entry


def another_entry(edition: Edition, category: Category, owner: Person) -> Entry:
    """A second work that was sent and may win, of somebody else, from a newsroom of its own."""
    made = _entry(edition, category.id, category.genres[0].id, owner, factories.newsroom("Đài Gió").id, submitted=True)
    made.title = "Sóng xa bờ"
    return made


def _file(uploader: Person, state: str) -> File:
    file = File(
        uploader_id=uploader.id,
        key=f"files/{secrets.token_hex(12)}",
        upload_id="none",
        name="trang-1.pdf",
        kind="pdf",
        content_type="application/pdf",
        size=1000,
        part_size=8 * 1024 * 1024,
        part_hashes=["0" * 64],
        fingerprint="0" * 64,
        state=state,
        sha256="0" * 64 if state == "ready" else None,
        stored_at=now() if state == "ready" else None,
        verified_at=now() if state == "ready" else None,
    )
    if state == "ready":
        for kind, content in (("page", "image/webp"), ("text", "application/json"), ("light", "video/mp4")):
            facts = {"paragraphs": ["Năm giờ sáng."]} if kind == "text" else {"width": 800, "height": 1100}
            key = f"renditions/{secrets.token_hex(8)}"
            file.renditions.append(Rendition(kind=kind, ordinal=1, key=key, size=10, content_type=content, facts=facts))
    session.add(file)
    session.flush()
    return file


def _judging(world: World, edition: Edition, entry: Entry, people: dict[str, Person], kind: str) -> None:
    seats = {
        "judge": "member",
        "other_judge": "member",
        "recused_judge": "member",
        "judge_and_entrant": "member",
        "chair": "chair",
        "deputy": "deputy",
    }
    panel = edition.panels[0] if edition.panels else None
    session.refresh(edition, ["rounds", "panels"])
    panel = edition.panels[0]
    first = edition.rounds[0]
    first.calibration = "free"
    tried = CalibrationWork(panel_id=panel.id, ordinal=1, title="Nhịp cầu xóm núi", text="Năm giờ sáng.")
    session.add(tried)
    session.flush()
    world.names["calibration_work"] = tried.public_id
    made = {}
    for name, role in seats.items():
        made[name] = Seat(round_id=first.id, panel_id=panel.id, person_id=people[name].id, role=role, pledged_at=now())
        session.add(made[name])
    session.flush()
    world.names["seat"] = made["judge"].public_id
    session.add(
        Conflict(
            edition_id=edition.id,
            person_id=people["recused_judge"].id,
            entry_id=entry.id,
            relation="newsroom",
            source="computed",
        )
    )
    assignments = {}
    for number, (name, seat) in enumerate(made.items(), start=1):
        assignments[name] = Assignment(
            round_id=first.id,
            seat_id=seat.id,
            entry_id=entry.id,
            ordinal=number,
            state="recused" if name == "recused_judge" else "open",
        )
        session.add(assignments[name])
    session.flush()
    world.names["assignment"] = assignments["judge"].public_id
    world.names["recused_assignment"] = assignments["recused_judge"].public_id
    if kind == "open":
        return
    first.state, first.opened_at = "open", now()
    viewing = Viewing(panel_id=panel.id, opened_by_id=people["chair"].id)
    session.add(viewing)
    session.flush()
    world.names["viewing"] = viewing.public_id
    for name in ("judge", "chair"):
        sheet = ScoreSheet(assignment_id=assignments[name].id, state="finished", finished_at=now(), changed_at=now())
        sheet.marks = [Mark(criterion_id=c.id, steps=10) for c in first.criteria]
        session.add(sheet)
        session.flush()
        if kind == "frozen" and name == "judge":
            first.state, first.frozen_at = "frozen", now()
            session.add(SecondLook(sheet_id=sheet.id, asked_by_id=people["chair"].id, asked_at=now(), level="red"))
    session.flush()


def _history(world: World, edition: Edition, reader: Person) -> None:
    """A list of winners that was taken in and is not public, and one that is only being looked through."""
    made = {
        name: HistoryImport(
            award_id=edition.award_id, file_name=f"{name}.xlsx", file_sha256="0" * 64, read_by_id=reader.id, **fields
        )
        for name, fields in (
            ("list", {"state": "done", "works": 1, "done_by_id": reader.id, "done_at": now()}),
            ("list_draft", {"draft": {"rows": [], "unused": []}}),
        )
    }
    session.add_all(made.values())
    session.flush()
    world.names |= {name: each.public_id for name, each in made.items()}
    won = PastWork(
        award_id=edition.award_id,
        import_id=made["list"].id,
        source_row=2,
        identity="0" * 64,
        award_name=edition.award.name,
        ordinal="II",
        year=2022,
        level="Giải A",
        level_rank=2,
        title="Đường về bản",
        authors_words="Lê Thu Cúc",
    )
    session.add(won)
    session.flush()
    world.names["past_work"] = won.public_id


def _works_draft(edition: Edition, organ: Newsroom, reader: Person) -> EntryImport:
    """A newsroom's list of works that is only being looked through."""
    made = EntryImport(
        edition_id=edition.id,
        newsroom_id=organ.id,
        read_by_id=reader.id,
        file_name="danh-sach.xlsx",
        file_sha256="0" * 64,
        draft={"rows": [], "unused": []},
    )
    session.add(made)
    session.flush()
    return made


def _ledger(world: World, edition: Edition, entry: Entry, secretary: Person) -> None:
    """A parcel beside a dossier that was entered online, things given back, a list that is being looked through."""
    given = Handover(edition_id=edition.id, receiver="Trần Minh", given_on=date(2023, 11, 2), given_by_id=secretary.id)
    session.add(given)
    session.flush()
    parcel = Parcel(
        edition_id=edition.id,
        number=1,
        channel="hand",
        sender="Trần Minh",
        arrived_at=now() - timedelta(hours=1),
        registered_by_id=secretary.id,
    )
    draft = EntryImport(
        edition_id=edition.id,
        newsroom_id=None,
        read_by_id=secretary.id,
        file_name="so-tiep-nhan.xlsx",
        file_sha256="0" * 64,
        draft={"rows": [], "unused": []},
    )
    session.add_all([parcel, draft])
    session.flush()
    session.add(ParcelWork(parcel_id=parcel.id, entry_id=entry.id))
    session.add(Piece(parcel_id=parcel.id, ordinal=1, kind="usb"))
    session.flush()
    world.names |= {"parcel": parcel.public_id, "handover": given.public_id, "parcels_draft": draft.public_id}


def _delivery(edition: Edition, secretary: Person) -> Delivery:
    """A dossier of another house that was checked and waits."""
    made = Delivery(
        edition_id=edition.id,
        state="checked",
        brought_by_id=secretary.id,
        arrived_at=now(),
        fingerprint="0" * 64,
        sender="Ban Tổ chức Giải tỉnh bạn",
        sender_edition="Giải tỉnh bạn",
        told={"sender": "Tỉnh bạn", "edition": "Lần I", "illustrative": False, "works": [DELIVERED]},
    )
    session.add(made)
    session.flush()
    return made


DELIVERED = {
    "origin": "0" * 32,
    "code": "I-IN-001",
    "title": "Giữ lời hứa",
    "category": "Báo in",
    "declared": True,
    "parts": [{"title": "Giữ lời hứa"}],
    "authors": [{"legal_name": "Phạm Xa Lạ", "contact": True, "minor": False}],
    "prizes": [],
    "files": [],
}
"""A work as such a dossier tells of it."""


def _requests(edition: Edition, entrant: Person) -> dict[str, str]:
    """A request for erasure of somebody known from a letter alone, one for a copy, and one of the entrant."""
    made = {
        name: PrivacyRequest(
            award_id=edition.award_id, kind=kind, received_on=now().date(), due_day=now().date(), **whose
        )
        for name, kind, whose in (
            ("letter_request", "erasure", {"name": "Phạm Xa Lạ", "contact": "Nha Trang"}),
            ("copy_request", "access", {"name": "Phạm Xa Lạ", "contact": "Nha Trang"}),
            ("own_request", "correction", {"person_id": entrant.id, "words": "Sửa tên"}),
        )
    }
    session.add_all(made.values())
    session.flush()
    return {name: each.public_id for name, each in made.items()}


def _case(edition: Edition, entry: Entry, sender: Person) -> Case:
    """An objection to the work, without a last day yet."""
    made = Case(edition_id=edition.id, number=1, about="work", entry_id=entry.id, opened_by_id=sender.id)
    made.words, made.received_on = "Tác phẩm đã đăng trước thời gian quy định.", now().date()
    session.add(made)
    session.flush()
    return made


def _sat(edition: Edition, entry: Entry, level_id: int, people: dict[str, Person]) -> dict[str, str]:
    """A sitting that is over, with one show of hands."""
    chair = people["chair"].id
    moments = {"opened_by_id": chair, "opened_at": now(), "closed_by_id": chair, "closed_at": now()}
    sitting = Sitting(edition_id=edition.id, number=1, state="closed", prepared_by_id=chair, **moments)
    session.add(sitting)
    session.flush()
    item = AgendaItem(sitting_id=sitting.id, entry_id=entry.id, ordinal=1)
    session.add_all([item, Attendance(sitting_id=sitting.id, person_id=chair, present=True)])
    session.flush()
    counts = {"members": 6, "present": 5, "eligible": 4, "yes": 3, "no": 1, "blank": 0, "passed": True}
    about = {"sitting_id": sitting.id, "item_id": item.id, "prize_level_id": level_id, "method": "hands"}
    vote = Vote(state="closed", **about, **counts, **moments)
    session.add(vote)
    session.flush()
    return {"sitting": sitting.public_id, "agenda_item": item.public_id, "vote": vote.public_id}


def _sits(edition: Edition, entry: Entry, level: PrizeLevel, people: dict[str, Person]) -> dict[str, str]:
    """The council sits. `entry` is voted on by devices, another work on papers that came back and are being read.

    No council does both at once; so each of the doors is tried while it is open, for the price of one world.
    """
    another = _entry(
        edition, entry.category_id, entry.genre_id, people["other_entrant"], entry.newsroom_id, submitted=True
    )
    by = {name: capacity(people[name], edition) for name in ("chair", "secretary", "other_judge")}
    decided = {"decision": "eligible", "decided_by_id": people["secretary"].id, "decided_at": now()}
    session.add(Screening(entry_id=another.id, edition_id=edition.id, blind_code="III-IN-002", **decided))
    last = edition.rounds[-1]
    panel = next(each for each in edition.panels if each.round_id == last.id)
    for name in ("judge", "other_judge", "recused_judge"):
        session.add(Seat(round_id=last.id, panel_id=panel.id, person_id=people[name].id, pledged_at=now()))
    _close_rounds(edition, entry, another)
    sitting = meeting.prepare(by=by["secretary"], edition=edition, works=[entry.id, another.id])
    where: dict[str, Any] = {"edition": edition, "sitting": sitting}
    here = [people[name].id for name in ("judge", "other_judge", "recused_judge", "chair", "deputy")]
    meeting.call_roll(by=by["secretary"], present=here, **where)
    committee = [people[name].id for name in ("other_judge", "secretary")]
    meeting.name_tellers(by=by["secretary"], people=committee, **where)
    meeting.open_sitting(by=by["chair"], **where)
    tabled, on_papers = sittings.agenda(sitting.id)
    meeting.turn_to(by=by["chair"], item=tabled, **where)
    vote = voting.open_vote(by=by["chair"], item=tabled, level=level, **where)
    vote.state = "called_off"
    session.flush()
    (stack,) = on_paper.hand_out(by=by["chair"], items=[on_papers], level=level, reason="", **where)
    sent = {"name": "phieu.pdf", "size": 1000, "part_hashes": ["0" * 64]}
    uploader = people["other_judge"]
    left = {"stack": stack, "codes": stack.codes[-stacks.SPARE :]}
    on_paper.find_unused(by=by["other_judge"], **left, **where)
    on_paper.agree_to_unused(by=by["chair"], **left, **where)
    scan = counting.begin_scan(by=by["other_judge"], stack=stack, uploader=uploader, **sent, **where)
    scan.state, scan.sha256, scan.facts, vote.state = "ready", "0" * 64, {"pages": 1}, "open"
    session.flush()
    return {
        "sitting": sitting.public_id,
        "agenda_item": tabled.public_id,
        "vote": vote.public_id,
        "stack": stack.public_id,
    }


def _close_rounds(edition: Edition, *works: Entry) -> None:
    """Every round is closed with these works in their places."""
    for each in edition.rounds:
        each.state, each.closed_at = "closed", now()
        panel = next(p for p in edition.panels if p.round_id == each.id)
        of = {"edition_id": edition.id, "round_id": each.id, "panel_id": panel.id, "sheets": 2, "advanced": True}
        for rank, entry in enumerate(works, start=1):
            score = {"score_numerator": 17 - 2 * rank, "score_denominator": 2}
            session.add(Standing(entry_id=entry.id, rank=rank, **score, **of))
    session.flush()


def _outcome(edition: Edition, entry: Entry, level_id: int, people: dict[str, Person], *, published: bool) -> Result:
    _close_rounds(edition, entry)
    result = Result(edition_id=edition.id, entry_id=entry.id, prize_level_id=level_id, state="proposed")
    session.add(result)
    session.flush()
    if not published:
        return result
    result.state, result.decided_at = "decided", now()
    session.add(
        Decision(
            edition_id=edition.id,
            number="12-QĐ/BTCG",
            day=date(2023, 11, 20),
            body="Ban Tổ chức Giải",
            signatory="Trưởng Ban",
            recorded_by_id=people["organiser"].id,
            recorded_at=now(),
        )
    )
    signed = Countersign(
        edition_id=edition.id,
        act="publish",
        subject=edition.public_id,
        terms={"at": now().isoformat()},
        proposed_by_id=people["organiser"].id,
        proposed_at=now(),
        confirmed_by_id=people["secretary"].id,
        confirmed_at=now(),
    )
    session.add(signed)
    session.flush()
    session.add(Publication(edition_id=edition.id, at=now() - timedelta(hours=1), countersign_id=signed.id))
    session.flush()
    return result


def _honour(edition: Edition, *, published: bool) -> Honour:
    """A body that has a prize of its own."""
    level = factories.prize_level(edition, rank=9, code="TT", name="Bằng khen tập thể", kind="collective")
    made = Honour(edition_id=edition.id, prize_level_id=level.id, recipient="Báo Biển Xanh", reason="Có nhiều tác phẩm")
    made.state = "decided" if published else "proposed"
    session.add(made)
    session.flush()
    return made


def person_of(world: World, actor: str) -> Person | None:
    """The actor with the account loaded; None for anonymous."""
    if actor == "anonymous":
        return None
    return session.scalars(select(Person).where(Person.id == world.people[actor])).one()
