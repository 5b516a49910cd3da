"""The schema's history, and the one function that brings a database up to it."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alembic.config import Config


def configuration(owner_url: str) -> "Config":
    from alembic.config import Config  # heavy, and pages never need it

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = owner_url
    return config


def upgrade(owner_url: str) -> None:
    """The database at `owner_url` has the present schema and the application's role may use it."""
    from alembic import command

    command.upgrade(configuration(owner_url), "head")
