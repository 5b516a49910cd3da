"""A person's data as one ZIP: for programs (JSON), for people (a page), the files they sent, and their sums."""

import json
from collections.abc import Iterator

from flask import current_app
from flask_babel import force_locale

from award.clock import now
from award.files.store import storage
from award.nominations.bundle import ZIP, Member, Written, stream
from award.personal import HeldFile
from award.privacy import rooms
from award.privacy.labels import labelled
from award.privacy.models import PrivacyRequest
from uploads.serve import clean_name


def write(asked: PrivacyRequest) -> Written:
    """The copy of what the asker's request is about stands in the store under its key."""
    assert asked.export_key is not None
    found = rooms.subject_of(asked.person_id, asked.rows, known=True)
    with force_locale("vi"):
        sections = rooms.told(found.subject)
    files = [
        (f"tep/{n:03d}-{clean_name(file.name)}", file) for n, file in enumerate(rooms.held_files(found.subject), 1)
    ]
    written = Written([])
    pages = [
        Member("du-lieu.json", [_for_programs(sections, files)]),
        Member("index.html", [_for_people(sections, files)]),
    ]
    storage().put_stream(asked.export_key, stream([*pages, *_sent(files)], written), ZIP)
    return written


def _sent(files: list[tuple[str, HeldFile]]) -> Iterator[Member]:
    for path, file in files:
        yield Member(path, storage().stream(file.key))


def _for_programs(sections: list[rooms.Section], files: list[tuple[str, HeldFile]]) -> bytes:
    whole = {
        "made_at": now().isoformat(),
        "tables": {section.table: list(section.rows) for section in sections},
        "files": [{"path": path, "name": file.name, "size": file.size, "sha256": file.sha256} for path, file in files],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=rooms.plain).encode()


def _for_people(sections: list[rooms.Section], files: list[tuple[str, HeldFile]]) -> bytes:
    page = current_app.jinja_env.get_template("privacy/copy.html")
    with force_locale("vi"):
        return page.render(sections=sections, files=files, labelled=labelled, made_at=now()).encode()
