"""The browser without a screen finds forms as a browser would send them."""

from http.client import HTTPMessage

import pytest

from demonstration.season.browser import Page, Unexpected

_HTML = """
<form action="/a" method="post" id="one">
  <input type="hidden" name="csrf_token" value="t&amp;1">
  <input name="gone" value="x" disabled>
  <input type="checkbox" name="kind" value="1" checked><span>Báo in</span>
  <input type="checkbox" name="kind" value="2"><span>Báo điện tử</span>
  <select name="level"><option value="A">Giải A</option><option value="B">Giải B</option></select>
  <textarea name="reason">
Vì "hay" &amp; đúng</textarea>
  <input type="file" name="file"><button name="act" value="save">Lưu</button>
</form>
<button form="one" formaction="/b">Gửi</button>
<form action="/c" method="post"><button>Thôi</button></form>
"""


def _page(html: str) -> Page:
    return Page(200, "http://127.0.0.1/x", html, html.encode(), HTTPMessage())


def test_a_form_holds_what_a_browser_would_send() -> None:
    form = _page(_HTML).form(action="/a")
    assert form.pairs() == [
        ("csrf_token", "t&1"),
        ("kind", "1"),
        ("level", "A"),
        ("reason", 'Vì "hay" & đúng'),
    ]
    assert [(each.words, each.name, each.action) for each in form.buttons] == [("Lưu", "act", ""), ("Gửi", "", "/b")]


def test_options_and_boxes_are_chosen_by_their_words() -> None:
    form = _page(_HTML).form(field="kind")
    form.choose("kind", "Báo in", "Báo điện tử").choose("level", "Giải B")
    assert form.fields["kind"] == ["1", "2"]
    assert form.fields["level"] == ["B"]


def test_what_the_page_does_not_offer_cannot_be_sent() -> None:
    form = _page(_HTML).form(button="Lưu")
    with pytest.raises(Unexpected):
        form.fill(gone="y")
    with pytest.raises(Unexpected):
        form.choose("level", "Giải C")
    with pytest.raises(Unexpected):
        _page(_HTML).form(button="Xóa")
