"""After a vote nobody finds out whose ballot is which, not even with the whole database open before them."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import event, text

from award.db import session, unit_of_work
from award.doors import DeedKey
from award.local import Postgres, start_postgres
from award.local.postgres import programs
from award.log.operations import canonical_json
from award.people.models import Person
from judging.council.papers import session_of
from judging.sittings import papers, queries, sealing
from judging.sittings.majorities import Choice
from judging.sittings.models import Stack, Vote
from judging.sittings.operations import keys
from tests.conftest import owner_of, tables_of
from tests.judging.sittings.rooms import Council, council
from tests.judging.sittings.tellers import Tellers
from tests.visitor import Visitor

ROOM = "/iii-2023/phien-hop"
GIVEN: tuple[Choice, ...] = ("yes", "no", "blank", "yes", "no", "blank", "yes")


@pytest.fixture
def sits(app: Flask) -> Council:
    with app.app_context(), unit_of_work():
        of = council()
        of.begin()
    return of


def rows(app: Flask, statement: str) -> Sequence[Any]:
    """What the owner of the database sees, system columns included."""
    with owner_of(app).connect() as connection:
        return connection.execute(text(statement)).all()


@pytest.fixture
def vote(app: Flask, sits: Council) -> Iterator[Vote]:
    """Seven members have voted one after another, from seven devices; the vote is still open."""
    with app.app_context(), unit_of_work():
        opened = sits.open_vote()
    for person, choice in zip(sits.members, GIVEN, strict=True):
        answer = cast(app, person, opened, choice)
        assert (answer.status_code, answer.location) == (303, ROOM)
    yield opened


def cast(app: Flask, person: Person, vote: Vote, choice: str) -> Any:
    return Visitor(app, person).post(f"{ROOM}/phieu/{vote.public_id}", {"choice": choice, "deed_key": "k" * 20})


@contextmanager
def copied(postgres: Postgres) -> Iterator[Path]:
    """All of the database and what it wrote meanwhile, taken as the copies of the house are."""
    told = dict(word.split("=") for word in postgres.owner_url.split("?")[1].split("&"))
    with tempfile.TemporaryDirectory(prefix="giai-copy-") as folder:
        server = ["-h", unquote(told["host"]), "-p", told["port"], "-U", "giai_owner", "-w"]
        command = [programs() / "pg_basebackup", *server, "-D", f"{folder}/copy", "-X", "fetch", "-c", "fast"]
        subprocess.run([str(word) for word in command], check=True, capture_output=True)
        owner = Path(unquote(told["host"])).stat()
        for path in (Path(folder), *Path(folder).rglob("*")):  # whose the database is: nobody else runs one on it
            os.chown(path, owner.st_uid, owner.st_gid)
        yield Path(folder) / "copy"


@contextmanager
def again(copy: Path) -> Iterator["psycopg.Connection[tuple[Any, ...]]"]:
    """A database that stands on the copy."""
    server = start_postgres(copy, fast=True)
    try:
        with psycopg.connect(server.owner_url.replace("+psycopg", ""), autocommit=True) as line:
            yield line
    finally:
        server.stop()


def closed(app: Flask, of: Council, vote: Vote) -> None:
    with app.app_context(), unit_of_work():
        of.close_vote(session.get_one(Vote, vote.id))


def test_while_it_is_open_the_database_shows_neither_whose_a_ballot_is_nor_what_it_says(app: Flask, vote: Vote) -> None:
    sealed = rows(app, "SELECT key, sealed FROM sealed_ballot")
    assert len({key for key, _content in sealed}) == 7
    assert len({len(content) for _key, content in sealed}) == 1
    assert len({bytes(content) for _key, content in sealed}) == 7
    assert rows(app, "SELECT 1 FROM ballot") == []
    people = [person for (person,) in rows(app, "SELECT person_id FROM voter")]
    guessed = {hashlib.sha256(f"{vote.id}/{person}".encode()).digest() for person in people}
    assert guessed.isdisjoint({bytes(key) for key, _content in sealed})


def test_a_ballot_opens_only_at_its_own_place(app: Flask, vote: Vote) -> None:
    with app.app_context():
        one, other, *_rest = queries.sealed_ballots(vote.id)
        seal = keys.seal_of(vote)
        assert seal is not None
        assert seal.opened(one.key, one.sealed) in {"yes", "no", "blank"}
        with pytest.raises(InvalidTag):
            seal.opened(other.key, one.sealed)
        with pytest.raises(InvalidTag):
            sealing.Seal(sealing.new_key()).opened(one.key, one.sealed)


def test_no_copy_holds_the_key_of_a_vote_and_none_brings_it_back(app: Flask, vote: Vote, postgres: Postgres) -> None:
    """All that the database writes is in the copy, sealed ballots too; what opens them is not."""
    ((key,),) = rows(app, "SELECT key FROM vote_key")
    ((sealed,),) = rows(app, "SELECT sealed FROM sealed_ballot LIMIT 1")
    ((file,),) = rows(app, "SELECT pg_relation_filepath('vote_key')")
    with copied(postgres) as copy:
        assert ((copy / f"{file}_init").exists(), (copy / file).exists()) == (True, False)
        found = [path.read_bytes() for path in copy.rglob("*") if path.is_file()]
        assert any(bytes(sealed) in content for content in found)
        assert not any(bytes(key) in content for content in found)
        with again(copy) as line:
            assert line.execute("SELECT count(*) FROM vote_key").fetchone() == (0,)
            assert line.execute("SELECT count(*) FROM sealed_ballot").fetchone() == (7,)
            assert line.execute("SELECT state FROM vote").fetchone() == ("open",)


def test_the_end_of_a_vote_leaves_no_file_with_its_key_and_keeps_the_keys_of_others(app: Flask, sits: Council) -> None:
    ((folder,),) = rows(app, "SELECT current_setting('data_directory')")
    with app.app_context(), unit_of_work():
        other = sits.open_vote()
    closed(app, sits, other)
    with app.app_context(), unit_of_work():
        keys.make(other)  # as one that is open elsewhere
        opened = sits.open_vote(reason="Bỏ phiếu lại.")
        sits.cast(opened, "yes", "no")
    kept = [tuple(each) for each in rows(app, f"SELECT * FROM vote_key WHERE vote_id = {other.id}")]
    ((file,),) = rows(app, "SELECT pg_relation_filepath('vote_key')")
    said: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(app.extensions["engine"], "before_cursor_execute", note)
    closed(app, sits, opened)
    event.remove(app.extensions["engine"], "before_cursor_execute", note)
    first = next(each for each in said if "vote_key" in each)
    assert first.startswith("LOCK TABLE"), "two that had both read would wait for each other"
    assert [tuple(each) for each in rows(app, "SELECT * FROM vote_key")] == kept
    assert rows(app, "SELECT pg_relation_filepath('vote_key')") != [(file,)], "a deleted row would lie where it lay"
    left = Path(folder) / file
    assert not left.exists() or left.stat().st_size == 0


def test_a_vote_whose_key_was_lost_is_held_anew(app: Flask, sits: Council, vote: Vote) -> None:
    """As after the machine died: the table that nothing is written down of comes back empty."""
    member, chair = Visitor(app, sits.members[0]), Visitor(app, sits.hall.chair)
    before = member.get(f"{ROOM}/tren-ban").headers["ETag"]
    address = f"{ROOM}/phieu/{vote.public_id}"
    assert chair.post(f"{address}/lam-lai").status_code == 422
    with owner_of(app).begin() as connection:
        connection.execute(text("TRUNCATE vote_key"))
    said = member.get(f"{ROOM}/tren-ban", headers={"If-None-Match": before})
    assert said.status_code == 200
    assert "Không còn mở được các phiếu đã bỏ" in said.text
    assert 'name="choice"' not in said.text
    assert cast(app, sits.members[0], vote, "yes").status_code == 422
    assert "phải làm lại từ đầu" in chair.post(f"{address}/ket-thuc").text
    assert Visitor(app, sits.hall.secretary).post(f"{address}/lam-lai").status_code == 403
    assert "Bỏ phiếu lại từ đầu" in chair.get(ROOM).text
    assert chair.post(f"{address}/lam-lai").status_code == 303
    assert chair.post(f"{address}/lam-lai").status_code == 422
    assert rows(app, "SELECT 1 FROM sealed_ballot") == []
    assert "Đã bỏ phiếu: 0/7" in chair.get(ROOM).text
    for person in sits.members[:6]:
        assert cast(app, person, vote, "yes").status_code == 303
    assert chair.post(f"{address}/ket-thuc").status_code == 303
    assert [tuple(each) for each in rows(app, "SELECT yes, no, begun_anew FROM vote")] == [(6, 0, 1)]
    asked = "SELECT convert_from(payload, 'UTF8')::jsonb #>> '{facts,lost}' FROM event WHERE kind = 'vote.begun_anew'"
    assert [tuple(each) for each in rows(app, asked)] == [("7",)]
    minutes = "bỏ phiếu kín (làm lại từ đầu 1 lần do không còn mở được 7 phiếu đã bỏ), có mặt 7/7: phát ra 7 phiếu"
    with app.app_context():
        held = session_of(sits.hall.edition, sits.hall.round, None)
        told, lines = papers.minutes(held), papers.count_minutes(held, sits.sitting)
    assert minutes in str(told)
    assert "làm lại từ đầu 1 lần" in str(lines)


def test_after_it_ballots_have_one_transaction_which_is_no_voters(app: Flask, sits: Council, vote: Vote) -> None:
    voters = {str(xmin) for (xmin,) in rows(app, "SELECT xmin FROM voter WHERE voted")}
    before = {str(xmin) for (xmin,) in rows(app, "SELECT xmin FROM sealed_ballot")}
    assert len(voters) == 7
    assert voters == before, "so it must be written anew"
    closed(app, sits, vote)
    ballots = rows(app, "SELECT xmin, cmin, xmax, number, choice FROM ballot")
    assert sorted(each.choice for each in ballots) == sorted(GIVEN)
    assert len({(str(each.xmin), str(each.cmin), str(each.xmax)) for each in ballots}) == 1
    assert {str(each.xmin) for each in ballots}.isdisjoint(voters)
    assert {str(xmin) for (xmin,) in rows(app, "SELECT xmin FROM voter WHERE voted")} == voters
    assert len({each.number for each in ballots}) == 7
    assert all(len(each.number) == 32 for each in ballots)
    assert rows(app, "SELECT 1 FROM sealed_ballot") == []


def test_where_ballots_lie_says_nothing_of_the_order_in_which_they_came(app: Flask, sits: Council) -> None:
    """Three votes in the same order: that one lies so by chance is one in 210, that all three do, nine millions."""
    orders = []
    for number, code, reason in ((0, "A", ""), (0, "A", "Bỏ phiếu lại."), (1, "B", "")):
        with app.app_context(), unit_of_work():
            if number:
                sits.turn_to(number)
            opened = sits.open_vote(number, code, reason=reason)
        for person, choice in zip(sits.members, GIVEN, strict=True):
            cast(app, person, opened, choice)
        closed(app, sits, opened)
        lying = rows(app, f"SELECT choice FROM ballot WHERE vote_id = {opened.id} ORDER BY ctid")
        numbered = rows(app, f"SELECT choice FROM ballot WHERE vote_id = {opened.id} ORDER BY number")
        orders += [tuple(each.choice for each in listed) for listed in (lying, numbered)]
    assert any(order != GIVEN for order in orders[::2])
    assert any(order != GIVEN for order in orders[1::2])


def test_no_table_keeps_time_or_person_beside_a_ballot(app: Flask, sits: Council, vote: Vote) -> None:
    columns = rows(
        app,
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_name IN ('ballot', 'sealed_ballot') ORDER BY 1, 2",
    )
    assert [tuple(each) for each in columns] == [
        ("ballot", "choice"),
        ("ballot", "number"),
        ("ballot", "vote_id"),
        ("sealed_ballot", "key"),
        ("sealed_ballot", "sealed"),
        ("sealed_ballot", "vote_id"),
    ]
    assert rows(app, "SELECT pg_get_serial_sequence('ballot', 'number')") == [(None,)]


def test_no_row_of_a_voters_transaction_tells_the_choice(app: Flask, sits: Council, vote: Vote) -> None:
    """Everything that was written when a member voted, in every table: the voter's mark and the sealed ballot alone."""
    with app.app_context():
        assert session.query(DeedKey).count() == 0, "the print of a form would tell its choice to who tries all three"
    with owner_of(app).connect() as connection:
        tables = [name for name in tables_of(connection) if not name.startswith("procrastinate")]
    cast_by = [str(xmin) for (xmin,) in rows(app, "SELECT xmin FROM voter WHERE voted")]
    listed = ",".join(f"'{xmin}'" for xmin in cast_by)
    written = {name for name in tables if rows(app, f'SELECT 1 FROM "{name}" WHERE xmin::text IN ({listed})')}
    assert written == {"voter", "sealed_ballot"}
    closed(app, sits, vote)
    written = {name for name in tables if rows(app, f'SELECT 1 FROM "{name}" WHERE xmin::text IN ({listed})')}
    assert written == {"voter"}


def test_what_a_ballot_on_paper_says_is_joined_to_no_code_and_no_voter(app: Flask) -> None:
    """Two tellers have read two papers page by page. Once they are counted no row of any table knows what one says."""
    with app.app_context(), unit_of_work():
        of = Tellers()
        (stack,) = of.hand_out(0, 1, code="B")
        of.scanned(stack, 2)
        of.takes_up(stack)
        codes = stack.codes[:2]
    page = f"{ROOM}/phieu-giay/{stack.public_id}"
    for person in of.hall.bench.judges[:2]:
        teller = Visitor(app, person)
        for number, (code, word) in enumerate(zip(codes, ("no", "yes"), strict=True), start=1):
            fields = {"code": code, "line0": "yes", "line1": word, "deed_key": f"k{person.id}{number}" * 8}
            assert teller.post(f"{page}/trang/{number}", fields).status_code == 303
    with app.app_context():
        assert session.query(DeedKey).count() == 0, "the print of a form would tell a paper to who tries its lines"
    read = [[1, [codes[0], ["yes", "no"]]], [2, [codes[1], ["yes", "yes"]]]]
    asked = "SELECT convert_from(payload, 'UTF8') FROM event WHERE kind = 'ballots.read'"
    told = {words for (words,) in rows(app, asked)}
    assert len(told) == 2
    assert not any(hashlib.sha256(canonical_json(read)).hexdigest() in each for each in told), "who has the codes tries"
    (nonce,) = {bytes(each) for (each,) in rows(app, "SELECT nonce FROM ballot_scan")}
    assert all(hashlib.sha256(nonce + canonical_json(read)).hexdigest() in each for each in told)
    with app.app_context(), unit_of_work():
        of.ends(session.get_one(Stack, stack.id))
    with owner_of(app).connect() as connection:
        tables = tables_of(connection)
    holds = {
        name: [str(each) for (each,) in rows(app, f'SELECT "{name}"::text FROM "{name}"')]
        for name in tables
        if not name.startswith("procrastinate")
    }
    words = {*codes, *(code.encode().hex() for code in codes)}
    assert [name for name, each in holds.items() if any(w in row for w in words for row in each)] == ["ballot_stack"]
    assert not any(nonce.hex() in row for each in holds.values() for row in each)
    assert [tuple(each) for each in rows(app, "SELECT papers FROM ballot_reading")] == [({},), ({},)]
    handed = {str(xmin) for (xmin,) in rows(app, "SELECT xmin FROM voter")}
    ballots = rows(app, "SELECT xmin, choice FROM ballot")
    assert sorted(each.choice for each in ballots) == ["no", "yes", "yes", "yes"]
    assert {str(each.xmin) for each in ballots}.isdisjoint(handed)
