"""What the framework's application does otherwise here."""

from flask import Flask, render_template_string, request, url_for


def test_an_address_is_put_together_once_and_says_what_was_asked(app: Flask) -> None:
    with app.test_request_context():
        first = url_for("editions.home", slug="iii-2023")
        assert first == url_for("editions.home", slug="iii-2023") == "/iii-2023/"
        assert url_for("editions.home", slug="iv-2024") == "/iv-2024/"
        assert url_for("editions.home", slug="iii-2023", _external=True).startswith("http")
        assert url_for("editions.home", slug="iii-2023", loc=["a", "b"]) == "/iii-2023/?loc=a&loc=b"


def test_a_template_that_is_imported_knows_the_names_of_the_house_and_none_of_the_page(app: Flask) -> None:
    """The table of names is plain, so that looking through it costs an import nothing."""
    with app.test_request_context("/dau-tien"):
        template = app.jinja_env.from_string("{% macro here() %}{{ request.path }}{{ secret }}{% endmacro %}")
        assert type(template.globals) is dict
        page = "{% from imported import here %}{{ here() }}{{ secret }}"
        assert render_template_string(page, imported=template, secret="!") == f"{request.path}!"
