"""Articles as they are published: their rows, their entries, and their places.

articles                those that a change affects, in order of arrival
candidates              the text of each
departures              those that have no seed any more
publisher               what seeds and ledger say of one becomes its row and its entry
entries, links          what an entry says; `rights`: how much of it may be said, `instants`: when it was
renditions              the entry in every format, checked
places                  in feeds, archives and sitemaps
"""
