"""No table and no column can be forgotten: each says what it is to a person."""

import re
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint, Column, Table

from award.personal import KINDS, Holding
from award.privacy.labels import labelled
from award.sealed import Sealed
from migrations.tables import gather
from wsgi import FEATURES

HOLDINGS = {
    holding.table.name: holding for room in FEATURES if room.personal is not None for holding in room.personal.holdings
}
TABLES = sorted(gather().tables.values(), key=lambda table: table.name)


def test_every_table_is_declared_by_one_room() -> None:
    declared = Counter(
        holding.table.name for room in FEATURES if room.personal is not None for holding in room.personal.holdings
    )
    assert {table.name for table in TABLES} == set(declared)
    assert [name for name, rooms in declared.items() if rooms > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_said_to_be_personal_or_not(table: Table) -> None:
    holding = HOLDINGS[table.name]
    said = Counter(holding.columns(*KINDS))
    columns = {column.name for column in table.columns}
    assert columns - set(said) == set(), "columns nobody spoke of"
    assert set(said) - columns == set(), "columns that are not there"
    assert [name for name, times in said.items() if times > 1] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_what_leads_to_a_person_is_never_plain(table: Table) -> None:
    holding = HOLDINGS[table.name]
    to_people = [column.name for column in table.columns if _leads_to_people(column)]
    assert set(to_people).isdisjoint(holding.columns("plain", "free", "reserved"))


def _leads_to_people(column: Column[object]) -> bool:
    return any(key.target_fullname in {"person.id", "user_account.id"} for key in column.foreign_keys)


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=lambda holding: str(holding.table.name))
def test_what_is_personal_can_be_found_and_what_stays_has_its_reason(holding: Holding) -> None:
    if holding.personal:
        assert holding.whose is not None, "nobody could be told of it"
    if holding.whose is not None:
        assert holding.columns("personal", "free", "record"), "there is nothing to tell"
    if holding.record:
        assert holding.stays, "it stays without a reason"


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=lambda holding: str(holding.table.name))
def test_what_a_person_is_told_has_a_name_in_words(holding: Holding) -> None:
    told = [name for name in holding.columns("personal", "free", "record") if not name.endswith(("_folded", "_key"))]
    assert [name for name in told if name == labelled(name, None)[0]] == []


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=lambda holding: str(holding.table.name))
def test_what_programs_know_by_a_word_is_told_in_words(holding: Holding) -> None:
    told = set(holding.columns("personal", "free", "record"))
    checks = (str(each.sqltext) for each in holding.table.constraints if isinstance(each, CheckConstraint))
    found = (re.fullmatch(r"(\w+) IN \((.*)\)", check) for check in checks)
    known = [(of[1], value) for of in found if of and of[1] in told for value in re.findall(r"'(\w+)'", of[2])]
    assert [(column, value) for column, value in known if labelled(column, value)[1] == value] == []


def test_bank_data_stand_sealed_in_one_table_and_no_identity_card_is_asked_for() -> None:
    """That table is emptied at payment, and nothing in it can be read without the secret of the house."""
    asked_for = re.compile(r"bank|iban|account_number|tax_code|identity_card|citizen|cccd|passport", re.I)
    found = [str(column) for table in TABLES for column in table.columns if asked_for.search(column.name)]
    assert found == ["bank_account.bank"]
    columns = HOLDINGS["bank_account"].table.c
    assert all(isinstance(columns[name].type, Sealed) for name in ("holder", "number", "bank"))
    spoken = [*Path("award").rglob("*.py"), *Path("judging").rglob("*.py"), *Path("templates").rglob("*.html")]
    assert [path for path in spoken if re.search(r"(?i)căn cước|CMND|CCCD", path.read_text())] == []
