"""A set-up goes to another house as a file and comes out the same; whatever is wrong in a file is told by its place."""

import base64
import io
import json
from typing import Any

import pytest
from flask import Flask

from award.db import session, unit_of_work
from award.editions.copying import NEVER_DESCRIBED, offers
from award.editions.described import FORM, Faults, read, written
from award.editions.models import Edition
from award.editions.operations.copying import copy_pieces, source_of, take_described
from award.editions.queries import capacity, paper_kinds, topics, with_rules
from award.people.models import Person
from tests.award.editions.test_copying import ALL, a_new_one, archived
from tests.visitor import Visitor

PLACE = "/iv-2024/thiet-lap/lay-tu-tep"


@pytest.fixture
def made(ctx: Flask) -> tuple[Edition, Edition, Person]:
    """An edition that is over, a draft, and the organiser of both."""
    with unit_of_work():
        old, organiser = archived()
        return old, a_new_one(old, organiser), organiser


def told(edition: Edition) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(written(source_of(edition.id)))
    return whole


def test_a_draft_that_takes_the_file_with_its_days_is_written_as_the_same_file(
    made: tuple[Edition, Edition, Person],
) -> None:
    old, new, organiser = made
    content = written(source_of(old.id))
    source = read(content)
    assert source.edition not in session
    read_from_it, whole = (
        {offer.piece.code: offer.what for offer in offers(each) if offer.piece.code not in NEVER_DESCRIBED}
        for each in (source, source_of(old.id))
    )
    assert read_from_it == whole
    with unit_of_work():
        by = capacity(organiser, new)
        take_described(by=by, edition=with_rules(new.id), source=source, pieces=ALL, sha256="0" * 64, with_dates=True)
    own = {"name", "ordinal", "ordinal_words", "year", "code_prefix", "illustrative"}
    before, after = json.loads(content), told(new)
    for each in (before, after):
        each["edition"] = {name: value for name, value in each["edition"].items() if name not in own}
    assert after == before
    assert [topic.parent_id is None for topic in topics(new.id)] == [True, False]
    assert paper_kinds(new.id)["decision"].number == ""


def test_a_file_from_before_prizes_named_a_loai_hinh_has_prizes_for_all(made: tuple[Edition, Edition, Person]) -> None:
    whole = told(made[0])
    del whole["prizes"][0]["categories"]
    assert read(json.dumps(whole).encode()).edition.prize_levels[0].categories == []
    whole["prizes"][0]["categories"] = None
    with pytest.raises(Faults) as faults:
        read(json.dumps(whole).encode())
    assert faults.value.where == ["prizes[0].categories"]


def test_without_its_days_it_is_what_copying_takes(made: tuple[Edition, Edition, Person]) -> None:
    old, new, organiser = made
    source = read(written(source_of(old.id)))
    with unit_of_work():
        by = capacity(organiser, new)
        copy_pieces(by=by, edition=with_rules(new.id), source=old, pieces=ALL)
    copied = told(new)
    with unit_of_work():
        take_described(by=by, edition=with_rules(new.id), source=source, pieces=ALL, sha256="0" * 64)
    assert told(new) == copied


@pytest.mark.parametrize(
    ("at", "value", "where"),
    [
        (("form",), "giai-lan/9", "form"),
        (("edition", "grace_seconds"), "120", "edition.grace_seconds"),
        (("edition", "grace_seconds"), 3601, "edition.grace_seconds"),
        (("edition", "files_follow_minutes"), 20_161, "edition.files_follow_minutes"),
        (("edition", "year"), 10**14, "edition.year"),
        (("edition", "ordinal"), 1000, "edition.ordinal"),
        (("edition", "deadline_at"), "2023-09-30T17:00:00", "edition.deadline_at"),
        (("edition", "window_from"), "30/9/2023", "edition.window_from"),
        (("edition", "name"), "a\0b", "edition.name"),
        (("clauses", 0, "code"), "khong_co", "clauses[0].code"),
        (("clauses", 0, "value"), {"lạ": 1}, "clauses[0].value"),
        (("categories", 0, "medium"), "phim", "categories[0].medium"),
        (("categories", 0, "needed"), ["khong_co"], "categories[0].needed"),
        (("categories", 0, "limits"), {"max_parts": 0}, "categories[0].limits"),
        (("categories", 0, "limits"), {"max_parts": 100_001}, "categories[0].limits"),
        (("categories", 0, "outlets"), ["lạ"], "categories[0].outlets"),
        (("outlet_kinds", 0, "licensed"), "có", "outlet_kinds[0].licensed"),
        (("papers", 0, "recitals"), ["", 1], "papers[0].recitals[1]"),
        (("categories", 0, "slots", 0, "kinds"), ["exe"], "categories[0].slots[0].kinds"),
        (("categories", 0, "slots", 0, "at_most"), 0, "categories[0].slots[0].at_most"),
        (("categories", 0, "slots", 0, "per_part"), 1, "categories[0].slots[0].per_part"),
        (("topics", 0, "below", 0, "name"), "", "topics[0].below[0].name"),
        (("rounds", 0, "scale_max"), 0, "rounds[0].scale_max"),
        (("rounds", 0, "steps_per_point"), 3, "rounds[0].steps_per_point"),
        (("rounds", 0, "shortlist_size"), 10**9, "rounds[0].shortlist_size"),
        (("rounds", 0, "criteria", 0, "weight"), 7, "rounds[0].criteria"),
        (("rounds", 0, "panels", 0, "scopes", 0, "category"), "XX", "rounds[0].panels[0].scopes[0].category"),
        (("prizes", 0, "kind"), "khac", "prizes[0].kind"),
        (("prizes", 0, "quota"), True, "prizes[0].quota"),
        (("prizes", 0, "money"), 10**12 + 1, "prizes[0].money"),
        (("bodies", 0, "form"), "hd99", "bodies[0].form"),
        (("papers", 0, "kind"), "khac", "papers[0].kind"),
        (("papers", 0, "body"), 7, "papers[0].body"),
        (("national",), 5, "national"),
        (("national", "groups"), {"IN": 5}, "national.groups"),
        (("national", "groups"), {"IN": "a\0"}, "national.groups"),
        (("national", "quota"), 0, "national.quota"),
    ],
)
def test_a_fault_is_told_by_its_place(whole: str, at: tuple[Any, ...], value: object, where: str) -> None:
    said = json.loads(whole)
    below = said
    for step in at[:-1]:
        below = below[step]
    below[at[-1]] = value
    with pytest.raises(Faults) as faults:
        read(json.dumps(said).encode())
    assert faults.value.where == [where]


@pytest.fixture(scope="module")
def whole(house: Flask) -> str:
    """The file of an edition, written once."""
    from tests.conftest import empty_tables

    with house.app_context():
        with unit_of_work():
            old, _organiser = archived()
        content = written(source_of(old.id)).decode()
    empty_tables(house)
    return content


def test_all_faults_are_told_at_once(whole: str) -> None:
    said = json.loads(whole)
    said["prizes"][0]["kind"], said["rounds"][0]["scale_max"], said["bodies"] = "x", "y", None
    said["prizes"].append(said["prizes"][0])
    with pytest.raises(Faults) as faults:
        read(json.dumps(said).encode())
    assert {"prizes[0].kind", "prizes[1]", "rounds[0].scale_max", "bodies"} <= set(faults.value.where)
    for content in (b"", b"[", b"[]", b"\xff", b"[" * 100_000, json.dumps({"form": FORM}).encode()):
        with pytest.raises(Faults):
            read(content)


def test_the_page_looks_through_the_file_and_takes_what_was_chosen(
    app: Flask, made: tuple[Edition, Edition, Person]
) -> None:
    old, new, organiser = made
    visitor = Visitor(app, organiser)
    content = visitor.get(f"/{old.slug}/thiet-lap/tep.json").data
    assert "Không có người trong tệp." in visitor.get(PLACE).text
    broken = content.replace(b'"weight": ', b'"weight": 1', 1)
    answer = visitor.post(PLACE, {"file": (io.BytesIO(broken), "a.json")}, content_type="multipart/form-data")
    assert (answer.status_code, "Chưa đọc được: rounds[0].criteria." in answer.text) == (422, True)
    answer = visitor.post(PLACE, {"file": (io.BytesIO(content), "a.json")}, content_type="multipart/form-data")
    assert answer.status_code == 200
    kept = base64.b64encode(content).decode()
    assert f'name="told" value="{kept}"' in answer.text
    assert visitor.post(PLACE, {"told": kept}).status_code == 422
    assert visitor.post(PLACE, {"told": "x", "piece": ["prizes"]}).status_code == 422
    assert with_rules(new.id).prize_levels == []
    answer = visitor.post(PLACE, {"told": kept, "piece": ["prizes", "people"]})
    assert answer.status_code == 303
    session.expire_all()
    assert [level.code for level in with_rules(new.id).prize_levels] == ["A"]
