"""The processes of `feeds serve`: which there are, what each does, and how they end together.

    supervisor   owns the port; starts the others, starts them again where they fail, ends them (`supervision`)
    ingester     one: watches seeds and settings, ingests, renders, fills the pack (`ingestion`, `watching`)
    workers      answer; each follows the library by itself and knows of nobody else (`worker`)

The library is all that ingester and workers share: what it holds after a transaction is what is served.
"""
