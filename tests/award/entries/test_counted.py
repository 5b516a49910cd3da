"""What makes a dossier count: its form before its files, its organ's word, its category's own limits."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from award.clock import now, stopped_at
from award.db import session, unit_of_work
from award.editions.models import Category, Clause
from award.entries import operations, queries
from award.entries.models import Authorship, Entry, Part
from award.entries.permissions import can_follow_with_file, files_due_at
from award.people.operations import REGISTRATION, give_consent
from award.rules.eligibility import findings, worst
from award.verdicts import Refused
from tests import factories
from tests.award.entries.conftest import Scene


def say(scene: Scene, code: str, value: dict[str, Any], source: str = "Điều 7") -> None:
    with unit_of_work():
        session.add(Clause(edition_id=scene.edition_id, code=code, value=value, source=source))
        session.expire(scene.edition, ["clauses"])


def colour(scene: Scene, entry: Entry, code: str) -> str:
    found = findings(queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition))
    return worst(each for each in found if each.code == code)


def bare(scene: Scene) -> Entry:
    """A draft that lacks nothing but its files."""
    with unit_of_work():
        entry = scene.draft()
        entry.files = []
        return entry


def submit(scene: Scene, entry: Entry, **how: Any) -> None:
    with unit_of_work():
        operations.submit(by=scene.by(), edition=scene.edition, entry=entry, **{"arrived_at": now(), **how})


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    session.rollback()
    return refused.value.verdict.code


def test_without_its_files_a_form_does_not_count(scene: Scene) -> None:
    entry = bare(scene)
    assert refusal(lambda: submit(scene, entry)) == "incomplete"


def test_where_the_rules_say_so_the_form_counts_and_its_files_follow_until_they_are_due(scene: Scene) -> None:
    say(scene, "counted_in_time", {"choice": "publication"})
    entry = bare(scene)
    end = scene.edition.deadline_at
    assert end is not None
    with stopped_at(end - timedelta(seconds=1)):
        submit(scene, entry)
    due = files_due_at(scene.edition)
    assert due == end + timedelta(hours=2)
    read = queries.dossier(entry.id)
    (place,) = read.places
    owner = scene.entrant.id
    for at, allowed in ((end, True), (due - timedelta(seconds=1), True), (due, False)):
        assert bool(can_follow_with_file(owner, read, scene.edition, at, place)) is allowed
    assert not can_follow_with_file(owner + 1, read, scene.edition, end, place)
    with stopped_at(due):
        assert colour(scene, entry, "files") == "amber"
        found = findings(queries.facts_of(entry, scene.edition), queries.rule_book(scene.edition))
        assert [each.missing for each in found if each.code == "files"] == ["bản quét trang báo"]


def test_where_they_do_not_nothing_new_begins_after_the_deadline(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.submitted()
        entry.files = []
    read = queries.dossier(entry.id)
    (place,) = read.places
    assert can_follow_with_file(scene.entrant.id, read, scene.edition, now(), place).code == "late"


def test_the_organs_word_reaches_the_rules_and_ends_with_what_ended_it(scene: Scene) -> None:
    say(scene, "newsroom_confirmation", {"yes": True})
    with unit_of_work():
        entry = scene.submitted()
    assert colour(scene, entry, "newsroom_confirmation") == "amber"
    for word, verdict in ((True, "green"), (False, "red"), (None, "amber")):
        version = entry.version
        with unit_of_work():
            operations.note_confirmation(entry, confirmed=word)
        assert colour(scene, entry, "newsroom_confirmation") == verdict
        assert entry.version == version


def test_silence_is_red_only_when_the_organs_time_and_the_grace_are_over(scene: Scene) -> None:
    say(scene, "newsroom_confirmation", {"yes": True})
    with unit_of_work():
        entry = scene.submitted()
        scene.edition.confirmation_at = end = scene.edition.deadline_at
    assert end is not None
    grace = timedelta(seconds=scene.edition.grace_seconds)
    for at, verdict in ((end, "amber"), (end + grace - timedelta(seconds=1), "amber"), (end + grace, "red")):
        with stopped_at(at):
            assert colour(scene, entry, "newsroom_confirmation") == verdict


def test_a_category_counts_its_own_works(scene: Scene) -> None:
    with unit_of_work():
        other = factories.category(scene.edition, code="ĐT", name="Báo điện tử", medium="print")
        other.slots[0].at_least = 0
        session.get_one(Category, scene.category_id).limits = {"max_works_per_author": 1, "max_works_per_newsroom": 1}
        scene.submitted(title="Tác phẩm loại hình khác", category_id=other.id, genre_id=other.genres[0].id)
    with unit_of_work():
        first = scene.draft(title="Tác phẩm thứ nhất")
    assert colour(scene, first, "max_works_per_author") == "green"
    assert colour(scene, first, "max_works_per_newsroom") == "green"
    submit(scene, first)
    with unit_of_work():
        second = scene.draft(title="Tác phẩm thứ hai")
    read = queries.dossier(second.id)
    assert (read.authors[0].works, read.authors[0].works_here) == (2, 1)
    assert read.publisher_works_here == 1
    assert colour(scene, second, "max_works_per_newsroom") == "amber"


def test_a_work_counts_for_every_organ_its_parts_appeared_in_once(scene: Scene) -> None:
    say(scene, "max_works_per_newsroom", {"number": 9, "choice": "publisher"}, "khoản 6 Điều 5")
    with unit_of_work():
        listed = factories.newsroom("Đài Núi Bạc").id
        work = scene.submitted(title="Loạt bài ở hai nơi")
        work.parts[0].newsroom_id = listed
        work.parts.append(Part(ordinal=2, published_on=work.parts[0].published_on, newsroom_id=listed))
        alone = scene.submitted(title="Của riêng đài", newsroom_id=listed)
        draft = scene.draft(title="Kỳ sau ở đài")
        draft.parts[0].newsroom_id = listed
    read = queries.dossier(draft.id)
    assert (read.publisher_works, read.parts[0].outlet_works) == (1, 2), "each once, however many parts"
    assert queries.dossier(alone.id).publisher_works == 1, "the work itself is not another one"
    assert queries.dossier(work.id).parts[0].outlet_works == 1


def test_a_group_is_the_same_people_whatever_their_order(scene: Scene) -> None:
    say(scene, "max_works_per_group", {"number": 1}, "khoản 6 Điều 5")

    def work(title: str, *names: str) -> Entry:
        entry = scene.draft(factories.person(names[0]), title=title)
        entry.authors += [Authorship(ordinal=n, legal_name=name) for n, name in enumerate(names[1:], start=2)]
        entry.byline = ", ".join(names)
        session.flush()
        return entry

    with unit_of_work():
        first = work("Một", "Lê Hòa", "Trần Minh")
        operations.submit(
            by=scene.by(factories.Person(id=first.owner_id)), edition=scene.edition, entry=first, arrived_at=now()
        )
        same, other = work("Hai", "Trần Minh", "Lê Hoà"), work("Ba", "Lê Hòa", "Võ An")
    assert queries.dossier(same.id).group_works == 1
    assert colour(scene, same, "max_works_per_group") == "red"
    assert queries.dossier(other.id).group_works == 0
    assert colour(scene, other, "max_works_per_group") == "green"


def test_a_category_limits_groups_for_itself(scene: Scene) -> None:
    """Of another category the same people may have as many as they like."""
    with unit_of_work():
        session.get_one(Category, scene.category_id).limits = {"max_works_per_group": 1}
        elsewhere = factories.category(scene.edition, name="Báo điện tử", code="DT")
        entries = []
        for number, category in enumerate((None, elsewhere, None)):
            entry = scene.draft(factories.person("Lê Hòa"), title=f"Tác phẩm {number}")
            entry.authors.append(Authorship(ordinal=2, legal_name="Trần Minh"))
            entry.byline = "Lê Hòa, Trần Minh"
            if category is not None:
                entry.category_id, entry.genre_id = category.id, None
            session.flush()
            entries.append(entry)
        first, other, third = entries
        for each in (first, other):
            each.state, each.submitted_at = "submitted", now()
    assert queries.dossier(third.id).group_works_here == 1
    assert colour(scene, third, "max_works_per_group") == "amber"
    assert queries.dossier(other.id).group_works_here == 0, "its category has no limit of its own"
    assert colour(scene, other, "max_works_per_group") == "not_applicable"


def test_a_judge_by_account_is_barred_and_one_of_that_name_is_looked_at(scene: Scene) -> None:
    say(scene, "judges_enter", {"yes": False})
    say(scene, "organisers_enter", {"yes": False})
    with unit_of_work():
        factories.appointment(scene.edition, factories.person("Trần Minh"), "judge")
        entry = scene.draft()
        entry.authors.append(Authorship(ordinal=2, legal_name="Trần Minh"))
        session.flush()
    assert (colour(scene, entry, "judges_enter"), colour(scene, entry, "organisers_enter")) == ("amber", "green")
    with unit_of_work():
        factories.appointment(scene.edition, scene.entrant, "chair")
    assert (colour(scene, entry, "judges_enter"), colour(scene, entry, "organisers_enter")) == ("red", "green")
    with unit_of_work():
        factories.appointment(scene.edition, scene.entrant, "auditor")
    assert (colour(scene, entry, "judges_enter"), colour(scene, entry, "organisers_enter")) == ("red", "red")


def test_an_author_who_took_back_the_consent_is_looked_at(scene: Scene) -> None:
    with unit_of_work():
        entry = scene.draft()
        consent = give_consent(person=scene.entrant, purpose=REGISTRATION)
    assert colour(scene, entry, "consent") == "not_applicable"
    with unit_of_work():
        consent.withdrawn_at = now()
    assert colour(scene, entry, "consent") == "amber"
    with unit_of_work():
        give_consent(person=scene.entrant, purpose=REGISTRATION)
    assert colour(scene, entry, "consent") == "not_applicable"
