"""What a page is that is no single article, and why.

    judging             the kind, by all that follows, in order
    archives            addresses of lists
    titles              what a page calls itself: one article, or a collection
    lists, items        articles, events or search results below each other, by their stamps or their places
    teasers             the same by their form alone
    digests             short texts under one name, by the places or topics with which they begin
    threads             threads of a forum, guest books
    tickers             reports of one thing after another
    textless            what has little text or none: pictures, a forecast, a post, or one of the `walls`, which are
                        shown instead of an article

A page that none of them knows may be an article.
"""
