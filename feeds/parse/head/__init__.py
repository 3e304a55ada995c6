"""What else is above a text: headline, authors and category.

    reading      all of it, in order
    headlines    which line is the headline: by its own words (`judging`), its place (`places`) and the lines around it
    signers      the authors whose names are alone on their lines
    sections     which of the sections that are named there is the category

What no line is good enough for stays unknown.
"""
