"""What the room files hands to the house."""

from flask import Flask

from award.features import Feature
from award.files import (
    answers,
    queries,
    reading,
    tasks,  # noqa: F401  (its jobs register themselves)
    words,
)
from award.files.commands import prepare_store, storage
from award.files.personal import personal
from award.files.views import blueprint


def _install(app: Flask) -> None:
    """Templates can tell the state of a file. The bucket is prepared at the first upload: the store may be down now."""
    app.jinja_env.filters.update(
        file_state=words.state_of,
        file_facts=words.facts_of,
        file_endings=words.endings,
        file_kinds=words.kind_labels,
        file_limits=words.limits,
        file_preview=answers.preview_url,
        reading_time=reading.clock,
    )


feature = Feature(
    name="files",
    blueprint=blueprint,
    commands=(prepare_store, storage),
    install=_install,
    stored_objects=queries.stored_objects,
    personal=personal,
)
