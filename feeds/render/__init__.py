"""An entry once, in each format; a document spliced from entries; the pages for people. One small file a format.

    formats                 the feed formats by name: `atom`, `rss`, `json_feed`
    elements                Atom and RSS, by feedgen; `entry_templates`: the same entries, filled in quickly
    body                    the text of an article in HTML; `shell`: a document around entries
    opml, sitemap           lists of feeds and pages
    pages                   the pages for people, of the records in `views`; `phrases`: times and counts in words;
                            `compiled`: their templates, made ready

Never reads the store or the clock: everything it needs is handed in.
"""
