"""Variables that a cluster sets in every container to name its services, which are no settings. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

_HOST = "_SERVICE_HOST"
_LINK = re.compile(r"(?:tcp|udp|sctp)://\S+:\d+")


def find_service_variables(environ: Mapping[str, str]) -> frozenset[str]:
    """The names of the variables that Kubernetes sets for services ("Discovering services", "Environment variables").

    For a service `feeds` these are FEEDS_SERVICE_HOST, FEEDS_SERVICE_PORT, one for each named port, FEEDS_PORT, which
    is an address, and FEEDS_PORT_8000_TCP and the like. They count only together: FEEDS_SERVICE_PORT alone is a
    misspelt FEEDS_SERVE_PORT.
    """
    services = [name.removesuffix(_HOST) for name in environ if name.endswith(_HOST)]
    named = [re.escape(each) for each in services if _LINK.fullmatch(environ.get(f"{each}_PORT", ""))]
    of_service = re.compile(
        rf"(?:{'|'.join(named)})_"
        r"(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?|PORT|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
    )
    return frozenset(name for name in environ if of_service.fullmatch(name)) if named else frozenset()
