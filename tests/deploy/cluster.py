"""The store of deploy/compose.yaml on loopback: a master, two volume servers, a filer that speaks S3."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from secrets import token_hex

import urllib3
import yaml
from minio import Minio
from minio.error import MinioException

import config
from uploads.local import TWIN, _free

BUCKET = "giai"
START_SECONDS = 120


def ports(count: int) -> list[int]:
    """Free together with their twins, where the parts of the store speak to each other."""
    found: list[int] = []
    candidate = 20_000 + int.from_bytes(os.urandom(2), "big") % 2000
    while len(found) < count:
        candidate += 1
        if _free(candidate):
            found.append(candidate)
    return found


class Cluster:
    """The same programs with the same words, but for names and ports."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.key, self.secret = "cluster-access", token_hex(16)
        names = ("master", "volume1", "volume2", "filer", "s3")
        self._ports = dict(zip(names, ports(len(names)), strict=True))
        self.endpoint = f"127.0.0.1:{self._ports['s3']}"
        signing = ("SIGNING", "SIGNING_READ", "FILER_SIGNING", "FILER_SIGNING_READ")
        self._environment = {"PATH": os.defpath, "HOME": str(folder), "TMPDIR": str(folder)}
        self._environment |= {f"WEED_JWT_{name}_KEY": token_hex(32) for name in signing}
        self._environment |= {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret}
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Cluster":
        for name in ("master", "volume1", "volume2", "filer"):
            self.start(name)
        self._until_it_takes_objects()
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._running.values()):
            process.kill()
            process.wait()

    def start(self, name: str) -> None:
        data = self._folder / name
        data.mkdir(exist_ok=True)
        services = yaml.safe_load((config.ROOT / "deploy" / "compose.yaml").read_text())["services"]
        words = [self._here(word, data) for word in services[name]["command"][1:]]
        own = self._ports[name]
        words += [f"-port={own}", f"-port.grpc={own + TWIN}", "-ip.bind=127.0.0.1"]
        if name.startswith("volume"):
            words.append("-ip=127.0.0.1")
        with (self._folder / f"{name}.log").open("ab") as log:
            weed = Path(sys.executable).with_name("weed")
            self._running[name] = subprocess.Popen(
                [weed, *words], cwd=data, env=self._environment, stdout=log, stderr=log
            )

    def kill(self, name: str) -> None:
        self._running[name].send_signal(signal.SIGKILL)
        self._running[name].wait()

    def log(self, name: str) -> str:
        return (self._folder / f"{name}.log").read_text(errors="replace")[-2000:]

    def _here(self, word: str, data: Path) -> str:
        master = self._ports["master"]
        for shipped, here in (
            ("=master:9333", f"=127.0.0.1:{master}.{master + TWIN}"),
            ("-ip=master", "-ip=127.0.0.1"),
            ("-ip=filer", "-ip=127.0.0.1"),
            ("=/data", f"={data}"),
            ("-s3.port=8333", f"-s3.port={self._ports['s3']}"),
        ):
            word = word.replace(shipped, here)
        return word

    def _until_it_takes_objects(self) -> None:
        http = urllib3.PoolManager(retries=False, timeout=5)
        client = Minio(self.endpoint, self.key, self.secret, secure=False, region="us-east-1", http_client=http)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with suppress(MinioException, urllib3.exceptions.HTTPError):
                if not client.bucket_exists(BUCKET):
                    client.make_bucket(BUCKET)
                client.put_object(BUCKET, "first", BytesIO(b"x"), 1)
                return
            time.sleep(0.1)
        raise AssertionError(self.log("filer"))
