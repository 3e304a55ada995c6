"""Publication: one run along the road, from the seeds to a folder that is written, whoever asked for it.

    last_run       whether there is anything to do, by a look at files; `fingerprint`: that of the output folder
    run            ingests, refreshes, writes the folder and what its hosts need
    target         which folders it doesn't write into; `moves`: what it says of feeds that have moved
    published      what it did

Prints nothing and knows no options: the commands do.
"""
