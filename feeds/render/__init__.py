"""An entry once, in each format; a document spliced from entries; the pages for people. One small file a format.

Never reads the store or the clock: everything it needs is handed in.
"""
