"""Publication: one run along the road, from the seeds to a folder that is written, whoever asked for it.

Ingests, refreshes, writes the folder and what its hosts need; a run that has nothing to do is recognised by a look at
files. Prints nothing and knows no options: the commands do.
"""
