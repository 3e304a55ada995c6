"""The files: which there are, and what they say, as rows of the library.

intake                 what is new, changed or gone since the last run
named, findings        the same among some files that are named, and what is found in either case
listing, selection     which files are seeds: all of them, or which of those that are named
seedfile, others       a file that is one, and those beside them that are none
unfinished             those that somebody may still be writing
seedreader, reading    those that are to be read, one by one
learning               boilerplate, where a source must be counted first
"""
