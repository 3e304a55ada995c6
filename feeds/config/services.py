"""Variables that a cluster sets in every container to name its services, which are no settings. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOST = "_SERVICE_HOST"
_PORT = re.compile(r"_PORT(?:_\d+_(?:TCP|UDP|SCTP))?\Z")
_LINK = re.compile(r"(?:tcp|udp|sctp)://\S+:\d+")


def find_service_variables(environ: Mapping[str, str]) -> frozenset[str]:
    """The names of the variables that Kubernetes sets for services ("Discovering services", "Environment variables").

    For a service `feeds` these are FEEDS_SERVICE_HOST, FEEDS_SERVICE_PORT, one for each named port, FEEDS_PORT, which
    is an address, and FEEDS_PORT_8000_TCP and the like. They count only together: FEEDS_SERVICE_PORT alone is a
    misspelt FEEDS_SERVE_PORT. Beside a service `feeds-serve`, that one is a setting where it is no address.
    """
    addresses = {name for name, value in environ.items() if _LINK.fullmatch(value)}
    linked = {_PORT.sub("", name) for name in addresses}
    services = {name.removesuffix(_HOST) for name in environ if name.endswith(_HOST)} & linked
    if not services:
        return frozenset()
    of_service = re.compile(
        rf"(?:{'|'.join(map(re.escape, sorted(services)))})_"
        r"(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
    )
    own = {f"{each}_PORT" for each in services} - addresses
    return frozenset(name for name in environ if of_service.fullmatch(name)) - own
