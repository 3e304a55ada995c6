"""The files: which there are, and what they say, as rows of the library.

intake                 what is new, changed or gone since the last run
listing, selection     which files are seeds: all of them, or which of some that are named
unfinished             those that somebody may still be writing
seedreader, reading    those that are to be read, one by one
learning               boilerplate, where a source must be counted first
"""
