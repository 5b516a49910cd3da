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
