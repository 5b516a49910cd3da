"""Every setting, read once from the environment into one frozen object.

    settings = config.read(os.environ)

Nothing else in the project looks at the environment. All faults are found in one pass and told together,
each as a sentence that names the variable, so an operator corrects them in one sitting.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent

SECRET_KEY_LENGTH = 32
STORE_SECRET_LENGTH = 16
DISTINCT_CHARACTERS = 8
MB, GB = 1024 * 1024, 10**9
CLAMAV_READS = 2048 * MB
PLACEHOLDERS = ("changeme", "change-me", "change_me", "secret", "password", "example", "minioadmin", "1234567890")

HOST = r"\[[0-9A-Fa-f:]+\]|[A-Za-z0-9._-]+"

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


class ConfigurationError(Exception):
    """The environment cannot be used; `faults` holds one sentence for each thing wrong with it."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the project was told at start. Whatever can hold a password stays out of its text form."""

    database_url: str = field(repr=False)
    database_owner_url: str = field(repr=False)
    s3_endpoint: str
    s3_public_endpoint: str
    s3_read_endpoint: str
    """Where browsers read, if that is another host than the one they send to; otherwise empty."""
    s3_access_key: str = field(repr=False)
    s3_secret_key: str = field(repr=False)
    s3_bucket: str
    s3_region: str
    s3_secure: bool
    s3_folder: Path | None
    """Where a store on this machine writes, if what it acknowledges is to be forced to that disk."""
    secret_key: str = field(repr=False)
    base_url: str
    mail_url: str = field(repr=False)
    quota_bytes: int
    clamav: str
    clamav_bytes: int
    demonstration: bool
    data_dir: Path
    trusted_hosts: tuple[str, ...]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    """From where a reverse proxy of ours connects; what others say of their visitors does not count."""
    breached_passwords: Path | None
    """A list of passwords that came to light elsewhere; without it only the first guesses are refused."""

    @property
    def secure_cookies(self) -> bool:
        """Cookies travel over TLS only, since every page does."""
        return self.base_url.startswith("https://")


def read(environ: Mapping[str, str]) -> Settings:
    """The settings `environ` describes, or ConfigurationError with all that is wrong with them."""
    reading = _Reading(environ)
    database_url = reading.database("DATABASE_URL")
    s3_endpoint = reading.endpoint("S3_ENDPOINT")
    base_url = reading.address("BASE_URL")
    settings = Settings(
        database_url=database_url,
        database_owner_url=reading.database("DATABASE_OWNER_URL", default=database_url),
        s3_endpoint=s3_endpoint,
        s3_public_endpoint=reading.endpoint("S3_PUBLIC_ENDPOINT", default=s3_endpoint),
        s3_read_endpoint=reading.endpoint("S3_READ_ENDPOINT", default=""),
        s3_access_key=reading.text("S3_ACCESS_KEY"),
        s3_secret_key=reading.secret("S3_SECRET_KEY", length=STORE_SECRET_LENGTH),
        s3_bucket=reading.bucket("S3_BUCKET", default="giai"),
        s3_region=reading.text("S3_REGION", default="us-east-1"),
        s3_secure=reading.flag("S3_SECURE", default=True),
        s3_folder=reading.folder("S3_FOLDER"),
        secret_key=reading.secret("SECRET_KEY", length=SECRET_KEY_LENGTH),
        base_url=base_url,
        mail_url=reading.mail("MAIL_URL"),
        quota_bytes=reading.number("QUOTA_GB", default=500) * GB,
        clamav=reading.scanner("CLAMAV"),
        clamav_bytes=reading.number("CLAMAV_MAX_MB", default=100) * MB,
        demonstration=reading.flag("DEMONSTRATION", default=False),
        data_dir=Path(reading.text("DATA_DIR", default=str(ROOT / "var"))).absolute(),
        trusted_hosts=reading.hosts("TRUSTED_HOSTS", default=_host(base_url)),
        trusted_proxies=reading.networks("TRUSTED_PROXIES"),
        breached_passwords=reading.file("BREACHED_PASSWORDS"),
    )
    if settings.secure_cookies and not settings.s3_secure:
        reading.fault("S3_SECURE is off while BASE_URL is https: browsers refuse such files; give the store TLS.")
    for name, endpoint in (
        ("S3_PUBLIC_ENDPOINT", settings.s3_public_endpoint),
        ("S3_READ_ENDPOINT", settings.s3_read_endpoint),
    ):
        if endpoint and base_url and _host(base_url) == endpoint.partition(":")[0]:
            reading.fault(f"{name} must be another host name than BASE_URL: what people sent would share its cookies.")
    if settings.clamav_bytes >= CLAMAV_READS:
        reading.fault("CLAMAV_MAX_MB must be below 2048: ClamAV reads no larger file, and says that it is clean.")
    if reading.faults:
        raise ConfigurationError(tuple(reading.faults))
    return settings


class _Reading:
    """One pass over the environment: answers with a value of the right type, and keeps each fault."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.faults: list[str] = []

    def fault(self, sentence: str) -> None:
        self.faults.append(sentence)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environ.get(name, "").strip()
        if value:
            return value
        if default is None:
            self.fault(f"{name} is not set.")
            return ""
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name, default="1" if default else "0").lower()
        if value not in TRUE_WORDS | FALSE_WORDS:
            self.fault(f"{name} must be 1 or 0, not “{value}”.")
            return default
        return value in TRUE_WORDS

    def number(self, name: str, *, default: int) -> int:
        value = self.text(name, default=str(default))
        if not re.fullmatch(r"[1-9][0-9]{0,8}", value):
            self.fault(f"{name} must be a whole number from 1, not “{value}”.")
            return default
        return int(value)

    def database(self, name: str, default: str | None = None) -> str:
        value = self.text(name, default)
        if not value or value == default:
            return value
        scheme, separator, rest = value.partition("://")
        if not separator or scheme not in {"postgresql", "postgres", "postgresql+psycopg"}:
            self.fault(f"{name} must begin with postgresql://, since PostgreSQL is the only database this runs on.")
            return value
        if not re.match(r"[^/]*/[^/?]+", rest):
            self.fault(f"{name} must name a database, as in postgresql://user@host/database.")
        elif (far := _far_database(value)) and "verify-full" not in parse_qs(urlsplit(value).query).get("sslmode", []):
            self.fault(
                f"{name} must have ?sslmode=verify-full, since {far} is not this machine: "
                "whoever stands between could read everything, or pass for the database."
            )
        return f"postgresql+psycopg://{rest}"

    def endpoint(self, name: str, default: str | None = None) -> str:
        value = self.text(name, default)
        if value and value != default and not re.fullmatch(rf"({HOST})(:[0-9]{{1,5}})?", value):
            self.fault(f"{name} must be a host or host:port without http:// and without a path, not “{value}”.")
        return value

    def bucket(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{1,61}[a-z0-9]", value):
            self.fault(f"{name} must be 3 to 63 small letters, digits and hyphens, not “{value}”.")
        return value

    def secret(self, name: str, *, length: int) -> str:
        value = self.text(name)
        if not value:
            return ""
        if len(value) < length:
            self.fault(f"{name} must have at least {length} characters; this one has {len(value)}.")
        elif len(set(value)) < DISTINCT_CHARACTERS or any(word in value.lower() for word in PLACEHOLDERS):
            self.fault(f"{name} looks like a placeholder: use random characters, as from `openssl rand -hex 32`.")
        return value

    def address(self, name: str) -> str:
        value = self.text(name).rstrip("/")
        parts = re.fullmatch(rf"(https?)://({HOST})(:[0-9]{{1,5}})?", value)
        if value and not parts:
            self.fault(f"{name} must be the address of the site alone, as in https://giai.example.vn, not “{value}”.")
        elif parts and parts[1] == "http" and not _is_loopback(parts[2]):
            self.fault(f"{name} must be https, since {parts[2]} is not this machine: passwords would be readable.")
        return value

    def mail(self, name: str) -> str:
        value = self.text(name, default="")
        if value and not re.fullmatch(rf"smtps?://([^@/]+@)?({HOST})(:[0-9]{{1,5}})?/?", value):
            self.fault(f"{name} must be empty (mail stays in the local outbox) or like smtp://user:password@host:587.")
        return value

    def file(self, name: str) -> Path | None:
        value = self.text(name, default="")
        if value and not Path(value).is_file():
            self.fault(f"{name} must be empty or a file that is there, not “{value}”.")
        return Path(value) if value else None

    def folder(self, name: str) -> Path | None:
        value = self.text(name, default="")
        if value and not Path(value).is_dir():
            self.fault(f"{name} must be empty or a folder that is there, not “{value}”.")
        return Path(value) if value else None

    def scanner(self, name: str) -> str:
        value = self.text(name, default="")
        if value and not re.fullmatch(rf"/.+|({HOST}):[0-9]{{1,5}}", value):
            self.fault(f"{name} must be host:port of clamd or the path of its socket, not “{value}”.")
        return value

    def hosts(self, name: str, default: str) -> tuple[str, ...]:
        hosts = tuple(part.strip() for part in self.text(name, default).split(",") if part.strip())
        for host in hosts:
            if not re.fullmatch(HOST, host):
                self.fault(f"{name} must be host names without port, separated by commas; “{host}” is not one.")
        return hosts

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        found = []
        for part in filter(None, (part.strip() for part in self.text(name, default="").split(","))):
            try:
                found.append(ip_network(part))
            except ValueError:
                self.fault(f"{name} must be addresses or networks, as in 127.0.0.1,10.0.3.0/24; “{part}” is not one.")
        return tuple(found)


def _far_database(address: str) -> str:
    """The host the database is on, where that is another machine: neither loopback nor a socket's folder."""
    said = urlsplit(address)
    hosts = parse_qs(said.query).get("host", [said.hostname or ""])
    return next((host for host in hosts if host and not host.startswith("/") and not _is_loopback(host)), "")


def _host(address: str) -> str:
    found = re.match(rf"https?://({HOST})", address)
    return found[1] if found else ""


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
