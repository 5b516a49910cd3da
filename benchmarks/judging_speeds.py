"""How long the heavy parts of judging take: sharing out works, and checking a log of a million events."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from award.log.notes import Signer, checkpoint_text
from award.log.operations import canonical_json
from judging.panels.dealing import Share, deal
from judging.proof.verifier.evidence import roots
from judging.proof.verifier.one_file import assembled

SIZES = ((300, 12, 1.0), (2000, 60, 15.0))
"""Works, judges, and the seconds that sharing them out may take."""
READINGS, KEPT_FROM = 3, 0.05
EVENTS, CHECK_SECONDS = 1_000_000, 10.0


def sharing_out(works: int, judges: int, seed: int) -> float:
    """Seconds of the processor until every work has three readers, one pair in twenty being kept apart."""
    random = np.random.default_rng(seed)
    minutes = dict(enumerate(random.integers(3, 40, works).tolist()))
    apart = random.random((judges, works)) < KEPT_FROM
    blocked = {(int(seat), int(work)) for seat, work in np.argwhere(apart)}
    begun = time.process_time()
    dealt = deal([Share(range(judges), minutes, READINGS)], blocked=blocked, standing={}, last={}, seed=f"s{seed}")
    spent = time.process_time() - begun
    assert sum(not one.blocked for one in dealt) == READINGS * works, "every work has its readers"
    return spent


def checking(events: int) -> float:
    """Seconds of the processor until the verifier, a program of its own, finds that a log of so many events fits."""
    with tempfile.TemporaryDirectory(prefix="giai-log-") as folder:
        _written(Path(folder), events)
        verifier = Path(folder, "verify.py")
        verifier.write_text(assembled())
        begun = _of_children()
        checked = subprocess.run(
            [sys.executable, "-I", str(verifier), folder], capture_output=True, text=True, check=False
        )
        spent = _of_children() - begun
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return spent


def _of_children() -> float:
    """What programs that this one started and that have ended took of the processor, for themselves and the system."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _written(folder: Path, events: int) -> None:
    """Evidence without a closed round: events as the house writes them, every tenth a sheet, and ten checkpoints."""
    by = Signer("example.org/giai/1", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    payloads = [canonical_json(_event(number)) for number in range(1, events + 1)]
    (folder / "events.ndjson").write_bytes(b"\n".join(payloads) + b"\n")
    (folder / "checkpoints").mkdir()
    for size, root in roots(payloads, range(events // 10, events + 1, events // 10)).items():
        (folder / "checkpoints" / f"{size:07}.txt").write_text(by.sign(checkpoint_text(by.name, size, root)))
    outcome = json.dumps({"edition": 1, "works": [], "rounds": [], "votes": [], "prizes": [], "handed_down": 0}) + "\n"
    files = {"key.txt": by.verifier_key, "rules.json": '{"prizes":[],"rounds":[]}', "result.json": outcome}
    files |= {f"{name}.ndjson": "" for name in ("sheets", "revisions", "zones", "corrections", "ballots")}
    for name, text in (files | {"result.json.sig": by.sign(outcome)}).items():
        (folder / name).write_text(text)


def _event(number: int) -> dict[str, object]:
    sheet = number % 10 == 0
    facts = {"assignment": number, "entry": number % 319, "commitment": f"{number:064x}"}
    return {
        "v": 1,
        "seq": number,
        "award": 1,
        "at": "2023-10-10T09:00:00.000000+00:00",
        "kind": "sheet.sent" if sheet else "entry.changed",
        "actor": number % 97,
        "subject": ["score_sheet" if sheet else "entry", number],
        "facts": facts if sheet else {"version": number % 7},
    }
