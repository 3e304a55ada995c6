"""Seeds -> ledger and library: only what changed, bad pages set aside and named, entries rendered on the way in.

The steps of `run`, in order, in one transaction; `work` is what they share, `report` what they report:

    preparation    library and ledger meet; `setback` says what the ledger has lost, `fingerprints` what is to be
                   redone, `feedrows` are the feeds
    intake         `listing` (which files), `selection` (which of some named files), `seedreader` and `reading`
                   (a file as a row), `learning` (boilerplate)
    renames        of categories that neither settings nor texts have any more
    orders         of operators; `targets` says which article is meant
    articles       `related` (which other seeds a change concerns), `assignment` (which article each is, by `identity`:
                   natural keys and ids, `grouping`: which files are one, `aliases`: which articles have a key),
                   `candidates` (which text it has), `departures` (which leave), `publication` (its row, with
                   `entries`, `instants`, `rights`, `links`), `renditions` (its entry in every format, checked),
                   `places` (in feeds), `months` (in sitemaps)
    copies         near-copies are linked
    sealing        full archives are closed; `removals` says when feeds last changed by what left or came back
    remarks        on settings and the clock: `categories`, `rules`, `clock`

Import from the module: listing the seeds must not cost what rendering takes.
"""
