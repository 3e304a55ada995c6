"""Which article each seed is, and its id.

keys          natural keys, by which a text is known
related       which other seeds a change concerns
aliases       which articles have a natural key already, as the ledger says, or files that are not published
erased        which seeds are of erased articles
groups        what is known of seeds and articles, and a group of seeds
joining       which seeds are one article, and which only claim to be
grouping      the same until the next run would find what this one did
likeness      whether two texts are two articles
ids           what is minted once: the id, and the path of the page
assignment    all this for the seeds that changed
"""
