"""A saved HTML page -> a Draft: what it says for machines first, then what it shows.

The road inside, a module a step: `tree` (bounded markup), `metadata` (what it says of itself, with `linkeddata`,
`elements`, `bylines`), `titles` (headline and kicker), `markup` (the text: `region` and `contents` of a page that
evidently says where its article is, else `extractor`), `publication` (the date, `visible` text last), `document` over
all. `naming` and `place` say what an element is called and what is beside the article; `inline` and `pictures`
clean what is in the text.
"""
