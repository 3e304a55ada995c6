"""A saved HTML page -> a Draft: what it says for machines first, then what it shows.

    tree           the markup; `naming`: what an element is called
    sitenames      what the site is called: that is no headline
    place          where the headline is, and what is beside the article; `prominence`: what stands out instead
    metadata       what the page says of itself, each a `value`: JSON-LD (`linkeddata`), meta tags, and `elements`
                   (microdata, RDFa, `<time>`)
    titles         headline and kicker; `leads`: the lead; `sections`: the category; `bylines`: the authors
    blocks         the text: by `region` and `contents` if the page evidently says where it is, else by `extractor`;
                   `inline`, `lists`, `pictures`, `recordings` and `tables` are what is in it, and `insets` puts what
                   the extractor leaves out where it stands
    around         what the words of a paragraph say is none of the text
    publication    the date; `visible` text is searched last, in `shown`
    kinds          what the page calls itself
    document       all of it, in order

What a page makes costly is bounded in `tree`, before anything walks through it.
"""
