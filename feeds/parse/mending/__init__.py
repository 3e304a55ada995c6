"""The lines of a plain-text page, mended before anything is judged; each keeps its place.

    whole      all of this, in its order, but for the fields
    fields     what a crawler wrote above the text
    dumps      the marks of converters to Markdown and of text browsers
    bars       menus on one line whose entries only wide gaps part
    wraps      lines that were wrapped at a column
    tiles      stamps in pieces, or stuck to what is beside them
    captions   what a page says of a picture twice
    quotes     what somebody says, shown once more between paragraphs
    inserts    what a page puts within a text: votes, consent to what is embedded, `offers`, and labels of `media`
    notices    what a site says of its cookies and scripts, with the buttons beside it

What is taken off a page here is no text of an article, whatever site it is of.
"""
