"""Seeds -> ledger and library: only what changed, bad pages set aside and named, entries rendered on the way in.

The steps of `run`, in order, in one transaction; `work` is what they share, `report` what they report:

    preparation    library and ledger meet; `setback` says what the ledger has lost, `fingerprints` what is to be
                   redone, `feedrows` are the feeds
    seeds          which files there are, and what they say
    renames        of categories that neither settings nor texts have any more
    orders         of operators; `targets` says which article is meant
    identity       which article each seed is
    publication    articles and their entries, in their feeds and sitemaps
    copies         near-copies are linked
    sealing        full archives are closed; `removals` says when feeds last changed by what left or came back
    remarks        on settings and the clock

`accidents` says what a cautious run, as that of a server, stops before.

Import from the module: listing the seeds must not cost what rendering takes.
"""
