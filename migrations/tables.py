"""Every table of the house, gathered so that a migration can be compared with the models."""

import importlib
from pathlib import Path

from sqlalchemy import MetaData

from award.db import Base


def gather() -> MetaData:
    """The metadata after every room's models have been read."""
    root = Path(__file__).parent.parent
    for package in ("award", "judging"):
        for models in sorted((root / package).glob("*/models.py")):
            importlib.import_module(f"{package}.{models.parent.name}.models")
    importlib.import_module("award.doors")
    return Base.metadata


def ours(name: str | None, kind: str, *_: object) -> bool:
    """Whether the models answer for a table: those of the job queue do not belong to them."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))
