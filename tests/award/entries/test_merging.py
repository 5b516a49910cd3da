"""Two tabs, one form: no text is lost and none is overwritten unseen."""

from hypothesis import given
from hypothesis import strategies as st

from award.entries.merging import merge, news, stamp, touched

NAMES = ["title", "byline", "k2-title", "k2-link"]
TEXTS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["", "một", "hai", "ba, bốn = năm"]))


def test_a_field_nobody_else_touched_stands_as_typed() -> None:
    shown = {"title": "cũ", "byline": "Hà Vân"}
    merged = merge(stamp(shown), shown, {"title": "mới", "byline": "Hà Vân"})
    assert (merged.values, merged.conflicts) == ({"title": "mới", "byline": "Hà Vân"}, {})
    assert merged.stamp == stamp(merged.values)


def test_two_fields_changed_in_two_tabs_do_not_contest_each_other() -> None:
    seen = stamp({"title": "cũ", "byline": "Hà Vân"})
    merged = merge(seen, {"title": "cũ", "byline": "Hà Vân, Sông Mây"}, {"title": "mới"})
    assert merged.values == {"title": "mới", "byline": "Hà Vân, Sông Mây"}


def test_one_field_changed_in_two_tabs_is_contested_and_nothing_is_saved() -> None:
    seen = stamp({"title": "cũ"})
    merged = merge(seen, {"title": "của tab kia"}, {"title": "của tab này"})
    assert merged.conflicts == {"title": ("của tab này", "của tab kia")}
    assert merged.values == {"title": "của tab kia"}
    assert merge(merged.stamp, {"title": "của tab kia"}, {"title": "của tab này"}).values == {"title": "của tab này"}


def test_a_tab_that_shows_an_older_text_does_not_put_it_back_unseen() -> None:
    seen = stamp({"title": "cũ"})
    assert merge(seen, {"title": "mới"}, {"title": "cũ"}).conflicts == {"title": ("cũ", "mới")}


def test_a_form_without_a_stamp_fills_what_is_empty_and_contests_the_rest() -> None:
    merged = merge("", {"title": "", "byline": "Hà Vân"}, {"title": "mới", "byline": "Sông Mây"})
    assert merged.conflicts == {"byline": ("Sông Mây", "Hà Vân")}
    assert merge("", {"title": ""}, {"title": "mới"}).values == {"title": "mới"}


def test_words_for_a_row_removed_elsewhere_come_back_only_when_the_person_says_so() -> None:
    seen = stamp({"k2-title": "Kỳ 2", "k2-link": ""})
    typed = {"k2-title": "Kỳ 2: lời hứa", "k2-link": ""}
    told = merge(seen, {}, typed)
    assert told.conflicts == {"k2-title": ("Kỳ 2: lời hứa", "")}
    assert merge(told.stamp, {}, typed).values == {"k2-title": "Kỳ 2: lời hứa"}
    assert merge(told.stamp, {}, {"k2-title": "", "k2-link": ""}).values == {}


@given(base=TEXTS, theirs=TEXTS, yours=TEXTS)
def test_a_text_is_saved_told_or_was_already_there(
    base: dict[str, str], theirs: dict[str, str], yours: dict[str, str]
) -> None:
    merged = merge(stamp(base), theirs, yours)
    for name, text in yours.items():
        if name in merged.conflicts:
            assert merged.conflicts[name] == (text, theirs.get(name, ""))
            assert merged.values.get(name) == theirs.get(name)
        elif not merged.conflicts:
            assert merged.values.get(name, "") == text
        if not merged.conflicts and theirs.get(name, "") != text:
            assert (name in base and base[name] == theirs.get(name)) or (name not in base and not theirs.get(name, ""))
    for name in set(theirs) - set(yours):
        assert merged.values[name] == theirs[name]


@given(theirs=TEXTS, yours=TEXTS)
def test_after_being_told_the_same_form_can_always_be_saved(theirs: dict[str, str], yours: dict[str, str]) -> None:
    told = merge("", theirs, yours)
    again = merge(told.stamp, told.values, yours)
    assert again.conflicts == {}
    assert all(again.values.get(name, "") == text for name, text in yours.items())


def test_what_a_form_sends_as_it_was_given_was_not_touched() -> None:
    seen = stamp({"title": "cũ", "byline": "Hà Vân", "consent": ""})
    assert touched(seen, {"title": "cũ", "byline": "Sông Mây", "summary": "mới"}) == {
        "byline": "Sông Mây",
        "summary": "mới",
    }
    assert touched("", {"title": ""}) == {"title": ""}


def test_news_are_the_texts_the_form_shows_otherwise_and_did_not_send() -> None:
    seen = stamp({"title": "cũ", "byline": "Hà Vân", "k2-title": "Kỳ 2"})
    stands = {"title": "mới", "byline": "Hà Vân", "summary": "một dòng", "k2-title": "Kỳ hai"}
    assert news(seen, stands, {"k2-title"}) == {"title": "mới"}


@given(base=TEXTS, theirs=TEXTS, yours=TEXTS)
def test_whoever_left_a_field_alone_neither_contests_nor_replaces_it(
    base: dict[str, str], theirs: dict[str, str], yours: dict[str, str]
) -> None:
    merged = merge(stamp(base), theirs, touched(stamp(base), {**base, **yours}))
    for name in set(base) - set(yours):
        assert name not in merged.conflicts
        assert merged.values.get(name) == theirs.get(name)
