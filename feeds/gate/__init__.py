"""The gate: what subscribers would see if a Site were published now, and whether that should stop it.

Reads the Site and what is published now; writes nothing. `feeds.diff` knows what readers notice; this package adds what
only the library knows, such as that an article was recategorised, or removed on purpose.

    published     what is published now
    site_state    the Site as a published state
    review        what readers would notice of it, and what of that should not be published
    acceptance    what an article's own file accepts
    stopping      the errors by which a publication is stopped
"""

from feeds.gate.published import check_first, find_published
from feeds.gate.review import find_reasons, review
from feeds.gate.stopping import check_ledger, stop

__all__ = ["check_first", "check_ledger", "find_published", "find_reasons", "review", "stop"]
