"""Where the peers are installed: each in an environment of its own below var/, from a list locked beside this file."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import config

FOLDER = config.ROOT / "var" / "peers"
UV = Path(sys.executable).with_name("uv")


class Missing(Exception):
    """Why a peer cannot be measured here."""


def installed(name: str) -> Path:
    """The folder of the peer's programs; it holds what its lock names, and is made once."""
    lock = Path(__file__).with_name(f"{name}.lock")
    home, wanted = FOLDER / name, hashlib.sha256(lock.read_bytes()).hexdigest()
    kept = home / "installed.txt"
    if not kept.exists() or kept.read_text() != wanted:
        print(f"installing {name}…", flush=True)
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        own = {"UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", **os.environ}
        make = [UV, "venv", "--quiet", "--python", sys.executable, home / "environment"]
        fill = [UV, "pip", "install", "--quiet", "--require-hashes", "--python", home / "environment", "-r", lock]
        for command in (make, fill):
            done = subprocess.run(command, env=own, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Missing(f"{name} could not be installed: {done.stderr.strip()[-600:]}")
        kept.write_text(wanted)
    return home / "environment" / "bin"


def redis() -> Path:
    """The program both peers keep their sessions and caches in: the system's, which root is brought by apt."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if found is None and os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
        apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
        for words in (["update"], ["install", "-y", "--no-install-recommends", "redis-server"]):
            subprocess.run([*apt, *words], env=quiet, capture_output=True, check=False)
        found = shutil.which("redis-server")
    if found is None:
        raise Missing("the peers need redis: apt install redis-server")
    return Path(found)
