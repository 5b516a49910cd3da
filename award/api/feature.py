"""What the room api hands to the house."""

from flask import Flask

from award.api import (
    hooks,
    operations,
    pages,
    tasks,
    views,  # noqa: F401 - its doors stand on the blueprint
)
from award.api.described import blueprint
from award.api.personal import personal
from award.features import Feature


def _install(app: Flask) -> None:
    """A program shows its key with every request: what a page elsewhere makes a browser send has none."""
    app.extensions["csrf"].exempt(blueprint)
    app.register_blueprint(pages.blueprint)


feature = Feature(
    name="api", blueprint=blueprint, install=_install, personal=personal, on_taken_back=operations.taken_back
)

__all__ = ["feature", "hooks", "tasks"]
