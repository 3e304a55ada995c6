"""A Markdown page -> a Draft: CommonMark 0.31 with tables, struck text and bare addresses as in GFM 0.29.

document    all of it: blocks, date, dateline
blocks      the parser's events -> paragraphs, headlines, lists, rows of tables
shortcodes  what a static-site generator replaces, taken off
inline      what is within one of them
"""
