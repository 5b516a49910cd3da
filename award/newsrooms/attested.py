"""The facts of a work that its newsroom attests, and their hash. Pure."""

import hashlib
import json
from typing import Any

from award.entries.dossiers import Dossier


def facts(work: Dossier) -> dict[str, Any]:
    """What is attested: the work, where it appeared, who made it, and when each part was published or aired."""
    return {
        "title": work.title,
        "category": work.category,
        "publisher": work.publisher,
        "authors": [[author.legal_name, author.pen_name] for author in work.authors],
        "parts": [
            [part.title, part.published_on.isoformat() if part.published_on else "", part.where, part.link]
            for part in work.parts
        ],
    }


def facts_hash(work: Dossier) -> str:
    """The same for the same facts: what changes it ends an attestation, what does not leaves it standing."""
    told = json.dumps(facts(work), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()
