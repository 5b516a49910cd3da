"""Who may read what the house tells of itself."""

from ipaddress import ip_address


def is_this_machine(address: str | None, *, passed_on: bool) -> bool:
    """The connection comes from the machine itself, and no proxy speaks for somebody else."""
    return not passed_on and bool(address) and ip_address(address or "").is_loopback
