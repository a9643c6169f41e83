"""Mail addresses that are thrown away after a while."""

from disposable_email_domains import blocklist


def disposable_domain(address: str) -> str:
    """The domain of an address, if it belongs to a service that throws its mail away."""
    domain = address.rpartition("@")[2]
    labels = domain.split(".")
    known = any(".".join(labels[start:]) in blocklist for start in range(len(labels) - 1))
    return domain if known else ""


def is_disposable(address: str) -> bool:
    """Whether the address belongs to a service that throws its mail away after a while."""
    return bool(disposable_domain(address))
