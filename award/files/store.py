"""The object store of this application, opened once in each process."""

import logging
import os
from functools import lru_cache

from flask import current_app

from config import Settings
from uploads.scan import Scanner
from uploads.storage import Storage, StoreUnavailable

log = logging.getLogger(__name__)


def storage() -> Storage:
    """The store the settings name. Opening it speaks to nobody: the store may be down."""
    return _opened(current_app.extensions["settings"], os.getpid())


def quota() -> int:
    """How many bytes the files of one person may have together."""
    settings: Settings = current_app.extensions["settings"]
    return settings.quota_bytes


def scanner() -> Scanner | None:
    """Who looks for viruses, where somebody does."""
    settings: Settings = current_app.extensions["settings"]
    return Scanner(settings.clamav, settings.clamav_bytes) if settings.clamav else None


def prepare() -> None:
    """The bucket exists and takes parts from the pages of this application. Each process asks for that once."""
    _prepared(current_app.extensions["settings"], os.getpid())


def of_settings(settings: Settings) -> Storage:
    """The store these settings name."""
    return Storage(
        settings.s3_endpoint,
        settings.s3_bucket,
        settings.s3_access_key,
        settings.s3_secret_key,
        public_endpoint=settings.s3_public_endpoint,
        read_endpoint=settings.s3_read_endpoint,
        region=settings.s3_region,
        secure=settings.s3_secure,
        folder=settings.s3_folder,
    )


@lru_cache(maxsize=4)
def _opened(settings: Settings, _process: int) -> Storage:
    return of_settings(settings)


@lru_cache(maxsize=4)
def _prepared(settings: Settings, process: int) -> None:
    try:
        _opened(settings, process).prepare_bucket(settings.base_url)
    except StoreUnavailable as fault:
        if not fault.code:
            raise
        # The key of a shared store may use the bucket but not change it: then its keeper has set these rules.
        log.warning("the store does not let us set the rules of its bucket: %s", fault.code)
