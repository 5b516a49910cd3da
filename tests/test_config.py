from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

import config

GOOD = {
    "DATABASE_URL": "postgresql://giai_app:Zq9@db.internal:5432/giai?sslmode=verify-full",
    "S3_ENDPOINT": "files.internal:8333",
    "S3_ACCESS_KEY": "pN5sJw",
    "S3_SECRET_KEY": "u8Yc1Qz7LwRb0TfKpXnE",
    "SECRET_KEY": "kM3vX9qB7tLz2WcRf8Yh5NjPd0SgUaEi",
    "BASE_URL": "https://giai.baochi.vn",
}


def faults(**changes: str) -> tuple[str, ...]:
    with pytest.raises(config.ConfigurationError) as caught:
        config.read({**GOOD, **changes})
    assert str(caught.value) == "\n".join(caught.value.faults)
    return caught.value.faults


def test_what_is_not_said_has_a_safe_answer() -> None:
    settings = config.read(GOOD)
    assert settings.database_url == "postgresql+psycopg://giai_app:Zq9@db.internal:5432/giai?sslmode=verify-full"
    assert settings.database_owner_url == settings.database_url
    assert (settings.s3_public_endpoint, settings.s3_read_endpoint) == ("files.internal:8333", "")
    assert settings.s3_secure
    assert settings.s3_folder is None
    assert settings.s3_bucket == "giai"
    assert settings.mail_url == ""
    assert settings.quota_bytes == 500 * 10**9
    assert not settings.demonstration
    assert settings.breached_passwords is None
    assert settings.trusted_hosts == ("giai.baochi.vn",)
    assert settings.trusted_proxies == ()
    assert settings.data_dir == Path(config.__file__).resolve().parent / "var"
    assert settings.secure_cookies


def test_what_is_said_is_taken() -> None:
    settings = config.read(
        {
            **GOOD,
            "BASE_URL": "http://127.0.0.1:8000/",
            "DATABASE_URL": "postgresql+psycopg://giai_app@/giai?host=/run/giai",
            "DATABASE_OWNER_URL": "postgres://giai_owner@/giai?host=/run/giai",
            "S3_PUBLIC_ENDPOINT": "localhost:8333",
            "S3_READ_ENDPOINT": "localhost:8334",
            "S3_SECURE": "off",
            "S3_FOLDER": "/srv",
            "S3_BUCKET": "giai-2023",
            "S3_REGION": "hn-1",
            "MAIL_URL": "smtp://user:pass@mail.internal:587",
            "DEMONSTRATION": "yes",
            "DATA_DIR": "/srv/giai",
            "TRUSTED_HOSTS": "giai.baochi.vn, www.giai.baochi.vn,",
            "TRUSTED_PROXIES": "127.0.0.1, 10.0.3.0/24",
            "QUOTA_GB": "40",
            "CLAMAV": "/run/clamav/clamd.ctl",
            "CLAMAV_MAX_MB": "25",
        }
    )
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database_url == "postgresql+psycopg://giai_app@/giai?host=/run/giai"
    assert settings.database_owner_url == "postgresql+psycopg://giai_owner@/giai?host=/run/giai"
    assert (settings.s3_public_endpoint, settings.s3_read_endpoint) == ("localhost:8333", "localhost:8334")
    assert not settings.s3_secure
    assert settings.s3_folder == Path("/srv")
    assert settings.quota_bytes == 40 * 10**9
    assert (settings.clamav, settings.clamav_bytes) == ("/run/clamav/clamd.ctl", 25 * 1024**2)
    assert (settings.s3_bucket, settings.s3_region) == ("giai-2023", "hn-1")
    assert settings.mail_url == "smtp://user:pass@mail.internal:587"
    assert settings.demonstration
    assert settings.data_dir == Path("/srv/giai")
    assert settings.trusted_hosts == ("giai.baochi.vn", "www.giai.baochi.vn")
    assert [str(each) for each in settings.trusted_proxies] == ["127.0.0.1/32", "10.0.3.0/24"]
    assert not settings.secure_cookies


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(config.ConfigurationError) as caught:
        config.read({})
    named = {sentence.split()[0] for sentence in caught.value.faults}
    assert named == {"DATABASE_URL", "S3_ENDPOINT", "BASE_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY", "SECRET_KEY"}
    assert all(sentence.endswith("is not set.") for sentence in caught.value.faults)


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("SECRET_KEY", "kM3vX9qB7tLz", "at least 32 characters; this one has 12"),
        ("SECRET_KEY", "change-me-kM3vX9qB7tLz2WcRf8Yh5NjPd0SgUaEi", "placeholder"),
        ("SECRET_KEY", "a" * 40, "placeholder"),
        ("S3_SECRET_KEY", "minioadmin", "at least 16"),
        ("S3_SECRET_KEY", "minioadmin-minioadmin", "placeholder"),
        ("BASE_URL", "http://giai.baochi.vn", "must be https"),
        ("BASE_URL", "http://127.0.0.1.baochi.vn", "must be https"),
        ("BASE_URL", "https://giai.baochi.vn/app", "address of the site alone"),
        ("BASE_URL", "https://user@giai.baochi.vn", "address of the site alone"),
        ("BASE_URL", "https://[", "address of the site alone"),
        ("BASE_URL", "giai.baochi.vn", "address of the site alone"),
        ("DATABASE_URL", "sqlite:///giai.db", "must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://giai_app@db.internal", "must name a database"),
        ("DATABASE_OWNER_URL", "mysql://db/giai", "must begin with postgresql://"),
        ("DATABASE_URL", "postgresql://giai_app@db.internal/giai", "verify-full, since db.internal is not"),
        ("DATABASE_URL", "postgresql://giai_app@/giai?host=10.0.3.9&sslmode=require", "verify-full, since 10.0.3.9"),
        ("S3_ENDPOINT", "http://files.internal:8333", "without http://"),
        ("S3_PUBLIC_ENDPOINT", "files.baochi.vn/giai", "without a path"),
        ("S3_PUBLIC_ENDPOINT", "giai.baochi.vn:8443", "another host name"),
        ("S3_READ_ENDPOINT", "giai.baochi.vn:8444", "another host name"),
        ("S3_BUCKET", "Giải", "small letters"),
        ("S3_SECURE", "maybe", "must be 1 or 0"),
        ("S3_SECURE", "0", "give the store TLS"),
        ("DEMONSTRATION", "2", "must be 1 or 0"),
        ("MAIL_URL", "http://mail.internal", "must be empty"),
        ("CLAMAV", "tcp://scanner", "host:port of clamd"),
        ("CLAMAV_MAX_MB", "2048", "below 2048"),
        ("TRUSTED_HOSTS", "giai.baochi.vn:443", "host names without port"),
        ("TRUSTED_PROXIES", "127.0.0.1,nginx", "addresses or networks"),
        ("S3_FOLDER", "/nowhere/store", "a folder that is there"),
        ("BREACHED_PASSWORDS", "/nowhere/listed.txt", "a file that is there"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(name: str, value: str, part: str) -> None:
    (sentence,) = faults(**{name: value})
    assert sentence.startswith(name)
    assert part in sentence


def test_no_secret_is_printed_with_the_settings() -> None:
    shown = repr(config.read(GOOD))
    for name in ("DATABASE_URL", "S3_SECRET_KEY", "SECRET_KEY", "S3_ACCESS_KEY"):
        assert repr(GOOD[name]) not in shown
    assert "Zq9" not in shown


def test_settings_cannot_be_changed_afterwards() -> None:
    with pytest.raises(FrozenInstanceError):
        config.read(GOOD).demonstration = True  # type: ignore[misc]
