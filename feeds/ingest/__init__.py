"""Seeds -> ledger and library: only what changed, bad pages set aside and named, entries rendered on the way in.

The road inside, a module a step: `listing` (which files), `reading` (a file as a row), `identity` and `grouping` (which
are one article), `candidates` (which text it has), `instants` (when it counts as published), `publication` (its entry
and places), `renditions` (the entry in every format, checked), `run` (the steps in one transaction, and the ledger).
Import from the module: listing the seeds must not cost what rendering takes.
"""
