"""Seeds -> ledger and library: only what changed, bad pages set aside and named, entries rendered on the way in.

The road inside, a module a step: `listing` (which files), `reading` (a file as a row), `identity` (natural keys, who is
the same article), `instants` (when an article counts as published), `publication` (an article with its entries and
places), `run` (the steps in one transaction, and the ledger). Import from the module: listing the seeds must not cost
what rendering them takes.
"""
