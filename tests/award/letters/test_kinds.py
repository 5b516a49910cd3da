"""Every letter the product writes: in the name of an award an edition words it, the house's own stand in one list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from award.correspondence import HOUSE_WORDS
from award.db import session, unit_of_work
from award.editions.models import Edition
from award.editions.queries import capacity
from award.letters import offers
from award.letters.filling import placeholders
from award.letters.operations import faults, known_in, save_words
from award.letters.queries import in_words
from award.messages.models import Message
from award.messages.operations import post
from award.messages.own import OWN
from tests import factories
from tests.visitor import Visitor

ROOT = Path(__file__).parents[3]
OWN_MOUTHS = {
    "award/api/operations.py",
    "award/editions/letters.py",
    "award/letters/operations.py",
    "award/people/letters.py",
    "award/people/operations.py",
    "award/people/tokens.py",
    "award/privacy/operations.py",
}
"""Who writes into the outbox itself: the one mouth of editions, the room below it, the house's own letters."""


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in [*ROOT.glob("award/**/*.py"), *ROOT.glob("judging/**/*.py")]:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def test_no_room_writes_past_the_words_of_its_edition() -> None:
    writing = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        if node.module == "award.messages.operations" and any(each.name == "post" for each in node.names)
    }
    assert writing == OWN_MOUTHS, "a letter in the name of an award goes out by `award.letters.operations.write`"


def test_every_kind_that_is_queued_can_be_worded_or_is_the_house_s_own(app: Flask) -> None:
    templates = {path.stem for path in ROOT.glob("templates/mail/[!_]*.txt")}
    with app.app_context():
        kinds = set(offers.kinds())
        assert templates <= OWN.keys()
        assert not kinds & OWN.keys()
        with unit_of_work(), pytest.raises(AssertionError):
            post(kind="thu_la", to_address="vi@example.vn", subject="Thư", body="Lời.", dedupe_key="la")
    assert kinds == {
        "amendment",
        "appointment",
        "attestation_reminder",
        "case_decided",
        "case_examining",
        "case_received",
        "checkpoint",
        "coauthor",
        "correction",
        "correction_over",
        "draft_reminder",
        "extension",
        "extension_newsroom",
        "forwarding_consent",
        "ineligible",
        "judge_reminder",
        "membership",
        "not_attested",
        "personal_deadline",
        "prize_later",
        "prize_lowered",
        "prize_revoked",
        "receipt",
        "received_again",
        "result_corrected",
        "to_complete",
        "winner",
        "without_prize",
    }


def test_an_edition_words_what_a_lower_room_writes(app: Flask) -> None:
    """The letter of an appointment is written below the room that keeps wordings."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        organiser = factories.person("Lê Ban Tổ Chức")
        factories.appointment(edition, organiser, "organiser")
        factories.person("Võ Chấm", email="cham@example.vn")
        words = {"subject": "Mời chấm {giai}", "body": "{xung_ho} {ho_ten}: {vai_tro}.\n{van_ban}\n{lien_ket}"}
        kind = offers.kinds()["appointment"]
        assert save_words(by=capacity(organiser, edition), edition=edition, kind=kind, on=0, **words)
    asked = {"email": "cham@example.vn", "role": "judge", "decision": ""}
    assert Visitor(app, organiser).post("/iii-2023/thiet-lap/nhan-su", asked).status_code == 303
    with app.app_context():
        letter = session.query(Message).filter_by(kind="appointment").one()
        assert letter.subject == f"Mời chấm {session.get_one(Edition, edition.id).name}"
        assert letter.body.splitlines()[0].endswith("Võ Chấm: giám khảo.")
        assert letter.body.splitlines()[1].startswith("http://"), "a line without words is left out"


def test_every_kind_begins_with_words_that_may_be_kept_as_they_are(app: Flask) -> None:
    """With every placeholder said, and with none that may be empty: a letter either way, and no brace left in it."""
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        for kind in offers.kinds().values():
            subject, body = (str(each) for each in kind.beginning)
            assert len(placeholders(body)) > 2, kind.code
            assert body.count(". ") + body.count(".\n") > 0, f"{kind.code} is told in sentences"
            assert faults(kind, subject, body) == [], kind.code
            assert HOUSE_WORDS not in placeholders(body), kind.code
            told = in_words(edition, (subject, body), {code: f"<{code}>" for code in kind.placeholders})
            assert "{" not in "".join(told), kind.code
            empty = in_words(edition, (subject, body), dict.fromkeys(kind.placeholders, ""))[1]
            optional = [f"{label}:\n\n" in empty for label in ("Hạn trả lời", "Hạn gửi", "Văn bản căn cứ")]
            assert not any(optional), kind.code


def test_every_kind_offers_what_it_cannot_do_without(app: Flask) -> None:
    with app.app_context(), unit_of_work():
        edition = factories.edition(state="open")
        for kind in offers.kinds().values():
            assert frozenset().union(*kind.needed) <= known_in(kind), kind.code
            values = {code: f"<{code}>" for code in kind.placeholders}
            if kind.unsent is not None:
                said = "\n".join(kind.unsent(edition.id, values))
                assert all(f"<{code}>" in said for one_of in kind.needed for code in one_of & values.keys()), kind.code
            for one in kind.recipients(edition.id):
                assert one.values.keys() == kind.placeholders.keys(), kind.code
                assert one.house is not None
                assert in_words(edition, ("{tieu_de}", "{noi_dung}"), one.values, one.house)[0], kind.code
