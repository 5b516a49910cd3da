import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """An empty folder that every user of the machine may enter, as the one of a project usually is."""
    folder = Path(tempfile.mkdtemp(prefix="giai-local-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
