"""Which of a page's dates is its publication.

    forms         lines that hold a date, and those that hold nothing else
    address       the day that an address names
    search        the dates of a page as `candidate`s
    surroundings  what each has around it, by the patterns of `around`
    kind          what that makes of it; `decoys` are the dates of something else
    evidence      how well it dates the page
    corroboration what the dates say of each other
    openings      the one that a text begins with
    choice        that of the publication, and that of the last change
    changes       what else is said of changes
    seen          those that count from the day on which the page was seen

A page shows many dates: events, broadcasts, retrieval notes, related articles, pictures. One that is no better than
those is no answer: unknown beats a guess. `feeds.dates` reads them.
"""
