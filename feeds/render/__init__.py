"""Articles and feeds as bytes: an entry once in each format, documents spliced from entries, pages for people."""
